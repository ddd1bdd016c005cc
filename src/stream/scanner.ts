// Finds control functions in a stream of bytes, after the DEC/VT500 parser (vt100.net/emu/dec_ansi_parser): CAN, SUB and ESC
// abort, C0 inside a CSI executes; strings are opaque (strings.ts). The stream is UTF-8, so raw C1 bytes are text; U+009B,
// which some terminals take for CSI, is reported as doubtful. Makes no token of text, and never throws.

import type { ScanListener } from './listener.ts'
import {
  asciiOf,
  bound,
  CAN,
  type ControlFunction,
  ESC,
  isIntermediate,
  isPassedOver,
  SUB,
} from './sequence.ts'
import { plainSgrEnd, readSgr } from './sgr.ts'
import { beginsString, createStrings, type StringsOptions, unfinished } from './strings.ts'

export interface Scanner {
  /**
   * Scans from `at` to `length`. Returns where it stopped: the bytes from there on are the beginning of a function, and must
   * be scanned again with what follows. At most `bound` bytes stay unscanned; a longer function is passed over as it is.
   */
  scan(bytes: Uint8Array, at: number, length: number): number
  /** Whether the stream stands inside an opaque string. */
  inString(): boolean
}

/** What is longer than `bound`: not even its end is known. */
const tooLong: ControlFunction = { name: 'too long', parameters: '' }

/** U+0090, U+0098, U+009D, U+009E, U+009F, which some terminals take for DCS, SOS, OSC, PM and APC; others show nothing. */
const c1Strings = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f])
const c1String: ControlFunction = { name: 'C1 string', parameters: '' }

/** The final bytes that some table has a row for; other CSIs are only passed. */
const interesting = new Set([...'hlrsuqp{}|cntxyziwvRSQABEFHLTdfkJ'].map((c) => c.charCodeAt(0)))

export const createScanner = (listener: ScanListener, options: StringsOptions): Scanner => {
  const strings = createStrings(listener, options)

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
    if (i === limit) return unfinished
    const final = bytes[i] ?? 0
    if (final === 0x6d) {
      const plain = prefix === 0 && parametersEnd < 0
      const effect = readSgr(bytes, from, i)
      listener.sgr(
        doubtful || !plain ? { ...effect, background: 'keep', doubtful: true } : effect,
        start,
        i + 1,
      )
      if (prefix === 0) return i + 1
    } else if (!interesting.has(final)) {
      listener.control(undefined, start, i + 1)
      return i + 1
    }
    const first = prefix === 0 ? from : from + 1
    const middle = parametersEnd < 0 ? i : parametersEnd
    const clean = (text: string) => text.replace(/[^ -~]/g, '')
    const name = `${prefix === 0 ? '' : String.fromCharCode(prefix)}${clean(asciiOf(bytes, middle, i))}`
    const fn = {
      name: `${name}${String.fromCharCode(final)}`,
      parameters: clean(asciiOf(bytes, first, middle)),
    }
    listener.control(fn, start, i + 1)
    return i + 1
  }

  /** From the ESC at `start`; returns where the function ends (or an opaque string begins), or -1 when it is unfinished. */
  const passEscape = (bytes: Uint8Array, start: number, length: number): number => {
    const limit = Math.min(length, start + bound)
    let i = start + 1
    while (i < limit && (isIntermediate(bytes[i]) || isPassedOver(bytes[i]))) i++
    if (i === limit) return unfinished
    const final = bytes[i] ?? 0
    const intermediates = i === start + 1 ? '' : asciiOf(bytes, start + 1, i).replace(/[^ -/]/g, '')
    if (intermediates === '') {
      if (final === 0x5b) return passCsi(bytes, start, i + 1, length, false)
      if (beginsString(final, options.escK)) return strings.begin(bytes, start, final, i + 1, length)
    }
    // Another ESC begins anew; CAN and SUB abort.
    if (final < 0x20) return final === ESC ? i : i + 1
    listener.control(
      { name: `ESC ${intermediates}${String.fromCharCode(final)}`, parameters: '' },
      start,
      i + 1,
    )
    return i + 1
  }

  return {
    scan: (bytes, at, length) => {
      let i = at
      while (i < length) {
        if (strings.isOpen()) {
          const next = strings.pass(bytes, i, length)
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
            listener.sgr(readSgr(bytes, start + 2, final), start, final + 1)
            i = final + 1
            continue
          }
          next = passEscape(bytes, start, length)
        } else if (byte === 0xc2 && i + 1 === length) next = unfinished
        else if (byte === 0xc2 && bytes[i + 1] === 0x9b) next = passCsi(bytes, start, start + 2, length, true)
        else if (byte === 0xc2 && c1Strings.has(bytes[i + 1] ?? 0)) {
          next = start + 2
          listener.control(c1String, start, next)
        } else {
          listener.text(i)
          i = textEnd(bytes, i + 1, length)
          continue
        }
        if (next < 0) {
          if (length - start < bound) return start
          next = start + 1
          listener.control(tooLong, start, next)
        }
        i = next
      }
      return length
    },
    inString: strings.isOpen,
  }
}

/** Where text ends: at an ESC, or at a byte that may begin U+009B. */
const textEnd = (bytes: Uint8Array, from: number, length: number): number => {
  for (let i = from; i < length; i++) {
    const byte = bytes[i]
    if (byte === ESC || byte === 0xc2) return i
  }
  return length
}

/** Whether there is an ESC, or a byte that may begin U+009B, in a chunk: else it needs no scan. */
export const mayHoldFunctions = (chunk: Uint8Array): boolean =>
  chunk.indexOf(ESC) >= 0 || chunk[chunk.length - 1] === 0xc2 || holdsC1(chunk)

const holdsC1 = (chunk: Uint8Array): boolean => {
  for (let at = chunk.indexOf(0x9b); at >= 0; at = chunk.indexOf(0x9b, at + 1))
    if (chunk[at - 1] === 0xc2) return true
  return false
}
