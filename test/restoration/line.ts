// A PTY that outlives the program on it, as the window of a terminal emulator does: a guardian may write after tint0 is dead,
// and the terminal may answer late. So nothing is closed before the test says so.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch } from 'node:process'
import { ReadStream } from 'node:tty'
import { createSink } from '../../src/flow/sink.ts'
import {
  closeOnExec,
  getTermios,
  isReadable,
  makeBlocking,
  rawTermios,
  setTermios,
  setWindowSize,
  type Termios,
} from '../../src/libc.ts'

export interface Line {
  readonly pid: number
  /** Types, or answers. */
  write(text: string): void
  termios(): Termios | undefined
  resize(columns: number, rows: number): void
  /** Signals the program, or, with `group`, its whole process group. */
  kill(signal: NodeJS.Signals, group?: 'group'): void
  /** Resolves when the program has ended; what it wrote may still be under way. */
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Whether there is something that was not read yet; in canonical mode only whole lines count. */
  pending(): boolean
  /** What a program that read the terminal now would get, in whatever mode it is read. */
  unread(): string
  /** The command lines of the processes that have the terminal open, but for ours. */
  users(): string[]
  close(): void
}

export interface LineOptions {
  readonly env: NodeJS.ProcessEnv
  readonly heard: (chunk: Buffer) => void
  /** Settings that the user has changed from what the kernel gives. */
  readonly own: boolean
}

const native = createRequire(import.meta.url)(`@lydell/node-pty-linux-${arch}/pty.node`)

const size = { columns: 80, rows: 24 }

/** Where flags and characters are in a struct termios. */
const at = { iflag: 0, cc: 17 }
const IXON = 0o2000
const VERASE = 2

/** Starts a program as the leader of a session on the PTY. */
export const startOnLine = (argv: readonly string[], { env, heard, own }: LineOptions): Line => {
  const { master, slave, pty: path } = native.open(size.columns, size.rows)
  closeOnExec(master)
  closeOnExec(slave)
  makeBlocking(slave)
  if (own) change(slave)
  const child: ChildProcess = spawn('setsid', ['--ctty', ...argv], {
    env,
    cwd: '/tmp',
    stdio: [slave, slave, slave],
  })
  const stream = new ReadStream(master)
  const keyboard = createSink(master, 'own')
  stream.on('data', heard)
  stream.on('error', () => {})
  const pid = child.pid ?? 0
  return {
    pid,
    write: (text) => {
      keyboard.write(Buffer.from(text, 'latin1'))
    },
    termios: () => getTermios(slave),
    resize: (columns, rows) => setWindowSize(master, { columns, rows, width: 0, height: 0 }),
    kill: (signal, group) => {
      try {
        process.kill(group ? -pid : pid, signal)
      } catch {}
    },
    exit: new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal }))),
    pending: () => isReadable(slave, 0),
    unread: () => {
      const found = getTermios(slave)
      if (!found) return ''
      setTermios(slave, rawTermios(found))
      const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
      const bytes = Buffer.alloc(65536)
      let length = 0
      try {
        for (;;) {
          const more = readSync(fd, bytes, length, bytes.length - length, null)
          if (more === 0) break
          length += more
        }
      } catch {}
      closeSync(fd)
      setTermios(slave, found)
      return bytes.toString('latin1', 0, length)
    },
    users: () => usersOf(path, fstatSync(slave).dev),
    close: () => {
      child.kill('SIGKILL')
      keyboard.close()
      stream.destroy()
      closeSync(slave)
    },
  }
}

/** No flow control by ^S, and ^H erases: many have it so. */
const change = (slave: number): void => {
  const termios = getTermios(slave)
  if (!termios) return
  termios.writeUInt32LE(termios.readUInt32LE(at.iflag) & ~IXON, at.iflag)
  termios[at.cc + VERASE] = 8
  setTermios(slave, termios)
}

/** Containers have a file system of PTYs each: the path alone does not tell. */
const usersOf = (path: string, device: number): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => opens(pid, path, device))
    .map((pid) => commandOf(pid))

const opens = (pid: string, path: string, device: number): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        const name = `/proc/${pid}/fd/${fd}`
        return readlinkSync(name) === path && statSync(name).dev === device
      } catch {
        return false
      }
    })
  } catch {
    return false
  }
}

/** The processes whose command lines have `mark` in them. */
export const pidsOf = (mark: string): { readonly pid: number; readonly command: string }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandOf(name) }))
    .filter(({ command }) => command.includes(mark))

export const marked = (mark: string): string[] => pidsOf(mark).map(({ command }) => command)

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
  } catch {
    return ''
  }
}
