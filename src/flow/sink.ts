// Door: writes to a descriptor and never stops the event loop for it: what does not go at once waits in a poll(2) off the
// loop. (libuv would retry forever on the master of a PTY, and Node's own streams on a terminal block.)
import { write, writeSync } from 'node:fs'
import { untilWritable } from '../libc.ts'
import type { Sink } from './flow.ts'

/** Longest wait of one poll(2): what it can delay our exit by, at the most (milliseconds). */
const pollTime = 200

/** What a pipe or a socket takes without blocking, once poll(2) says that it takes anything. */
const piece = 4096

/**
 * `own`: a description of ours, which does not block. `shared`: one that we must not change: it is written to in pieces, and
 * only when it is ready. `file`: always ready; it is written to off the loop.
 */
export type Way = 'own' | 'shared' | 'file'

/** A sink on `fd`, which stays the caller's; after `close` it takes everything and writes nothing. */
export const createSink = (fd: number, way: Way): Sink & { close(): void } => {
  let held: Promise<void> | undefined
  let broken: string | undefined
  let closed = false
  const writeAll = async (bytes: Buffer): Promise<void> => {
    for (let rest = bytes; rest.length > 0; ) {
      if (way !== 'file') await untilWritable(fd, pollTime)
      if (closed || broken) return
      const written = way === 'file' ? await writeAside(fd, rest) : writeNow(fd, rest.subarray(0, piece))
      if (typeof written === 'string') broken = written
      else rest = rest.subarray(written)
    }
  }
  /** In order, also behind what is held already. */
  const hold = (rest: Uint8Array): false => {
    const copy = Buffer.from(rest)
    const now = (held ?? Promise.resolve()).then(() => writeAll(copy))
    held = now
    now.then(() => {
      if (held === now) held = undefined
    })
    return false
  }
  return {
    write: (chunk) => {
      if (broken || closed) return true
      if (held || way !== 'own') return hold(chunk)
      const written = writeNow(fd, chunk)
      if (typeof written === 'string') broken = written
      else if (written < chunk.length) return hold(chunk.subarray(written))
      return true
    },
    drained: () => held ?? Promise.resolve(),
    get broken() {
      return broken
    },
    close: () => {
      closed = true
    },
  }
}

/** How many bytes went, or the code of the error that ends it. */
type Written = number | string

const failure = ({ code, message }: NodeJS.ErrnoException): Written =>
  code === 'EAGAIN' ? 0 : (code ?? message)

const writeNow = (fd: number, chunk: Uint8Array): Written => {
  try {
    return writeSync(fd, chunk)
  } catch (error) {
    return failure(error as NodeJS.ErrnoException)
  }
}

const writeAside = (fd: number, chunk: Uint8Array): Promise<Written> =>
  new Promise((resolve) => {
    write(fd, chunk, 0, chunk.length, null, (error, written) => resolve(error ? failure(error) : written))
  })
