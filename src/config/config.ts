// What may be configured, and who wins. From the weakest to the strongest: /etc's file, its rules, the user's file, its rules,
// the environment, the command line, what run0's variables switch off, and what /etc has locked. Pure: nothing is read here.
import { meant, type OptionRow } from '../cli/option.ts'
import { type OptionName, options } from '../cli/options.ts'
import type { Origin, Written } from '../cli/parse.ts'
import { failed } from '../errors.ts'
import { type Deed, defeats, rowOf, undoes } from './undo.ts'

/** Values of an option, and where they were written, for people: '/etc/tint0/config.toml:3', 'TINT0_THEME'. */
export interface Setting {
  readonly values: readonly string[]
  readonly origin: string
  /** Of which file it is; undefined for none. */
  readonly file?: FileKind
  /** Nothing of the user's may stand in for it. */
  readonly isLocked?: true
}

/** The administrator's in /etc, or the user's own. */
export type FileKind = 'system' | 'own'

export type Layer = ReadonlyMap<OptionName, Setting>

/** Sets a look where all of its conditions hold: globs over what the session is about. */
export interface Rule {
  readonly when: Readonly<Partial<Record<Condition, readonly string[]>>>
  readonly layer: Layer
  readonly origin: string
}

export const conditions = ['user', 'group', 'host', 'machine', 'command'] as const
export type Condition = (typeof conditions)[number]

/** One file. */
export interface Source {
  readonly layer: Layer
  readonly rules: readonly Rule[]
  readonly locked: Layer
}

/** A file that sets nothing. */
export const nothingSet: Source = { layer: new Map(), rules: [], locked: new Map() }

/** What stands in one place, whatever it is: files from the weakest to the strongest, then the environment. */
export interface Configuration {
  readonly files: readonly Source[]
  readonly environment: Layer
  /** What nothing but a lock overrules. */
  readonly firm: Layer
}

/** One layer of what counts, and what it is. */
export interface Step {
  readonly kind: 'file' | 'rule' | 'variable' | 'flag' | 'lock'
  readonly layer: Layer
}

/** As it is written on the command line. */
const commandLine = ({ options: written, origins }: Written): Layer =>
  new Map(
    [...written].map(([name, values]) => [
      name,
      { values, origin: origins?.get(name)?.subject ?? `--${name}` },
    ]),
  )

/** All layers, the strongest last. */
export const stepsOf = (
  written: Written,
  { files, environment, firm }: Configuration,
  applies: (rule: Rule) => boolean,
): readonly Step[] => [
  ...files.flatMap(({ layer, rules }): readonly Step[] => [
    { kind: 'file', layer },
    ...rules.filter(applies).map((rule): Step => ({ kind: 'rule', layer: rule.layer })),
  ]),
  { kind: 'variable', layer: environment },
  { kind: 'flag', layer: commandLine(written) },
  { kind: 'variable', layer: firm },
  ...files.map(({ locked }): Step => ({ kind: 'lock', layer: locked })),
]

/** What counts of each option: one setting, or several of what is repeatable. */
export const stacked = (steps: readonly Step[]): ReadonlyMap<OptionName, readonly Setting[]> => {
  const locks = locksIn(steps)
  const stack = new Map<OptionName, readonly Setting[]>()
  for (const { kind, layer } of steps) {
    const counts = [...layer].filter(([name, setting]) => kind === 'lock' || !lockFor(name, setting, locks))
    for (const [name, { values }] of counts)
      for (const [other, below] of stack)
        if (undoes([name, values], deedOf(other, below))) stack.delete(other)
    for (const [name, setting] of counts) {
      const before = (kind !== 'lock' && rowOf(name)?.repeatable && stack.get(name)) || []
      stack.set(name, [...before, setting])
    }
  }
  return stack
}

const deedOf = (name: OptionName, settings: readonly Setting[]): Deed => [
  name,
  settings.flatMap(({ values }) => values),
]

const locksIn = (steps: readonly Step[]): Layer =>
  new Map(steps.flatMap(({ kind, layer }) => (kind === 'lock' ? [...layer] : [])))

/** What has locked it, or what it would undo. */
const lockFor = (name: OptionName, { values }: Setting, locks: Layer): Setting | undefined => {
  for (const [locked, lock] of locks) if (defeats([name, values], [locked, lock.values])) return lock
  return undefined
}

/**
 * What counts of all that was configured and written, each with where it comes from. `applies` tells whether a rule does. Throws
 * a Tint0Error where the command line sets what is locked.
 */
export const settle = (
  written: Written,
  configuration: Configuration,
  applies: (rule: Rule) => boolean,
): Layer => {
  const steps = stepsOf(written, configuration, applies)
  const locks = locksIn(steps)
  for (const [name, setting] of commandLine(written)) {
    const lock = lockFor(name, setting, locks)
    if (lock && !saysTheSame(setting, locks.get(name)))
      throw failed(setting.origin, `is locked by ${lock.origin}`, 'leave it out')
  }
  return new Map(
    [...stacked(steps)].map(([name, settings]) => [
      name,
      { ...(settings.at(-1) as Setting), values: settings.flatMap(({ values }) => values) },
    ]),
  )
}

/** What is locked may be written again. */
const saysTheSame = ({ values }: Setting, lock: Setting | undefined): boolean =>
  lock?.values.length === 1 && values.at(-1) === lock.values[0]

/** A layer from names and values; names that stand for several become those, where they are not set by themselves. */
export const layerOf = (entries: readonly (readonly [row: OptionRow, setting: Setting])[]): Layer => {
  const layer = new Map<OptionName, Setting>()
  for (const [row, setting] of [...entries].sort(
    ([one], [other]) => Number(!one.means) - Number(!other.means),
  ))
    for (const name of meant(row)) layer.set(name as OptionName, setting)
  return layer
}

/** Settings as if all had been written on the command line. */
export const asWritten = (settled: Layer, operands: readonly string[]): Written => ({
  options: new Map([...settled].map(([name, { values }]) => [name, values])),
  operands,
  origins: new Map([...settled].map(([name, setting]) => [name, originOf(name, setting)])),
})

const originOf = (name: OptionName, { origin, file, isLocked }: Setting): Origin => ({
  ...(file ? { subject: `${origin}: ${name}`, wayOut: waysOut[file] } : { subject: origin }),
  ...(isLocked && { isLocked }),
})

/** How to go on without a file that is wrong. */
export const waysOut: Readonly<Record<FileKind, string>> = {
  system: 'tint0ctl config edit --system mends it',
  own: '--config= goes without it',
}

/** The rows of the option table that are keys, too. */
export const configurable: readonly OptionRow[] = options.filter((row) => 'config' in row)
