// A text of TOML understood as a configuration: what it sets, and all that is wrong with it, each with its line. Pure. Whether a
// value can be used is not said here (see check.ts).
import { safeParse } from 'valibot'
import { isLook, type OptionRow } from '../cli/option.ts'
import { type Failure, Tint0Error, withWayOut } from '../errors.ts'
import { longestGlob } from '../glob.ts'
import { closest } from '../suggest.ts'
import type { Path } from '../toml/places.ts'
import { isTable, readToml, type Table, type TomlFile } from '../toml/toml.ts'
import {
  conditions,
  configurable,
  type FileKind,
  type Layer,
  layerOf,
  nothingSet,
  type Rule,
  type Source,
  waysOut,
} from './config.ts'
import { plainKeys, ruleKeys, schemaOf } from './schema.ts'

export interface Understood {
  readonly source: Source
  readonly problems: readonly Failure[]
}

type Wrong = readonly [path: Path, problem: string, hint: string]

/** More would be read by nobody. */
const mostProblems = 20

/** What is wrong is left out of `source`. */
export const understand = (text: string, path: string, isSystem: boolean): Understood => {
  const kind: FileKind = isSystem ? 'system' : 'own'
  const problem = (line: number, key: string, what: string, hint: string): Failure =>
    withWayOut(
      { subject: `${path}:${line}${key && `: ${key}`}`, problem: what, hint, status: 125 },
      waysOut[kind],
    )
  let file: TomlFile
  try {
    file = readToml(path, text)
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    return { source: nothingSet, problems: [withWayOut(error.failure, waysOut[kind])] }
  }
  const { table, lineOf } = file
  const wrong = wrongIn(table, isSystem)
  const isWrong = new Set(wrong.map(([path]) => JSON.stringify(path)))
  const context: Context = {
    kind,
    originOf: (key) => `${path}:${lineOf(key)}`,
    isRight: (key) =>
      isWrong.size === 0 || key.every((_, i) => !isWrong.has(JSON.stringify(key.slice(0, i + 1)))),
  }
  return {
    source: {
      layer: layerIn(table, [], configurable, context),
      rules: rulesIn(table.rule, context),
      locked: layerIn(table.locked, ['locked'], configurable, context),
    },
    problems: wrong
      .map(([key, what, hint]) => ({ line: lineOf(key), key: nameOf(key), what, hint }))
      .sort((one, other) => one.line - other.line)
      .map(({ line, key, what, hint }) => problem(line, key, what, hint)),
  }
}

const nameOf = (path: Path): string =>
  String(path.findLast((part) => typeof part === 'string') ?? '').slice(0, 80)

interface Context {
  readonly kind: FileKind
  originOf(path: Path): string
  isRight(path: Path): boolean
}

const layerIn = (table: unknown, above: Path, rows: readonly OptionRow[], context: Context): Layer =>
  layerOf(
    !isTable(table)
      ? []
      : rows
          .filter(({ name }) => table[name] !== undefined && context.isRight([...above, name]))
          .map((row) => [
            row,
            {
              values: textsOf(table[row.name]),
              origin: context.originOf([...above, row.name]),
              file: context.kind,
              ...(above[0] === 'locked' && { isLocked: true as const }),
            },
          ]),
  )

/** As the command line would have them. */
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [value === true ? 'yes' : value === false ? 'no' : String(value)]

const lookRows = configurable.filter(isLook)

const rulesIn = (rules: unknown, context: Context): readonly Rule[] =>
  !Array.isArray(rules)
    ? []
    : rules.flatMap((table: unknown, i): readonly Rule[] => {
        const path = ['rule', i]
        // One that lost a condition would hold where it should not.
        const whole = isTable(table) && Object.keys(table).every((name) => context.isRight([...path, name]))
        if (!whole) return []
        const when = Object.fromEntries(
          conditions.flatMap((name) => (table[name] === undefined ? [] : [[name, textsOf(table[name])]])),
        )
        return [{ when, layer: layerIn(table, path, lookRows, context), origin: context.originOf(path) }]
      })

