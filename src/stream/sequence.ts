// The control functions that a program may write, as far as anything here acts on them. After ECMA-48, the VT510 manual and
// xterm's ctlseqs. SGR has no row: it is too frequent for an object each, and is read from the bytes in sgr.ts.

export interface ControlFunction {
  /**
   * Kind and purpose, without the parameters: prefix, intermediates and final byte of a CSI (`?h`, `!p`, `H`), `ESC 8`, `OSC 4`;
   * of other strings as much as tells what they are (`DCS $q`, `DCS tmux;`, `APC G`).
   */
  readonly name: string
  /** Of a CSI as written, with ; and : in it; of an OSC what stands behind the number, perhaps cut short. */
  readonly parameters: string
}

/** The numbers in a CSI's parameters; an empty one is 0. Sub-parameters are left out. */
export const numbers = (parameters: string): readonly number[] =>
  parameters === '' ? [] : parameters.split(';').map((text) => Number.parseInt(text, 10) || 0)

/** No terminal has more colors in its palette. */
const highestColor = 299

/** The pairs of entry and color that OSC 4 and 5 come with. */
export const colorEntries = (text: string): readonly (readonly [entry: string, value: string])[] => {
  const parts = text.split(';')
  return parts.flatMap((entry, i) =>
    i % 2 === 0 && /^\d+$/.test(entry) && Number(entry) <= highestColor && parts[i + 1] !== undefined
      ? [[`${Number(entry)}`, parts[i + 1] ?? ''] as const]
      : [],
  )
}

/** The dynamic colors that an OSC from 10 to 19 names: each further value is that of the next, so OSC 10 may set 11, too. */
export const dynamicColors = (
  first: number,
  text: string,
): readonly (readonly [number: number, value: string])[] =>
  text.split(';').flatMap((value, i) => (value === '' || first + i > 19 ? [] : [[first + i, value] as const]))

/** How many bytes of an unfinished function wait for its end. */
export const bound = 4096

export const ESC = 0x1b
export const BEL = 0x07
export const CAN = 0x18
export const SUB = 0x1a

export const isIntermediate = (byte = 0): boolean => byte >= 0x20 && byte <= 0x2f

/** C0 inside a function executes, and DEL is ignored: it goes on behind either. */
export const isPassedOver = (byte = 0): boolean =>
  byte === 0x7f || (byte < 0x20 && byte !== ESC && byte !== CAN && byte !== SUB)

export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8')

export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

/** Text of bytes; what is no UTF-8 becomes U+FFFD. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Text of bytes that are known to be ASCII. */
export const asciiOf = (bytes: Uint8Array, from: number, to: number): string => {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] ?? 0)
  return text
}

/** `a`, then `b`; the one itself where the other is empty. */
export const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
