// What the two programs share: the door to standard output and error, and the one way out. Every failure becomes a sentence
// and a status; only here the process exits.
import { isUtf8 } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { openReport } from './commands/destination.ts'
import type { World } from './commands/world.ts'
import { failed, sentence, Tint0Error, unwritable } from './errors.ts'
import { exitAtOnce } from './libc.ts'

/** Writes to standard error at once; where nobody can read it, nobody can be told. */
export const complain = (text: string): void => {
  try {
    writeSync(2, text)
  } catch {}
}

/** As much of a stream as Node's own warnings need. */
const standardError = {
  fd: 2,
  write: (text: unknown) => {
    complain(String(text))
    return true
  },
  once: () => {},
  removeListener: () => {},
}

/** Writes to standard output, and resolves when it is written. Throws a Tint0Error where it cannot be. */
export const print = async (text: string): Promise<void> => {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    process.stdout.once('error', resolve)
    process.stdout.write(text, resolve)
  })
  // A reader that went away is what SIGPIPE is for.
  if (error?.code === 'EPIPE') exit(141)
  if (error) throw unwritable(error.code)
}

/** The same through a pager, as run0 does, where a terminal is too small for it. */
export const page = async (text: string): Promise<void> => {
  const { isTTY, rows } = process.stdout
  const pager = process.env.SYSTEMD_PAGER ?? process.env.PAGER ?? 'less'
  if (!isTTY || pager === '' || text.split('\n').length <= rows) return print(text)
  const { status } = spawnSync('/bin/sh', ['-c', pager], {
    input: text,
    stdio: ['pipe', 'inherit', 'ignore'],
    env: { LESS: 'FRSXMK', LESSCHARSET: 'utf-8', ...process.env },
  })
  if (status !== 0) await print(text)
}

/**
 * Ends the program, without Node's own ceremony where we can: that sets terminals back to what they were when it began, though
 * others may have them by now, and aborts where one is gone.
 */
const exit = (status: number): never => {
  exitAtOnce(status)
  process.exit(status)
}

let beforeDying: () => void = () => {}

/** What is to be done first if a bug of ours ends the program: gives the terminal back. */
const onBug = (restore: () => void): void => {
  beforeDying = restore
}

/** Runs `main` on the words behind the program's name, and exits with the status that it resolves to. */
export const runProgram = (name: string, main: (words: readonly string[]) => Promise<number>): void => {
  const fail = (error: unknown): never => {
    try {
      beforeDying()
    } catch {}
    if (error instanceof Tint0Error) {
      complain(sentence(name, error.failure))
      exit(error.failure.status)
    }
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
    const { failure } = failed('bug', message, 'please report it')
    complain(sentence(name, failure))
    if (process.env.TINT0_DEBUG && stack) complain(`${stack}\n`)
    return exit(failure.status)
  }
  // Node asks for it whenever a socket closes, and so makes the caller's descriptor non-blocking, which is the command's, too.
  Object.defineProperty(process, 'stderr', { value: standardError })
  // Without a listener SIGUSR1 opens Node's inspector to every user of this machine.
  process.on('SIGUSR1', () => {})
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  // Whoever is waited for does not answer, and nothing else is left to do: that is no success.
  process.on('beforeExit', () => fail(new Error('nothing was left to wait for')))
  main(process.argv.slice(2)).then((status) => exit(status), fail)
}

/** Throws a Tint0Error where an argument is not UTF-8: Node has changed it, and D-Bus takes nothing else. */
export const checkArguments = (words: readonly string[]): void => {
  if (words.some((word) => word.includes('\ufffd')) && !isUtf8(readFileSync('/proc/self/cmdline')))
    throw failed('arguments', 'one is not UTF-8', 'rename the file, or pass its name by standard input')
}

/** What ps(1) shows, and tmux as the name of a window. */
export const showAs = (name: string, words: readonly string[]): void => {
  process.title = [name, ...words].join(' ')
}

/** The real world, as the commands see it. */
export const createWorld = (): World => ({
  env: process.env,
  get directory() {
    try {
      return process.cwd()
    } catch {
      throw failed('current directory', 'does not exist any more', 'cd to one that does')
    }
  },
  hostname: hostname(),
  booted: existsSync('/run/systemd/system'),
  id: Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0'),
  controlGroup: () =>
    /^(?:0:|1:name=systemd):(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/',
  date: () => new Date(),
  openReport,
  now: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds, undefined, { ref: false }),
  onBug,
  complain,
})