const wrongIn = (table: Table, isSystem: boolean): readonly Wrong[] => {
  const known = [...plainKeys, 'rule', ...(isSystem ? ['locked'] : [])]
  const told = [
    ...unknownIn(table, [], [...known, 'locked'], known),
    ...(table.locked === undefined ? [] : wrongLocked(table.locked, isSystem)),
    ...(table.rule === undefined ? [] : wrongRules(table.rule)),
  ]
  const paths = new Set(told.map(([path]) => JSON.stringify(path)))
  const isTold = (path: Path) => path.some((_, i) => paths.has(JSON.stringify(path.slice(0, i + 1))))
  return [...told, ...mistyped(table, isSystem).filter(([path]) => !isTold(path))].slice(0, mostProblems)
}

const wrongLocked = (locked: unknown, isSystem: boolean): readonly Wrong[] => {
  if (!isSystem) return [[['locked'], 'can stand in /etc/tint0/config.toml only', 'leave it out']]
  if (!isTable(locked)) return [[['locked'], 'is no table', 'write [locked] above the keys']]
  return unknownIn(locked, ['locked'], plainKeys)
}

const wrongRules = (rules: unknown): readonly Wrong[] => {
  const hint = 'write [[rule]] above each rule'
  if (!Array.isArray(rules)) return [[['rule'], 'is no list of tables', hint]]
  return rules.flatMap((rule: unknown, i): readonly Wrong[] => {
    const path = ['rule', i]
    return isTable(rule)
      ? [...unknownIn(rule, path, ruleKeys), ...wrongRule(rule, path)]
      : [[path, 'is no table', hint]]
  })
}

const unknownIn = (table: Table, above: Path, known: readonly string[], offered = known): readonly Wrong[] =>
  Object.keys(table)
    .filter((name) => !known.includes(name))
    .slice(0, mostProblems)
    .map((name) => {
      const path = [...above, name]
      if (above[0] === 'rule' && plainKeys.includes(name))
        return [path, 'cannot stand in a rule', 'only what it looks like can']
      const most = Math.max(2, Math.floor(name.length / 3))
      const like = offered.filter((one) => Math.abs(one.length - name.length) <= most)
      const near = closest(name, like, most)
      return [path, 'is no key', near ? `did you mean ${near}?` : 'tint0ctl config shows all keys']
    })

const wrongRule = (rule: Table, path: Path): readonly Wrong[] => {
  const has = (names: readonly string[]) => names.some((name) => rule[name] !== undefined)
  if (!has(conditions)) return [[path, 'has no condition', `give it one of ${conditions.join(', ')}`]]
  if (!has(lookRows.map(({ name }) => name)))
    return [[path, 'sets nothing', 'give it a key such as background or theme']]
  return conditions
    .filter((name) => rule[name] !== undefined)
    .flatMap((name): readonly Wrong[] => {
      const value = rule[name]
      const globs: readonly unknown[] = Array.isArray(value) ? value : [value]
      if (globs.length === 0)
        return [[[...path, name], 'is empty, and so never holds', 'name one, or leave it out']]
      return globs.some((glob) => typeof glob === 'string' && glob.length > longestGlob)
        ? [[[...path, name], `is longer than ${longestGlob} letters`, 'use * for a part of it']]
        : []
    })
}

const mistyped = (table: Table, isSystem: boolean): readonly Wrong[] =>
  (safeParse(schemaOf(isSystem), table).issues ?? [])
    // Unknown keys have been told.
    .filter(({ expected }) => expected !== 'never')
    .slice(0, mostProblems)
    .map((issue): Wrong => {
      const parts = (issue.path ?? []).map(({ key }) => key as string | number)
      const path = parts.slice(0, parts[0] === 'rule' ? 3 : parts[0] === 'locked' ? 2 : 1)
      if (issue.type === 'regex') return [path, 'holds a NUL byte', 'leave that out']
      return [path, ...wanted(String(path.at(-1)))]
    })

/** What a key wants instead. */
const wanted = (name: string): readonly [string, string] => {
  const row = configurable.find((one) => one.name === name)
  if (!row) return ['is neither text nor a list of texts', `write ${name} = "…", or ${name} = ["…", "…"]`]
  if (row.value === undefined) return ['is neither true nor false', `write ${name} = true, without quotes`]
  if (row.value === 'LEVEL') return ['is no whole number', `write ${name} = 5`]
  if (row.value === 'MIN') return ['is no number', `write ${name} = 5`]
  if (row.repeatable) return ['is neither text nor a list of texts', `write ${name} = ["…", "…"]`]
  return ['is no text', `write ${name} = "…", with quotes`]
}
