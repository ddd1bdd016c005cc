// The end of a session: what the terminal still answers is waited for, so that none of it is typed into the user's shell, and
// colors are looked at once more. DA1 is asked last, so its answer comes last; not a byte behind it is read, and what was typed
// meanwhile is put back as far as the kernel allows. After xterm's ctlseqs and the VT510 manual.
import { setColors } from '../stream/colors.ts'
import type { Terminal } from './terminal.ts'

export interface FenceOptions {
  /** How many answers to DA1 come before ours. */
  readonly owed: number
  /** What each color must be, by the key of its OSC (`11`, `4;7`): as the terminal is told it, #rrggbb or rgb:… */
  readonly colors: ReadonlyMap<string, string>
  /** Longest wait, in milliseconds. */
  readonly bound: number
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
/** What terminals answer and report: strings, mouse reports, and CSIs that no key sends. */
const replies =
  /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b\[M[^\x1b]{3}|\x1b\[[?>=<]?[\d;:]*[ -/]*[cnRtuxySIOMmwW]/g
const attributes = /^\x1b\[\?[\d;]*c$/
/** An answer of which the end has not come: it is none that was typed. (A lone ESC is a key.) */
const cut = /\x1b(?:\][^\x07\x1b]*\x1b?|[P_^X][^\x1b]*\x1b?|\[[?>=<]?[\d;:]*[ -/]*)$/
const untilEnd = /^[^\x07\x1b]*/
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/** Longer is no answer to DA1. */
const longest = 256

/** What was typed, of what was read: one character a byte. */
export const withoutAnswers = (seen: string): string => seen.replace(replies, '').replace(cut, '')

/** Waits for the last answer; sets colors right that are not what they were. Resolves to all that was read. The terminal must be raw. */
export const waitForAnswers = async (
  terminal: Terminal,
  { owed, colors, bound }: FenceOptions,
): Promise<Uint8Array> => {
  const questions = [...colors.keys()].map((key) => `\x1b]${key};?\x1b\\`).join('')
  terminal.output.write(Buffer.from(`${questions}\x1b[c`))
  let seen = ''
  let begun = 0
  let answers = 0
  await terminal.readUntil((byte) => {
    if (byte === 0x1b) begun = seen.length
    seen += String.fromCharCode(byte)
    if (byte === 0x63 && attributes.test(seen.slice(begun, begun + longest))) answers++
    // A report that never ends is not ours to wait for.
    return seen.length > 65536 || answers > owed
  }, bound)
  const typed = withoutAnswers(seen)
  if (typed !== '') terminal.unread(Buffer.from(typed, 'latin1'))
  const wrong = [...colors].filter(([key, color]) => !isSame(answerTo(key, seen), color))
  if (wrong.length > 0) terminal.output.write(Buffer.from(setColors(wrong)))
  return Buffer.from(seen, 'latin1')
}

/**
 * The same without waiting for anything but the terminal: no color is asked for, and what was typed meanwhile is lost. Who asked
 * for DA1 before is not known here, so another question is the last one.
 */
export const skipAnswers = (
  terminal: Terminal,
  bound: number,
  skipped: (bytes: Uint8Array) => void,
): void => {
  terminal.output.write(isWell)
  let seen = ''
  terminal.readNow((byte) => {
    seen += String.fromCharCode(byte)
    return seen.endsWith('\x1b[0n')
  }, bound)
  skipped(Buffer.from(seen, 'latin1'))
}

/** DSR 5, which is answered with CSI 0 n. */
const isWell = Buffer.from('\x1b[5n')

const answerTo = (key: string, seen: string): string | undefined => {
  const at = seen.lastIndexOf(`\x1b]${key};`)
  return at < 0 ? undefined : untilEnd.exec(seen.slice(at + key.length + 3))?.[0]
}

/** Whether an answer (rgb:rrrr/gggg/bbbb) means the color that is wanted; no answer is as good as a wrong one. */
const isSame = (answer: string | undefined, wanted: string): boolean =>
  answer !== undefined && (answer === wanted || normal(answer) === normal(wanted))

const normal = (color: string): string => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  const channels =
    hex?.slice(1) ??
    /^rgba?:([0-9a-f]{2})[0-9a-f]*\/([0-9a-f]{2})[0-9a-f]*\/([0-9a-f]{2})/i.exec(color)?.slice(1)
  return channels ? channels.join('').toLowerCase() : color
}
