// Asks the terminal for a report or a picker. It is raw meanwhile, so whatever ends us gives it back first; and whose answers
// are late is waited for, or the user's shell would take them for what was typed.
import { dieOf, signalNumber } from '../proc.ts'
import { type EndingSignal, onSignals } from '../relay/signals.ts'
import type { Capabilities } from '../terminal/capabilities.ts'
import { skipAnswers } from '../terminal/fence.ts'
import { type Probe, probeTerminal } from '../terminal/probe.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { World } from './world.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** For answers that are of no use any more. */
  late: 2000,
  /** The same, where a signal ends us. */
  dying: 500,
}

/** `longest`: the wait for one round of questions, in milliseconds. */
export const ask = async (
  terminal: Terminal,
  capabilities: Capabilities,
  longest: number,
  { sleep, onBug }: Pick<World, 'sleep' | 'onBug'>,
): Promise<Probe> => {
  onBug(terminal.restore)
  const end = (signal: EndingSignal) => {
    if (!terminal.isGone()) skipAnswers(terminal, wait.dying, () => {})
    terminal.restore()
    dieOf(signalNumber(signal))
  }
  const stop = onSignals({
    resized: () => {},
    continued: terminal.rawAgain,
    suspended: () => {},
    ended: end,
  })
  try {
    return await probeTerminal(terminal, capabilities, {
      bound: () => sleep(longest),
      late: () => sleep(wait.late),
      ended: end,
    })
  } finally {
    stop()
    onBug(() => {})
  }
}
