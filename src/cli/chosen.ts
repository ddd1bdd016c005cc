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
}

const help = 'see tint0ctl --help'

/** Throws a Tint0Error for what cannot stand there. */
export const readChosen = (row: CompanionRow, words: readonly string[]): Chosen => {
  const { name, actions = [], switches = [] } = row
  const given = words.filter((word) => word.startsWith('--') && word !== '--').map((word) => word.slice(2))
  const wrong = given.find((word) => !switches.some((one) => one.name === word))
  if (wrong !== undefined) throw failed(`--${wrong}`, `is no option of ${name}`, help)
  const operands = words.filter((word) => !word.startsWith('--'))
  const [first, second] = operands
  const action =
    first === undefined && !row.wantsAction ? actions[0] : actions.find((one) => one.name === first)
  if (actions.length > 0 && !action)
    throw first === undefined
      ? failed(name, 'wants one more word', hintFor('', row))
      : failed(`${name} ${first}`, 'is no command', hintFor(first, row))
  const astray = switches.find((one) => given.includes(one.name) && !goesWith(one, action?.name ?? ''))
  if (astray) throw failed(`--${astray.name}`, `goes with ${astray.with?.join(' and ')} only`, 'leave it out')
  const behind = actions.length > 0 ? operands.slice(1) : operands
  if (action?.value !== undefined && !second)
    throw failed(`${name} ${action.name}`, `wants a ${action.value.toLowerCase()}`, help)
  const [extra] = action?.value === undefined ? behind : behind.slice(1)
  if (extra !== undefined)
    throw failed(extra, `is too much: ${[name, action?.name ?? ''].join(' ').trim()} takes no more`, help)
  return { action: action?.name ?? '', value: second ?? '', switches: new Set(given) }
}

const hintFor = (word = '', { actions = [] }: CompanionRow): string => {
  const names = actions.map(({ name }) => name)
  const near = closest(word, names, 2)
  return near ? `did you mean ${near}?` : `it is one of ${names.join(', ')}`
}
