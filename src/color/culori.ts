// The part of culori that tint0 uses, and the way between its colors (channels from 0 to 1) and ours. Its own definitions of the
// color spaces bring parsers and all names of CSS along; these bring what is computed with.
import {
  convertLabToLch,
  convertLchToLab,
  convertLrgbToOklab,
  convertLrgbToRgb,
  convertOklabToLrgb,
  convertOklabToRgb,
  convertRgbToLrgb,
  convertRgbToOklab,
  differenceEuclidean,
  differenceHueChroma,
  fixupHueShorter,
  interpolate,
  interpolatorLinear,
  toGamut,
  useMode,
  wcagLuminance,
} from 'culori/fn'
import type { Rgb } from './color.ts'

type Definition = Parameters<typeof useMode>[0]
type Lch = Parameters<typeof convertLchToLab>[0]
type Lab = Parameters<typeof convertOklabToRgb>[0]

/** Its types know no second parameter, which names the space. */
const toOklab = convertLchToLab as (color: Lch, mode: 'oklab') => Lab
const toOklch = convertLabToLch as (color: Lab, mode: 'oklch') => Oklch

const alpha = { use: interpolatorLinear }
const spaces: readonly unknown[] = [
  {
    mode: 'rgb',
    channels: ['r', 'g', 'b', 'alpha'],
    interpolate: { r: interpolatorLinear, g: interpolatorLinear, b: interpolatorLinear, alpha },
    gamut: true,
    white: { r: 1, g: 1, b: 1 },
    black: { r: 0, g: 0, b: 0 },
  },
  {
    mode: 'lrgb',
    channels: ['r', 'g', 'b', 'alpha'],
    toMode: { rgb: convertLrgbToRgb },
    fromMode: { rgb: convertRgbToLrgb },
    interpolate: { r: interpolatorLinear, g: interpolatorLinear, b: interpolatorLinear, alpha },
  },
  {
    mode: 'oklab',
    channels: ['l', 'a', 'b', 'alpha'],
    toMode: { rgb: convertOklabToRgb, lrgb: convertOklabToLrgb },
    fromMode: { rgb: convertRgbToOklab, lrgb: convertLrgbToOklab },
    interpolate: { l: interpolatorLinear, a: interpolatorLinear, b: interpolatorLinear, alpha },
  },
  {
    mode: 'oklch',
    channels: ['l', 'c', 'h', 'alpha'],
    ranges: { l: [0, 1], c: [0, 0.4], h: [0, 360] },
    toMode: {
      oklab: (color: Lch) => toOklab(color, 'oklab'),
      rgb: (color: Lch) => convertOklabToRgb(toOklab(color, 'oklab')),
    },
    fromMode: {
      oklab: (color: Lab) => toOklch(color, 'oklch'),
      rgb: (color: Parameters<typeof convertRgbToOklab>[0]) => toOklch(convertRgbToOklab(color), 'oklch'),
    },
    interpolate: {
      l: interpolatorLinear,
      c: interpolatorLinear,
      h: { use: interpolatorLinear, fixup: fixupHueShorter },
      alpha,
    },
    difference: { h: differenceHueChroma },
  },
]
for (const space of spaces) useMode(space as Definition)

const intoGamut = toGamut('rgb', 'oklch')

interface Oklch {
  /** Lightness 0–1, chroma 0–0.4, hue in degrees. */
  readonly l: number
  readonly c: number
  readonly h: number
}

interface Oklab {
  readonly mode: 'oklab'
  /** Lightness 0–1, green to red, blue to yellow. */
  readonly l: number
  readonly a: number
  readonly b: number
}

const fromUs = ({ r, g, b }: Rgb) => ({ mode: 'rgb' as const, r: r / 255, g: g / 255, b: b / 255 })

export const byte = (channel: number): number => Math.max(0, Math.min(255, Math.round(channel * 255)))

export const oklch = (rgb: Rgb): Oklch => {
  const { l, c, h } = toOklch(convertRgbToOklab(fromUs(rgb)), 'oklch')
  return { l, c, h: h ?? 0 }
}

/** The nearest color that a screen can show. */
export const fromOklch = (color: Oklch): Rgb => {
  const { r, g, b } = intoGamut({ mode: 'oklch', ...color })
  return { r: byte(r), g: byte(g), b: byte(b) }
}

/** So much (0–1) of the one over the other, mixed in OKLab. */
export const mixed = (over: Rgb, under: Rgb, share: number): Rgb => {
  const { r, g, b } = convertOklabToRgb(interpolate([fromUs(under), fromUs(over)], 'oklab')(share))
  return { r: byte(r), g: byte(g), b: byte(b) }
}

const distance = differenceEuclidean('oklab')

/** A color with what is asked of it most. */
export interface Measured {
  readonly rgb: Rgb
  readonly lab: Oklab
  /** The relative luminance of WCAG 2: from 0 to 1. */
  readonly luminance: number
}

export const measured = (rgb: Rgb): Measured => {
  const color = fromUs(rgb)
  return { rgb, lab: convertRgbToOklab(color), luminance: wcagLuminance(color) }
}

/** The contrast of two colors after WCAG 2: from 1 to 21. */
export const contrast = (one: Measured, other: Measured): number =>
  (Math.max(one.luminance, other.luminance) + 0.05) / (Math.min(one.luminance, other.luminance) + 0.05)

/** How far two colors are from each other in OKLab: below 0.02 they can hardly be told apart. */
export const difference = (one: Measured, other: Measured): number => distance(one.lab, other.lab)
