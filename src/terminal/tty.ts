// Door: the caller's standard streams. Raw mode is cfmakeraw(3)'s; output goes through a non-blocking descriptor of our own
// (the caller's description is shared with other programs and must not change), so a stalled terminal never stops us.
import { closeSync, constants, fstatSync, openSync, write, writeSync } from 'node:fs'
import { env, stdin } from 'node:process'
import { isatty, ReadStream } from 'node:tty'
import { getTermios, getWindowSize, rawTermios, setTermios, untilWritable, type WindowSize } from '../libc.ts'
import type { Sink, Source } from '../stream/flow.ts'
import type { Terminal } from './terminal.ts'

/** Longest wait of one poll(2) off the event loop: what it can delay our exit by, at the most (milliseconds). */
const pollTime = 200

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
    output: output.sink,
    termios,
    size: () =>
      (isTerminal.output && getWindowSize(1)) || (isTerminal.input && getWindowSize(0)) || assumedSize(),
    raw: () => {
      if (!termios || !isTerminal.output) return
      raw = setTermios(0, rawTermios(termios))
    },
    restore: () => {
      if (raw && termios) setTermios(0, termios)
      raw = false
    },
    close: () => {
      input.stop()
      output.close()
    },
  }
}

const assumedSize = (): WindowSize => ({
  rows: Number(env.LINES) || 24,
  columns: Number(env.COLUMNS) || 80,
  width: 0,
  height: 0,
})

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

/** Standard input that is a file, a pipe or a socket: Node's own stream knows what each needs. */
const readFile = (): Source => ({
  start: (take, end) => {
    stdin.on('data', (chunk: Buffer) => take(chunk))
    stdin.on('end', end)
    stdin.on('error', () => end())
  },
  pause: () => stdin.pause(),
  resume: () => stdin.resume(),
  stop: () => stdin.destroy(),
})

const openOutput = (fd: number): { readonly sink: Sink; close(): void } => {
  const own = reopen(fd)
  let held: Promise<void> | undefined
  let broken: string | undefined
  const hold = (rest: Buffer) => {
    held = (own === undefined ? writeWaiting(fd, rest) : writePolling(own, rest))
      .catch((error: NodeJS.ErrnoException) => {
        broken = error.code ?? error.message
      })
      .finally(() => {
        held = undefined
      })
    return false
  }
  return {
    sink: {
      write: (chunk) => {
        if (broken) return true
        if (own === undefined) return hold(Buffer.from(chunk))
        const written = writeSome(own, chunk)
        if (typeof written === 'string') broken = written
        else if (written < chunk.length) return hold(Buffer.from(chunk.subarray(written)))
        return true
      },
      drained: () => held ?? Promise.resolve(),
      get broken() {
        return broken
      },
    },
    close: () => {
      if (own !== undefined) closeSync(own)
    },
  }
}

/** A description of our own that does not block; a file keeps the caller's, whose offset and O_APPEND count. */
const reopen = (fd: number): number | undefined => {
  try {
    const stat = fstatSync(fd)
    if (!stat.isCharacterDevice() && !stat.isFIFO()) return undefined
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return undefined
  }
}

/** How many bytes went without waiting, or the code of the error that ends it. */
const writeSome = (fd: number, chunk: Uint8Array): number | string => {
  try {
    return writeSync(fd, chunk)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EAGAIN' ? 0 : (code ?? 'EIO')
  }
}

const writePolling = async (fd: number, bytes: Buffer): Promise<void> => {
  for (let rest = bytes; rest.length > 0; ) {
    await untilWritable(fd, pollTime)
    const written = writeSome(fd, rest)
    if (typeof written === 'string') throw Object.assign(new Error(written), { code: written })
    rest = rest.subarray(written)
  }
}

const writeWaiting = async (fd: number, bytes: Buffer): Promise<void> => {
  for (let rest = bytes; rest.length > 0; )
    rest = rest.subarray(
      await new Promise<number>((resolve, reject) =>
        write(fd, rest, 0, rest.length, null, (error, written) => (error ? reject(error) : resolve(written))),
      ),
    )
}
