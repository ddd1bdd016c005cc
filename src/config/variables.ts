// The environment as a layer of the configuration: TINT0_NAME for each option that is a key, and what run0 has (run0(1),
// "Environment"; https://systemd.io/ENVIRONMENT).
import { boolean } from '../boolean.ts'
import type { OptionRow } from '../cli/option.ts'
import { failed } from '../errors.ts'
import { configurable, type Layer, layerOf } from './config.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** TINT0_NO_TINT for no-tint. */
export const variableOf = ({ name }: Pick<OptionRow, 'name'>): string =>
  `TINT0_${name.toUpperCase().replaceAll('-', '_')}`

/** run0's for the mark in the prompt; it says what the option does, and is weaker than our own. */
const prefixVariable = 'SYSTEMD_RUN_SHELL_PROMPT_PREFIX'

/** What TINT0_* sets; an empty one is none, where nothing is no value. Throws a Tint0Error for a switch that is neither yes nor no. */
export const environmentLayer = (env: Environment): Layer =>
  layerOf(
    configurable.flatMap((row) => {
      const [variable = '', text] =
        variablesFor(row)
          .map((name) => [name, env[name]] as const)
          .find(([, value]) => value !== undefined) ?? []
      if (text === undefined || (text === '' && !row.emptyIsValue)) return []
      if (row.value !== undefined) return [[row, { values: [text], origin: variable }]]
      const on = boolean(text)
      if (on === undefined)
        throw failed(variable, `'${text}' is neither yes nor no`, 'set it to one of them, or unset it')
      return [[row, { values: [on ? 'yes' : 'no'], origin: variable }]]
    }),
  )

/** The strongest first. */
const variablesFor = (row: OptionRow): readonly string[] => [
  variableOf(row),
  ...(row.name === 'shell-prompt-prefix' ? [prefixVariable] : []),
]

/** run0's, which are for people who cannot stand a tint, and so hold against all but a lock. */
export const firmLayer = (env: Environment): Layer =>
  layerOf(
    configurable.flatMap((row) => {
      const variable = switches.get(row.name)
      return variable !== undefined && boolean(env[variable] ?? '') === false
        ? [[row, { values: ['yes'], origin: variable }]]
        : []
    }),
  )

const switches: ReadonlyMap<string, string> = new Map([
  ['no-tint', 'SYSTEMD_TINT_BACKGROUND'],
  ['no-title', 'SYSTEMD_ADJUST_TERMINAL_TITLE'],
])
