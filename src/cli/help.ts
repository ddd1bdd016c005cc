// The text of --help, made from the option table; fits 80 columns; a pager shows it where the screen is lower.
import { type CompanionRow, companionCommands } from './companion.ts'
import { groups, type OptionRow } from './option.ts'
import { options } from './options.ts'

/** The whole help text, ending in a newline. */
export const helpText = (): string =>
  [
    'Usage: tint0 [OPTIONS] [--] [COMMAND [ARG…]]',
    'Runs a command, or your shell, as another user; the terminal is tinted so long.',
    ...Object.entries(groups).flatMap(([group, title]) => helpOf(group, `${title}:`)),
    'Exit status: that of the command; 128+n if signal n killed it; 125 if tint0',
    'failed, 126 if it was refused or cannot be executed, 127 if it was not found.',
    '',
  ].join('\n')

/** The help of tint0ctl, ending in a newline. */
export const companionHelp = (): string =>
  [
    'Usage: tint0ctl COMMAND',
    '',
    ...companions.map(({ name, usage = '', text }) => `  ${`${name} ${usage}`.padEnd(36)} ${text}`),
    '',
    ...helpOf('look', 'Options of tint and filter:'),
    '',
  ].join('\n')

const companions: readonly CompanionRow[] = companionCommands

/** The lines of one group of options, under a title. */
export const helpOf = (group: string, title: string): readonly string[] => [
  title,
  ...rows.filter((row) => row.group === group && !row.hidden).map(line),
]

const rows: readonly OptionRow[] = options

const column = 31

const line = (row: OptionRow): string => {
  const long = `--${row.name}${row.value === undefined ? '' : `=${row.value}`}`
  const left = `  ${row.short ? `-${row.short}, ` : '    '}${long}`
  return `${left.padEnd(column)} ${row.text}`
}
