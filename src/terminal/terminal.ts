// What the outer terminal is to us: the standard streams of the caller, which may be one terminal, two files, or a mix.

import type { Sink, Source } from '../flow/flow.ts'
import type { Termios, WindowSize } from '../libc.ts'
import type { Guardian } from './guardian.ts'

export interface Terminal {
  /** Whether standard input, output and error are terminals. */
  readonly isTerminal: { readonly input: boolean; readonly output: boolean; readonly error: boolean }
  /** What is typed, or, where that was asked for, standard input, whatever it is. */
  readonly input: Source
  /** Where a terminal shows it: standard output, or standard error where only that is one. */
  readonly output: Sink
  /** As it was found, or undefined where none of the streams is a terminal (or none that was asked for). */
  readonly termios: Termios | undefined
  /** 80×24 (or LINES and COLUMNS) where there is no terminal. */
  size(): WindowSize
  /** From now on it was found as it is now: others had it, and in the background it was the shell's line editor's. */
  findAgain(): void
  /** Whether the shell has put us in its foreground: else the terminal is not ours to read or to set. */
  isForeground(): boolean
  /** Whether something was typed that nobody has read yet. */
  isTyped(): boolean
  /** Whether there was one, and it has been hung up. */
  isGone(): boolean
  /** Whether another program of our job reads the terminal, such as a pager behind us in a pipe. */
  hasRival(): boolean
  /** Every key goes through as a byte, and, where nobody else writes there, every byte of output as it is. */
  raw(): void
  /** Raw again, if it is meant to be: somebody else may have set it while we were stopped. */
  rawAgain(): void
  isRaw(): boolean
  /** The settings that were found, as far as we changed them. */
  restore(): void
  /** Reads byte by byte until `done` says so, or the time (in milliseconds) is over, and not a byte more. `input` must be paused. */
  readUntil(done: (byte: number) => boolean, milliseconds: number): Promise<void>
  /** The same, and nothing else goes on meanwhile. */
  readNow(done: (byte: number) => boolean, milliseconds: number): void
  /** Puts back what was read too much, as far as the kernel allows it. */
  unread(bytes: Uint8Array): void
  /** From now on somebody else gives the terminal back if we are killed; undefined where there is none to be guarded. */
  guard(inTmux: boolean): Guardian | undefined
  /** Lets go of the streams. */
  close(): void
}
