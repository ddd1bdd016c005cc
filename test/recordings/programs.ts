// What is recorded: programs, what they are started with, and what is typed at them.
import { editors } from './programs.editors.ts'
import { motion } from './programs.motion.ts'
import { shells } from './programs.shells.ts'
import { tools } from './programs.tools.ts'
import { viewers } from './programs.viewers.ts'

export interface Program {
  /** Names the recording's file. */
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
  /** Milliseconds without output after which the next step is made. */
  readonly quiet?: number
  /** Milliseconds that the program has to become quiet at first. */
  readonly first?: number
  /** The recording ends after so many bytes or frames. */
  readonly bytes?: number
  readonly frames?: number
}

/** Keys to type, a change of the terminal's size, or a time to watch a program that never rests. */
export type Step = string | { readonly resize: 'other' | 'back' } | { readonly pause: number }

export const programs: readonly Program[] = [...editors, ...viewers, ...tools, ...motion, ...shells]

export const sizes = [
  { columns: 80, rows: 24 },
  { columns: 132, rows: 43 },
  { columns: 40, rows: 12 },
]
