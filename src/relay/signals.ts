// Door: the signals that reach tint0 itself while a command runs. ^C, ^\ and ^Z go through the PTY as bytes and do not come
// here; what does was sent by kill(1), by a hang-up of the terminal, or by a change of its size.
import { constants } from 'node:os'
import process from 'node:process'

/** All that would end us by default, and leave the terminal as it is; but for SIGUSR1, which program.ts keeps from Node. */
const ending = [
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2', 'SIGALRM', 'SIGVTALRM'] as const),
  ...(['SIGXCPU', 'SIGIO', 'SIGPWR', 'SIGSTKFLT'] as const),
] as const

export type EndingSignal = (typeof ending)[number]

export interface SignalListener {
  resized(): void
  /** We were stopped, and go on. */
  continued(): void
  ended(signal: EndingSignal): void
}

/** Listens until the returned function is called. */
export const onSignals = (listener: SignalListener): (() => void) => {
  const resized = () => listener.resized()
  const continued = () => listener.continued()
  const ended = (signal: EndingSignal) => listener.ended(signal)
  process.on('SIGWINCH', resized)
  process.on('SIGCONT', continued)
  for (const signal of ending) process.on(signal, ended)
  return () => {
    process.off('SIGWINCH', resized)
    process.off('SIGCONT', continued)
    for (const signal of ending) process.off(signal, ended)
  }
}

/** The number of a signal, as kill -l has it. */
export const signalNumber = (signal: NodeJS.Signals): number => constants.signals[signal]
