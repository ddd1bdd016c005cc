// tint0ctl config show: every value and where it comes from, what is overruled, and all that is wrong.

import type { OptionName } from '../cli/options.ts'
import { nothingWritten } from '../cli/parse.ts'
import { wrongValues } from '../config/check.ts'
import {
  configurable,
  type Layer,
  nothingSet,
  type Rule,
  type Setting,
  type Source,
  type Step,
  stacked,
  stepsOf,
} from '../config/config.ts'
import { readConfigText } from '../config/file.ts'
import { type Found, filesFor } from '../config/files.ts'
import { toml } from '../config/key.ts'
import { understand } from '../config/understand.ts'
import { rowOf } from '../config/undo.ts'
import { environmentLayer, firmLayer } from '../config/variables.ts'
import { type Failure, sentence, show, Tint0Error } from '../errors.ts'
import type { ConfigCall } from './config.ts'
import type { World } from './world.ts'

/** Resolves to the exit status: 125 where something is wrong. */
export const showConfig = async ({ world, print }: Pick<ConfigCall, 'world' | 'print'>): Promise<number> => {
  const { env } = world
  const problems: Failure[] = []
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof Tint0Error)) throw error
      problems.push(error.failure)
      return otherwise
    }
  }
  const found = attempt(() => filesFor(env, undefined), filesFor({ ...env, TINT0_CONFIG: '' }, undefined))
  const files = found.map(({ path, isSystem, isThere }): Source => {
    if (!isThere) return nothingSet
    const text = attempt(() => readConfigText(path, isSystem), undefined)
    if (text === undefined) return nothingSet
    const understood = understand(text, path, isSystem)
    problems.push(...understood.problems)
    return understood.source
  })
  const environment = attempt(() => environmentLayer(env), new Map())
  for (const layer of [...files.flatMap(layersOf), environment])
    problems.push(...(await wrongValues(layer, env)))
  const steps = stepsOf(nothingWritten, { files, environment, firm: firmLayer(env) }, () => false)
  await print(
    [
      ...found.map(fileLine),
      '',
      ...aligned(valuesOf(steps)),
      ...files.flatMap(({ rules }) => rules).flatMap(ruleLines),
      ...(env.NO_COLOR ? ['', 'NO_COLOR is set: no tint, no title'] : []),
      '',
    ].join('\n'),
  )
  tell([...problems].sort(byLine), world)
  return problems.length > 0 ? 125 : 0
}

/** In each file from its top; those of no line first. */
const byLine = (one: Failure, other: Failure): number => {
  const [file = '', line = 0] = placeOf(one)
  const [otherFile = '', otherLine = 0] = placeOf(other)
  return file === otherFile ? Number(line) - Number(otherLine) : 0
}

const placeOf = ({ subject }: Failure): readonly string[] =>
  /^(.*?):(\d+)(?::|$)/.exec(subject)?.slice(1) ?? []

/** Each in a line on standard error. */
export const tell = (problems: readonly Failure[], { complain }: Pick<World, 'complain'>): void => {
  for (const text of new Set(problems.map((failure) => sentence('tint0ctl', failure)))) complain(text)
}

/** All that sets something. */
export const layersOf = ({ layer, rules, locked }: Source): readonly Layer[] => [
  layer,
  ...rules.map((rule) => rule.layer),
  locked,
]

const fileLine = ({ path, isThere }: Found): string => `${show(path)}${isThere ? '' : ' (is not there)'}`

type Line = readonly [name: string, value: string, origin: string]

/** What counts first, then what it overrules, the strongest first. */
const valuesOf = (steps: readonly Step[]): readonly Line[] => {
  const stack = stacked(steps)
  return configurable
    .filter(({ means }) => !means)
    .flatMap((row): readonly Line[] => {
      const name = row.name as OptionName
      const counts = stack.get(name) ?? []
      const all = steps
        .flatMap(({ kind, layer }) => {
          const setting = layer.get(name)
          return setting ? [{ setting, note: kind === 'lock' ? ' (locked)' : '' }] : []
        })
        .reverse()
      const lines = (wanted: boolean) =>
        all
          .filter(({ setting }) => counts.includes(setting) === wanted)
          .map(({ setting, note }) => [written(name, setting), `${show(setting.origin)}${note}`] as const)
      const good = lines(true)
      return [
        ...(good.length === 0 ? [[row.name, '-', 'default'] as const] : []),
        ...good.map(([value, origin], i) => [i === 0 ? row.name : '', value, origin] as const),
        ...lines(false).map(([value, origin]) => ['', value, `${origin} (overruled)`] as const),
      ]
    })
}

/** As a file would have it. */
const written = (name: OptionName, { values }: Setting): string => {
  const row = rowOf(name)
  if (row?.value === undefined) return String(values.at(-1) === 'yes')
  return show(row.repeatable ? toml(values) : toml(values.at(-1) ?? ''))
}

/** A long value moves only its own origin. */
const widest = 40

const aligned = (lines: readonly Line[]): readonly string[] => {
  const width = (at: 0 | 1) => Math.min(widest, Math.max(...lines.map((line) => line[at].length)))
  const [names, values] = [width(0), width(1)]
  return lines.map(([name, value, origin]) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}`)
}

const ruleLines = ({ when, layer, origin }: Rule): readonly string[] => [
  '',
  `where ${Object.entries(when)
    .map(([name, globs]) => `${name} is ${show(globs.map((glob) => toml(glob)).join(' or '))}`)
    .join(', ')}:  ${show(origin)}`,
  ...aligned(
    [...layer].map(([name, setting]) => [`  ${name}`, written(name, setting), show(setting.origin)]),
  ),
]
