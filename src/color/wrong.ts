// Where a text goes wrong, and the words for it. What is quoted is cut short and made visible, whoever prints it.
import { show } from '../errors.ts'

export interface Wrong {
  /** Where the part at fault begins, in characters of the text. */
  readonly at: number
  readonly part: string
  /** Why, as a sentence about the part. */
  readonly why: string
  /** The way out, if the examples are not it. */
  readonly hint?: string
}

/** Of a text that was understood, or not. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly wrong: Wrong }

export const right = <T>(value: T): Read<T> => ({ ok: true, value })

export const wrong = (at: number, part: string, why: string, hint?: string): Read<never> => ({
  ok: false,
  wrong: hint === undefined ? { at, part, why } : { at, part, why, hint },
})

/** Longest quotation, as it is shown. */
const longest = 36

export const quoted = (text: string): string => {
  let shown = ''
  for (const letter of text.slice(0, longest + 1)) {
    const more = shown + show(letter)
    if (more.length > longest) return `'${shown}'…`
    shown = more
  }
  return `'${shown}'`
}

/** Names the place, but where it is the whole text. */
export const problemOf = (text: string, { at, part, why }: Wrong): string => {
  if (part === text) return `${quoted(text)} ${why}`
  return part === ''
    ? `${quoted(text)} goes wrong at its end: ${why}`
    : `${quoted(text)} goes wrong at character ${[...text.slice(0, at)].length + 1}: ${quoted(part)} ${why}`
}
