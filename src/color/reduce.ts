// A color as SGR parameters that the terminal understands: 24 bits, or the nearest of its 256, or none. After xterm's
// ctlseqs (48;2 and 48;5); near is measured in OKLab. The first 16 are the user's own and never used.
import type { Rgb } from './color.ts'
import { oklab } from './culori.ts'

/** Bits of color. */
export type Depth = 24 | 8 | 4 | 0

/** The parameters, or undefined where a tint would be too coarse: 16 colors know no dark red. */
export const sgrBackground = (rgb: Rgb, depth: Depth): string | undefined => {
  switch (depth) {
    case 24:
      return `48;2;${rgb.r};${rgb.g};${rgb.b}`
    case 8:
      return `48;5;${nearest(rgb)}`
    case 4:
    case 0:
      return undefined
  }
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

/** The color of an entry from 16 to 255: a cube of 6×6×6, then 24 grays. */
export const paletteColor = (entry: number): Rgb => {
  if (entry >= 232) {
    const gray = 8 + (entry - 232) * 10
    return { r: gray, g: gray, b: gray }
  }
  const [r, g, b] = [36, 6, 1].map((weight) => steps[Math.floor((entry - 16) / weight) % 6] ?? 0)
  return { r: r ?? 0, g: g ?? 0, b: b ?? 0 }
}

/** Hue counts more than lightness: a dark red must not become the nearest gray. */
const nearest = (rgb: Rgb): number => {
  const wanted = oklab(rgb)
  let best = 16
  let least = Number.POSITIVE_INFINITY
  for (let entry = 16; entry < 256; entry++) {
    const { l, a, b } = oklab(paletteColor(entry))
    const distance = ((l - wanted.l) / 2) ** 2 + (a - wanted.a) ** 2 + (b - wanted.b) ** 2
    if (distance < least) {
      least = distance
      best = entry
    }
  }
  return best
}
