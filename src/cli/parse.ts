// The command line as it was written, by the rules of getopt_long(3) with "+": options stop at the first operand or at --,
// long options may be abbreviated, values stand after = or as the next word. What it means is request.ts's.
import { boolean } from '../boolean.ts'
import { failed } from '../errors.ts'
import { meant, type OptionRow } from './option.ts'
import { type OptionName, options } from './options.ts'

/** What was written: each option with its values (yes or no for a switch), and the operands. */
export interface Written {
  readonly options: ReadonlyMap<OptionName, readonly string[]>
  readonly operands: readonly string[]
  /** Where options stand that are not written as such on the command line: in one that stands for several, a file, a variable. */
  readonly origins?: ReadonlyMap<OptionName, Origin>
}

/** For who is told that a value is wrong. */
export interface Origin {
  readonly subject: string
  /** How to go on without. */
  readonly wayOut?: string
  /** In /etc, for all: what it names is not to be taken from the user's own files. */
  readonly isLocked?: true
}

/** Parses the words behind the program's name, by these rows of the table. Throws a Tint0Error for what is no option, or lacks or has a value too much. */
export const parse = (
  words: readonly string[],
  rows: readonly OptionRow[] = options,
  help = 'see tint0 --help',
): Written => {
  const found = new Map<OptionName, string[]>()
  const origins = new Map<OptionName, Origin>()
  const note = (row: OptionRow, value: string) => {
    // What comes later wins; nothing ('') takes nothing away.
    for (const undone of (value === '' ? [] : (row.undoes ?? [])) as readonly OptionName[]) {
      found.delete(undone)
      origins.delete(undone)
    }
    for (const name of meant(row) as readonly OptionName[]) {
      found.set(name, [...(found.get(name) ?? []), value])
      origins.set(name, { subject: `--${row.name}` })
    }
  }
  let at = 0
  /** The value of an option: behind it in the same word, or the next word. */
  const valueFor = (row: OptionRow, written: string, attached: string | undefined): string => {
    if (attached !== undefined) return attached
    const next = words[at++]
    if (next === undefined) throw failed(written, `wants a value (${row.value})`, help)
    return next
  }
  while (at < words.length) {
    const word = words[at] ?? ''
    if (word === '--') return { options: found, operands: words.slice(at + 1), origins }
    if (word === '-' || !word.startsWith('-')) break
    at++
    if (word.startsWith('--')) {
      const [name, ...rest] = word.slice(2).split('=')
      const attached = rest.length > 0 ? rest.join('=') : undefined
      const row = longOption(name ?? '', rows, help)
      note(
        row,
        row.value === undefined ? onOrOff(row, attached, help) : valueFor(row, `--${row.name}`, attached),
      )
    } else
      for (let i = 1; i < word.length; i++) {
        const row = shortOption(word[i] ?? '', rows, help)
        if (row.value === undefined) note(row, 'yes')
        else {
          note(row, valueFor(row, `-${row.short}`, word.slice(i + 1) || undefined))
          break
        }
      }
  }
  return { options: found, operands: words.slice(at), origins }
}

/** What a configuration may have switched on can be switched off. */
const onOrOff = (row: OptionRow, attached: string | undefined, help: string): string => {
  if (attached === undefined) return 'yes'
  if (!row.config) throw failed(`--${row.name}`, 'takes no value', help)
  const on = boolean(attached)
  if (on === undefined)
    throw failed(
      `--${row.name}`,
      `'${attached}' is neither yes nor no`,
      `write --${row.name}, or --${row.name}=no`,
    )
  return on ? 'yes' : 'no'
}

const longOption = (name: string, rows: readonly OptionRow[], help: string): OptionRow => {
  const exact = rows.find((row) => namesOf(row).includes(name))
  const like = exact
    ? [exact]
    : rows.filter((row) => name !== '' && namesOf(row).some((full) => full.startsWith(name)))
  const [first] = like
  if (like.length > 1)
    throw failed(`--${name}`, `may be ${like.map((row) => `--${row.name}`).join(' or ')}`, 'write it out')
  if (!first) throw failed(`--${name}`, 'is no option', help)
  return first
}

const namesOf = ({ name, also = [] }: OptionRow): readonly string[] => [name, ...also]

const shortOption = (letter: string, rows: readonly OptionRow[], help: string): OptionRow => {
  const row = rows.find(({ short }) => short === letter)
  if (!row) throw failed(`-${letter}`, 'is no option', help)
  return row
}

/** No word at all. */
export const nothingWritten: Written = { options: new Map(), operands: [] }

/** The value that counts where only one can. */
export const lastOf =
  ({ options }: Written) =>
  (name: OptionName): string | undefined =>
    options.get(name)?.at(-1)

/** Whether a switch is on. */
export const switchOf =
  ({ options }: Written) =>
  (name: OptionName): boolean =>
    options.get(name)?.at(-1) === 'yes'
