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
  /** The bytes of the user and of the terminal on their way to the command. */
  readonly answered: (chunk: Uint8Array) => Uint8Array
  /** Nobody reads our output any more, or it is full: with the error's code. */
  readonly broken: (code: string) => void
  /** The terminal that was typed on is gone. */
  readonly gone: () => void
}

export interface Relay {
  /** What is typed goes to the command from now on; first of all what was typed before. */
  listen(typedAhead: Uint8Array): void
  /** What is typed is another's. */
  ignore(): void
  /** Passes on what the command has written so far: it has stopped, and may write no more for long. */
  flush(): Promise<void>
  /** To be called when the command has ended: passes on what is left in the master, and resolves when all is written. */
  finish(): Promise<void>
  /** Neither terminal nor PTY is read any more. */
  stop(): void
}

/** What may be typed ahead of a command that does not read: until then the keys can still be looked at. */
const typedAheadMost = 1 << 20

/** More than a PTY can hold: what comes behind that was written by others after the command's end. */
const heldByPty = 256 * 1024

/** Starts with the command's output; nothing typed is read yet. */
export const startRelay = (options: RelayOptions): Relay => {
  const { terminal, pty, rewrite, answered, broken, gone } = options
  let lastTyped = 0x0a
  const typed = (chunk: Uint8Array) => {
    lastTyped = chunk.at(-1) ?? lastTyped
    return chunk
  }
  let ignore = () => {}
  const listen = (typedAhead: Uint8Array) => {
    if (typedAhead.length > 0) pty.input.write(typed(typedAhead))
    ignore = pump({
      from: terminal.input,
      to: pty.input,
      through: (chunk) => typed(answered(chunk)),
      // A raw terminal has no end but its hang-up.
      ended: terminal.termios ? gone : () => pty.endInput(lastTyped !== 0x0a),
      broken: () => {},
      slack: typedAheadMost,
    })
  }
  const output = pump({ from: pty.output, to: terminal.output, through: rewrite, ended: () => {}, broken })
  const stop = () => {
    ignore()
    output()
  }
  /** Both this and the pump read and pass on at once, so the order stays. */
  const passOn = async () => {
    await terminal.output.drained()
    let left = heldByPty
    for (let chunk = pty.readNow(); chunk && left > 0; chunk = pty.readNow()) {
      left -= chunk.length
      if (!terminal.output.write(rewrite(chunk))) await terminal.output.drained()
    }
  }
  return {
    listen,
    ignore: () => ignore(),
    flush: passOn,
    finish: async () => {
      stop()
      await passOn()
      if (terminal.output.broken) broken(terminal.output.broken)
    },
    stop,
  }
}
