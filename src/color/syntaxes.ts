// THE table of ways to write a background. To add one, add a row: parser, messages and tests follow from it.
import { closest } from '../suggest.ts'
import type { Background } from './color.ts'
import { named, parsedHex } from './culori.ts'

export interface Syntax {
  readonly name: string
  readonly example: string
  /** The background, or undefined where this is no such thing; a string is what is wrong with it. */
  parse(text: string): Background | string | undefined
}

export const syntaxes: readonly Syntax[] = [
  {
    name: 'nothing, for no tint',
    example: '',
    parse: (text) => (text === '' ? { kind: 'none' } : undefined),
  },
  {
    name: 'SGR parameters',
    example: '48;2;60;20;20',
    parse: (text) => {
      if (!/^\d+(;\d+)*$/.test(text)) return undefined
      return setsBackground(text.split(';').map(Number))
        ? { kind: 'sgr', parameters: text }
        : 'sets no background'
    },
  },
  {
    name: 'a color name',
    example: 'magenta',
    parse: (text) => {
      const name = text.toLowerCase()
      const rgb = Object.hasOwn(named, name) ? named[name] : undefined
      return rgb && { kind: 'rgb', rgb }
    },
  },
  {
    name: 'a hexadecimal color',
    example: '#3c1414',
    parse: (text) => {
      const rgb = parsedHex(text)
      return rgb && { kind: 'rgb', rgb }
    },
  },
]

export type Parsed =
  | { readonly ok: true; readonly background: Background }
  | { readonly ok: false; readonly problem: string; readonly hint: string }

/** Understands what was written behind --background=. */
export const parseBackground = (text: string): Parsed => {
  for (const { parse } of syntaxes) {
    const parsed = parse(text)
    if (typeof parsed === 'string') return { ok: false, problem: `'${text}' ${parsed}`, hint: examples() }
    if (parsed) return { ok: true, background: parsed }
  }
  const near = /^[a-z]+$/i.test(text)
    ? closest(text, Object.keys(named), Math.max(1, text.length / 3))
    : undefined
  return {
    ok: false,
    problem: `'${text.slice(0, 40)}' is no color`,
    hint: near ? `did you mean ${near}?` : examples(),
  }
}

const examples = (): string =>
  `write ${syntaxes
    .filter(({ example }) => example)
    .map(({ name, example }) => `${name} (${example})`)
    .join(', ')}`

/** Whether the last thing that SGR parameters say of the background is a color. */
const setsBackground = (parameters: readonly number[]): boolean => {
  let set = false
  for (let i = 0; i < parameters.length; i++) {
    const value = parameters[i] ?? 0
    if (value === 38 || value === 48) {
      const count = parameters[i + 1] === 5 ? 1 : parameters[i + 1] === 2 ? 3 : Number.NaN
      const operands = parameters.slice(i + 2, i + 2 + count)
      if (!(operands.length === count) || operands.some((operand) => operand > 255)) return false
      set ||= value === 48
      i += 1 + count
    } else if ((value >= 40 && value <= 47) || (value >= 100 && value <= 107)) set = true
    else if (value === 0 || value === 49) set = false
    else if (value > 107) return false
  }
  return set
}
