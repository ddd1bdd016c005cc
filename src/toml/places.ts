// Where things stand in a text of TOML (https://toml.io/en/v1.0.0): the reader that we use does not tell. Only for what it has read
// without a complaint, so nothing is checked here.
import { parse } from 'smol-toml'

/** A key, a header of a table, or an item of an array. */
export interface Place {
  /** From the top: names of keys, and numbers of items. */
  readonly path: Path
  readonly line: number
  /** Where it begins. */
  readonly start: number
  /** Where its value begins and ends; undefined for a header, and for all but the last name of a dotted key. */
  readonly value: { readonly from: number; readonly to: number } | undefined
  /** Stands on a line of its own, above all headers. */
  readonly onTop: boolean
}

export type Path = readonly (string | number)[]

/** Deeper than any key of ours; what is below is not told. */
export const deepest = 16

export const placesOf = (text: string): readonly Place[] => {
  const found: Place[] = []
  /** How many tables each array of tables has by now. */
  const counts = new Map<string, number>()
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  let counted = 0
  let table: Path = []
  let headers = 0

  const lineAt = (offset: number): number => {
    for (; counted < offset; counted++) if (text[counted] === '\n') line++
    return line
  }
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const [taken = ''] = pattern.exec(text) ?? []
    at += taken.length
    return taken
  }
  const note = (path: Path, start: number): number =>
    path.length > deepest + 1
      ? -1
      : found.push({ path, start, line: lineAt(start), value: undefined, onTop: false }) - 1

  const keyParts = (): readonly string[] => {
    const parts: string[] = []
    do {
      take(spaces)
      const quoted = take(string)
      // The reader knows best what a quoted one says.
      parts.push(quoted ? String(parse(`x=${quoted}`).x) : take(bareKey))
      take(spaces)
    } while (take(dot))
    return parts.slice(0, deepest + 2)
  }
  const value = (path: Path): void => {
    const first = text[at]
    if (first === '"' || first === "'") take(string)
    else if (first === '[' || first === '{') {
      at++
      for (let i = 0; ; i++) {
        take(blank)
        if (at >= text.length || /[\]}]/.test(text[at] ?? '')) break
        if (first === '{') entry(path)
        else {
          note([...path, i], at)
          value([...path, i])
        }
        take(blank)
        take(comma)
      }
      at++
    } else take(bareValue)
  }
  const entry = (base: Path): void => {
    const start = at
    const parts = keyParts()
    const path = [...base, ...parts]
    const places = parts.map((_, i) => note([...base, ...parts.slice(0, i + 1)], start))
    take(equals)
    const from = at
    value(path)
    const place = found[places.at(-1) ?? -1]
    if (place)
      found[places.at(-1) ?? -1] = {
        ...place,
        value: { from, to: at },
        onTop: headers === 0 && base.length === 0,
      }
  }
  const header = (): void => {
    const start = at
    headers++
    const isArray = take(opening) === '[['
    const parts = keyParts()
    take(closing)
    const path: (string | number)[] = []
    for (const [i, part] of parts.entries()) {
      path.push(part)
      const name = JSON.stringify(path)
      const count = counts.get(name)
      const begins = isArray && i === parts.length - 1
      if (begins) counts.set(name, (count ?? 0) + 1)
      if (begins || count !== undefined) path.push(begins ? (count ?? 0) : (count ?? 1) - 1)
    }
    table = path
    note(table, start)
  }
  for (;;) {
    take(blank)
    if (at >= text.length) return found
    const before = at
    if (text[at] === '[') header()
    else entry(table)
    if (at === before) return found
  }
}

/** Tells the line of what is at a path, or of the nearest above it. */
export const linesOf = (places: readonly Place[]): ((path: Path) => number) => {
  const lines = new Map<string, number>()
  for (const { path, line } of places) {
    const name = JSON.stringify(path)
    if (!lines.has(name)) lines.set(name, line)
  }
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const line = lines.get(JSON.stringify(path.slice(0, depth)))
      if (line !== undefined) return line
    }
    return 1
  }
}

const spaces = /[ \t]*/y
const blank = /(?:[ \t\r\n]+|#[^\n]*)*/y
const dot = /\./y
const comma = /,/y
const equals = /[ \t]*=[ \t]*/y
const opening = /\[\[?/y
const closing = /\]\]?/y
const bareKey = /[A-Za-z0-9_-]+/y
/** Without the blanks behind it. */
const bareValue = /[^,\]}\r\n#]*[^,\]}\s#]/y
/** Any of the four kinds; of quotes before the end of a long one, up to two belong to it. */
const string =
  /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y
