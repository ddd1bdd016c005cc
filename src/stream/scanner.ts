// Finds control functions in a stream of bytes, after the DEC/VT500 parser (vt100.net/emu/dec_ansi_parser): CAN, SUB and ESC
// abort, C0 inside a CSI executes, strings (DCS, OSC, APC, PM, SOS) are opaque. The stream is UTF-8, so raw C1 bytes are
// text; U+009B, which some terminals take for CSI, is reported as doubtful. Makes no token of text, and never throws.
import {
  asciiOf,
  BEL,
  CAN,
  type ControlFunction,
  ESC,
  isDigit,
  isIntermediate,
  isPassedOver,
  SUB,
  stringEnd,
} from './sequence.ts'
import { plainSgrEnd } from './sgr.ts'

/** Told of what is found, in order; positions are in the bytes that are scanned. */
export interface ScanListener {
  /** Text, or a C0, begins at `at`. */
  text(at: number): void
  /** SGR: parameters from `from`, the final byte at `final`. `doubtful`: not every terminal reads it as SGR. */
  sgr(start: number, from: number, final: number, doubtful: boolean): void
  /** Any other function, or the beginning of an opaque string: `fn` where something may act on it. */
  control(fn: ControlFunction | undefined, start: number, end: number): void
  /** A whole title: text from `from` to `to`; ended by 'ST', 'BEL', 'ESC' (cut) or 'CAN' (aborted). */
  title(title: {
    readonly start: number
    readonly from: number
    readonly to: number
    readonly end: number
    readonly ended: TitleEnd
  }): void
}

export type TitleEnd = 'ST' | 'BEL' | 'ESC' | 'CAN'

export interface ScannerOptions {
  /** Whether OSC 0, 1, 2 (and l, 30) are reported as titles. */
  readonly titles: boolean
  /** Whether ESC k … ST is a title, as inside tmux and screen. */
  readonly escK: boolean
}

export interface Scanner {
  /**
   * Scans from `at` to `length`. Returns where it stopped: the bytes from there on are the beginning of a function, and must
   * be scanned again with what follows. At most `bound` bytes stay unscanned; a longer function is passed over as it is.
   */
  scan(bytes: Uint8Array, at: number, length: number): number
  /** Whether the stream stands inside an opaque string. */
  inString(): boolean
}

/** How many bytes of an unfinished function wait for its end. */
export const bound = 4096

/** What modes.ts and tint.ts have rows for; other CSIs are only passed. */
const interesting = new Set([...'hlrsuqp{}c'].map((c) => c.charCodeAt(0)))

type StringKind = 'osc' | 'other' | 'tmux'

