// Titles: the mark stands before each once, and no byte of one acts on the terminal. After xterm's ctlseqs (OSC 0, 1, 2 and
// the title stack of XTWINOPS) and screen's manual (ESC k).
import { bytesOf, textOf } from './sequence.ts'

/** The longest title, in columns: GNU screen shows the rest of a longer one on the screen. */
const longest = 200

/** Nothing that acts, hides or turns the direction: C0, DEL, C1, zero-width and bidirectional controls, U+FEFF, U+FFFD. */
const unwanted = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/gu

/** `text` with the mark before it, once, safe and short. */
export const marked = (text: string, mark: string): string => {
  let rest = text.replace(unwanted, '')
  while (mark !== '' && rest.startsWith(mark)) rest = rest.slice(mark.length)
  const bare = mark.trimEnd()
  if (bare !== '' && rest === bare) rest = ''
  return `${mark}${fitting(rest, longest)}`
}

/** The same for the bytes of a title that a program wrote. */
export const markedBytes = (bytes: Uint8Array, mark: string): Uint8Array =>
  bytesOf(marked(textOf(bytes), mark))

/** Saves the titles of window and icon, and sets ours. */
export const openTitle = (text: string, mark: string): Uint8Array =>
  bytesOf(`\x1b[22;0t\x1b]2;${marked(text, mark)}\x1b\\`)

/** Gives the saved titles back, or sets `after` where there is no stack to save them on. */
export const closeTitle = (after: string | undefined): string =>
  after === undefined ? '\x1b[23;0t' : `\x1b]2;${marked(after, '')}\x1b\\`

/** The name of a window of tmux or screen. */
export const nameWindow = (name: string): string => `\x1bk${marked(name, '')}\x1b\\`

/** How many columns a character takes: a wide one two, a mark none; near enough to wcwidth(3) for a limit. */
export const columnsOf = (char: string): number => {
  if (/\p{M}/u.test(char)) return 0
  return wide.test(char) ? 2 : 1
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3fffd}]/u

export const widthOf = (text: string): number => {
  let width = 0
  for (const char of text) width += columnsOf(char)
  return width
}

/** As much of its beginning as so many columns have room for. */
export const fitting = (text: string, columns: number): string => {
  let width = 0
  let end = 0
  for (const char of text) {
    width += columnsOf(char)
    if (width > columns) return text.slice(0, end)
    end += char.length
  }
  return text
}
