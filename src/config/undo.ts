// What undoes what: between layers, and against what is locked. All of it follows from the option table's `undoes`, from the few
// values that say the same as a switch, and from what different options set alike. A lock keeps people from mistakes; who may
// become root, and means to, finds a way around it.
import type { OptionRow } from '../cli/option.ts'
import { type OptionName, options } from '../cli/options.ts'
import { type PresetName, presetNames, presetProperties } from '../cli/sandbox.ts'

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
    setsOf(deed).some((one) => setsOf(locked).includes(one)) ||
    loosens(deed, locked)
  )
}

/** What different options set: properties of the unit, and the variable that a prompt shows ($NAME). */
const setsOf = ([name, values]: Deed): readonly string[] => sets[name]?.(values) ?? []

const promptVariable = 'SHELL_PROMPT_PREFIX'

const sets: Readonly<Partial<Record<OptionName, (values: readonly string[]) => readonly string[]>>> = {
  nice: () => ['Nice'],
  slice: () => ['Slice'],
  'slice-inherit': () => ['Slice'],
  sandbox: (values) => presetProperties(presetsIn(values)).map(nameIn),
  setenv: (values) => [...environment, ...values.map((text) => `$${nameIn(text)}`)],
  property: (values) => [...values.map(nameIn), ...(values.some(mayPrompt) ? [`$${promptVariable}`] : [])],
  'shell-prompt-prefix': () => [`$${promptVariable}`],
  'no-prompt-mark': () => [`$${promptVariable}`],
}

/** The properties that make the environment (systemd.exec(5)). */
const environment = ['Environment', 'EnvironmentFile', 'PassEnvironment', 'UnsetEnvironment']

/** What is in a file is not known here. */
const mayPrompt = (text: string): boolean =>
  nameIn(text) === 'EnvironmentFile' || (environment.includes(nameIn(text)) && text.includes(promptVariable))

const nameIn = (text: string): string => text.split('=', 1)[0] ?? ''

const presetsIn = (values: readonly string[]): readonly PresetName[] =>
  presetNames.filter((preset) => values.some((text) => text.split(',').includes(preset)))

/** Too many properties lead out of a sandbox to name them all (ReadWritePaths=, JoinsNamespaceOf=, ExecStartPre=+…). */
const loosens = ([name, values]: Deed, [locked, lockedValues]: Deed): boolean =>
  name === 'property' &&
  locked === 'sandbox' &&
  presetsIn(lockedValues).length > 0 &&
  !values.every((text) => limits.test(nameIn(text)))

/** What only limits resources or time, or is an option, too. */
const limits =
  /^((CPU|IO|Memory|Tasks|Limit|OOM|ManagedOOM|Timeout)[A-Za-z]*|Nice|Slice|User|Group|WorkingDirectory|Description|RuntimeMaxSec|RuntimeRandomizedExtraSec)$/
