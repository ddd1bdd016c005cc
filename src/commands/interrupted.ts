// The signals that reach tint0 itself. Before the command runs they end the session: whatever is awaited is awaited only until
// then. Afterwards the command gets them, by the rules of sudo(8), and only what it cannot be sent ends the session.
import type { Desk } from '../prompt/desk.ts'
import { type EndingSignal, onSignals, stopHere } from '../relay/signals.ts'
import type { World } from './world.ts'

/** Who hears of them, once there is a command. */
export interface Recipient {
  resized(): void
  continued(): void
  suspended(): void
  /** Resolves to false where the command cannot be sent it. */
  passed(signal: EndingSignal): Promise<boolean>
}

export interface Interrupted {
  /** Resolves to the signal that ends the session. */
  readonly signal: Promise<EndingSignal>
  /** What `promise` resolves to, or the signal that came first. */
  or<T>(promise: Promise<T>): Promise<T | EndingSignal>
  /** Ends the session, as if that signal had come. */
  end(signal: EndingSignal): void
  /** From now on they are the recipient's. */
  goTo(recipient: Recipient): void
  /** The signals act as they do by default again. */
  stop(): void
}

/** There is no command yet. */
export const nobodyYet: Recipient = {
  resized: () => {},
  continued: () => {},
  suspended: stopHere,
  passed: async () => false,
}

/** After what time we look whether we have been stopped at all, in milliseconds. */
const unstopped = 50

/** While a password is asked for: the terminal is given back as long as we are stopped. */
export const atDesk = (desk: Pick<Desk, 'suspend' | 'resume'>, sleep: World['sleep']): Recipient => ({
  ...nobodyYet,
  continued: desk.resume,
  suspended: async () => {
    desk.suspend()
    stopHere()
    // Where nobody could stop us (a terminal that runs us instead of a shell), nobody continues us either: the echo must not stay on.
    await sleep(unstopped)
    desk.resume()
  },
})

/** Listens from now on. */
export const catchSignals = (): Interrupted => {
  let recipient = nobodyYet
  let end: (signal: EndingSignal) => void = () => {}
  const signal = new Promise<EndingSignal>((resolve) => {
    end = resolve
  })
  const stop = onSignals({
    resized: () => recipient.resized(),
    continued: () => recipient.continued(),
    suspended: () => recipient.suspended(),
    ended: async (signal) => {
      if (!(await recipient.passed(signal))) end(signal)
    },
  })
  return {
    signal,
    or: (promise) => Promise.race([promise, signal]),
    end,
    goTo: (next) => {
      recipient = next
    },
    stop,
  }
}
