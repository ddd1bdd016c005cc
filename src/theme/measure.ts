// What a theme promises of its tints, measured: text can be read on them (WCAG 2), they are seen, and tell whom they warn of.
// A promise that is not kept may be named in the file, as an exception: "light contrast", or "dark roles 256".
import type { Background, Rgb, Role } from '../color/color.ts'
import { contrast, difference, type Measured, measured } from '../color/culori.ts'
import { promised, usual } from '../color/promise.ts'
import { type Depth, paletteColor, rgbOfSgr } from '../color/reduce.ts'
import { tintFor } from '../color/tint.ts'
import { type PromiseName, roles, type SchemeName, schemes, type Theme } from './theme.ts'

/** Where a theme is looked at: a terminal's own colors, of which the background may be assumed. */
export interface Ground {
  readonly scheme: SchemeName
  readonly background: Rgb
  /** Its text, where it is known; else that is taken which is usual. */
  readonly text?: Rgb | undefined
}

export interface Row {
  readonly scheme: SchemeName
  readonly role: Role
  readonly depth: Depth
  /** What is written for it; undefined: nothing. */
  readonly parameters: string | undefined
  /** Why there are no figures: none is asked for, this terminal has none that could be read, or only the terminal knows it. */
  readonly without: 'no tint' | 'too coarse' | "the terminal's own" | undefined
  readonly color: Rgb | undefined
  /** With the terminal's text, and with the theme's own, where it names one. */
  readonly contrast: number
  readonly ownContrast: number | undefined
  /** From the background, and from the nearest other role's. */
  readonly difference: number
  readonly apart: number
  readonly broken: readonly PromiseName[]
  /** The same, as far as the file names it. */
  readonly excepted: readonly PromiseName[]
}

/** Where the theme is at home: on its palette's background, or on black and white. */
export const homeOf = (theme: Theme, scheme: SchemeName): Ground => ({
  scheme,
  background: theme[scheme].background ?? usual[scheme].background,
})

/** All of a theme, at home: what its file promises. */
export const measureAll = (theme: Theme, depths: readonly Depth[] = [24, 8, 4]): readonly Row[] =>
  schemes.flatMap((scheme) => depths.flatMap((depth) => measure(theme, homeOf(theme, scheme), depth)))

/** A row for each role. */
export const measure = (
  theme: Theme,
  { scheme, background, text: known }: Ground,
  depth: Depth,
): readonly Row[] => {
  const { tint, foreground } = theme[scheme]
  const tints = roles.map((role) => {
    const { parameters } = tintFor(tint[role], { background, text: known }, role, depth, true)
    const { kind } = tint[role]
    const color = parameters === undefined ? undefined : colorOf(parameters, kind)
    return { role, parameters, color: color && measured(color), kind }
  })
  const ground = measured(background)
  const text = measured(known ?? usual[scheme].text)
  const own = foreground && measured(foreground)
  return tints.map(({ role, parameters, color, kind }) => {
    const others = tints.flatMap((other) => (other.role !== role && other.color ? [other] : []))
    const row = {
      scheme,
      role,
      depth,
      parameters,
      without: color ? undefined : withoutFor(kind, parameters),
      color: color?.rgb,
      contrast: color ? contrast(color, text) : 0,
      ownContrast: color && own && contrast(color, own),
      difference: color ? difference(color, ground) : 0,
      apart: color ? Math.min(...others.map((other) => difference(color, other.color as Measured))) : 0,
    }
    const broken = color ? brokenBy(row, { ground, text, own }) : []
    return { ...row, broken, excepted: broken.filter((promise) => isExcepted(theme, row, promise)) }
  })
}

const withoutFor = (kind: Background['kind'], parameters: string | undefined): Row['without'] => {
  if (kind === 'none') return 'no tint'
  return parameters === undefined ? 'too coarse' : "the terminal's own"
}

/** One of 16 that stands for another is taken as xterm has it; one that was asked for is the terminal's own. */
const colorOf = (parameters: string, kind: Background['kind']): Rgb | undefined => {
  const isAsked = kind === 'palette' || kind === 'sgr'
  const sixteen = isAsked ? undefined : /^(4|10)([0-7])$/.exec(parameters)
  return sixteen ? paletteColor(Number(sixteen[2]) + (sixteen[1] === '4' ? 0 : 8)) : rgbOfSgr(parameters)
}

interface Around {
  readonly ground: Measured
  readonly text: Measured
  readonly own: Measured | undefined
}

/** Text that is read worse on the background itself is to be read no worse on the tint; no rounding counts. */
const brokenBy = (
  { depth, role, contrast: usual, ownContrast, difference: seen, apart }: Omit<Row, 'broken' | 'excepted'>,
  { ground, text, own }: Around,
): readonly PromiseName[] => {
  const least = (of: Measured) => Math.min(promised.contrast, contrast(of, ground)) - 0.005
  const unreadable = usual < least(text) || (own !== undefined && (ownContrast ?? 0) < least(own))
  // With fewer colors only root is promised to be another one.
  const alike = (depth === 24 || (depth === 8 && role === 'root')) && apart < promised.difference
  return [
    ...(unreadable ? (['contrast'] as const) : []),
    ...(seen < promised.difference ? (['difference'] as const) : []),
    ...(alike ? (['roles'] as const) : []),
  ]
}

/** How many colors, for people. */
export const colorsOf: Readonly<Record<Depth, string>> = { 24: '24-bit', 8: '256', 4: '16', 0: 'none' }

const isExcepted = (
  { exceptions }: Theme,
  { scheme, depth }: Pick<Row, 'scheme' | 'depth'>,
  promise: PromiseName,
): boolean =>
  exceptions.includes(`${scheme} ${promise}`) ||
  exceptions.includes(`${scheme} ${promise} ${colorsOf[depth]}`)

/** Whether it keeps all that it does not except. */
export const keeps = ({ broken, excepted }: Row): boolean => broken.length === excepted.length
