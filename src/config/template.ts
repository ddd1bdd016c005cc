// The text of a new configuration: each key in a comment, with what it does, made from the table of options.
import type { OptionRow } from '../cli/option.ts'
import { configurable } from './config.ts'

/** Where an editor finds what may stand in it (Taplo's directive); written beside it. */
export const schemaName = 'config.schema.json'

export const templateFor = (isSystem: boolean): string =>
  [
    ...(isSystem ? [] : [`#:schema ./${schemaName}`]),
    `# The configuration of tint0${isSystem ? ' for all users' : ''}. A key is an option of the same name; what stands on the command line comes`,
    '# after it, and wins. Take away the # in front of what you want. tint0ctl config shows what counts, and why;',
    '# tint0ctl config edit checks it.',
    '',
    ...configurable.map((row) => `# ${row.name} = ${empty(row)}  # ${row.text}`),
    '',
    '# How it looks in some cases. All conditions (user, group, host, machine, command) must hold; * is any text. Of',
    '# several rules, later ones win.',
    '# [[rule]]',
    '# user = ["postgres", "www-*"]',
    '# background = "blue"',
    ...(isSystem
      ? [
          '',
          '# What nobody can override: neither their own files, nor variables, nor options.',
          '# [locked]',
          '# filter = "strict"',
        ]
      : []),
    '',
  ].join('\n')

/** A value that can stand there: nothing, or, where nothing is none, the default or the first that the text names. */
const empty = ({ value, repeatable, emptyIsValue, text }: OptionRow): string => {
  if (value === undefined || value === 'BOOL') return 'false'
  if (value === 'LEVEL') return '0'
  if (value === 'MIN') return '5'
  if (repeatable) return '[]'
  if (emptyIsValue) return '""'
  return `"${/default: ([^)\s]+)/.exec(text)?.[1] ?? /^[a-z]+/.exec(text)?.[0] ?? ''}"`
}
