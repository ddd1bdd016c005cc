// A container inside the test machine: the machine's own root file system under an overlay, booted with user namespaces, as
// systemd-nspawn@.service does, and registered with machined.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

export interface Container {
  /** The output of a command inside, which root runs there. */
  output(command: string): string
  stop(): void
}

let looks = 0

/** Boots one of this name; resolves when its manager takes units. No more than that is started: it must be there soon. */
export const bootContainer = async (name: string): Promise<Container> => {
  const base = `/run/${name}`
  const [upper, work, root] = ['upper', 'work', 'root'].map((part) => `${base}/${part}`) as [
    string,
    string,
    string,
  ]
  mkdirSync(base)
  // Not the overlay that / is on: that cannot be one of its own layers' upper one.
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', base])
  for (const folder of [upper, work, root]) mkdirSync(folder)
  const layers = `lowerdir=/,upperdir=${upper},workdir=${work}`
  // Its users have numbers of their own, and to change every file's must not copy every file.
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', `metacopy=on,redirect_dir=on,${layers}`, root])
  writeFileSync(`${root}/etc/hostname`, `${name}\n`)
  writeFileSync(`${root}/only-here`, '#!/bin/sh\necho "only here, $1"\n', { mode: 0o755 })
  rmSync(`${root}/etc/machine-id`, { force: true })
  const log = openSync(`${base}/log`, 'w')
  const nspawn = spawn(
    'systemd-nspawn',
    ['--quiet', '-D', root, '--boot', '-U', `--machine=${name}`, 'systemd.unit=basic.target'],
    {
      stdio: ['ignore', log, log],
      env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1', SYSTEMD_SECCOMP: '0' },
    },
  )
  await booted(name, nspawn, `${base}/log`)
  return {
    output: (command) => {
      const words = [
        `--machine=${name}`,
        `--unit=look-${++looks}`,
        '--pipe',
        '--wait',
        '--quiet',
        '--collect',
      ]
      return execFileSync('systemd-run', [...words, 'sh', '-c', command], { encoding: 'utf8' }).trim()
    },
    stop: () => {
      spawnSync('machinectl', ['terminate', name])
      nspawn.kill('SIGKILL')
      spawnSync('umount', ['-l', root])
      spawnSync('umount', ['-l', base])
    },
  }
}

const booted = async (name: string, nspawn: ChildProcess, log: string): Promise<void> => {
  for (const end = Date.now() + 60_000; Date.now() < end && nspawn.exitCode === null; ) {
    const { stdout } = spawnSync('systemctl', [`--machine=${name}`, 'is-system-running'], {
      encoding: 'utf8',
    })
    if (/running|degraded/.test(stdout)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the container did not boot:\n${readFileSync(log, 'utf8').slice(-2000)}`)
}
