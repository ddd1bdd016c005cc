// Joins the outer terminal and the PTY, until the command has ended and the master is empty: not one byte is lost.
// What the bytes become on the way is the stream's affair.
import type { Pty } from '../pty/pty.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pump } from './pump.ts'

export interface RelayOptions {
  readonly terminal: Terminal
  readonly pty: Pty
  /** The command's bytes on their way to the terminal. */
  readonly rewrite: (chunk: Uint8Array) => Uint8Array
  /** What the user typed before the relay began: goes to the command first. */
  readonly typedAhead: Uint8Array
  /** Nobody reads our output any more, or it is full: with the error's code. */
  readonly broken: (code: string) => void
}

export interface Relay {
  /** To be called when the command has ended: passes on what is left in the master, and resolves when all is written. */
  finish(): Promise<void>
}

/** Starts both directions. */
export const startRelay = ({ terminal, pty, rewrite, typedAhead, broken }: RelayOptions): Relay => {
  let lastTyped = 0x0a
  const typed = (chunk: Uint8Array) => {
    lastTyped = chunk.at(-1) ?? lastTyped
    return chunk
  }
  if (typedAhead.length > 0) pty.input.write(typed(typedAhead))
  pump({
    from: terminal.input,
    to: pty.input,
    through: typed,
    ended: () => pty.endInput(lastTyped !== 0x0a),
    broken: () => {},
  })
  pump({ from: pty.output, to: terminal.output, through: rewrite, ended: () => {}, broken })
  return {
    finish: async () => {
      terminal.input.pause()
      pty.output.stop()
      await terminal.output.drained()
      for (let chunk = pty.readNow(); chunk; chunk = pty.readNow()) {
        if (terminal.output.write(rewrite(chunk))) continue
        await terminal.output.drained()
      }
      if (terminal.output.broken) broken(terminal.output.broken)
    },
  }
}
