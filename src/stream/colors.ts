// The terminal's own colors, while a program may change them. What it is going to change is asked for first, so that the end
// can give back exactly what was there; and a program that asks what it stands on is told the tint. Works on what the program
// writes (`before`) and on what the terminal answers (`answered`). After xterm's ctlseqs (OSC 4, 10 to 19).
import { type ControlFunction, colorEntries, dynamicColors } from './sequence.ts'

export interface Colors {
  /** What must be asked before this function of the program goes on. */
  before(fn: ControlFunction): string
  /** What the terminal sent, without the answers that are ours, and with the background as it is seen. */
  answered(chunk: Uint8Array): Uint8Array
  /** The colors that were changed and are known, as they were: text for an OSC behind `11;` or `4;7;`, by that key. */
  originals(): ReadonlyMap<string, string>
}

export interface ColorsOptions {
  /** Whether the terminal answers such questions. */
  readonly asks: boolean
  /** The default background as it was found, #rrggbb. */
  readonly background: string | undefined
  /** Whether it is us who change the default background. */
  readonly changesBackground: boolean
  /** What a program that asks for the background is told, #rrggbb; undefined: what the terminal says. */
  readonly seen: string | undefined
}

/** Longest answer that is waited for the end of. */
const longest = 128

// biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const answer = /^\x1b\](4;\d{1,4}|1[0-9]);([^\x07\x1b;]*)(\x07|\x1b\\)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const begun = /^\x1b\](4?;?\d{0,4}|1\d?)(;[^\x07\x1b;]*\x1b?)?$/

export const createColors = ({ asks, background, changesBackground, seen }: ColorsOptions): Colors => {
  const originals = new Map<string, string>(background === undefined ? [] : [['11', background]])
  const changed = new Set<string>(changesBackground ? ['11'] : [])
  /** Who asked, in order, by color. */
  const asked = new Map<string, ('we' | 'program')[]>()
  let own = seen
  let held = ''
  // An ESC at the end of a chunk may be a key and is sent on at once; it is held all the same, for it may begin an answer.
  let sent = false
  const note = (key: string, who: 'we' | 'program') => {
    const queue = asked.get(key) ?? []
    if (queue.length < 16) asked.set(key, [...queue, who])
  }
  const change = (key: string): string => {
    // From now on the program knows better than we what it stands on.
    if (key === '11') own = undefined
    if (changed.has(key)) return ''
    changed.add(key)
    if (!asks || originals.has(key)) return ''
    note(key, 'we')
    return `\x1b]${key};?\x1b\\`
  }
  /** What becomes of one answer. */
  const passOn = (whole: string, key: string, color: string, end: string): string => {
    const [who, ...rest] = asked.get(key) ?? []
    if (rest.length > 0) asked.set(key, rest)
    else asked.delete(key)
    if (who === 'we') {
      originals.set(key, hashed(color))
      return ''
    }
    return key === '11' && own && who === 'program' ? `\x1b]11;${answerOf(own)}${end}` : whole
  }
  return {
    before: (fn) => {
      let questions = ''
      for (const [key, value] of namedColors(fn))
        if (value === '?') note(key, 'program')
        else questions += change(key)
      // A reset, too, changes what was not the configured color.
      for (const key of resetColors(fn)) questions += change(key)
      if (fn.name === 'OSC 111') own = seen
      return questions
    },
    answered: (chunk) => {
      if (asked.size === 0 && held === '') return chunk
      let rest = held + latin1(chunk)
      let out = ''
      // The part of `out` that has gone already: the ESC that was held, unless it began an answer of ours.
      let gone = sent ? 1 : 0
      held = ''
      sent = false
      for (let at = rest.indexOf('\x1b]'); at >= 0; at = rest.indexOf('\x1b]')) {
        out += rest.slice(0, at)
        rest = rest.slice(at)
        const [whole, key = '', color = '', end = ''] = answer.exec(rest) ?? []
        if (whole !== undefined) {
          const passed = passOn(whole, key, color, end)
          if (out === '' && passed === '') gone = 0
          out += passed
          rest = rest.slice(whole.length)
        } else if (rest.length < longest && begun.test(rest)) {
          sent = out === '' && gone === 1
          held = rest
          rest = ''
        } else {
          out += rest.slice(0, 2)
          rest = rest.slice(2)
        }
      }
      const passed = (out + rest).slice(sent ? 0 : gone)
      if (rest.endsWith('\x1b') && asked.size > 0) {
        held = '\x1b'
        sent = true
      }
      return Buffer.from(passed, 'latin1')
    },
    originals: () => new Map([...originals].filter(([key]) => changed.has(key))),
  }
}

/** Sets colors by their keys, as `originals` has them. */
export const setColors = (colors: Iterable<readonly [key: string, color: string]>): string =>
  [...colors].map(([key, color]) => `\x1b]${key};${color}\x1b\\`).join('')

/** The colors that an OSC sets or asks for, with what it says of each. */
const namedColors = ({
  name,
  parameters,
}: ControlFunction): readonly (readonly [key: string, value: string])[] => {
  if (name === 'OSC 4') return colorEntries(parameters).map(([entry, value]) => [`4;${Number(entry)}`, value])
  const number = /^OSC (1[0-9])$/.exec(name)?.[1]
  if (number === undefined) return []
  return dynamicColors(Number(number), parameters).map(([dynamic, value]) => [`${dynamic}`, value])
}

/** The colors that an OSC resets; all of the palette at once are too many to be asked for. */
const resetColors = ({ name, parameters }: ControlFunction): readonly string[] => {
  if (name === 'OSC 104') return [...parameters.matchAll(/\d{1,3}/g)].map(([entry]) => `4;${Number(entry)}`)
  const number = /^OSC 1(1[0-9])$/.exec(name)?.[1]
  return number === undefined ? [] : [number]
}

const latin1 = (chunk: Uint8Array): string => Buffer.from(chunk).toString('latin1')

/** rgb:rrrr/gggg/bbbb as #rrggbb where that says the same: some terminals take nothing else. */
const hashed = (color: string): string => {
  const channels = /^rgb:([0-9a-f]{2})\1\/([0-9a-f]{2})\2\/([0-9a-f]{2})\3$/i.exec(color)
  return channels ? `#${channels.slice(1).join('')}` : color
}

/** #rrggbb as terminals answer. */
const answerOf = (color: string): string =>
  `rgb:${[1, 3, 5].map((at) => color.slice(at, at + 2).repeat(2)).join('/')}`
