// What a tint that we mix promises: text of the terminal's own color is readable on it (WCAG 2, 4.5:1), and it is seen to be
// another color than the background. A color that the user chose promises nothing, and is never corrected.
import type { Rgb } from './color.ts'
import { contrast, difference, type Measured, measured } from './culori.ts'

/** The terminal's own colors. */
export interface Own {
  readonly background: Rgb
  /** That of the default foreground; undefined where it is not known. */
  readonly text: Rgb | undefined
}

/** 4.5 is WCAG 2's for text (1.4.3). Two areas with 0.03 between them in OKLab are told apart; below 0.02 they hardly are. */
export const promised = { contrast: 4.5, difference: 0.03 } as const

/** What dark and light terminals usually have. */
export const usual = {
  dark: { background: { r: 0, g: 0, b: 0 }, text: { r: 0xd0, g: 0xd0, b: 0xd0 } },
  light: { background: { r: 0xff, g: 0xff, b: 0xff }, text: { r: 0x20, g: 0x20, b: 0x20 } },
} as const satisfies Readonly<Record<string, Own>>

/** Taken for the text where the terminal's own is not known: of these the one that is read better. */
const assumedText = [usual.dark.text, usual.light.text].map(measured)

/** What a color must keep to, on this terminal. */
export interface Terms {
  readonly background: Measured
  readonly text: Measured
  /** The least of each. */
  readonly contrast: number
  readonly difference: number
}

/** Exception "faint pair": where the terminal's own text is read worse than that, it is to be read no worse on the tint. */
export const termsOn = ({ background, text }: Own): Terms => {
  const ground = measured(background)
  const [light, dark] = assumedText
  const written =
    (text && measured(text)) ??
    (light && dark && contrast(ground, light) < contrast(ground, dark) ? dark : light) ??
    ground
  return {
    background: ground,
    text: written,
    contrast: Math.min(promised.contrast, contrast(ground, written)),
    difference: promised.difference,
  }
}

/** What `color` itself keeps of it: no more is asked of the one that stands for it. */
export const keptBy = (color: Rgb, terms: Terms): Terms => {
  const own = measured(color)
  return {
    ...terms,
    contrast: Math.min(terms.contrast, contrast(own, terms.text)),
    difference: Math.min(terms.difference, difference(own, terms.background)),
  }
}

export const isReadable = (color: Measured, terms: Terms): boolean =>
  contrast(color, terms.text) >= terms.contrast

export const isSeen = (color: Measured, terms: Terms, least = terms.difference): boolean =>
  difference(color, terms.background) >= least
