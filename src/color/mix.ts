// The default tint: the terminal's own background, moved a little towards a warning color in OKLCH, so that its lightness
// stays near and what was readable stays so (WCAG 2, 4.5:1).
import type { Background, Rgb, Role } from './color.ts'
import { contrast, difference, fromOklch, oklch } from './culori.ts'
import { paletteColor, rgbOfSgr } from './reduce.ts'

/** What a tint warns of: root's is red, another user's amber. Hue in degrees of OKLCH. */
const hues: Readonly<Record<Role, number>> = { root: 22, user: 75, empower: 50 }

/** Taken for the text where the terminal's own is not known. */
const assumedText = { onDark: { r: 0xd0, g: 0xd0, b: 0xd0 }, onLight: { r: 0x20, g: 0x20, b: 0x20 } } as const

/** WCAG 2's for text, and what can be told from the background at a glance. */
const enough = { contrast: 4.5, difference: 0.055 } as const

/** Whether light text is read on it. */
export const isDark = (background: Rgb): boolean => oklch(background).l < 0.6

/** The color that is asked for, on this background; undefined: none, or one that only the terminal knows. */
export const tintOf = (asked: Background, background: Rgb, role: Role): Rgb | undefined => {
  switch (asked.kind) {
    case 'auto':
      return defaultTint(background, role)
    case 'rgb':
      return asked.rgb
    case 'sgr':
      return rgbOfSgr(asked.parameters)
    case 'palette':
      return asked.entry < 16 ? undefined : paletteColor(asked.entry)
    // TODO
    case 'hue':
    case 'mix':
    case 'theme':
    case 'none':
      return undefined
  }
}

/**
 * The tint for a background: readable with `text` (the default foreground) on it wherever the background itself was, and
 * seen to be another color than the background as far as that allows.
 */
export const defaultTint = (background: Rgb, role: Role, text?: Rgb): Rgb => {
  const { l } = oklch(background)
  const dark = l < 0.6
  const foreground = text ?? (dark ? assumedText.onDark : assumedText.onLight)
  // A dark one is lifted a little, or black would stay black; a light one is dimmed a little, or it could take no color.
  const wanted = dark
    ? { l: Math.max(0.245, Math.min(l + 0.03, 0.36)), c: 0.075 }
    : { l: Math.min(l - 0.03, 0.925), c: 0.05 }
  const away = dark ? -0.01 : 0.01
  const at = (lightness: number) =>
    fromOklch({ l: Math.max(0, Math.min(1, lightness)), c: wanted.c, h: hues[role] })
  const isReadable = (tint: Rgb) => contrast(tint, foreground) >= enough.contrast
  // A background of the tint's own hue: towards the text, until it can be told apart.
  for (let step = 0; step < 10; step++) {
    const tint = at(wanted.l - away * step)
    if (isReadable(tint) && difference(tint, background) >= enough.difference) return tint
  }
  // Away from the text, until it can be read.
  for (let step = 0; step < 80; step++) {
    const tint = at(wanted.l + away * step)
    if (isReadable(tint)) return tint
  }
  return dark ? { r: 0x33, g: 0, b: 0 } : { r: 0xff, g: 0xf0, b: 0xf0 }
}
