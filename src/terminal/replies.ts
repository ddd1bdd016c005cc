// What the terminal answers to our questions, picked out of what the user types meanwhile. After xterm's ctlseqs (OSC 11) and
// the VT510 manual (DA1). Strict: what is no answer, to the last byte, was typed.
import type { Rgb } from '../color/color.ts'

/** The background color, then the primary device attributes, which every terminal answers. */
export const QUESTIONS: Uint8Array = new TextEncoder().encode('\x1b]11;?\x1b\\\x1b[c')

export interface ReplyReader {
  push(chunk: Uint8Array): void
  /** Whether the last question was answered. */
  done(): boolean
  background(): Rgb | undefined
  /** Everything else, in order, with what may be the beginning of an answer at its end. */
  typed(): Uint8Array
  /** A chunk without the whole answers in it, until the last question is answered; nothing is held back for its end. */
  strip(chunk: Uint8Array): Uint8Array
}

/** Longest answer that is waited for the end of. */
const longest = 256

const answers: readonly { readonly whole: RegExp; readonly begun: RegExp }[] = [
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
  { whole: /^\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)/, begun: /^\x1b(\](1(1(;[^\x07\x1b]*\x1b?)?)?)?)?$/ },
  { whole: /^\x1b\[\?[0-9;]*c/, begun: /^\x1b(\[(\?[0-9;]*)?)?$/ },
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
]

export const createReplyReader = (): ReplyReader => {
  let unread = ''
  let typed = ''
  let background: Rgb | undefined
  let done = false
  const read = () => {
    while (unread !== '') {
      const at = unread.indexOf('\x1b')
      typed += at < 0 ? unread : unread.slice(0, at)
      unread = at < 0 ? '' : unread.slice(at)
      const [color, attributes] = answers.map(({ whole }) => whole.exec(unread))
      if (color) background = colorOf(color[1] ?? '') ?? background
      if (attributes) done = true
      const answer = color ?? attributes
      if (answer) unread = unread.slice(answer[0].length)
      else if (unread.length < longest && answers.some(({ begun }) => begun.test(unread))) return
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
    typed: () => bytesOf(`${typed}${unread}`),
    strip: (chunk) => {
      if (done) return chunk
      let rest = ''
      let text = textOf(chunk)
      for (let at = text.indexOf('\x1b'); at >= 0 && !done; at = text.indexOf('\x1b')) {
        rest += text.slice(0, at)
        text = text.slice(at)
        const [color, attributes] = answers.map(({ whole }) => whole.exec(text)?.[0].length)
        if (attributes !== undefined) done = true
        if (color === undefined && attributes === undefined) rest += text.slice(0, 1)
        text = text.slice(color ?? attributes ?? 1)
      }
      return bytesOf(`${rest}${text}`)
    },
  }
}

/** One character a byte, and back: what was typed goes on as it came, whatever its encoding. */
const textOf = (chunk: Uint8Array): string => Buffer.from(chunk).toString('latin1')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** rgb:R/G/B and rgba:R/G/B/A with one to four digits each, or #rrggbb and its longer form (XParseColor(3)). */
const colorOf = (text: string): Rgb | undefined => {
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
