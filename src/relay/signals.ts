// Door: the signals that reach tint0 itself while a command runs. ^C, ^\ and ^Z go through the PTY as bytes and do not come
// here; what does was sent by kill(1), by a hang-up of the terminal, or by a change of its size.
import { constants } from 'node:os'
import process from 'node:process'

const ending = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const

export type EndingSignal = (typeof ending)[number]

/** Listens until the returned function is called. */
export const onSignals = (resized: () => void, end: (signal: EndingSignal) => void): (() => void) => {
  process.on('SIGWINCH', resized)
  for (const signal of ending) process.on(signal, end)
  return () => {
    process.off('SIGWINCH', resized)
    for (const signal of ending) process.off(signal, end)
  }
}

/** The number of a signal, as kill -l has it. */
export const signalNumber = (signal: NodeJS.Signals): number => constants.signals[signal]
