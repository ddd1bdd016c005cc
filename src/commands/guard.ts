// Keeps the guardian told of what it would have to write, and sends it away in the end.
import type { Stream } from '../stream/stream.ts'
import type { Guardian } from '../terminal/guardian.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface Guard {
  /** Has the terminal guarded from now on, if it needs that; a second call does nothing. */
  begin(): void
  /** Something may have changed. To be called before the terminal is told, so that the guardian is not behind for long. */
  look(): void
  /** What it was told last, or would have been: all that the terminal was told before, and nothing of a chunk that failed. */
  will(): string
  /** All was written that gives the terminal back, but for its settings. */
  written(): void
  /** The terminal has been given back. */
  end(): void
}

export const createGuard = (
  terminal: Terminal,
  stream: () => Stream | undefined,
  inTmux: () => boolean,
): Guard => {
  let guardian: Guardian | undefined
  let will = ''
  const look = () => {
    const now = stream()?.lastWill() ?? will
    if (now === will) return
    will = now
    guardian?.update(now)
  }
  return {
    begin: () => {
      if (guardian || !(terminal.isRaw() || stream())) return
      guardian = terminal.guard(inTmux())
      look()
      guardian?.update(will)
    },
    look,
    will: () => will,
    written: () => {
      will = ''
      guardian?.update(will)
    },
    end: () => {
      guardian?.farewell()
      guardian = undefined
    },
  }
}
