// Numbers as unit files have them: with the prefixes of C, as sizes, as shares of a whole, as a mode.
import { infinity } from './time.ts'

const bases: readonly (readonly [prefix: RegExp, base: bigint, digits: RegExp])[] = [
  [/^0[xX]/, 16n, /^[\da-fA-F]+$/],
  [/^0[bB]/, 2n, /^[01]+$/],
  [/^0[oO]/, 8n, /^[0-7]+$/],
  [/^0(?=.)/, 8n, /^[0-7]+$/],
  [/^/, 10n, /^\d+$/],
]

/** A whole number within bounds, by default those of an unsigned one of 64 bits. */
export const integer = (text: string, least = 0n, most = infinity): bigint | undefined => {
  const [, sign = '', rest = ''] = /^[ \t\n\r]*([+-]?)(.*)$/s.exec(text) ?? []
  const row = bases.find(([prefix]) => prefix.test(rest))
  const digits = row && rest.replace(row[0], '')
  if (!row || digits === undefined || !row[2].test(digits)) return undefined
  const size = [...digits.toLowerCase()].reduce((sum, c) => sum * row[1] + BigInt(Number.parseInt(c, 16)), 0n)
  const number = sign === '-' ? -size : size
  return number >= least && number <= most ? number : undefined
}

/** The same as a Number, for what has 32 bits or less. */
export const small = (text: string, least: number, most: number): number | undefined => {
  const number = integer(text, BigInt(least), BigInt(most))
  return number === undefined ? undefined : Number(number)
}

/** The mode of a file: octal. */
export const mode = (text: string): number | undefined =>
  /^[0-7]+$/.test(text) && Number.parseInt(text, 8) <= 0o7777 ? Number.parseInt(text, 8) : undefined

const suffixes = ['E', 'P', 'T', 'G', 'M', 'K', 'B', '']

/** Bytes with the suffixes K to E by powers of `base`, also several, the greater ones first: 1G 512M. */
export const size = (text: string, base: 1000 | 1024): bigint | undefined => {
  let sum = 0n
  let rest = text
  let from = 0
  do {
    const [whole, number, fraction] = /^[ \t\n\r]*\+?(\d+)(?:\.(\d*))?[ \t\n\r]*/.exec(rest) ?? []
    if (whole === undefined || number === undefined) return undefined
    rest = rest.slice(whole.length)
    const which = suffixes.findIndex((suffix, i) => i >= from && rest.startsWith(suffix))
    if (which < 0) return undefined
    const factor = base ** Math.max(0, 6 - which)
    sum += BigInt(number) * BigInt(factor) + BigInt(Math.trunc(Number(`0.${fraction || 0}`) * factor))
    rest = rest.slice(suffixes[which]?.length)
    from = which + 1
  } while (rest !== '')
  return sum <= infinity ? sum : undefined
}

/** A share in ten-thousandths, from 20%, 20.5%, 205‰ or 2050‱. */
export const share = (text: string): number | undefined => {
  const [, whole, fraction = '', sign = ''] =
    /^\+?(\d{1,9})(?:\.(\d{1,2}))?([%\u2030\u2031])$/.exec(text) ?? []
  const places = '\u2031\u2030%'.indexOf(sign)
  if (whole === undefined || fraction.length > places) return undefined
  return Number(whole + fraction.padEnd(places, '0'))
}

/** A share of up to 100% as D-Bus has it: of 2³² - 1. */
export const scale = (text: string): number | undefined => {
  const parts = share(text)
  return parts === undefined || parts > 10_000 ? undefined : Math.floor((parts * 0xffffffff + 5000) / 10_000)
}

/** Which bits are set, as 8 bytes or a multiple, from "0-3,5 7". */
export const cpus = (text: string): Buffer | undefined => {
  const ranges = text.split(/[\s,]+/).filter((word) => word !== '')
  const found = new Set<number>()
  for (const word of ranges) {
    const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? []
    const [from, to] = [Number(first || Number.NaN), Number(last)]
    if (!(from <= to && to < 8192)) return undefined
    for (let cpu = from; cpu <= to; cpu++) found.add(cpu)
  }
  const bytes = Buffer.alloc(found.size === 0 ? 0 : 8 * Math.ceil((Math.max(...found) + 1) / 64))
  for (const cpu of found) bytes[cpu >> 3] = (bytes[cpu >> 3] ?? 0) | (1 << (cpu & 7))
  return bytes
}

export const base64 = (text: string): Buffer | undefined => {
  const digits = text.replace(/\s/g, '')
  return /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)
    ? Buffer.from(digits, 'base64')
    : undefined
}

export const hexadecimal = (text: string): Buffer | undefined =>
  /^([\da-fA-F]{2})*$/.test(text) ? Buffer.from(text, 'hex') : undefined
