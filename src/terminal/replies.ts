// What the terminal answers to our questions, picked out of what the user types meanwhile. After xterm's ctlseqs (OSC 10, 11) and
// the VT510 manual (DA1). Strict: what is no answer, to the last byte, was typed.
import type { Rgb } from '../color/color.ts'

/** The background color, that of the text, what kind of terminal (DA2), then the primary device attributes (DA1), which every terminal answers. */
export const QUESTIONS: Uint8Array = new TextEncoder().encode('\x1b]11;?\x1b\\\x1b]10;?\x1b\\\x1b[>c\x1b[c')

export interface ReplyReader {
  push(chunk: Uint8Array): void
  /** Whether the last question was answered. */
  done(): boolean
  background(): Rgb | undefined
  /** The color of the default text. */
  foreground(): Rgb | undefined
  /** The first parameter of DA2: 84 is tmux, 83 is GNU screen. */
  kind(): number | undefined
  /** Everything else, in order, with what may be the beginning of an answer at its end. */
  typed(): Uint8Array
  /**
   * A chunk without the whole answers in it, until the last question is answered; then without those that are still owed, for GNU
   * screen hands on the questions for colors, and is itself the first to answer. Nothing is held back for its end.
   */
  strip(chunk: Uint8Array): Uint8Array
}

/** Longest answer that is waited for the end of. */
const longest = 256

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const wholes = {
  color: /^\x1b\]1([01]);([^\x07\x1b]*)(?:\x07|\x1b\\)/,
  kind: /^\x1b\[>(\d*)[0-9;]*c/,
  attributes: /^\x1b\[\?[0-9;]*c/,
}
const begun = /^\x1b(\](1([01](;[^\x07\x1b]*\x1b?)?)?)?|\[([?>][0-9;]*)?)?$/
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

export const createReplyReader = (): ReplyReader => {
  let unread = ''
  let typed = ''
  let background: Rgb | undefined
  let foreground: Rgb | undefined
  let kind: number | undefined
  let done = false
  const owed = new Set(['0', '1'])
  /** The length of the answer that `text` begins with, whose meaning is noted. */
  const answer = (text: string): number | undefined => {
    const color = wholes.color.exec(text)
    const [, which = '', value = ''] = color ?? []
    if (done && !owed.has(which)) return undefined
    owed.delete(which)
    if (which === '1') background = colorOf(value) ?? background
    if (which === '0') foreground = colorOf(value) ?? foreground
    if (color) return color[0].length
    const device = wholes.kind.exec(text)
    if (device) kind = Number(device[1])
    const attributes = device ? undefined : wholes.attributes.exec(text)
    if (attributes) done = true
    return (device ?? attributes)?.[0].length
  }
  const read = () => {
    while (unread !== '') {
      const at = unread.indexOf('\x1b')
      typed += at < 0 ? unread : unread.slice(0, at)
      unread = at < 0 ? '' : unread.slice(at)
      const length = answer(unread)
      if (length !== undefined) unread = unread.slice(length)
      else if (unread.length < longest && begun.test(unread)) return
      else {
        typed += unread.slice(0, 1)
        unread = unread.slice(1)
      }
    }
  }
  return {
    push: (chunk) => {
      unread += textOf(chunk)
      read()
    },
    done: () => done,
    background: () => background,
    foreground: () => foreground,
    kind: () => kind,
    typed: () => bytesOf(`${typed}${unread}`),
    strip: (chunk) => {
      if (done && owed.size === 0) return chunk
      let rest = ''
      let text = textOf(chunk)
      for (let at = text.indexOf('\x1b'); at >= 0; at = text.indexOf('\x1b')) {
        rest += text.slice(0, at)
        text = text.slice(at)
        const length = answer(text)
        if (length === undefined) rest += text.slice(0, 1)
        text = text.slice(length ?? 1)
      }
      return bytesOf(`${rest}${text}`)
    },
  }
}

/** One character a byte, and back: what was typed goes on as it came, whatever its encoding. */
export const textOf = (chunk: Uint8Array): string => Buffer.from(chunk).toString('latin1')
export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** rgb:R/G/B and rgba:R/G/B/A with one to four digits each, or #rrggbb and its longer form (XParseColor(3)). */
export const colorOf = (text: string): Rgb | undefined => {
  const scaled = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\/[0-9a-f]{1,4})?$/i.exec(text)
  const hex = /^#(?:([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})|([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4}))$/i.exec(
    text,
  )
  const [, r, g, b] = scaled ?? hex?.filter((part) => part !== undefined) ?? []
  if (r === undefined || g === undefined || b === undefined) return undefined
  const channel = (digits: string) =>
    Math.round((Number.parseInt(digits, 16) / (16 ** digits.length - 1)) * 255)
  return { r: channel(r), g: channel(g), b: channel(b) }
}
