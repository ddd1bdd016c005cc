// One direction of the relay: from a source to a sink, no faster than the sink takes it. Bytes, never strings; what is
// under way is at most one chunk.
import type { Sink, Source } from '../flow/flow.ts'

export interface PumpOptions {
  /** How many bytes may wait before the source is held back: 0, unless somebody looks at them on the way (default: 0). */
  readonly slack?: number
  readonly from: Source
  readonly to: Sink
  /** What becomes of a chunk on the way; the result may be the chunk itself. */
  readonly through: (chunk: Uint8Array) => Uint8Array
  /** The source has ended. */
  readonly ended: () => void
  /** The sink cannot be written to any more, with the error's code. */
  readonly broken: (code: string) => void
}

/** Starts pumping; it goes on until the source ends, or the returned function is called. */
export const pump = ({ from, to, through, ended, broken, slack = 0 }: PumpOptions): (() => void) => {
  let stopped = false
  let waiting = 0
  from.start((chunk) => {
    const bytes = through(chunk)
    if (!to.write(bytes)) {
      waiting += bytes.length
      if (waiting > slack) from.pause()
      to.drained().then(() => {
        waiting = 0
        if (to.broken) broken(to.broken)
        // What was held back may be drained after the stop: it must not start the source again.
        if (!stopped) from.resume()
      })
    } else if (to.broken) broken(to.broken)
  }, ended)
  return () => {
    stopped = true
    from.pause()
  }
}
