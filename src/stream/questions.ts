// The functions that make a terminal type back: a session in which one was written ends by waiting for the answers, so that
// none is typed into the user's shell. After xterm's ctlseqs, the VT510 manual, and kitty's protocols.
import { type ControlFunction, numbers } from './sequence.ts'

const always = new Set([
  ...['c', '>c', '=c', 'n', '?n', '$p', '?$p', 'x', '>q', '?u', '*y', '&u', '$w', '?S', 'ESC Z'],
  ...['?m', '"v', '$u', '#|', '#R', '+x', "'|"],
  ...['DCS $q', 'DCS +q', 'DCS @', 'APC G', 'OSC 5113', 'OSC 5522'],
])

/** XTWINOPS that report. */
const reports = new Set([11, 13, 14, 15, 16, 18, 19, 20, 21])

/** Whether a terminal may answer `fn`. */
export const asksTerminal = ({ name, parameters }: ControlFunction): boolean => {
  if (always.has(name)) return true
  if (name === 'OSC 1337') return /^(Report|Request)/.test(parameters)
  if (name.startsWith('OSC ')) return /(^|[;=])\?/.test(parameters)
  return name === 't' && reports.has(numbers(parameters)[0] ?? 0)
}

/** Whether `fn` is answered as DA1 is: DECID is the older way to ask. */
export const asksDA1 = ({ name }: ControlFunction): boolean => name === 'c' || name === 'ESC Z'

/** Modes in which a terminal reports by itself: mouse, focus, color scheme, size. */
export const reporting: readonly number[] = [9, 1000, 1001, 1002, 1003, 1004, 2031, 2048]

// biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const attributes = /\x1b\[\?[\d;]*c/g

/** How many answers to DA1 it holds; terminals send one in one piece. */
export const answersToDA1 = (chunk: Uint8Array): number =>
  Buffer.from(chunk).toString('latin1').match(attributes)?.length ?? 0
