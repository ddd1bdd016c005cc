// A session that a signal ends: whatever is awaited is awaited only until then.
import type { Pty } from '../pty/pty.ts'
import { type EndingSignal, onSignals } from '../relay/signals.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface Interrupted {
  readonly signal: Promise<EndingSignal>
  /** What `promise` resolves to, or the signal that came first. */
  or<T>(promise: Promise<T>): Promise<T | EndingSignal>
  /** From now on the PTY has the terminal's size, and the terminal stays raw when we were stopped and go on. */
  relays(terminal: Terminal, pty: Pty): void
  /** The signals act as they do by default again. */
  stop(): void
}

/** Listens from now on. */
export const catchSignals = (): Interrupted => {
  let resized: () => void = () => {}
  let ends: (signal: EndingSignal) => void = () => {}
  const signal = new Promise<EndingSignal>((resolve) => {
    ends = resolve
  })
  const on = { resized: () => resized(), continued: () => resized(), ended: ends }
  const stop = onSignals(on)
  return {
    signal,
    or: (promise) => Promise.race([promise, signal]),
    relays: (terminal, pty) => {
      resized = () => pty.resize(terminal.size())
      on.continued = () => {
        // The shell has set the terminal its own way meanwhile.
        terminal.rawAgain()
        resized()
      }
    },
    stop,
  }
}
