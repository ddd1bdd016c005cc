// What may be configured, and who wins. From the weakest to the strongest: /etc's file, its rules, the user's file, its rules,
// the environment, the command line, what run0's variables switch off, and what /etc has locked. Pure: nothing is read here.
import { meant, type OptionRow } from '../cli/option.ts'
import { type OptionName, options } from '../cli/options.ts'
import type { Written } from '../cli/parse.ts'
import { failed } from '../errors.ts'

/** Values of an option, and where they were written, for people: '/etc/tint0/config.toml:3', 'TINT0_THEME'. */
export interface Setting {
  readonly values: readonly string[]
  readonly origin: string
}

export type Layer = ReadonlyMap<OptionName, Setting>

/** Sets a look where all of its conditions hold: globs over what the session is about. */
export interface Rule {
  readonly when: Readonly<Partial<Record<Condition, readonly string[]>>>
  readonly layer: Layer
}

export const conditions = ['user', 'group', 'host', 'machine', 'command'] as const
export type Condition = (typeof conditions)[number]

/** One file. */
export interface Source {
  readonly layer: Layer
  readonly rules: readonly Rule[]
  readonly locked: Layer
}

/** What stands in one place, whatever it is: files from the weakest to the strongest, then the environment. */
export interface Configuration {
  readonly files: readonly Source[]
  readonly environment: Layer
  /** What nothing but a lock overrules. */
  readonly firm: Layer
}

const rows: ReadonlyMap<string, OptionRow> = new Map(options.map((row) => [row.name, row]))

/** As it is written on the command line. */
const commandLine = ({ options: written }: Written): Layer =>
  new Map([...written].map(([name, values]) => [name, { values, origin: `--${name}` }]))

/**
 * What counts of all that was configured and written, each with where it comes from. `applies` tells whether a rule does. Throws
 * a Tint0Error where the command line sets what is locked.
 */
export const settle = (
  written: Written,
  { files, environment, firm }: Configuration,
  applies: (rule: Rule) => boolean,
): Layer => {
  const settled = new Map<OptionName, Setting>()
  const locked = new Map<OptionName, Setting>(files.flatMap((file) => [...file.locked]))
  const given = commandLine(written)
  for (const [name, { origin }] of given) {
    const lock = locked.get(name)
    if (lock) throw failed(origin, `is locked by ${lock.origin}`, 'leave it out')
  }
  for (const { layer, rules } of files) {
    lay(settled, layer)
    for (const rule of rules) if (applies(rule)) lay(settled, rule.layer)
  }
  for (const layer of [environment, given, firm, locked]) lay(settled, layer)
  return settled
}

/** Puts a layer on top: of several values all count, in order; of one the later does; and what it undoes is gone. */
const lay = (settled: Map<OptionName, Setting>, layer: Layer): void => {
  for (const name of layer.keys())
    for (const undone of rows.get(name)?.undoes ?? [])
      if (!layer.has(undone as OptionName)) settled.delete(undone as OptionName)
  for (const [name, { values, origin }] of layer) {
    const before = rows.get(name)?.repeatable ? settled.get(name) : undefined
    settled.set(name, { values: [...(before?.values ?? []), ...values], origin })
  }
}

/** A layer from names and values; names that stand for several become those. */
export const layerOf = (
  entries: readonly (readonly [row: OptionRow, values: readonly string[], origin: string])[],
): Layer =>
  new Map(
    entries.flatMap(([row, values, origin]) =>
      meant(row).map((name) => [name as OptionName, { values, origin }] as const),
    ),
  )

/** Settings as if all had been written on the command line. */
export const asWritten = (settled: Layer, operands: readonly string[]): Written => ({
  options: new Map([...settled].map(([name, { values }]) => [name, values])),
  operands,
  origins: new Map([...settled].map(([name, { origin }]) => [name, origin])),
})

/** The rows of the option table that are keys, too. */
export const configurable: readonly OptionRow[] = options.filter((row) => 'config' in row)
