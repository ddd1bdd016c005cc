// What undoes what: between layers, and against what is locked. All of it follows from the option table's `undoes`, and from the
// few values that say the same as a switch.
import type { OptionRow } from '../cli/option.ts'
import { type OptionName, options } from '../cli/options.ts'
import { presetNames, presetProperties } from '../cli/sandbox.ts'

const rows: ReadonlyMap<string, OptionRow> = new Map(options.map((row) => [row.name, row]))

export const rowOf = (name: OptionName): OptionRow | undefined => rows.get(name)

/** What an option and its values do. */
export type Deed = readonly [name: OptionName, values: readonly string[]]

/** A value that says the same as a switch. */
const switches: Readonly<Partial<Record<OptionName, readonly [value: string, OptionName]>>> = {
  tint: ['off', 'no-tint'],
  background: ['', 'no-tint'],
  title: ['', 'no-title'],
  'shell-prompt-prefix': ['', 'no-prompt-mark'],
}

/** The options that it is as good as: itself, and a switch. */
const meaningsOf = ([name, values]: Deed): readonly OptionName[] => {
  const [value, meaning] = switches[name] ?? []
  return meaning !== undefined && values.at(-1) === value ? [name, meaning] : [name]
}

const isSwitchedOff = ([name, values]: Deed): boolean =>
  rows.get(name)?.value === undefined && values.at(-1) === 'no'

const isUndoneBy = (undone: OptionName, name: OptionName): boolean =>
  rows.get(name)?.undoes?.includes(undone) === true

/** Whether the later one takes the earlier one away. Nothing ('') takes nothing away. */
export const undoes = (later: Deed, earlier: Deed): boolean => {
  const [name, values] = later
  if (name === earlier[0] || values.at(-1) === '') return false
  if (isSwitchedOff(later)) return meaningsOf(earlier).includes(name)
  return meaningsOf(earlier).some((meaning) => isUndoneBy(meaning, name))
}

/** Whether it would change what is locked, or what that does. */
export const defeats = (deed: Deed, locked: Deed): boolean => {
  const [name] = deed
  if (name === locked[0]) return true
  if (isSwitchedOff(deed)) return false
  const does = meaningsOf(deed)
  if (isSwitchedOff(locked)) return does.includes(locked[0])
  const kept = meaningsOf(locked)
  // Both want the same.
  if (does.some((one) => kept.includes(one))) return false
  return (
    does.some((one) => kept.some((other) => isUndoneBy(one, other) || isUndoneBy(other, one))) ||
    setsPropertyOf(deed, locked)
  )
}

/** A property of the unit that a locked option sets, too. */
const setsPropertyOf = ([name, values]: Deed, [locked, lockedValues]: Deed): boolean => {
  if (name !== 'property') return false
  const theirs = propertiesOf(locked, lockedValues)
  return values.some((text) => theirs.includes(text.slice(0, text.indexOf('='))))
}

const propertiesOf = (name: OptionName, values: readonly string[]): readonly string[] => {
  switch (name) {
    case 'sandbox':
      return presetProperties(
        presetNames.filter((preset) => values.some((text) => text.split(',').includes(preset))),
      ).map((text) => text.slice(0, text.indexOf('=')))
    case 'nice':
      return ['Nice']
    case 'slice':
      return ['Slice']
    default:
      return []
  }
}
