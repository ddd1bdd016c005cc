// Boots the test machine: systemd-nspawn in a cgroup of its own, on a throw-away overlay of the root file system, and takes
// it all down again, whatever happens.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRoot, checkout } from './build.ts'

export interface Machine {
  /** The words that only enter it. */
  readonly enter: readonly string[]
  /** The words that run a command inside, as a service of its systemd: put them before it. */
  readonly inside: readonly string[]
  /** The same in a cgroup that its systemd knows nothing of: what runs there lives through restarts of the bus. */
  readonly apart: readonly string[]
  stop(): void
}

/** Builds what is missing and boots; resolves when the machine is up. The checkout is at /src, read-only. */
export const bootMachine = async (): Promise<Machine> => {
  const root = buildRoot()
  const name = `tint0-${randomBytes(4).toString('hex')}`
  const base = mkdtempSync(join(tmpdir(), `${name}-`))
  const merged = join(base, 'root')
  const undo: (() => void)[] = [() => rmSync(base, { recursive: true, force: true })]
  const stop = () => {
    for (const step of undo.splice(0).reverse())
      try {
        step()
      } catch {}
  }
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  try {
    must('mount', ['-t', 'tmpfs', 'tmpfs', base])
    undo.push(() => spawnSync('umount', ['-l', base]))
    for (const part of ['root', 'upper', 'work']) mkdirSync(join(base, part))
    must('mount', [
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${root},upperdir=${base}/upper,workdir=${base}/work`,
      merged,
    ])
    undo.push(() => spawnSync('umount', ['-l', merged]))
    const nspawn = start(name, merged, join(base, 'log'))
    undo.push(() => removeCgroups(name))
    undo.push(() => kill(nspawn))
    const leader = await booted(nspawn, join(base, 'log'))
    const enter = ['nsenter', ...into(leader)]
    must(enter[0] ?? '', [...enter.slice(1), 'sh', '-c', cheapPasswords])
    // As a service: a process that only entered stays in the host's cgroup, and logind and polkit would not know it.
    const service = ['systemd-run', '--wait', '--pipe', '--collect', '--quiet', '--service-type=exec', '--']
    return { enter, inside: [...enter, ...service], apart: [...enter, 'sh', '-c', inCgroup, 'sh'], stop }
  } catch (error) {
    stop()
    throw error
  }
}

/**
 * The passwords of build.ts with a hash that takes no time: Debian's takes each try half a second of a processor, and tests try
 * hundreds. (Done here, for the root file system must not be built anew for that.)
 */
const cheapPasswords =
  "printf 'alice:wonderland\\nbob:builder\\n' | chpasswd --crypt-method SHA256 --sha-rounds 1000"

const inCgroup =
  'mkdir -p /sys/fs/cgroup/system.slice/tests; echo $$ >/sys/fs/cgroup/system.slice/tests/cgroup.procs; exec "$@"'

const hierarchies = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd', '/sys/fs/cgroup']

/** Where cgroups of our own go: the v2 hierarchy, and on a hybrid host the one that systemd uses for names. */
const cgroups = (name: string): string[] =>
  hierarchies.filter((path) => existsSync(`${path}/cgroup.procs`)).map((path) => join(path, name))

const screens = 'test/fixtures/screens'

const start = (name: string, root: string, log: string): ChildProcess => {
  const groups = cgroups(name)
  for (const group of groups) mkdirSync(group, { recursive: true })
  const output = openSync(log, 'w')
  const script = `${groups.map((group) => `echo $$ >${group}/cgroup.procs`).join(' && ')} && exec "$@"`
  const nspawn = [
    ...[
      'systemd-nspawn',
      '--quiet',
      '-D',
      root,
      '--boot',
      '--register=no',
      '--keep-unit',
      `--machine=${name}`,
    ],
    ...[`--bind-ro=${checkout}:/src`, `--bind-ro=${process.execPath}:/opt/node/bin/node`],
    // Where ui.test.ts writes the screens anew.
    ...(process.env.SCREENS ? [`--bind=${checkout}/${screens}:/src/${screens}`] : []),
  ]
  // Without the container's own system call filters: no user's session has those, and each costs.
  const env = { PATH: process.env.PATH, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1', SYSTEMD_SECCOMP: '0' }
  return spawn('sh', ['-c', script, 'sh', ...nspawn], {
    stdio: ['ignore', output, output],
    env,
    detached: true,
  })
}

/** Where we are in a chroot ourselves, the machine's root is not that of its mount namespace. */
const into = (leader: number): string[] => ['--target', String(leader), '--all', '--root', '--wd']

/** The process number of the machine's PID 1, when its manager says that it runs. */
const booted = async (nspawn: ChildProcess, log: string): Promise<number> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
    if (nspawn.exitCode !== null) break
    const children = `/proc/${nspawn.pid}/task/${nspawn.pid}/children`
    const leader = Number(existsSync(children) ? readFileSync(children, 'utf8').split(' ')[0] : 0)
    if (!leader) continue
    const { stdout } = spawnSync('nsenter', [...into(leader), 'systemctl', 'is-system-running'], {
      encoding: 'utf8',
    })
    if (/running|degraded/.test(stdout)) return leader
  }
  throw new Error(`the machine did not boot:\n${readFileSync(log, 'utf8').slice(-2000)}`)
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const kill = (nspawn: ChildProcess): void => {
  const children = `/proc/${nspawn.pid}/task/${nspawn.pid}/children`
  const leader = existsSync(children) ? readFileSync(children, 'utf8').split(' ')[0] : ''
  // The death of its PID 1 is the death of all in it.
  if (leader) spawnSync('kill', ['-KILL', leader])
  if (nspawn.pid) spawnSync('kill', ['-KILL', String(nspawn.pid)])
}

const removeCgroups = (name: string): void => {
  for (const group of cgroups(name))
    for (let left = 20; left > 0 && existsSync(group); left--) {
      spawnSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'], { stdio: 'ignore' })
      try {
        rmdirSync(group)
      } catch {
        spawnSync('sleep', ['0.1'])
      }
    }
}

const must = (command: string, args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}
