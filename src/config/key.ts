// One key of a text of TOML set to another value; all else in it stays as it is.
import { placesOf } from '../toml/places.ts'

export type Value = string | boolean | readonly string[]

/** Where the key is, or at a good place above the first table. The text must be one that can be read. */
export const withKey = (text: string, name: string, value: Value): string => {
  const places = placesOf(text)
  const own = places.find(({ path, onTop }) => onTop && path.length === 1 && path[0] === name)?.value
  const written = toml(value)
  if (own) return text.slice(0, own.from) + written + text.slice(own.to)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const at = placeFor(text, name)
  const before = text.slice(0, at)
  const begins = at === 0 || before.endsWith('\n') || before === '\ufeff'
  return `${before}${begins ? '' : newline}${keyOf(name)} = ${written}${newline}${text.slice(at)}`
}

/** Below the comment that shows it, or below the last key above all tables. */
const placeFor = (text: string, name: string): number => {
  const places = placesOf(text)
  const onTop = places.filter((place) => place.onTop)
  const header = places.find(({ value, start }) => value === undefined && text[start] === '[')
  const end = header ? text.lastIndexOf('\n', header.start) + 1 || header.start : text.length
  const inKey = (at: number) => onTop.some(({ start, value }) => start <= at && at < (value?.to ?? 0))
  const shown = [...text.slice(0, end).matchAll(/^[ \t]*#[ \t]*([a-z-]+)[ \t]*=/gm)].find(
    ({ index, 1: key }) => key === name && !inKey(index),
  )
  const last = shown?.index ?? onTop.at(-1)?.value?.to
  return last === undefined ? end : text.indexOf('\n', last) + 1 || text.length
}

/** As it is written in TOML. */
export const toml = (value: Value): string =>
  typeof value === 'boolean'
    ? String(value)
    : typeof value === 'string'
      ? JSON.stringify(value).replaceAll('\x7f', '\\u007f')
      : `[${value.map(toml).join(', ')}]`

const keyOf = (name: string): string => (/^[A-Za-z0-9_-]+$/.test(name) ? name : toml(name))
