// Asks the terminal for a report or a picker. It is raw meanwhile, so whatever ends us gives it back first.
import { dieOf, signalNumber } from '../proc.ts'
import { onSignals } from '../relay/signals.ts'
import type { Capabilities } from '../terminal/capabilities.ts'
import { type Probe, probeTerminal } from '../terminal/probe.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { World } from './world.ts'

/** `longest`: the wait for one round of questions, in milliseconds. */
export const ask = async (
  terminal: Terminal,
  capabilities: Capabilities,
  longest: number,
  { sleep, onBug }: Pick<World, 'sleep' | 'onBug'>,
): Promise<Probe> => {
  onBug(terminal.restore)
  const stop = onSignals({
    resized: () => {},
    continued: terminal.rawAgain,
    suspended: () => {},
    ended: (signal) => {
      terminal.restore()
      dieOf(signalNumber(signal))
    },
  })
  try {
    return await probeTerminal(terminal, capabilities, () => sleep(longest))
  } finally {
    stop()
    onBug(() => {})
  }
}
