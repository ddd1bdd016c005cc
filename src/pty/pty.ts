// What a pseudoterminal is to us: a pair whose slave the command gets and whose master we relay. After pty(7).

import type { Sink, Source } from '../flow/flow.ts'
import type { Termios, WindowSize } from '../libc.ts'

export interface Pty {
  /** The slave: given to the command as fds 0, 1, 2, and held open by us until the master is empty. */
  readonly slave: number
  /** The slave's name, such as /dev/pts/3. */
  readonly path: string
  readonly input: Sink
  readonly output: Source
  resize(size: WindowSize): void
  /** What is in the master now, without waiting: undefined when it is empty. Call it when `output` is stopped. */
  readNow(): Uint8Array | undefined
  /** Tells the command that its input has ended, as ^D does: twice where a line is half typed. */
  endInput(midLine: boolean): void
  /** Whether the command has told its terminal not to echo, or to give it every key: it wants to be typed to. */
  isListening(): boolean
  /** What is put in is not echoed, until the returned function is called: it has been seen already. */
  hush(): () => void
  /** Puts in the character that sends a signal to what is in the foreground, where the terminal has one now. */
  interrupt(signal: 'SIGINT' | 'SIGQUIT'): boolean
  /** Closes both ends: whoever is still on the slave gets SIGHUP. */
  close(): void
}

/** How a new pair is set before anyone sees it. */
export interface PtySettings {
  readonly size: WindowSize
  /** The caller's terminal settings (intr, erase, iutf8…), or undefined for the kernel's own. */
  readonly termios: Termios | undefined
  /** No carriage returns of its own: what is outside adds them, or is no terminal. */
  readonly transparent: boolean
  /** No echo: what is put in is not typed by anybody. */
  readonly silent: boolean
}
