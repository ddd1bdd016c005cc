// TOML (toml.io, v1.0) as files of ours are written in it: a table, and on which line each key of it stands, which the parser
// does not tell. What is wrong is named by file and line. Pure.
import { parse, type TomlTable } from 'smol-toml'
import { failed, type Tint0Error } from './errors.ts'

export interface TomlFile {
  readonly table: TomlTable
  /** What is wrong with the value of a key, or with the table of that name, as a failure that names the place. */
  wrong(keys: readonly string[], problem: string, hint?: string): Tint0Error
}

/** Throws a Tint0Error for what is no TOML; keys that would change what an object is are no TOML either. */
export const readToml = (path: string, text: string): TomlFile => {
  const table = tableOf(path, text)
  const lines = linesOf(text)
  return {
    table,
    wrong: (keys, problem, hint) => {
      const name = keys.join('.')
      const line = lineOf(lines, keys)
      return failed(line ? `${path}:${line}` : path, name ? `${name} ${problem}` : problem, hint)
    },
  }
}

const tableOf = (path: string, text: string): TomlTable => {
  try {
    // Deeper than anything that has a meaning here.
    return parse(text, { unsafeKeyBehaviour: 'throw', maxDepth: 8 })
  } catch (error) {
    const { message, line } = error as { message: string; line?: number }
    const problem = message.replace(/^Invalid TOML document: /, '').split('\n')[0]
    throw failed(line ? `${path}:${line}` : path, `is not TOML: ${problem}`, 'see https://toml.io/en/v1.0.0')
  }
}

/** Where a name is written, with the tables that it is in. */
interface Place {
  readonly keys: readonly string[]
  readonly line: number
}

const header = /^\s*\[\[?([^\]]+)\]\]?\s*(#.*)?$/
const assignment = /^\s*((?:[\w-]+|"[^"]*"|'[^']*'|[ \t.])+?)\s*=/

/** Keys that begin a line; those of an inline table stand where it does. */
const linesOf = (text: string): readonly Place[] => {
  const places: Place[] = []
  let table: readonly string[] = []
  let quote: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const inside = quote !== undefined
    for (const [mark] of line.matchAll(/"""|'''/g))
      if (quote === undefined) quote = mark
      else if (quote === mark) quote = undefined
    if (inside) continue
    const named = header.exec(line)?.[1]
    if (named !== undefined) {
      table = keysOf(named)
      places.push({ keys: table, line: index + 1 })
      continue
    }
    const key = assignment.exec(line)?.[1]
    if (key !== undefined) places.push({ keys: [...table, ...keysOf(key)], line: index + 1 })
  }
  return places
}

const keysOf = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|[\w-]+/g)].map(([word, double, single]) => double ?? single ?? word)

/** That of the key, or of the nearest table around it. */
const lineOf = (places: readonly Place[], keys: readonly string[]): number | undefined => {
  for (let length = keys.length; length > 0; length--) {
    const wanted = keys.slice(0, length)
    const place = places.find(({ keys: found }) => wanted.every((key, i) => found[i] === key))
    if (place) return place.line
  }
  return undefined
}
