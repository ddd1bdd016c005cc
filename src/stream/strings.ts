// Strings: OSC, DCS, APC, PM and SOS, and screen's ESC k. They are opaque: nothing inside acts but what ends or aborts them.
// A title is reported whole; another OSC, too, while it is short; of the rest only the beginning. After ECMA-48 5.6, xterm's
// ctlseqs, and tmux's passthrough (whose ESC are doubled).
import type { ScanListener, TitleEnd } from './listener.ts'
import {
  asciiOf,
  BEL,
  bound,
  CAN,
  type ControlFunction,
  ESC,
  isDigit,
  isPassedOver,
  SUB,
} from './sequence.ts'

/** What cannot be told yet: the bytes from the string's start must be scanned again with what follows. */
export const unfinished = -1

export interface Strings {
  /** Whether the stream stands inside a string. */
  isOpen(): boolean
  /** Goes on inside one. Returns where it stopped being inside, or `length`; a negative -1-n when all but the byte at n are passed. */
  pass(bytes: Uint8Array, at: number, length: number): number
  /** From the ESC at `start`, with `introducer` behind it and the content from `from`. Returns where to go on, or `unfinished`. */
  begin(bytes: Uint8Array, start: number, introducer: number, from: number, length: number): number
}

export interface StringsOptions {
  /** Whether OSC 0, 1, 2 (and l, 30) are reported as titles. */
  readonly titles: boolean
  /** Whether ESC k … ST is a title, as inside tmux and screen. */
  readonly escK: boolean
}

/** How long an OSC may be to be reported whole: lists of colors are longer than the rest. */
const short = 256
const colors = /^0*(4|5|1[0-9]|21|104|105|11[0-9])$/

const introducers: ReadonlyMap<number, 'DCS' | 'SOS' | 'PM' | 'APC'> = new Map([
  [0x50, 'DCS'],
  [0x58, 'SOS'],
  [0x5e, 'PM'],
  [0x5f, 'APC'],
])

/** Whether the byte behind an ESC begins a string. */
export const beginsString = (byte: number, escK: boolean): boolean =>
  byte === 0x5d || introducers.has(byte) || (byte === 0x6b && escK)

type Kind = 'osc' | 'other' | 'tmux' | 'rest of a title'

