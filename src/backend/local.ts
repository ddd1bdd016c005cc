// Door, and the backend `local`: no manager. The command is our own child on the slave of the PTY, made its controlling
// terminal by setsid(1); as another user through setpriv(1), which sets the groups right. The PTY is the same as for the
// other backends, opened by node-pty, so size and settings are in place before the command runs (its spawn would set its own).
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { failed, refused } from '../errors.ts'
import { closeOnExec } from '../libc.ts'
import { systemPath } from '../paths.ts'
import { signalNumber } from '../proc.ts'
import { type Account, findAccount, findGroup, insider } from './account.ts'
import type { Backend, End, Launch, Running, StartOptions } from './backend.ts'
import { checkBehindShell, checkDirectory, checkInterpreter, findExecutable } from './executable.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { plannedKeeper } from './plan.ts'
import { argumentsOf, programOf } from './streams.ts'

/** The backend that needs nothing but this process. */
export const createLocal = (): Backend => ({
  name: 'local',
  prepare: () => {},
  start: async (launch, options) => {
    const { words, directory, environment, descriptors, keeper } = decide(launch, options, createKeeper)
    withoutInheritance()
    const [setsid = '', ...rest] = words
    const child = spawn(setsid, rest, { cwd: directory, env: environment, stdio: [...descriptors] })
    await spawned(child, launch)
    keeper.handedOver()
    child.once('exit', keeper.end)
    return { kind: 'running', running: runningChild(child, keeper) }
  },
  plan: async (launch, options) => {
    const { words, directory, environment, descriptors } = decide(launch, options, () => plannedKeeper)
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
    return { kind: 'process', words, directory, environment: variables, descriptors }
  },
  release: () => {},
})

const decide = (launch: Launch, options: Omit<StartOptions, 'interactive'>, createKeeper: () => Keeper) => {
  const account = accountOf(launch)
  const directory = directoryOf(launch, account)
  checkSetting(launch)
  const keeper = createKeeper()
  const { path, argv, descriptors, more } = programOf(launch, options, keeper.descriptors)
  if (path === launch.path) checkInterpreter(launch.path)
  else checkBehindShell(launch.path)
  // setsid cannot pass an argv[0] on.
  const program = [...nice(launch), ...setpriv(launch, account, directory), path, ...argumentsOf(argv)]
  const setsid = findExecutable('setsid', process.env.PATH ?? '')
  return {
    words: [setsid, ...(options.pty ? ['--ctty'] : []), ...program],
    directory,
    environment: { ...(launch.inherits ? {} : freshEnvironment(account)), ...parsed(launch.environment) },
    descriptors: [...descriptors, ...more],
    keeper,
  }
}

const accountOf = ({ user, group }: Launch): Account => {
  const me = insider()
  const target = user === undefined ? me : findAccount(user)
  if (!target) throw failed(`user ${user}`, 'does not exist', 'see getent passwd')
  if (group !== undefined && findGroup(group) === undefined)
    throw failed(`group ${group}`, 'does not exist', 'see getent group')
  if ((target.uid !== me.uid || group !== undefined) && me.uid !== 0)
    throw refused(
      group === undefined ? `user ${target.name}` : `group ${group}`,
      'cannot be taken on without a manager',
      'run tint0 as root, or where systemd runs (--backend=system)',
    )
  return target
}

const directoryOf = ({ directory, directoryIsOptional }: Launch, { home }: Account): string => {
  const path = directory === '~' ? home : directory
  if (directoryIsOptional && !existsSync(path)) return '/'
  checkDirectory(path)
  return path
}

/** Whatever descriptors the caller left open to us end here, as with a manager (and with sudo's closefrom). */
const withoutInheritance = (): void => {
  for (const fd of readdirSync('/proc/self/fd').map(Number)) if (fd > 2) closeOnExec(fd)
}

/** What only a manager can do is not left out silently. */
const checkSetting = ({
  setting: { sandbox, properties, slice, empower, area, lightweight },
}: Launch): void => {
  const option = [
    sandbox.length > 0 && '--sandbox',
    properties.length > 0 && '--property',
    slice !== undefined && '--slice',
    empower && '--empower',
    area !== undefined && '--area',
    lightweight !== undefined && '--lightweight',
  ].find((name) => name !== false)
  if (option)
    throw failed(
      option,
      'takes a manager, and --backend=local does without',
      'use --backend=system, or leave it out',
    )
}

const nice = ({ setting }: Launch): readonly string[] =>
  setting.nice === undefined
    ? []
    : [findExecutable('nice', process.env.PATH ?? ''), '-n', String(setting.nice)]

/** To become somebody else takes setpriv(1), and root; to stay who we are takes neither. */
const setpriv = ({ group }: Launch, { uid, gid }: Account, directory: string): readonly string[] =>
  group === undefined && uid === process.getuid?.()
    ? []
    : [
        findExecutable('setpriv', process.env.PATH ?? ''),
        `--reuid=${uid}`,
        `--regid=${group === undefined ? gid : findGroup(group)}`,
        '--init-groups',
        '--',
        // Whether it may be there is that user's affair.
        findExecutable('env', process.env.PATH ?? ''),
        `--chdir=${directory}`,
        '--',
      ]

/** What a manager and PAM would set: nothing of the caller's but what the launch names. */
const freshEnvironment = ({ name, home, shell }: Account): NodeJS.ProcessEnv => ({
  PATH: systemPath,
  HOME: home,
  USER: name,
  LOGNAME: name,
  SHELL: shell,
  LANG: systemLocale(),
})

const parsed = (variables: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(
    variables.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  )

/** The machine's own locale (locale.conf(5), and Debian's file), not the caller's. */
const systemLocale = (): string => {
  for (const file of ['/etc/locale.conf', '/etc/default/locale'])
    try {
      const found = /^LANG="?([A-Za-z0-9_.@-]+)"?$/m.exec(readFileSync(file, 'utf8'))
      if (found?.[1]) return found[1]
    } catch {}
  return 'C.UTF-8'
}

const spawned = (child: ChildProcess, { path }: Launch): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        code === 'E2BIG'
          ? failed(
              path,
              'the command line is too long for the kernel',
              'pass the arguments in a file, or see xargs(1)',
            )
          : failed(path, `could not be started: ${message}`, 'setsid and setpriv are in util-linux'),
      ),
    )
  })

const runningChild = (child: ChildProcess, keeper: Keeper): Running => ({
  begun: Promise.resolve(),
  ended: new Promise<End>((resolve) => {
    child.once('exit', (status, signal) =>
      resolve(
        signal ? { kind: 'killed', signal: signalNumber(signal) } : { kind: 'exited', status: status ?? 0 },
      ),
    )
  }),
  report: async () => ({}),
  kill: async () => {
    try {
      // setsid made the child the leader of a session and a process group of its own number.
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      return true
    } catch {
      return false
    }
  },
  signal: async (signal) => keeper.send(signal) || Boolean(child.kill(signal)),
  mainPid: () => child.pid ?? 0,
  release: () => {
    keeper.end()
    child.unref()
  },
})
