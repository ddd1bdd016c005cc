// What a tint promises, judged without the code that makes it; and the terminals that it is judged on. For whatever makes tints:
// the default, hues, and themes.

import type { Rgb } from '../../src/color/color.ts'
import { type Depth, paletteColor } from '../../src/color/reduce.ts'
import { contrast, difference, gray, hue as hueOf, shown } from './judge.ts'

/** WCAG 2 (1.4.3) for text; and how far, in OKLab, two areas are told apart. */
export const least = { contrast: 4.5, difference: 0.03 } as const

/** For sums that come out differently in the last places. */
const nothing = 1e-6

export interface Colors {
  readonly background: Rgb
  readonly text: Rgb
}

/**
 * kept: what is promised. faint pair: the terminal's own text is not readable, and no worse on the tint. no room: no color of
 * its hue near the background is both readable and seen; it is seen, and read by nine tenths of what is promised. too coarse: no tint, for no color of so few is. broken: the promise.
 */
export type Verdict = 'kept' | 'faint pair' | 'no room' | 'too coarse' | 'broken'

/** What text is read by on this terminal: WCAG's contrast, or that of the terminal's own colors where it is less. */
const needed = ({ background, text }: Colors): number => Math.min(least.contrast, contrast(background, text))

const isKept = (tint: Rgb, colors: Colors): boolean =>
  contrast(tint, colors.text) >= needed(colors) - nothing &&
  difference(tint, colors.background) >= least.difference - nothing

/** With 24 bits, or with those of the palette that a depth has. A tint that is undefined is none. */
export const holds = (tint: Rgb | undefined, colors: Colors, depth: Depth = 24): Verdict => {
  if (tint === undefined)
    return depth !== 24 && !paletteOf(depth).some((color) => isKept(color, colors)) ? 'too coarse' : 'broken'
  if (isKept(tint, colors)) return needed(colors) < least.contrast ? 'faint pair' : 'kept'
  // Seen it must be; and there must be no other.
  const isSeen = difference(tint, colors.background) >= least.difference - nothing
  const isNear = contrast(tint, colors.text) >= needed(colors) * 0.9
  return depth === 24 && isSeen && isNear && !hasRoom(colors, tint) ? 'no room' : 'broken'
}

const paletteOf = (depth: 8 | 4 | 0): readonly Rgb[] => palettes[depth]
const palettes: Readonly<Record<8 | 4 | 0, readonly Rgb[]>> = {
  8: Array.from({ length: 240 }, (_, i) => paletteColor(i + 16)),
  4: Array.from({ length: 16 }, (_, i) => paletteColor(i)),
  0: [],
}

/**
 * Whether any color of the tint's hue near the background keeps the promise, and not only just. In such a corner the text is
 * read on what lies there only if it is near.
 */
const hasRoom = (colors: Colors, tint: Rgb): boolean => {
  const wanted = hueOf(tint)
  const around = (value: number) => steps.map((by) => value + by).filter((one) => one >= 0 && one <= 255)
  const { background, text } = colors
  for (const r of around(background.r))
    for (const g of around(background.g))
      for (const b of around(background.b)) {
        const color = { r, g, b }
        if (contrast(color, text) < needed(colors) * 1.02) continue
        const turned = Math.abs(((hueOf(color) - wanted + 540) % 360) - 180)
        if (turned <= 3 && difference(color, background) >= least.difference * 1.15) return true
      }
  return false
}

const steps = Array.from({ length: 33 }, (_, i) => (i - 16) * 5)

/** The color that parameters of ours set, the first 16 as xterm has them. */
export const colorOf = (parameters: string | undefined): Rgb | undefined => {
  const [selector, form, ...values] = (parameters ?? '').split(';').map(Number)
  if (parameters === undefined || selector === undefined) return undefined
  if (selector !== 48) return paletteColor(selector >= 100 ? selector - 92 : selector - 40)
  const [r = 0, g = 0, b = 0] = values
  return form === 5 ? paletteColor(r) : { r, g, b }
}

/** Text where the terminal's own is not known: the one of the two that is read better. */
export const usualText = (background: Rgb): Rgb =>
  contrast(background, gray(0xd0)) >= contrast(background, gray(0x20)) ? gray(0xd0) : gray(0x20)

/** Numbers from 0 to 1, the same from the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Terminals by chance: any color, and as many near black and near white, where real ones are. `text` is undefined where the
 * terminal does not tell; else it is any color, or such as is readable.
 */
export function* terminals(
  count: number,
  seed: number,
): Generator<{ readonly background: Rgb; readonly text: Rgb | undefined }> {
  const random = seeded(seed)
  const channel = (from: number, to: number) => Math.floor(from + random() * (to - from + 1))
  const color = (from: number, to: number): Rgb => ({
    r: channel(from, to),
    g: channel(from, to),
    b: channel(from, to),
  })
  for (let i = 0; i < count; i++) {
    const where = random()
    const background = where < 0.4 ? color(0, 255) : where < 0.7 ? color(0, 64) : color(208, 255)
    const telling = random()
    if (telling < 0.5) yield { background, text: undefined }
    else if (telling < 0.7) yield { background, text: color(0, 255) }
    else {
      let text = color(0, 255)
      for (let tries = 0; contrast(text, background) < least.contrast && tries < 20; tries++)
        text = color(0, 255)
      yield { background, text }
    }
  }
}

export const told = ({ background, text }: Colors, tint: Rgb | undefined): string =>
  `${shown(text)} on ${tint ? shown(tint) : 'no tint'} for ${shown(background)}`
