// What an option is: a row of the table in options.ts, and the groups that help shows them in.

export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** Other spellings, which help does not name. */
  readonly also?: readonly string[]
  /** Understood, but not in the help: run0 hides it, too, or it is not built yet. */
  readonly hidden?: boolean
  /** What the value is called in help; without it the option is a switch. */
  readonly value?: string
  /** Nothing ('') says something, too; else an empty variable of the environment is none. */
  readonly emptyIsValue?: true
  /** Given several times, all count; else the last one does. */
  readonly repeatable?: boolean
  /** Also a key of the configuration, by the same name, and TINT0_NAME in the environment; a switch can be undone: --NAME=no. */
  readonly config?: true
  /** It stands for several others. */
  readonly means?: readonly string[]
  /** In a stronger place than one of these (on the command line, say, and they in a file), it undoes them. */
  readonly undoes?: readonly string[]
  readonly group: OptionGroup
  readonly text: string
}

export type OptionGroup = keyof typeof groups

export const groups = {
  target: 'As whom and where',
  look: 'What it looks like',
  unit: 'The transient unit',
  how: 'Terminal, pipes, and the end',
  auth: 'Passwords and authorization',
  help: 'Help',
} as const

/** Whether a rule of the configuration may set it: what it looks like, and nothing else. */
export const isLook = ({ group, name }: OptionRow): boolean =>
  (group === 'look' && name !== 'config') || name === 'shell-prompt-prefix'

/** The options that one stands for: itself, for most. */
export const meant = ({ name, means }: OptionRow): readonly string[] => means ?? [name]
