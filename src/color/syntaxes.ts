// THE table of ways to write a background. To add one, add a row: parser, messages, help and tests follow from it. Loaded late,
// where one is written.
import { type Background, isThemeName, type Rgb } from './color.ts'
import { hslOf, named, names, oklchOf, parsedHex } from './css.ts'
import { readFunction } from './functions.ts'
import { meant } from './meant.ts'
import { hexOf, paletteColor } from './reduce.ts'
import { readSgr } from './sgr.ts'
import { problemOf, quoted, type Read, right, wrong } from './wrong.ts'

interface Syntax {
  readonly name: string
  readonly example: string
  /** What it means, or where it goes wrong; undefined where this is no such thing. In small letters, and trimmed. */
  read(text: string): Read<Background> | undefined
  /** The same background written this way; undefined where it cannot be. */
  write(background: Background): string | undefined
}

const mix: Syntax = {
  name: "a mix with the terminal's background",
  example: 'red/20%',
  read: (text) => {
    const slash = lastSlash(text)
    if (slash < 0) return undefined
    const color = text.slice(0, slash).trimEnd()
    const behindSlash = text.slice(slash + 1)
    const share = behindSlash.trim()
    if (color === '') return wrong(slash, '/', 'has no color before it')
    const rgb = readFixed(color)
    if (!rgb.ok) return rgb
    const at = slash + 1 + behindSlash.indexOf(share)
    if (!/^(?:\d+\.?\d*|\.\d+)%$/.test(share))
      return wrong(at, share, share === '' ? 'a share is missing' : 'is no share', 'write one such as 20%')
    const percent = Number(share.slice(0, -1))
    return percent <= 100
      ? right({ kind: 'mix', rgb: rgb.value, share: Math.round(percent * 1e4) / 1e6 })
      : wrong(at, share, 'is out of range: 100% is the most')
  },
  write: (color) =>
    color.kind === 'mix' ? `${hexOf(color.rgb)}/${Math.round(color.share * 1e6) / 1e4}%` : undefined,
}

export const syntaxes: readonly Syntax[] = [
  {
    name: 'nothing, for no tint',
    example: '',
    read: (text) => (text === '' ? right({ kind: 'none' }) : undefined),
    write: ({ kind }) => (kind === 'none' ? '' : undefined),
  },
  {
    name: 'a color name',
    example: 'magenta',
    read: (text) => {
      const rgb = named(text)
      return rgb && right({ kind: 'rgb', rgb })
    },
    write: (color) => {
      const hex = color.kind === 'rgb' ? hexOf(color.rgb) : undefined
      // Of two names for one, magenta rather than fuchsia, and gray rather than grey.
      return hex && names.findLast((name) => !name.includes('grey') && hexOf(named(name) ?? black) === hex)
    },
  },
  {
    name: 'a hexadecimal color',
    example: '#3c1414',
    read: (text) => {
      if (isBareHex(text)) return wrong(0, text, 'is no color', `did you mean #${text}?`)
      if (!text.startsWith('#')) return undefined
      const strange = /[^\da-f]/u.exec(text.slice(1))
      if (strange) return wrong(strange.index + 1, strange[0], 'is no hexadecimal digit')
      if (text.length === 5 || text.length === 9)
        return wrong(
          text.length === 5 ? 4 : 7,
          text.slice(text.length === 5 ? 4 : 7),
          'would make it transparent',
          'leave it out, or write a mix, such as red/20%',
        )
      const rgb = text.length === 4 || text.length === 7 ? parsedHex(text) : undefined
      return rgb
        ? right({ kind: 'rgb', rgb })
        : wrong(0, text, `has ${text.length - 1} digits; a color has three or six`)
    },
    write: (color) => (color.kind === 'rgb' ? hexOf(color.rgb) : undefined),
  },
  {
    name: 'rgb()',
    example: 'rgb(60, 20, 20)',
    read: (text) => fixed(readFunction('rgb', text)),
    write: (color) =>
      color.kind === 'rgb' ? `rgb(${color.rgb.r}, ${color.rgb.g}, ${color.rgb.b})` : undefined,
  },
  {
    name: 'hsl()',
    example: 'hsl(0 50% 16%)',
    read: (text) => fixed(readFunction('hsl', text)),
    write: (color) => (color.kind === 'rgb' ? hslOf(color.rgb) : undefined),
  },
  {
    name: 'oklch()',
    example: 'oklch(27% 0.06 20)',
    read: (text) => fixed(readFunction('oklch', text)),
    write: (color) => (color.kind === 'rgb' ? oklchOf(color.rgb) : undefined),
  },
  {
    name: "an entry of the terminal's palette",
    example: 'palette:52',
    read: behind('palette', (digits, at) => {
      if (!/^\d+$/.test(digits)) return wrong(at, digits, 'is no number', 'write one from 0 to 255')
      return Number(digits) < 256
        ? right({ kind: 'palette', entry: Number(digits) })
        : wrong(at, digits, 'is out of range: entries go from 0 to 255')
    }),
    write: (color) => (color.kind === 'palette' ? `palette:${color.entry}` : undefined),
  },
  {
    name: 'a hue, as strong as the default',
    example: 'hue:200',
    read: behind('hue', (text, at) => {
      const [, degrees] = /^([+-]?\d{1,6}(?:\.\d{1,6})?)(?:deg)?$/.exec(text) ?? []
      return degrees === undefined
        ? wrong(at, text, 'is no angle', 'write degrees, such as 20 for red, 145 for green, 260 for blue')
        : right({ kind: 'hue', hue: Number((((Number(degrees) % 360) + 360) % 360).toFixed(6)) })
    }),
    write: (color) => (color.kind === 'hue' ? `hue:${Number(color.hue.toFixed(6))}` : undefined),
  },
  mix,
  {
    name: "a theme's color",
    example: 'theme:nord',
    read: behind('theme', (name, at) =>
      isThemeName(name)
        ? right({ kind: 'theme', name })
        : wrong(at, name, 'is no name of a theme', 'see tint0ctl themes'),
    ),
    write: (color) => (color.kind === 'theme' ? `theme:${color.name}` : undefined),
  },
  {
    name: 'SGR parameters',
    example: '48;2;60;20;20',
    read: (text) => {
      if (!/^[\d;]/.test(text) || isBareHex(text)) return undefined
      const read = readSgr(text)
      return read.ok ? right({ kind: 'sgr', parameters: read.value }) : read
    },
    write: (color) => (color.kind === 'sgr' ? color.parameters : undefined),
  },
]

