// Door: the clock by which a bus, or a service on it, that is being restarted is waited for.
import { setTimeout } from 'node:timers/promises'

/** Between two attempts, in milliseconds: a restart takes a moment, an outage takes a human. */
const pauses = [0, 20, 50, 100, 200, 400, 800] as const
const longest = 1000

/** What `attempt` resolves to in the end. Tries again as long as `goOn` says so, then rejects as the last attempt did. */
export const eventually = async <T>(attempt: () => Promise<T>, goOn: () => boolean): Promise<T> => {
  for (let count = 0; ; count++)
    try {
      return await attempt()
    } catch (error) {
      if (!goOn()) throw error
      await setTimeout(pauses[count] ?? longest)
    }
}

/** Resolves after that time, which keeps nobody up. */
export const later = (milliseconds: number): Promise<void> =>
  setTimeout(milliseconds, undefined, { ref: false })
