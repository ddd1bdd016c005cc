// Door: node-pty's native open(). Its stream wrapper is not used: it reads the slave, too, and so eats the command's input;
// and on Node 20 a hang-up ends a read before all was read (libuv#4992), which is why the slave is held open here and the
// master read to EAGAIN at the end. `TTYReset` and vhangup are never asked for: they flush what was not read yet.
import { closeSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch } from 'node:process'
import { ReadStream } from 'node:tty'
import { failed } from '../errors.ts'
import type { Source } from '../flow/flow.ts'
import { createSink } from '../flow/sink.ts'
import {
  closeOnExec,
  endOfFile,
  getTermios,
  isConversing,
  makeBlocking,
  makeNonBlocking,
  openSlaveOf,
  setTermios,
  setWindowSize,
  signalCharacter,
  silentTermios,
  type Termios,
  transparentTermios,
} from '../libc.ts'
import type { Pty, PtySettings } from './pty.ts'

interface NativePty {
  open(
    columns: number,
    rows: number,
  ): { readonly master: number; readonly slave: number; readonly pty: string }
}

/** The kernel hands out at most 4095 bytes a read of a PTY; more room would only be cold memory. */
const bufferSize = 8192

/**
 * Opens a pair with its window size and terminal settings in place before any program can ask for them.
 * Throws a Tint0Error where no pair can be had.
 */
export const openPty = (settings: PtySettings): Pty => ptyOf(openPair(settings), settings)

/**
 * The same with a master that somebody else has opened, for whom `path` is the slave's name. Throws a Tint0Error where it
 * is none.
 */
export const adoptPty = (master: number, path: string, settings: PtySettings): Pty => {
  // node-pty does that for its own.
  makeNonBlocking(master)
  const slave = openSlaveOf(master)
  if (slave !== undefined) return ptyOf({ master, slave, path }, settings)
  closeSync(master)
  throw failed('pty', `the slave of ${path} cannot be opened`, 'this takes Linux 4.13 or newer')
}

interface Pair {
  readonly master: number
  readonly slave: number
  readonly path: string
}

const ptyOf = ({ master, slave, path }: Pair, settings: PtySettings): Pty => {
  closeOnExec(master)
  closeOnExec(slave)
  makeBlocking(slave)
  setWindowSize(slave, settings.size)
  const termios = settings.termios ?? getTermios(slave)
  if (termios) setTermios(slave, prepared(termios, settings))
  const buffer = Buffer.alloc(bufferSize)
  let take: (chunk: Uint8Array) => void = () => {}
  let flowing = true
  const onread = {
    buffer,
    callback: (length: number) => {
      take(buffer.subarray(0, length))
      return flowing
    },
  }
  const stream = new ReadStream(master, { onread } as never)
  // The master can give EIO when the last slave closes; ours is open until we are done, so this is after the end.
  stream.on('error', () => {})
  const input = createSink(master, 'own')
  let closed = false
  return {
    slave,
    path,
    input,
    output: sourceOf(
      stream,
      (listener) => (take = listener),
      (now) => (flowing = now),
    ),
    resize: (size) => {
      if (!closed) setWindowSize(master, size)
    },
    readNow: () => {
      if (closed) return undefined
      try {
        const length = readSync(master, buffer)
        return length > 0 ? buffer.subarray(0, length) : undefined
      } catch {
        return undefined
      }
    },
    endInput: (midLine) => {
      const now = closed ? undefined : getTermios(slave)
      const eof = now && endOfFile(now)
      if (eof !== undefined) input.write(Buffer.alloc(midLine ? 2 : 1, eof))
    },
    isListening: () => {
      const now = closed ? undefined : getTermios(slave)
      return now !== undefined && !isConversing(now)
    },
    hush: () => {
      const before = closed ? undefined : getTermios(slave)
      if (!before || !isConversing(before)) return () => {}
      const silent = silentTermios(before)
      setTermios(slave, silent)
      return () => {
        if (!closed && getTermios(slave)?.equals(silent)) setTermios(slave, before)
      }
    },
    interrupt: (signal) => {
      const now = closed ? undefined : getTermios(slave)
      const character = now && signalCharacter(now, signal)
      if (character === undefined) return false
      input.write(Buffer.from([character]))
      return true
    },
    close: () => {
      if (closed) return
      closed = true
      input.close()
      stream.destroy()
      closeSync(slave)
    },
  }
}

const prepared = (termios: Termios, { transparent, silent }: PtySettings): Termios => {
  const seen = transparent ? transparentTermios(termios) : termios
  return silent ? silentTermios(seen) : seen
}

const openPair = ({ size }: PtySettings): Pair => {
  try {
    const native = createRequire(import.meta.url)(`@lydell/node-pty-linux-${arch}/pty.node`) as NativePty
    const { master, slave, pty } = native.open(size.columns || 80, size.rows || 24)
    return { master, slave, path: pty }
  } catch (error) {
    throw failed(
      'pty',
      `no pseudoterminal can be opened: ${(error as Error).message.split('\n')[0]}`,
      'is /dev/pts mounted?',
    )
  }
}

const sourceOf = (
  stream: ReadStream,
  listen: (take: (chunk: Uint8Array) => void) => void,
  flow: (now: boolean) => void,
): Source => {
  let stopped = false
  const pause = () => {
    flow(false)
    stream.pause()
  }
  return {
    start: (take, end) => {
      listen(take)
      stream.on('close', end)
      stream.resume()
    },
    pause,
    resume: () => {
      // What was held back may be drained after the stop: two readers would break the order of the bytes.
      if (stopped) return
      flow(true)
      stream.resume()
    },
    stop: () => {
      stopped = true
      pause()
    },
  }
}
