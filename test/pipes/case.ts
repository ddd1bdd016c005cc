// A pipe case: a script for bash in which "$@" stands for run0 or tint0, and what is then seen on the terminal.
import type { Screen } from '../screen.ts'

export const subjects = ['run0', 'tint0', 'local'] as const

/** run0, tint0 by the system's manager, and tint0 without one. */
export type SubjectName = (typeof subjects)[number]

export interface Acting {
  readonly screen: Screen
  /** Resolves when the `/usr/bin/sleep $mark` of the script is there. */
  started(): Promise<void>
  /** The folder that the script runs in. */
  readonly folder: string
}

export interface PipeCase {
  readonly name: string
  /** In a new folder, after fixtures/children/pipes.sh. */
  readonly script: string
  /** All that the script and its commands show on the terminal, without control functions and carriage returns. */
  readonly shows: string | RegExp
  /** What happens at the terminal meanwhile. */
  readonly acts?: (acting: Acting) => Promise<void>
  /** What is wrong with the files that it leaves in its folder. */
  readonly leaves?: (folder: string) => string
  /** Who runs it; alice is let through by a rule of polkit. */
  readonly as?: 'alice'
  /** How long it may take, in milliseconds, where it takes longer than others. */
  readonly patience?: number
  /** Where it makes sense; everywhere, if not said. */
  readonly on?: readonly SubjectName[]
}

/** Nobody becomes root without a manager. */
export const withManager = ['run0', 'tint0'] as const
