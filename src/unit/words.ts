// Words as unit files have them (systemd.syntax(7), "Quoting"): quotes may begin and end anywhere in a word, and escapes are
// those of C. Characters are bytes meanwhile: an escape may give half of a letter.

export interface Cut {
  /** What stands between two words; else blanks. */
  readonly separators?: string
  /** Quotes keep separators together, and go. */
  readonly unquote?: boolean
  /** What becomes of a backslash: it goes, and the next character is itself; it escapes as in C; it does so, and hides separators; it stays. */
  readonly escapes?: 'dropped' | 'c' | 'c-and-separators' | 'kept'
  /** Every separator ends a word, be it an empty one. */
  readonly each?: boolean
}

const blanks = ' \t\n\r'

/** The first word and, where a separator ended it, what follows; nothing where there is no word; undefined where the quoting is wrong. */
export const firstWord = (
  text: string,
  cut: Cut = {},
): { readonly word?: string; readonly rest?: string } | undefined => {
  const separators = cut.separators ?? blanks
  let at = 0
  if (!cut.each) while (at < text.length && separators.includes(text[at] ?? '')) at++
  if (at === text.length) return cut.each && text !== '' ? { word: '' } : {}
  let word = ''
  let quote = ''
  while (at < text.length) {
    const c = text[at] ?? ''
    if (c === '\\' && cut.escapes !== 'kept') {
      const one = escaped(text.slice(at + 1), cut.escapes ?? 'dropped', separators)
      if (!one) return undefined
      word += one.bytes
      at += 1 + one.length
    } else {
      at++
      if (quote !== '' && c === quote) quote = ''
      else if (quote === '' && cut.unquote && (c === '"' || c === "'")) quote = c
      else if (quote === '' && separators.includes(c)) {
        if (!cut.each) while (at < text.length && separators.includes(text[at] ?? '')) at++
        return at === text.length && !cut.each ? { word } : { word, rest: text.slice(at) }
      } else word += c
    }
  }
  return quote === '' ? { word } : undefined
}

const escaped = (
  text: string,
  way: Exclude<Cut['escapes'], 'kept' | undefined>,
  separators: string,
): { readonly bytes: string; readonly length: number } | undefined => {
  const [c = ''] = text
  if (c === '') return undefined
  if (way === 'dropped') return { bytes: c, length: 1 }
  const one = escapeAt(text)
  if (one && one.bytes !== '\0') return one
  return way === 'c-and-separators' && separators.includes(c) ? { bytes: c, length: 1 } : undefined
}

/** All words of a text; undefined where the quoting is wrong, or a word is not UTF-8. */
export const words = (text: string, cut: Cut = {}): readonly string[] | undefined => {
  const found: string[] = []
  for (let rest: string | undefined = toBytes(text); rest !== undefined; ) {
    const first = firstWord(rest, cut)
    if (!first) return undefined
    if (first.word === undefined) break
    const word = fromBytes(first.word)
    if (word === undefined) return undefined
    found.push(word)
    rest = first.rest
  }
  return found
}

/** A text with its C escapes undone, as bytes; undefined where one is none. */
export const unescaped = (text: string): Buffer | undefined => {
  let bytes = ''
  const from = toBytes(text)
  for (let at = 0; at < from.length; ) {
    if (from[at] !== '\\') {
      bytes += from[at++]
      continue
    }
    const one = escapeAt(from.slice(at + 1))
    if (!one) return undefined
    bytes += one.bytes
    at += 1 + one.length
  }
  return Buffer.from(bytes, 'latin1')
}

const letters: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', '"': '"', "'": "'", s: ' ' },
}

/** What stands behind a backslash, by C. */
const escapeAt = (text: string): { readonly bytes: string; readonly length: number } | undefined => {
  const letter = letters[text[0] ?? '']
  if (letter !== undefined) return { bytes: letter, length: 1 }
  const [whole, byte, letter4, letter8, octal] =
    /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/.exec(text) ?? []
  if (whole === undefined) return undefined
  const code =
    octal === undefined ? Number.parseInt(byte ?? letter4 ?? letter8 ?? '', 16) : Number.parseInt(octal, 8)
  if (octal !== undefined || byte !== undefined)
    return code > 0xff ? undefined : { bytes: String.fromCharCode(code), length: whole.length }
  const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isLetter ? { bytes: toBytes(String.fromCodePoint(code)), length: whole.length } : undefined
}

/** One character a byte. */
export const toBytes = (text: string): string => Buffer.from(text).toString('latin1')

export const fromBytes = (bytes: string): string | undefined => {
  const buffer = Buffer.from(bytes, 'latin1')
  const text = buffer.toString()
  return Buffer.from(text).equals(buffer) ? text : undefined
}
