// A color as SGR parameters that the terminal understands: 24 bits, or the nearest of its 256, or of 16, or none. After xterm's
// ctlseqs (SGR 48;2, 48;5, 40–47, 100–107); near is measured in OKLab.
import type { Rgb } from './color.ts'
import { type Measured, measured } from './culori.ts'
import { isReadable, isSeen, type Terms } from './promise.ts'

/** Bits of color. */
export type Depth = 24 | 8 | 4 | 0

/**
 * The parameters; undefined where the terminal has no color for it. With terms, the nearest that keeps them: exception
 * "too coarse", no tint, where none of them does.
 */
export const sgrBackground = (rgb: Rgb, depth: Depth, terms?: Terms): string | undefined => {
  switch (depth) {
    case 24:
      return `48;2;${rgb.r};${rgb.g};${rgb.b}`
    case 8:
    case 4:
      return sgrOfEntry(nearest(rgb, depth, terms), depth)
    case 0:
      return undefined
  }
}

/** An entry of the palette as parameters; one of more than 16 is the nearest of those where there are no more. */
export const sgrOfEntry = (entry: number | undefined, depth: Depth): string | undefined => {
  if (entry === undefined || depth === 0) return undefined
  if (depth >= 8) return `48;5;${entry}`
  if (entry < 16) return String(entry < 8 ? 40 + entry : 100 + entry - 8)
  return sgrBackground(paletteColor(entry), depth)
}

/** The color that SGR parameters set as background, as far as all terminals agree about it: the first 16 are the user's own. */
export const rgbOfSgr = (parameters: string): Rgb | undefined => {
  const given = parameters.split(';').map(Number)
  let found: Rgb | undefined
  for (let i = 0; i < given.length; i++) {
    const value = given[i] ?? 0
    if (value !== 38 && value !== 48) {
      if ((value >= 40 && value <= 49) || value >= 100 || value === 0) found = undefined
      continue
    }
    const [form, a = 0, g = 0, b = 0] = given.slice(i + 1)
    if (value === 48) found = form === 2 ? { r: a, g, b } : a >= 16 && a < 256 ? paletteColor(a) : undefined
    i += form === 2 ? 4 : 2
  }
  return found
}

/** As #rrggbb. */
export const hexOf = ({ r, g, b }: Rgb): string =>
  `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`

const steps = [0, 95, 135, 175, 215, 255] as const

/**
 * The first 16 as xterm has them (XTerm-col.ad: black, red3, green3, yellow3, blue2, magenta3, cyan3, gray90; gray50, red,
 * green, yellow, rgb:5c/5c/ff, magenta, cyan, white). The user may have chosen others: it is an assumption.
 */
const first: readonly number[] = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000,
  0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
]

/** The color of an entry: 16 that are the user's own, a cube of 6×6×6, then 24 grays (256colres.pl). */
export const paletteColor = (entry: number): Rgb => {
  const value = first[entry]
  if (value !== undefined) return { r: value >> 16, g: (value >> 8) & 255, b: value & 255 }
  if (entry >= 232) {
    const gray = 8 + (entry - 232) * 10
    return { r: gray, g: gray, b: gray }
  }
  const [r, g, b] = [36, 6, 1].map((weight) => steps[Math.floor((entry - 16) / weight) % 6] ?? 0)
  return { r: r ?? 0, g: g ?? 0, b: b ?? 0 }
}

/** The palette, measured when it is first needed. */
const entries: Measured[] = []
const paletteOf = (depth: 8 | 4): readonly Measured[] => {
  for (let entry = entries.length; entry < 256; entry++) entries.push(measured(paletteColor(entry)))
  return depth === 8 ? entries : entries.slice(0, 16)
}

/** Hue counts more than lightness: a dark red must not become the nearest gray. Of 256, the user's own 16 are never taken. */
const nearest = (rgb: Rgb, depth: 8 | 4, terms: Terms | undefined): number | undefined => {
  const wanted = measured(rgb).lab
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  const palette = paletteOf(depth)
  for (let entry = depth === 8 ? 16 : 0; entry < palette.length; entry++) {
    const color = palette[entry]
    if (!color) continue
    const { l, a, b } = color.lab
    const distance = ((l - wanted.l) / 2) ** 2 + (a - wanted.a) ** 2 + (b - wanted.b) ** 2
    if (distance >= least || (terms && !(isReadable(color, terms) && isSeen(color, terms)))) continue
    least = distance
    best = entry
  }
  return best
}