export const createScanner = (listener: ScanListener, { titles, escK }: ScannerOptions): Scanner => {
  let string: StringKind | undefined

  /** The end of an opaque string, or `length` when it goes on; -1 when one more byte must be seen. */
  const passString = (bytes: Uint8Array, at: number, length: number): number => {
    for (let i = at; i < length; i++) {
      const byte = bytes[i]
      if (byte === ESC) {
        if (string === 'tmux' && bytes[i + 1] === ESC) {
          i++
          continue
        }
        if (string === 'tmux' && i + 1 === length) return -1 - i
        // The ESC of an ST, or one that aborts the string: either way the string ends before it.
        string = undefined
        return i
      }
      if (byte === CAN || byte === SUB || (byte === BEL && string === 'osc')) {
        string = undefined
        return i + 1
      }
    }
    return length
  }

  /** A CSI whose parameters begin at `from`; returns where it ends, or -1 when it is unfinished. */
  const passCsi = (bytes: Uint8Array, start: number, from: number, length: number, c1: boolean): number => {
    let prefix = 0
    let parametersEnd = -1
    let doubtful = c1
    const limit = Math.min(length, start + bound)
    let i = from
    for (; i < limit; i++) {
      const byte = bytes[i] ?? 0
      if (byte >= 0x40 && byte <= 0x7e) break
      if (byte === ESC) return i
      if (byte === CAN || byte === SUB) return i + 1
      if (byte >= 0x3c && byte <= 0x3f) {
        if (prefix === 0 && i === from) prefix = byte
        else doubtful = true
      } else if (byte >= 0x20 && byte <= 0x2f) {
        if (parametersEnd < 0) parametersEnd = i
      } else if (byte >= 0x7f) doubtful = true
    }
    if (i === limit) return -1
    const final = bytes[i] ?? 0
    if (final === 0x6d) {
      const plain = prefix === 0 && parametersEnd < 0
      listener.sgr(start, from, i, doubtful || !plain)
      if (prefix === 0) return i + 1
    } else if (!interesting.has(final)) {
      listener.control(undefined, start, i + 1)
      return i + 1
    }
    const first = prefix === 0 ? from : from + 1
    const middle = parametersEnd < 0 ? i : parametersEnd
    const clean = (text: string) => text.replace(/[^ -~]/g, '')
    const fn: ControlFunction = {
      kind: 'csi',
      prefix: prefix === 0 ? '' : String.fromCharCode(prefix),
      parameters: clean(asciiOf(bytes, first, middle)),
      intermediates: clean(asciiOf(bytes, middle, i)),
      final: String.fromCharCode(final),
    }
    listener.control(fn, start, i + 1)
    return i + 1
  }

  /** A title's text from `from` on; returns where it ends, or -1 when it is unfinished. */
  const passTitle = (bytes: Uint8Array, start: number, from: number, length: number): number => {
    for (let to = from; to < Math.min(length, start + bound - 1); to++) {
      const byte = bytes[to]
      if (byte === ESC && to + 1 === length) return -1
      const ended: TitleEnd | undefined =
        byte === ESC
          ? bytes[to + 1] === 0x5c
            ? 'ST'
            : 'ESC'
          : byte === BEL
            ? 'BEL'
            : byte === CAN || byte === SUB
              ? 'CAN'
              : undefined
      if (ended) {
        const end = ended === 'ST' ? to + 2 : ended === 'BEL' ? to + 1 : to
        listener.title({ start, from, to, end, ended })
        return end
      }
    }
    if (length - start < bound) return -1
    // Too long for a title: it goes on as it is.
    string = 'osc'
    listener.control(undefined, start, from)
    return from
  }

  const passOsc = (bytes: Uint8Array, start: number, from: number, length: number): number => {
    let i = from
    if (bytes[i] === 0x6c) i++
    else {
      while (i < length && isDigit(bytes[i])) i++
      if (i === length && i - from < 10) return -1
    }
    const number = asciiOf(bytes, from, i)
    const isTitle = /^(0*[012]?|0*30|l)$/.test(number) && (number === 'l' || bytes[i] === 0x3b)
    if (titles && isTitle) return passTitle(bytes, start, number === 'l' ? i : i + 1, length)
    // The beginning is enough for modes.ts; but a color or a link must be seen to its end, if it is short.
    const end = stringEnd(bytes, i, Math.min(length, i + 256))
    if (end < 0 && length - start < 256) return -1
    const text = asciiOf(bytes, Math.min(i + 1, length), end < 0 ? Math.min(length, i + 256) : end)
    listener.control({ kind: 'osc', number: number.replace(/^0+(?=\d)/, ''), text }, start, i)
    string = 'osc'
    return i
  }

  /** From the ESC at `start`; returns where the function ends (or an opaque string begins), or -1 when it is unfinished. */
  const passEscape = (bytes: Uint8Array, start: number, length: number): number => {
    const limit = Math.min(length, start + bound)
    let i = start + 1
    while (i < limit && (isIntermediate(bytes[i]) || isPassedOver(bytes[i]))) i++
    if (i === limit) return -1
    const final = bytes[i] ?? 0
    const intermediates = i === start + 1 ? '' : asciiOf(bytes, start + 1, i).replace(/[^ -/]/g, '')
    if (intermediates === '') {
      if (final === 0x5b) return passCsi(bytes, start, i + 1, length, false)
      if (final === 0x5d) return passOsc(bytes, start, i + 1, length)
      if (final === 0x6b && escK && titles) return passTitle(bytes, start, i + 1, length)
      if (final === 0x50 || final === 0x58 || final === 0x5e || final === 0x5f || (final === 0x6b && escK)) {
        const head = asciiOf(bytes, i + 1, Math.min(length, i + 6))
        if (final === 0x50 && head.length < 5 && 'tmux;'.startsWith(head)) return -1
        string = final === 0x50 && head === 'tmux;' ? 'tmux' : 'other'
        listener.control(undefined, start, i + 1)
        return i + 1
      }
    }
    // Another ESC begins anew; CAN and SUB abort.
    if (final < 0x20) return final === ESC ? i : i + 1
    const fn: ControlFunction = {
      kind: 'esc',
      intermediates,
      final: String.fromCharCode(final),
    }
    listener.control(fn, start, i + 1)
    return i + 1
  }

  return {
    scan: (bytes, at, length) => {
      let i = at
      while (i < length) {
        if (string) {
          const next = passString(bytes, i, length)
          if (next < 0) return -1 - next
          i = next
          continue
        }
        const start = i
        const byte = bytes[i]
        let next: number
        if (byte === ESC) {
          const final = plainSgrEnd(bytes, start, Math.min(length, start + bound))
          if (final > 0) {
            listener.sgr(start, start + 2, final, false)
            i = final + 1
            continue
          }
          next = passEscape(bytes, start, length)
        } else if (byte === 0xc2 && i + 1 === length) next = -1
        else if (byte === 0xc2 && bytes[i + 1] === 0x9b) next = passCsi(bytes, start, start + 2, length, true)
        else {
          listener.text(i)
          i++
          while (i < length && bytes[i] !== ESC && bytes[i] !== 0xc2) i++
          continue
        }
        if (next < 0) {
          if (length - start < bound) return start
          next = start + 1
          listener.text(start)
        }
        i = next
      }
      return length
    },
    inString: () => string !== undefined,
  }
}
