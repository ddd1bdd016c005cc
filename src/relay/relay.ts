// Joins the outer terminal and the PTY, until the command has ended and the master is empty: not one byte is lost.
// What the bytes become on the way is the stream's affair.
import type { Pty } from '../pty/pty.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pump } from './pump.ts'

export interface RelayOptions {
  readonly terminal: Terminal
  readonly pty: Pty
  /** Whether the PTY is what the command reads; else it has the caller's input itself. */
  readonly typing: boolean
  /** The command's bytes on their way to the terminal. */
  readonly rewrite: (chunk: Uint8Array) => Uint8Array
  /** The bytes of the user and of the terminal on their way to the command. */
  readonly answered: (chunk: Uint8Array) => Uint8Array
  /** What the user typed before the relay began: goes to the command first. */
  readonly typedAhead: Uint8Array
  /** Nobody reads our output any more, or it is full: with the error's code. */
  readonly broken: (code: string) => void
}

export interface Relay {
  /** To be called when the command has ended: passes on what is left in the master, and resolves when all is written. */
  finish(): Promise<void>
  /** Neither terminal nor PTY is read any more. */
  stop(): void
}

/** More than a PTY can hold: what comes behind that was written by others after the command's end. */
const heldByPty = 256 * 1024

/** Starts both directions. */
export const startRelay = (options: RelayOptions): Relay => {
  const { terminal, pty, typing, rewrite, answered, typedAhead, broken } = options
  let lastTyped = 0x0a
  const typed = (chunk: Uint8Array) => {
    lastTyped = chunk.at(-1) ?? lastTyped
    return chunk
  }
  if (typedAhead.length > 0) pty.input.write(typed(typedAhead))
  const keys = typing
    ? pump({
        from: terminal.input,
        to: pty.input,
        through: (chunk) => typed(answered(chunk)),
        ended: () => pty.endInput(lastTyped !== 0x0a),
        broken: () => {},
      })
    : () => {}
  const output = pump({ from: pty.output, to: terminal.output, through: rewrite, ended: () => {}, broken })
  const stop = () => {
    keys()
    output()
  }
  return {
    finish: async () => {
      stop()
      await terminal.output.drained()
      let left = heldByPty
      for (let chunk = pty.readNow(); chunk && left > 0; chunk = pty.readNow()) {
        left -= chunk.length
        if (!terminal.output.write(rewrite(chunk))) await terminal.output.drained()
      }
      if (terminal.output.broken) broken(terminal.output.broken)
    },
    stop,
  }
}
