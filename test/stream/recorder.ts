// What the scanner sees, in words: every byte of a stream belongs to one event, or is `passed` without one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScanListener } from '../../src/stream/listener.ts'
import { createScanner } from '../../src/stream/scanner.ts'
import type { StringsOptions } from '../../src/stream/strings.ts'

/** What was seen, and the bytes that it was seen in. */
type Event = readonly [what: string, bytes: string]

/** What stands behind ESC [ or U+009B. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control function is what is looked for
const introduced = /^(?:\x1b[^[]*\[|\xc2\x9b)([\s\S]*)$/

const merges = new Set(['text', 'passed', 'inside', 'inside a title'])

/** The events of a stream that comes in `pieces`; neighbors of the same kind are one. */
export const seenIn = (pieces: readonly Uint8Array[], options: StringsOptions): readonly string[] => {
  const events: Event[] = []
  let bytes: Uint8Array = new Uint8Array()
  let covered = 0
  const latin1 = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  const add = (what: string, from: number, to: number, shown?: string) => {
    if (from > covered) {
      const gap = covered
      covered = from
      add('passed', gap, from)
    }
    const last = events.at(-1)
    if (last && last[0] === what && merges.has(what))
      events[events.length - 1] = [what, last[1] + latin1(from, to)]
    else events.push([what, shown ?? latin1(from, to)])
    covered = to
  }
  const listener: ScanListener = {
    text: (at) => {
      let end = at + 1
      while (end < bytes.length && bytes[end] !== 0x1b && bytes[end] !== 0xc2) end++
      add('text', at, end)
    },
    sgr: ({ doubtful }, start, end) => {
      const [, parameters = ''] = introduced.exec(latin1(start, end - 1)) ?? []
      // A doubtful one is told of twice: as an SGR, and as what it may be besides.
      add(doubtful ? 'doubtful sgr' : 'sgr', start, end, parameters)
    },
    control: (fn, start, end) => {
      const told = events.at(-1)?.[0] === 'doubtful sgr' && covered === end
      if (told) covered = start
      add(
        'control',
        start,
        end,
        fn ? `${fn.name}${fn.parameters === '' ? '' : `: ${fn.parameters}`}` : 'of no interest',
      )
    },
    title: ({ start, from, to, end, ended }) => add(`title ended by ${ended}`, start, end, latin1(from, to)),
    inside: (from, to, ofTitle) => add(ofTitle ? 'inside a title' : 'inside', from, to),
    insideEnd: (from, to) => add('end', from, to),
  }
  const scanner = createScanner(listener, options)
  for (const piece of pieces) {
    bytes = Buffer.concat([bytes.subarray(covered), piece])
    covered = 0
    const stopped = scanner.scan(bytes, 0, bytes.length)
    if (stopped > covered) add('passed', covered, stopped)
    covered = stopped
  }
  if (covered < bytes.length) add('held', covered, bytes.length)
  return events.map(([what, text]) => (text === '' ? what : `${what} ${shown(text)}`))
}

/** Text with its control characters spelled, and what is long cut. */
const shown = (text: string): string => {
  const spelled = [...text].map((char) => names.get(char) ?? char).join('')
  return spelled.length <= 80 ? spelled : `${spelled.slice(0, 20)}… (${text.length})`
}

const names: ReadonlyMap<string, string> = new Map([
  ['\x00', '<NUL>'],
  ['\x07', '<BEL>'],
  ['\n', '<LF>'],
  ['\r', '<CR>'],
  ['\x18', '<CAN>'],
  ['\x1a', '<SUB>'],
  ['\x1b', '<ESC>'],
  ['\x7f', '<DEL>'],
  ['\x9b', '<9B>'],
  ['\x9c', '<9C>'],
  ['\xc2', '<C2>'],
])

/** Claims with rows: an input as bytes, one character each, and what is seen in it, with | between the events. */
type Table = readonly (readonly [claim: string, rows: readonly (readonly [input: string, seen: string])[]])[]

/** Declares a test for each claim: whole, cut in two at every place, and byte by byte, the same is seen. */
export const claimSeen = (table: Table): void => {
  const of = (...pieces: Uint8Array[]) => seenIn(pieces, { titles: true, escK: true }).join(' | ')
  for (const [claim, rows] of table)
    test(claim, () => {
      for (const [input, seen] of rows) {
        const whole = Buffer.from(input, 'latin1')
        const name = JSON.stringify(input.slice(0, 60))
        assert.equal(of(whole), seen, name)
        for (const at of cuts(whole.length))
          assert.equal(of(whole.subarray(0, at), whole.subarray(at)), seen, `${name} cut at ${at}`)
        assert.equal(of(...Array.from(whole, (byte) => Uint8Array.of(byte))), seen, `${name} byte by byte`)
      }
    })
}

/** Where an input is cut in two: everywhere, or, where it is long, around the places that matter. */
const cuts = (length: number): readonly number[] =>
  Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1).filter(
    (at) =>
      length <= 400 || at < 40 || length - at < 12 || (at > 250 && at < 262) || (at > 4088 && at < 4102),
  )
