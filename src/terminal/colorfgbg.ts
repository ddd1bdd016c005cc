// COLORFGBG, by which rxvt (and after it Konsole, and others) tells programs its colors: "fg;bg", or "fg;default;bg" where it was
// built with a background picture; entries 0–15 of its palette, or "default" (rxvt(1), "ENVIRONMENT"; src/init.C of rxvt-unicode).
// It is what the terminal was started with, and may be that of another one, outside.
import type { Rgb } from '../color/color.ts'
import { paletteColor } from '../color/reduce.ts'

export interface Told {
  readonly foreground: Rgb | undefined
  readonly background: Rgb | undefined
}

/** What it says, as xterm's palette has these entries; what it does not say is undefined. */
export const colorsTold = (text: string | undefined): Told => {
  const parts = text?.split(';') ?? []
  if (parts.length < 2 || parts.length > 3) return { foreground: undefined, background: undefined }
  return { foreground: entry(parts[0]), background: entry(parts.at(-1)) }
}

const entry = (digits = ''): Rgb | undefined =>
  /^(\d|1[0-5])$/.test(digits) ? paletteColor(Number(digits)) : undefined
