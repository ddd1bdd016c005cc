// Door: the caller's standard streams. Raw mode is cfmakeraw(3)'s; output goes through a non-blocking descriptor of our own
// (the caller's description is shared with other programs and must not change), so a stalled terminal never stops us.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { env, kill } from 'node:process'
import { isatty } from 'node:tty'
import type { Sink } from '../flow/flow.ts'
import { createSink } from '../flow/sink.ts'
import {
  getTermios,
  getWindowSize,
  isReadable,
  rawInputTermios,
  rawTermios,
  setTermios,
  type Termios,
  typeByte,
  untilReadable,
  type WindowSize,
} from '../libc.ts'
import { processField } from '../proc.ts'
import { startGuardian } from './guardian.ts'
import { readFile, readTerminal } from './input.ts'
import { hasRival, isForeground } from './job.ts'
import type { Terminal } from './terminal.ts'

/** Stops until a shell with job control brings us forward, where it has put us in the background of the terminal. */
export const comeForward = (terminal: Pick<Terminal, 'isForeground'>): void => {
  if (!terminal.isForeground()) kill(0, 'SIGTTOU')
}

/** Which of the standard streams are terminals. */
export const standardTerminals = (): Terminal['isTerminal'] => ({
  input: isatty(0),
  output: isatty(1),
  error: isatty(2),
})

/** Whether others may read our output while we run, and begin to use the terminal meanwhile. */
export const isPiped = (): boolean => {
  const stat = fstatSync(1)
  return stat.isFIFO() || stat.isSocket()
}

/**
 * The caller's terminal, on the first of the standard streams that is one. Changes nothing yet. `whole`: the input is
 * standard input and the output standard output, whatever they are.
 */
export const openTerminal = (whole = true): Terminal => {
  const isTerminal = standardTerminals()
  const [keys] = [isTerminal.input && 0, isTerminal.output && 1, isTerminal.error && 2].filter(
    (fd) => fd !== false,
  )
  const keyboard = whole && !isTerminal.input ? undefined : keys
  const screen = whole || isTerminal.output ? 1 : isTerminal.error ? 2 : (keys ?? 2)
  let termios = keyboard === undefined ? undefined : getTermios(keyboard)
  const output = openOutput(screen)
  const input = keyboard === undefined ? readFile() : readTerminal(keyboard)
  const rawSettings = () =>
    termios && (isTerminal.input && isTerminal.output ? rawTermios(termios) : rawInputTermios(termios))
  const set = (settings: Termios) => setTermios(keyboard ?? 0, settings)
  /** The settings that we made, while they are meant to hold. */
  let raw: Termios | undefined
  const makeRaw = (settings: Termios | undefined) => {
    if (settings && set(settings)) raw = settings
  }
  return {
    isTerminal,
    input,
    output,
    get termios() {
      return termios
    },
    size: () =>
      [1, 0, 2].reduce<WindowSize | undefined>((found, fd) => found ?? getWindowSize(fd), undefined) ??
      assumedSize(),
    findAgain: () => {
      if (!raw && keyboard !== undefined) termios = getTermios(keyboard) ?? termios
    },
    isForeground: () => keyboard === undefined || isForeground(keyboard),
    isTyped: () => keyboard !== undefined && isReadable(keyboard, 0),
    isGone: () => keyboard !== undefined && getTermios(keyboard) === undefined,
    hasRival: () => keyboard !== undefined && hasRival(keyboard),
    raw: () => makeRaw(rawSettings()),
    rawAgain: () => makeRaw(raw),
    isRaw: () => raw !== undefined,
    restore: () => {
      // Whoever has set it since, such as a pager behind us in the pipe, needs it so.
      if (raw && termios && getTermios(keyboard ?? 0)?.equals(raw)) set(termios)
      raw = undefined
    },
    readUntil: async (done, milliseconds) => {
      const fd = keyboard === undefined ? undefined : reopen(keyboard, constants.O_RDONLY)
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
      const fd = keyboard === undefined ? undefined : reopen(keyboard, constants.O_RDONLY)
      if (fd === undefined) return
      const end = Date.now() + milliseconds
      try {
        // A signal may end the waiting early; less than no time would be for ever.
        for (let left = milliseconds; left > 0; left = end - Date.now()) {
          if (readThere(fd, done)) return
          isReadable(fd, Math.max(0, end - Date.now()))
        }
      } finally {
        closeSync(fd)
      }
    },
    unread: (bytes) => {
      for (const byte of bytes) if (!typeByte(keyboard ?? 0, byte)) return
    },
    guard: (inTmux) => {
      if (keys === undefined) return undefined
      const settings = rawSettings()
      const both = termios && settings && { found: termios, raw: settings }
      return startGuardian(keyboard ?? screen, screen, both, inTmux ? tmux() : {})
    },
    close: () => {
      input.stop()
      output.close()
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
