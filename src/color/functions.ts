// The functions that a color may be written with, after CSS Color 4: rgb(), hsl() and oklch(). Here the parts are looked at one
// by one, so that the wrong one can be named; what they mean culori knows. Commas and blanks are both taken between them.
import type { Rgb } from './color.ts'
import { parsedFunction } from './css.ts'
import { type Read, right, wrong } from './wrong.ts'

/** What a part may be: a number up to `most`, with % up to `percent`; or an angle. */
interface Channel {
  readonly name: string
  readonly most?: number
  readonly percent?: number
}

const hue: Channel = { name: 'the hue' }

const functions: Readonly<Record<'rgb' | 'hsl' | 'oklch', readonly Channel[]>> = {
  rgb: ['red', 'green', 'blue'].map((name) => ({ name, most: 255, percent: 100 })),
  hsl: [
    hue,
    { name: 'the saturation', most: 100, percent: 100 },
    { name: 'the lightness', most: 100, percent: 100 },
  ],
  // CSS knows no most of chroma, but no screen shows more than this; there, 100 % is 0.4.
  oklch: [
    { name: 'the lightness', most: 1, percent: 100 },
    { name: 'the chroma', most: 0.5, percent: 125 },
    hue,
  ],
}

/** As they may be written: of rgb() and hsl() there is an older name, too. */
export const functionNames: readonly string[] = ['rgb', 'hsl', 'oklch', 'rgba', 'hsla']

const number = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|rad|grad|turn)?$/

/** What is wrong with a part; undefined: nothing. */
const fault = (part: string, { name, most, percent }: Channel): string | undefined => {
  if (part === 'none') return undefined
  const [, digits, unit = ''] = number.exec(part) ?? []
  if (digits === undefined) return `is no number, and should be ${name}`
  const value = Number(digits)
  if (most === undefined)
    return unit === '%' || !(Math.abs(value) < 1e6) ? `is no angle, and should be ${name}` : undefined
  if (unit !== '' && unit !== '%') return `is an angle, and should be ${name}`
  const limit = unit === '%' ? percent : most
  return limit !== undefined && value >= 0 && value <= limit
    ? undefined
    : `is out of range: ${name} goes from 0${unit} to ${limit}${unit}`
}

/** The color that is written as this function; undefined where it is another thing. The text is in small letters. */
export const readFunction = (name: 'rgb' | 'hsl' | 'oklch', text: string): Read<Rgb> | undefined => {
  const [head] = /^[a-z]+\(/.exec(text) ?? []
  if (head !== `${name}(` && (name === 'oklch' || head !== `${name}a(`)) return undefined
  const end = text.indexOf(')')
  if (end < 0) return wrong(text.length, '', 'a closing parenthesis is missing')
  const surplus = text.slice(end + 1).trimStart()
  if (surplus !== '')
    return wrong(text.length - surplus.length, surplus, 'is too much, behind the closing parenthesis')
  const tokens = [...text.slice(head.length, end).matchAll(/[,/]|[^\s,/]+/g)].map((match) => ({
    text: match[0],
    at: head.length + match.index,
  }))
  const channels = functions[name]
  const parts: string[] = []
  let isCommaDue = false
  for (const token of tokens) {
    if (token.text === '/' || (parts.length === 3 && token.text === ',' && token !== tokens.at(-1)))
      return wrong(
        token.at,
        text.slice(token.at, end).trimEnd(),
        'would make it transparent',
        'leave it out, or write a mix, such as red/20%',
      )
    if (token.text === ',') {
      if (!isCommaDue) return wrong(token.at, ',', 'is one too many')
      isCommaDue = false
      continue
    }
    const channel = channels[parts.length]
    if (!channel) return wrong(token.at, token.text, 'is one too many')
    const why = fault(token.text, channel)
    if (why) return wrong(token.at, token.text, why)
    parts.push(token.text)
    isCommaDue = parts.length < 3
  }
  const missing = channels[parts.length]
  if (missing) return wrong(end, ')', `comes too early: ${missing.name} is missing`)
  const rgb = parsedFunction(`${name}(${parts.join(' ')})`)
  return rgb ? right(rgb) : wrong(0, text, 'is no color')
}
