// Door: the signals that reach tint0 itself while a command runs. ^C, ^\ and ^Z go through the PTY as bytes and do not come
// here; what does was sent by kill(1), by a hang-up of the terminal, or by a change of its size.
import process from 'node:process'

/** All that would end us by default, and leave the terminal as it is (program.ts keeps SIGUSR1 from Node). */
const ending = [
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const),
  ...(['SIGVTALRM', 'SIGXCPU', 'SIGIO', 'SIGPWR', 'SIGSTKFLT'] as const),
] as const

export type EndingSignal = (typeof ending)[number]

export interface SignalListener {
  resized(): void
  /** We were stopped, and go on. */
  continued(): void
  /** We are to stop, and have not yet. */
  suspended(): void
  ended(signal: EndingSignal): void
}

/** Listens until the returned function is called. */
export const onSignals = (listener: SignalListener): (() => void) => {
  const resized = () => listener.resized()
  const continued = () => listener.continued()
  const suspended = () => listener.suspended()
  const ended = (signal: EndingSignal) => listener.ended(signal)
  process.on('SIGWINCH', resized)
  process.on('SIGCONT', continued)
  process.on('SIGTSTP', suspended)
  for (const signal of ending) process.on(signal, ended)
  return () => {
    process.off('SIGWINCH', resized)
    process.off('SIGCONT', continued)
    process.off('SIGTSTP', suspended)
    for (const signal of ending) process.off(signal, ended)
  }
}

/**
 * Stops our whole process group, as ^Z would, and returns when we go on: at once where nobody could continue us (nobody of
 * our session started us).
 */
export const stopHere = (): void => {
  const listeners = process.listeners('SIGTSTP')
  process.removeAllListeners('SIGTSTP')
  process.kill(0, 'SIGTSTP')
  for (const listener of listeners) process.on('SIGTSTP', listener)
}
