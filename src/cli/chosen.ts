// What stands behind a command of tint0ctl, read by its row of the table.
import { failed } from '../errors.ts'
import { closest } from '../suggest.ts'
import { type CompanionRow, goesWith } from './companion.ts'

export interface Chosen {
  /** '' where the command has no actions. */
  readonly action: string
  /** What stands behind the action; '' where nothing may. */
  readonly value: string
  readonly switches: ReadonlySet<string>
  /** What stands behind those that take something. */
  readonly values: ReadonlyMap<string, string>
}

const help = 'see tint0ctl --help'

/** Throws a Tint0Error for what cannot stand there. */
export const readChosen = (row: CompanionRow, words: readonly string[]): Chosen => {
  const { name, actions = [], switches = [] } = row
  const { given, values, operands } = parted(row, words)
  const [first, second] = operands
  const action =
    first === undefined && !row.wantsAction ? actions[0] : actions.find((one) => one.name === first)
  if (actions.length > 0 && !action)
    throw first === undefined
      ? failed(name, 'wants one more word', hintFor('', row))
      : failed(`${name} ${first}`, 'is no command', hintFor(first, row))
  const astray = switches.find((one) => given.has(one.name) && !goesWith(one, action?.name ?? ''))
  if (astray) throw failed(`--${astray.name}`, `goes with ${astray.with?.join(' and ')} only`, 'leave it out')
  const behind = actions.length > 0 ? operands.slice(1) : operands
  if (action?.value !== undefined && !second)
    throw failed(`${name} ${action.name}`, `wants a ${action.value.toLowerCase()}`, help)
  const [extra] = action?.value === undefined ? behind : behind.slice(1)
  if (extra !== undefined)
    throw failed(extra, `is too much: ${[name, action?.name ?? ''].join(' ').trim()} takes no more`, help)
  return { action: action?.name ?? '', value: second ?? '', switches: given, values }
}

interface Parted extends Pick<Chosen, 'values'> {
  readonly given: ReadonlySet<string>
  readonly operands: readonly string[]
}

/** `--name`, and, where the row says so, `--name=value` or `--name value`. */
const parted = ({ name: command, switches = [] }: CompanionRow, words: readonly string[]): Parted => {
  const given = new Set<string>()
  const values = new Map<string, string>()
  const operands: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (!word.startsWith('--')) {
      operands.push(word)
      continue
    }
    if (word === '--') continue
    const [, name = '', , behind] = /^--([^=]*)(=(.*))?$/s.exec(word) ?? []
    const one = switches.find((some) => some.name === name)
    if (!one || (one.value === undefined && behind !== undefined))
      throw failed(word, `is no option of ${command}`, help)
    given.add(name)
    if (one.value === undefined) continue
    const value = behind ?? words[++i]
    if (!value) throw failed(`--${name}`, `wants a ${one.value.toLowerCase()}`, help)
    values.set(name, value)
  }
  return { given, values, operands }
}

const hintFor = (word = '', { actions = [] }: CompanionRow): string => {
  const names = actions.map(({ name }) => name)
  const near = closest(word, names, 2)
  return near ? `did you mean ${near}?` : `it is one of ${names.join(', ')}`
}
