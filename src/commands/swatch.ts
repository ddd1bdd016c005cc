// Text in columns, with patches of color where the terminal has them: what tint0ctl themes prints. Pure.
import { show } from '../errors.ts'

/** A piece of a line; `sgr`: parameters that it is drawn with. */
export interface Piece {
  readonly text: string
  readonly sgr?: string | undefined
}

/** `text` comes from us or was shown already; where there are no colors it stands alone. */
const drawn = ({ text, sgr }: Piece, colored: boolean): string =>
  colored && sgr ? `\x1b[${sgr}m${text}\x1b[0m` : text

/** Rows of pieces, each column as wide as its widest; the last is as long as it is. */
export const columns = (rows: readonly (readonly Piece[])[], colored: boolean): string => {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, lengthOf(text))
  return rows
    .map((row) =>
      row
        .map((piece, at) => {
          const space = ' '.repeat(at === row.length - 1 ? 0 : (widths[at] ?? 0) - lengthOf(piece.text))
          return drawn(piece, colored) + space
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

const lengthOf = (text: string): number => [...text].length

/** Text from a file. */
export const outside = (text: string): Piece => ({ text: show(text) })
