// Which color a terminal gets for what was asked: the color itself, and as SGR parameters of as many bits as it has.
import type { Background, Rgb, Role } from './color.ts'
import { tintOf } from './mix.ts'
import { keptBy, type Own, termsOn } from './promise.ts'
import { type Depth, hexOf, rgbOfSgr, sgrBackground, sgrOfEntry } from './reduce.ts'

export interface Tint {
  /** With all its bits; undefined where only the terminal knows it. */
  readonly color: Rgb | undefined
  /** undefined: there is none that the terminal could show. */
  readonly parameters: string | undefined
}

/** `isOurs`: chosen by us, or a theme, and not by the user; what we mix always is. */
export const tintFor = (asked: Background, own: Own, role: Role, depth: Depth, isOurs: boolean): Tint => {
  const color = tintOf(asked, own.background, role, own.text)
  switch (asked.kind) {
    case 'none':
    case 'theme':
      return { color: undefined, parameters: undefined }
    case 'sgr':
      return { color, parameters: asked.parameters }
    case 'palette':
      return { color, parameters: sgrOfEntry(asked.entry, depth) }
    case 'auto':
    case 'hue':
      return { color, parameters: color && sgrBackground(color, depth, termsOn(own)) }
    case 'mix':
      return { color, parameters: color && sgrBackground(color, depth, keptBy(color, termsOn(own))) }
    case 'rgb':
      return {
        color,
        parameters: color && sgrBackground(color, depth, isOurs ? keptBy(color, termsOn(own)) : undefined),
      }
  }
}

/** What parameters are as #rrggbb, where all terminals agree. */
export const shownBy = (parameters: string): string | undefined => {
  const color = rgbOfSgr(parameters)
  return color && hexOf(color)
}
