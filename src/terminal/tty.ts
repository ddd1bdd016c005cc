// Door: the caller's standard streams. Raw mode is cfmakeraw(3)'s; output goes through a non-blocking descriptor of our own
// (the caller's description is shared with other programs and must not change), so a stalled terminal never stops us.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { env, kill, stdin } from 'node:process'
import { isatty, ReadStream } from 'node:tty'
import type { Sink, Source } from '../flow/flow.ts'
import { createSink } from '../flow/sink.ts'
import {
  getTermios,
  getWindowSize,
  isReadable,
  processField,
  rawTermios,
  setTermios,
  typeByte,
  untilReadable,
  type WindowSize,
} from '../libc.ts'
import { startGuardian } from './guardian.ts'
import type { Terminal } from './terminal.ts'

/**
 * Where a shell with job control has put us in the background of the terminal that we need, stops until we are brought
 * forward: until then its settings are those of the shell's own line editor.
 */
export const comeForward = (): void => {
  const [group, terminal, foreground] = [processField(5), processField(7), processField(8)]
  const needsIt = isatty(0) && isatty(1) && fstatSync(0).rdev === terminal
  if (needsIt && foreground > 0 && foreground !== group) kill(0, 'SIGTTOU')
}

/** The terminal on file descriptors 0 and 1. Changes nothing yet. */
export const openTerminal = (): Terminal => {
  const isTerminal = { input: isatty(0), output: isatty(1), error: isatty(2) }
  const termios = isTerminal.input ? getTermios(0) : undefined
  const output = openOutput(1)
  const input = isTerminal.input ? readTerminal() : readFile()
  let raw = false
  return {
    isTerminal,
    input,
    output,
    termios,
    size: () =>
      (isTerminal.output && getWindowSize(1)) || (isTerminal.input && getWindowSize(0)) || assumedSize(),
    raw: () => {
      if (!termios || !isTerminal.output) return
      raw = setTermios(0, rawTermios(termios))
    },
    rawAgain: () => {
      if (raw && termios) setTermios(0, rawTermios(termios))
    },
    isRaw: () => raw,
    restore: () => {
      if (raw && termios) setTermios(0, termios)
      raw = false
    },
    readUntil: async (done, milliseconds) => {
      const fd = termios && reopen(0, constants.O_RDONLY)
      if (fd === undefined) return
      const end = Date.now() + milliseconds
      try {
        for (let left = milliseconds; left > 0; left = end - Date.now()) {
          await untilReadable(fd, Math.min(left, pollTime))
          if (readThere(fd, done)) return
        }
      } finally {
        closeSync(fd)
      }
    },
    readNow: (done, milliseconds) => {
      const fd = termios && reopen(0, constants.O_RDONLY)
      if (fd === undefined) return
      const end = Date.now() + milliseconds
      try {
        // A signal may end the waiting early.
        for (let left = milliseconds; left > 0; left = end - Date.now(), isReadable(fd, left))
          if (readThere(fd, done)) return
      } finally {
        closeSync(fd)
      }
    },
    unread: (bytes) => {
      for (const byte of bytes) if (!typeByte(0, byte)) return
    },
    guard: (inTmux) =>
      isTerminal.output ? startGuardian(termios ? 0 : 1, 1, termios, inTmux ? tmux() : {}) : undefined,
    close: () => {
      input.stop()
      output.close()
      // Node sets terminals back when it exits, and aborts where one is gone.
      for (const [fd, was] of Object.values(isTerminal).entries())
        if (was && getTermios(fd) === undefined) closeSync(fd)
    },
  }
}

const tmux = () => (env.TMUX && env.TMUX_PANE ? { TMUX: env.TMUX, TMUX_PANE: env.TMUX_PANE } : {})

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 50

const one = Buffer.alloc(1)

/** A byte that is there already. */
const readByte = (fd: number): number | undefined => {
  try {
    return readSync(fd, one, 0, 1, null) === 1 ? one[0] : undefined
  } catch {
    return undefined
  }
}

/** Reads what is there already, until `done` says so: then it is true. */
const readThere = (fd: number, done: (byte: number) => boolean): boolean => {
  for (let byte = readByte(fd); byte !== undefined; byte = readByte(fd)) if (done(byte)) return true
  return false
}

const assumedSize = (): WindowSize => ({
  rows: countOf(env.LINES) ?? 24,
  columns: countOf(env.COLUMNS) ?? 80,
  width: 0,
  height: 0,
})

const countOf = (text = ''): number | undefined => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined)

const readTerminal = (): Source => {
  const buffer = Buffer.alloc(8192)
  let take: (chunk: Uint8Array) => void = () => {}
  let end: () => void = () => {}
  let stream: ReadStream | undefined
  let flowing = true
  const callback = (length: number) => {
    take(buffer.subarray(0, length))
    return flowing
  }
  const open = () => {
    const opened = new ReadStream(0, { onread: { buffer, callback } } as never)
    opened.on('error', () => end())
    opened.on('end', () => end())
    return opened
  }
  return {
    start: (taker, ender) => {
      take = taker
      end = ender
      flowing = true
      stream ??= open()
      stream.resume()
    },
    pause: () => {
      flowing = false
      stream?.pause()
    },
    resume: () => {
      flowing = true
      stream?.resume()
    },
    stop: () => {
      flowing = false
      stream?.destroy()
    },
  }
}

/**
 * Standard input that is a file, a pipe or a socket: Node's own stream knows what each needs. It is not touched before it is
 * to be read: it makes a description non-blocking that others share.
 */
const readFile = (): Source => {
  let started = false
  return {
    start: (take, end) => {
      started = true
      stdin.on('data', (chunk: Buffer) => take(chunk))
      stdin.on('end', end)
      stdin.on('error', () => end())
    },
    pause: () => started && stdin.pause(),
    resume: () => started && stdin.resume(),
    stop: () => started && stdin.destroy(),
  }
}

const openOutput = (fd: number): Sink & { close(): void } => {
  const own = reopen(fd, constants.O_WRONLY)
  const sink = createSink(own ?? fd, own !== undefined ? 'own' : fstatSync(fd).isFile() ? 'file' : 'shared')
  const { close } = sink
  return Object.assign(sink, {
    close: () => {
      close()
      if (own !== undefined) closeSync(own)
    },
  })
}

/** A description of our own that does not block; a file keeps the caller's, whose offset and O_APPEND count. */
const reopen = (fd: number, way: number): number | undefined => {
  try {
    const stat = fstatSync(fd)
    if (!stat.isCharacterDevice() && !stat.isFIFO()) return undefined
    // A terminal of another user's (after su) may not be opened by its name, but always as the controlling one.
    for (const path of [`/proc/self/fd/${fd}`, ...(stat.rdev === processField(7) ? ['/dev/tty'] : [])])
      try {
        return openSync(path, way | constants.O_NONBLOCK | constants.O_NOCTTY)
      } catch {}
    return undefined
  } catch {
    return undefined
  }
}
