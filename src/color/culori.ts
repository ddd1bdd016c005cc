// The part of culori that tint0 uses, and the way between its colors (channels from 0 to 1) and ours.
import {
  colorsNamed,
  differenceEuclidean,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeRgb,
  parseHex,
  toGamut,
  useMode,
  wcagContrast,
} from 'culori/fn'
import type { Rgb } from './color.ts'

useMode(modeRgb)
useMode(modeLrgb)
const toOklab = useMode(modeOklab)
const toOklch = useMode(modeOklch)
const intoGamut = toGamut('rgb', 'oklch')

interface Oklch {
  /** Lightness 0–1, chroma 0–0.4, hue in degrees. */
  readonly l: number
  readonly c: number
  readonly h: number
}

const fromUs = ({ r, g, b }: Rgb) => ({ mode: 'rgb' as const, r: r / 255, g: g / 255, b: b / 255 })

const byte = (channel: number): number => Math.max(0, Math.min(255, Math.round(channel * 255)))

export const oklch = (rgb: Rgb): Oklch => {
  const { l, c, h } = toOklch(fromUs(rgb))
  return { l, c, h: h ?? 0 }
}

/** The nearest color that a screen can show. */
export const fromOklch = (color: Oklch): Rgb => {
  const { r, g, b } = intoGamut({ mode: 'oklch', ...color })
  return { r: byte(r), g: byte(g), b: byte(b) }
}

export const oklab = (rgb: Rgb): { readonly l: number; readonly a: number; readonly b: number } =>
  toOklab(fromUs(rgb))

/** The contrast of two colors after WCAG 2: from 1 to 21. */
export const contrast = (one: Rgb, other: Rgb): number => wcagContrast(fromUs(one), fromUs(other))

const distance = differenceEuclidean('oklab')

/** How far two colors are from each other in OKLab: below 0.02 they can hardly be told apart. */
export const difference = (one: Rgb, other: Rgb): number => distance(fromUs(one), fromUs(other))

/** #rgb or #rrggbb. */
export const parsedHex = (text: string): Rgb | undefined => {
  const color = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text) ? parseHex(text) : undefined
  return color && { r: byte(color.r), g: byte(color.g), b: byte(color.b) }
}

/** The colors that CSS has names for. */
export const named: Readonly<Record<string, Rgb>> = Object.fromEntries(
  Object.entries(colorsNamed).map(([name, value]) => [
    name,
    { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 },
  ]),
)
