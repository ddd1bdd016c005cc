// Color measured a second time, without culori: what the tests of this room judge by. After Ottosson's "A perceptual color
// space for image processing" (OKLab), and WCAG 2 (relative luminance, contrast).
import type { Rgb } from '../../src/color/color.ts'

/** Of each byte, for it is asked for millions of times. */
const linears: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  const c = byte / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
})
const linear = (byte: number): number => linears[byte] ?? Number.NaN

/** Lightness, green to red, blue to yellow. */
export const oklab = (rgb: Rgb): readonly [l: number, a: number, b: number] => {
  const [r, g, b] = [linear(rgb.r), linear(rgb.g), linear(rgb.b)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** How far two colors are from each other; lightness counts by `weight`. Below 0.02 they cannot be told apart. */
export const difference = (one: Rgb, other: Rgb, weight = 1): number => {
  const [a, b] = [oklab(one), oklab(other)]
  return Math.hypot((a[0] - b[0]) * weight, a[1] - b[1], a[2] - b[2])
}

/** Degrees: about 29 for red, 70 for orange, 110 for yellow. */
export const hue = (rgb: Rgb): number => {
  const [, a, b] = oklab(rgb)
  return ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
}

const luminance = ({ r, g, b }: Rgb): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)

/** From 1 to 21. */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

export const gray = (value: number): Rgb => ({ r: value, g: value, b: value })

/** #rrggbb. */
export const hex = (text: string): Rgb => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
  return { r, g, b }
}

export const shown = ({ r, g, b }: Rgb): string =>
  `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
