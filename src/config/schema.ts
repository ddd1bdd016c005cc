// The form of a configuration file, made from the table of options: which keys there are, and of which type their values. What a
// value may say is checked where the command line's are (cli/values.ts).
import {
  array,
  boolean,
  description,
  type GenericSchema,
  integer,
  number,
  optional,
  pipe,
  regex,
  strictObject,
  string,
  union,
} from 'valibot'
import { isLook, type OptionRow } from '../cli/option.ts'
import { type Condition, conditions, configurable, type FileKind } from './config.ts'

/** Neither an argument nor a variable can hold a NUL byte. */
const text = pipe(string(), regex(/^[^\0]*$/))
const texts = union([text, array(text)])

/** By what the value is called in the help. */
const kinds: Readonly<Record<string, GenericSchema>> = {
  BOOL: union([boolean(), text]),
  LEVEL: union([pipe(number(), integer()), text]),
  MIN: union([number(), text]),
}

const typeOf = (row: OptionRow): GenericSchema =>
  row.value === undefined ? boolean() : row.repeatable ? texts : (kinds[row.value] ?? text)

type Entries = Readonly<Record<string, GenericSchema>>

const entriesOf = (rows: readonly OptionRow[]): Entries =>
  Object.fromEntries(
    rows.map((row) => [row.name, optional(pipe(typeOf(row), description(row.text)))] as const),
  )

/** Nothing else may stand in it. */
const only = (entries: Entries): GenericSchema => strictObject(entries)

const whens: Readonly<Record<Condition, string>> = {
  user: 'as whom the command runs, name or number',
  group: '--group, or a group that the user is in',
  host: 'the name of this machine',
  machine: "the container; '' for none",
  command: "the command's name, or all of it; '' for the shell without one",
}

const rule = only({
  ...Object.fromEntries(
    conditions.map((name) => [name, optional(pipe(texts, description(`where it applies: ${whens[name]}`)))]),
  ),
  ...entriesOf(configurable.filter(isLook)),
})

/** Of the user's file, or of the administrator's, which may lock keys. */
export const schemaOf = (isSystem: boolean): GenericSchema => {
  const kind = isSystem ? 'system' : 'own'
  made[kind] ??= create(isSystem)
  return made[kind]
}

/** Most need one of them only. */
const made: Partial<Record<FileKind, GenericSchema>> = {}

const create = (isSystem: boolean): GenericSchema =>
  only({
    ...entriesOf(configurable),
    rule: optional(
      pipe(array(rule), description('what it looks like where all conditions hold; later ones win')),
    ),
    ...(isSystem && {
      locked: optional(
        pipe(only(entriesOf(configurable)), description('keys that nothing can override; in /etc only')),
      ),
    }),
  })

export const ruleKeys: readonly string[] = [
  ...conditions,
  ...configurable.filter(isLook).map(({ name }) => name),
]
export const plainKeys: readonly string[] = configurable.map(({ name }) => name)
