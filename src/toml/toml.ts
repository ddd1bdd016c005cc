// TOML (toml.io, v1.0) as files of ours are written in it: a table, and on which line each key of it stands, which the parser does
// not tell. Pure.
import { parse, TomlError, type TomlTable } from 'smol-toml'
import { failed, type Tint0Error } from '../errors.ts'
import { deepest, linesOf, type Path, placesOf } from './places.ts'

export type Table = Readonly<Record<string, unknown>>

/** A date is an object, too, but none. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

export interface TomlFile {
  readonly table: TomlTable
  /** On which line a key stands, or the nearest table around it. */
  lineOf(key: Path): number
  /** What is wrong with a key, as a failure that names the place. */
  wrong(key: Path, problem: string, hint?: string): Tint0Error
}

/** Throws a Tint0Error for what is no TOML, or is nested deeper than any key of ours. */
export const readToml = (path: string, text: string): TomlFile => {
  const table = tableOf(path, text)
  const places = placesOf(text)
  const deep = places.find((place) => place.path.length > deepest)
  if (deep) throw failed(`${path}:${deep.line}`, `is nested more than ${deepest} deep`, 'no key is')
  const lineOf = linesOf(places)
  return {
    table,
    lineOf,
    wrong: (key, problem, hint) =>
      failed(`${path}:${lineOf(key)}${key.length > 0 ? `: ${key.join('.')}` : ''}`, problem, hint),
  }
}

/** What was most likely meant. */
const hints: Readonly<Record<string, string>> = {
  'invalid value': 'text stands in quotes: name = "text"',
  'illegal character in key': 'write name = "text"',
  'trying to redefine an already defined table or value': 'leave one of the two out',
}

const tableOf = (path: string, text: string): TomlTable => {
  try {
    return parse(text, { maxDepth: deepest })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // Its first line has the reason; what follows shows the place.
    const reason = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '')
    throw failed(`${path}:${error.line}`, `is no TOML: ${reason}`, hints[reason] ?? 'see https://toml.io')
  }
}
