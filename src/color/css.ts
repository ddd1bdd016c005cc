// What of culori only the ways to write a color need: the names of CSS and its functions (CSS Color 4). Never imported but by
// what is loaded late: the names alone are as long as all the rest of it.
import { colorsNamed, modeHsl, modeOklch, modeRgb, parse, parseHex, useMode } from 'culori/fn'
import type { Rgb } from './color.ts'
import { byte, fromOklch, oklch } from './culori.ts'

const toRgb = useMode(modeRgb)
const toHsl = useMode(modeHsl)
useMode(modeOklch)

const ofCulori = ({ r, g, b }: { readonly r?: number; readonly g?: number; readonly b?: number }): Rgb => ({
  r: byte(r ?? 0),
  g: byte(g ?? 0),
  b: byte(b ?? 0),
})

/** Half a step of a channel. */
const rounding = 1 / 510

/** A function of CSS in its modern form; a color that no screen can show is the nearest one. */
export const parsedFunction = (text: string): Rgb | undefined => {
  const color = parse(text)
  if (!color) return undefined
  const rgb = toRgb(color)
  // What a rounding has put outside is no other color.
  const isShown = [rgb.r, rgb.g, rgb.b].every((channel) => channel > -rounding && channel < 1 + rounding)
  return color.mode === 'oklch' && !isShown
    ? fromOklch({ l: color.l ?? 0, c: color.c ?? 0, h: color.h ?? 0 })
    : ofCulori(rgb)
}

/** #rgb or #rrggbb. */
export const parsedHex = (text: string): Rgb | undefined => {
  const color = parseHex(text)
  return color && ofCulori(color)
}

/** The colors that CSS has names for. */
export const names: readonly string[] = Object.keys(colorsNamed)

const values: ReadonlyMap<string, number> = new Map(Object.entries(colorsNamed))

export const named = (name: string): Rgb | undefined => {
  const value = values.get(name)
  return value === undefined ? undefined : { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 }
}

/** Without the zeros at the end. */
const short = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

export const hslOf = ({ r, g, b }: Rgb): string => {
  const { h = 0, s, l } = toHsl({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 })
  return `hsl(${short(h, 4)} ${short(s * 100, 4)}% ${short(l * 100, 4)}%)`
}

export const oklchOf = (rgb: Rgb): string => {
  const { l, c, h } = oklch(rgb)
  return `oklch(${short(l * 100, 4)}% ${short(c, 6)} ${short(h, 4)})`
}
