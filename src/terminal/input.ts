// Door: what comes in, from a terminal or from standard input, whatever that is.
import { stdin } from 'node:process'
import { ReadStream } from 'node:tty'
import type { Source } from '../flow/flow.ts'

/** What is typed on the terminal at `fd`. */
export const readTerminal = (fd: number): Source => {
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
    const opened = new ReadStream(fd, { onread: { buffer, callback } } as never)
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
export const readFile = (): Source => {
  let started = false
  let take: (chunk: Uint8Array) => void = () => {}
  let end: () => void = () => {}
  const begin = () => {
    started = true
    stdin.on('data', (chunk: Buffer) => take(chunk))
    stdin.on('end', () => end())
    stdin.on('error', () => end())
  }
  return {
    start: (taker, ender) => {
      take = taker
      end = ender
      if (started) stdin.resume()
      else begin()
    },
    pause: () => started && stdin.pause(),
    resume: () => started && stdin.resume(),
    stop: () => started && stdin.destroy(),
  }
}
