// A real program on a real PTY of the test's own, as a terminal emulator would run it: setsid, controlling terminal, bytes.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch } from 'node:process'
import { ReadStream } from 'node:tty'
import { createSink } from '../src/flow/sink.ts'
import {
  closeOnExec,
  getTermios,
  getWindowSize,
  makeBlocking,
  setWindowSize,
  type Termios,
  type WindowSize,
} from '../src/libc.ts'

export interface PtyProcess {
  readonly pid: number
  readonly path: string
  write(bytes: string | Uint8Array): void
  /** All output so far. */
  output(): Buffer
  /** Resolves with the match when the output, from `from` on, matches; rejects after the time with what there was. */
  until(pattern: RegExp, milliseconds?: number, from?: number): Promise<RegExpExecArray>
  onData(hear: (chunk: Buffer) => void): void
  resize(columns: number, rows: number): void
  /** The settings of the terminal, as the program left them. */
  termios(): Termios | undefined
  /** Whether what is typed is shown. */
  echoes(): boolean
  size(): WindowSize | undefined
  /** Stops reading, as a terminal that hangs. */
  stall(): void
  resume(): void
  kill(signal?: NodeJS.Signals): void
  /** Closes the terminal, as its window would be. */
  hangUp(): void
  /** Resolves when the program has ended and all its output was read. */
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

export interface PtyProcessOptions {
  readonly columns?: number
  readonly rows?: number
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly before?: (slave: number) => void
}

const living = new Set<() => void>()

/** Ends what a failed test left running; for an `after` hook. */
export const endAll = (): void => {
  for (const end of living) end()
}

const native = createRequire(import.meta.url)(`@lydell/node-pty-linux-${arch}/pty.node`)

export const spawnOnPty = (argv: readonly string[], options: PtyProcessOptions = {}): PtyProcess => {
  const { columns = 80, rows = 24, env = process.env, cwd = '/' } = options
  const { master, slave, pty: path } = native.open(columns, rows)
  closeOnExec(master)
  closeOnExec(slave)
  makeBlocking(slave)
  options.before?.(slave)
  const child: ChildProcess = spawn('setsid', ['--ctty', ...argv], { env, cwd, stdio: [slave, slave, slave] })
  const stream = new ReadStream(master)
  const keyboard = createSink(master, 'own')
  const chunks: Buffer[] = []
  const ears: ((chunk: Buffer) => void)[] = []
  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    for (const hear of ears) hear(chunk)
  }
  stream.on('data', take)
  stream.on('error', () => {})
  const rest = Buffer.alloc(65536)
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      stream.pause()
      try {
        while (!hungUp) take(Buffer.from(rest.subarray(0, readSync(master, rest))))
      } catch {}
      resolve({ code, signal })
    })
  })
  let hungUp = false
  const hangUp = () => {
    hungUp = true
    keyboard.close()
    stream.destroy()
  }
  const end = () => {
    child.kill('SIGKILL')
    hangUp()
  }
  living.add(end)
  exit.then(() => living.delete(end))
  exit.then(() =>
    setTimeout(() => {
      hangUp()
      closeSync(slave)
    }, 100).unref(),
  )
  const output = () => Buffer.concat(chunks)
  return {
    pid: child.pid ?? 0,
    path,
    write: (bytes) => {
      keyboard.write(Buffer.from(bytes))
    },
    output,
    until: (pattern, milliseconds = 10_000, from = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output().toString('utf8').slice(from))
          if (!found) return false
          clearTimeout(timer)
          resolve(found)
          return true
        }
        const timer = setTimeout(
          () =>
            reject(
              new Error(
                `${pattern} did not come in ${milliseconds} ms; there was ${JSON.stringify(output().toString('utf8'))}`,
              ),
            ),
          milliseconds,
        )
        if (!look()) ears.push(() => look())
      }),
    onData: (hear) => {
      ears.push(hear)
    },
    resize: (columns, rows) =>
      setWindowSize(master, { columns, rows, width: columns * 9, height: rows * 18 }),
    termios: () => getTermios(slave),
    // c_lflag, and ECHO in it.
    echoes: () => ((getTermios(slave)?.readUInt32LE(12) ?? 0) & 8) !== 0,
    size: () => getWindowSize(slave),
    stall: () => stream.pause(),
    resume: () => stream.resume(),
    kill: (signal = 'SIGKILL') => {
      try {
        process.kill(child.pid ?? 0, signal)
      } catch {}
    },
    hangUp,
    exit,
  }
}
