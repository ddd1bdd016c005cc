// The color of a tint. The default and `hue:` are the terminal's own background, moved a little towards a color in OKLCH, so
// that its lightness stays near and what was readable stays so; see promise.ts.
import type { Background, Rgb, Role } from './color.ts'
import { contrast, difference, fromOklch, measured, mixed, oklch } from './culori.ts'
import { type Own, termsOn } from './promise.ts'
import { paletteColor, rgbOfSgr } from './reduce.ts'

/**
 * What a tint warns of, in degrees of OKLCH: root's is red, another user's amber. More rights for oneself are violet, which
 * also those tell from both who take red and amber (or green) for one.
 */
const hues: Readonly<Record<Role, number>> = { root: 22, user: 75, empower: 295 }

/** Whether light text is read on it. */
export const isDark = (background: Rgb): boolean => oklch(background).l < 0.6

/** The color that is asked for, on this terminal; undefined: none, or one that only the terminal knows. */
export const tintOf = (asked: Background, background: Rgb, role: Role, text?: Rgb): Rgb | undefined => {
  switch (asked.kind) {
    case 'auto':
      return defaultTint(background, role, text)
    case 'hue':
      return tintTowards(asked.hue, { background, text })
    case 'mix':
      return mixed(asked.rgb, background, asked.share)
    case 'rgb':
      return asked.rgb
    case 'sgr':
      return rgbOfSgr(asked.parameters)
    case 'palette':
      return asked.entry < 16 ? undefined : paletteColor(asked.entry)
    // What it stands for is asked for instead, once it is read.
    case 'theme':
    case 'none':
      return undefined
  }
}

export const defaultTint = (background: Rgb, role: Role, text?: Rgb): Rgb =>
  tintTowards(hues[role], { background, text })

/** A tint is looked for at steps of lightness, no farther from the background than this: the screen must not flash. */
const step = 0.01
const farthest = 0.35

/** Seen at a glance: what is aimed at, for the promise is less. */
const clear = 0.055

/** The tint of this hue for a background, that keeps the promise. */
const tintTowards = (hue: number, own: Own): Rgb => {
  const terms = termsOn(own)
  const { lab, luminance } = terms.background
  const dark = terms.text.luminance === luminance ? lab.l < 0.6 : terms.text.luminance > luminance
  // A dark one is lifted a little, or black would stay black; a light one is dimmed a little, or it could take no color.
  const wanted = dark
    ? { l: Math.max(0.245, Math.min(lab.l + 0.03, 0.36)), c: 0.075 }
    : { l: Math.min(lab.l - 0.03, 0.925), c: 0.05 }
  const away = dark ? -step : step
  let readable: Found | undefined
  let seen: Found | undefined
  for (const strength of strengths) {
    for (const steps of order) {
      const l = wanted.l - away * steps
      if (l < 0 || l > 1 || Math.abs(l - lab.l) > farthest) continue
      const tint = measured(fromOklch({ l, c: wanted.c * strength, h: hue }))
      const found = {
        rgb: tint.rgb,
        far: difference(tint, terms.background),
        contrast: contrast(tint, terms.text),
      }
      if (found.contrast >= terms.contrast) {
        if (found.far >= clear) return found.rgb
        if (!readable || found.far > readable.far) readable = found
      } else if (found.far >= terms.difference && (!seen || found.contrast > seen.contrast)) seen = found
    }
    if (readable && readable.far >= terms.difference) return readable.rgb
  }
  // Exception "no room": between such a background and its text there is none that is both read as well and seen. It is seen.
  return (seen ?? readable ?? terms.background).rgb
}

/** First towards the text, in case the background has the hue itself; then away from it, until the text can be read. */
const order: readonly number[] = [
  ...Array.from({ length: 10 }, (_, i) => i),
  ...Array.from({ length: 60 }, (_, i) => -i - 1),
  ...Array.from({ length: 50 }, (_, i) => i + 10),
]

/** Near white and black there is more room where it is paler. */
const strengths: readonly number[] = [1, 0.8, 0.6, 0.45, 0.3, 1.4]

interface Found {
  readonly rgb: Rgb
  readonly far: number
  readonly contrast: number
}