type Parsed =
  | { readonly ok: true; readonly background: Background }
  | { readonly ok: false; readonly problem: string; readonly hint: string }

/** Longer than any color can usefully be. */
const longest = 256

/** Understands what was written behind --background=. Letters may be capital, and blanks stand around, as in CSS. */
export const parseBackground = (written: string): Parsed => {
  if (written.length > longest)
    return { ok: false, problem: `${quoted(written)} is too long`, hint: examples() }
  const shown = trimmed(written)
  const read = readAny(shown.toLowerCase())
  if (read.ok) return { ok: true, background: read.value }
  const { at, part, hint } = read.wrong
  // As it was written; where small letters are more or fewer, they are what is quoted.
  const text = shown.toLowerCase().length === shown.length ? shown : shown.toLowerCase()
  const fault = { ...read.wrong, part: text.slice(at, at + part.length) }
  return { ok: false, problem: problemOf(text, fault), hint: hint ?? examples() }
}

/** A background as it can be written, the simplest way; undefined for the default, which nothing is written for. */
export const written = (background: Background): string | undefined => {
  for (const { write } of syntaxes) {
    const text = write(background)
    if (text !== undefined) return text
  }
  return undefined
}

const black: Rgb = { r: 0, g: 0, b: 0 }

/** CSS's own blanks, and no others. */
const trimmed = (text: string): string => text.replace(/^[ \t\r\n\f]+/, '').replace(/[ \t\r\n\f]+$/, '')

const readAny = (text: string): Read<Background> => {
  // The slash of a mix divides, whatever stands before it.
  for (const { example, read } of [mix, ...syntaxes]) {
    const found = read(text)
    if (found)
      return found.ok ? found : { ok: false, wrong: { hint: `write it as in ${example}`, ...found.wrong } }
  }
  return wrong(0, text, 'is no color', meant(text))
}

/** The color of a mix: one that is the same on every terminal. */
const readFixed = (text: string): Read<Rgb> => {
  const read = readAny(text)
  if (!read.ok) return read
  const { value } = read
  if (value.kind === 'rgb') return right(value.rgb)
  if (value.kind === 'palette' && value.entry >= 16) return right(paletteColor(value.entry))
  return wrong(
    0,
    text,
    'cannot be mixed: it is not the same on every terminal',
    'mix a color, such as red/20%',
  )
}

const fixed = (read: Read<Rgb> | undefined): Read<Background> | undefined =>
  read?.ok ? right({ kind: 'rgb', rgb: read.value }) : read

/** Reads what stands behind a word and a colon. */
function behind(word: string, read: (text: string, at: number) => Read<Background>): Syntax['read'] {
  return (text) => {
    if (!text.startsWith(`${word}:`)) return undefined
    const value = text.slice(word.length + 1).trimStart()
    return value === ''
      ? wrong(text.length, '', 'something is missing behind the colon')
      : read(value, text.length - value.length)
  }
}

/** Six digits of which one is a letter, or three of both sorts: no word. */
const isBareHex = (text: string): boolean =>
  /^(?:[\da-f]{6}|(?=.*\d)[\da-f]{3})$/.test(text) && /[a-f]/.test(text)

/** Where a mix is divided: the last slash that is in no parentheses; -1: nowhere. */
const lastSlash = (text: string): number => {
  let depth = 0
  let at = -1
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === '/' && depth === 0) at = i
  }
  return at
}

const examples = (): string =>
  `write ${syntaxes
    .filter(({ example }) => example)
    .map(({ name, example }) => `${name} (${example})`)
    .join(', ')}`