export const createStrings = (listener: ScanListener, { titles }: StringsOptions): Strings => {
  let kind: Kind | undefined

  const pass = (bytes: Uint8Array, at: number, length: number): number => {
    let i = at
    for (; i < length; i++) {
      const byte = bytes[i]
      if (byte === ESC) {
        if (i + 1 === length) break
        if (kind === 'tmux' && bytes[i + 1] === ESC) i++
        else return closed(at, i, bytes[i + 1] === 0x5c ? i + 2 : i)
      } else if (byte === CAN || byte === SUB || (byte === BEL && kind !== 'other' && kind !== 'tmux'))
        return closed(at, i, i + 1)
    }
    if (i > at) listener.inside(at, i, kind === 'rest of a title')
    return i === length ? length : -1 - i
  }
  /** The string's content ends at `to`, its terminator at `end`. */
  const closed = (at: number, to: number, end: number): number => {
    const title = kind === 'rest of a title'
    kind = undefined
    if (to > at) listener.inside(at, to, title)
    listener.insideEnd(to, end)
    return end
  }

  /** A title's text from `from` on. */
  const passTitle = (bytes: Uint8Array, start: number, from: number, length: number): number => {
    const limit = Math.min(length, start + bound - 1)
    for (let to = from; to < limit; to++) {
      const byte = bytes[to]
      if (byte === ESC && to + 1 === length) return unfinished
      const ended = titleEnd(byte, bytes[to + 1])
      if (ended) {
        const end = ended === 'ST' ? to + 2 : ended === 'BEL' ? to + 1 : to
        listener.title({ start, from, to, end, ended })
        return end
      }
    }
    if (length - start < bound) return unfinished
    listener.title({ start, from, to: limit, end: limit, ended: 'later' })
    kind = 'rest of a title'
    return limit
  }

  const passOsc = (bytes: Uint8Array, start: number, from: number, length: number): number => {
    const headEnd = Math.min(length, start + bound)
    let i = from
    while (i < headEnd && (isDigit(bytes[i]) || isIgnored(bytes[i]))) i++
    if (i === headEnd) return unfinished
    const digits = digitsOf(asciiOf(bytes, from, i))
    const number = digits === '' && bytes[i] === 0x6c ? 'l' : digits
    if (number === 'l') i++
    const isTitle = /^(0*[012]?|0*30|l)$/.test(number) && (number === 'l' || bytes[i] === 0x3b)
    if (titles && isTitle) return passTitle(bytes, start, number === 'l' ? i : i + 1, length)
    const longest = start + (colors.test(number) ? bound : short)
    const limit = Math.min(length, longest)
    let to = i
    while (to < limit && !ends(bytes[to])) to++
    if (to === limit && limit < longest) return unfinished
    const byte = bytes[to]
    if (to < limit && byte === ESC && to + 1 === length) return unfinished
    const whole = to < limit
    const fn: ControlFunction = {
      name: `OSC ${number.replace(/^0+(?=\d)/, '')}`,
      parameters: asciiOf(bytes, Math.min(i + 1, to), to),
    }
    if (!whole) {
      kind = 'osc'
      listener.control(fn, start, i)
      return i
    }
    const end = byte === ESC ? (bytes[to + 1] === 0x5c ? to + 2 : to) : to + 1
    listener.control(byte === CAN || byte === SUB ? undefined : fn, start, end)
    return end
  }

  const begin = (
    bytes: Uint8Array,
    start: number,
    introducer: number,
    from: number,
    length: number,
  ): number => {
    if (introducer === 0x5d) return passOsc(bytes, start, from, length)
    if (introducer === 0x6b && titles) return passTitle(bytes, start, from, length)
    const name = introducers.get(introducer)
    const head = name && headOf(name, bytes, from, Math.min(length, start + bound))
    if (head === unfinished) return unfinished
    const text = name ? asciiOf(bytes, from, head ?? from).replace(/[^ -~]/g, '') : ''
    kind = text.endsWith('tmux;') ? 'tmux' : 'other'
    const shown = kind === 'tmux' ? 'tmux;' : text.replace(/^[0-9;:<=>?]+/, '')
    listener.control(name && { name: `${name} ${shown}`.trimEnd(), parameters: '' }, start, head ?? from)
    return head ?? from
  }

  return { isOpen: () => kind !== undefined, pass, begin }
}

/** Most terminals ignore a C0 in the head of a string: it must not hide what the string is. */
const isIgnored = (byte = 0): boolean => isPassedOver(byte) && byte !== 0x7f && byte !== BEL

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '')

const ends = (byte: number | undefined): boolean =>
  byte === ESC || byte === BEL || byte === CAN || byte === SUB

const titleEnd = (byte: number | undefined, next: number | undefined): TitleEnd | undefined => {
  if (byte === ESC) return next === 0x5c ? 'ST' : 'ESC'
  if (byte === BEL) return 'BEL'
  return byte === CAN || byte === SUB ? 'CAN' : undefined
}

/** Where the head of a string ends that tells what it is: parameters, intermediates and final byte of a DCS, one byte of an APC. */
const headOf = (name: string, bytes: Uint8Array, from: number, length: number): number => {
  if (name === 'SOS' || name === 'PM') return from
  const tmux = 'tmux;'
  for (let i = from; i < length; i++) {
    const byte = bytes[i] ?? 0
    if (name === 'DCS' && isPassedOver(byte)) continue
    if (byte < 0x20 || byte > 0x7e) return i
    if (name === 'APC') return i + 1
    if (byte >= 0x40) {
      const seen = asciiOf(bytes, i, Math.min(length, i + tmux.length))
      if (!tmux.startsWith(seen)) return i + 1
      return seen.length < tmux.length ? unfinished : i + tmux.length
    }
  }
  return unfinished
}
