// The completions of tint0 and tint0ctl for a shell, made from the tables of options and commands.
import { version } from '../version.ts'
import { bashCompletions } from './completions-bash.ts'
import { fishCompletions } from './completions-fish.ts'
import { zshCompletions } from './completions-zsh.ts'

export const shells = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions } as const
export type Shell = keyof typeof shells

/** A file that the shell reads. */
export const completionsFor = (shell: Shell): string => shells[shell](version)

/** The files that a package has, by their names: where a shell looks for them, they are called so. */
export const completionFiles = (): Readonly<Record<string, string>> => ({
  'tint0.bash': completionsFor('bash'),
  _tint0: completionsFor('zsh'),
  'tint0.fish': completionsFor('fish'),
  'tint0ctl.fish': completionsFor('fish'),
})
