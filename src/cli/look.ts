// What was asked for of the look: the options of the group of that name, which tint0ctl takes, too.
import type { Background } from '../color/color.ts'
import { lastOf, switchOf, type Written } from './parse.ts'
import { backgroundOf, checked, choice, themeName, titleMark, titleTemplate } from './values.ts'

/** What it is to look like. */
export interface LookRequest {
  /** `auto`: the theme's, or the default. */
  readonly background: Background
  /** The name of a theme. */
  readonly theme: string | undefined
  /** Where themes are looked for: not among the user's own, where the administrator has locked one; undefined: everywhere. */
  readonly themesOf?: 'system'
  /** undefined: the theme's, or auto. */
  readonly tint: TintChoice | undefined
  /** The window's title, with {command}, {user} and {host} to be filled in; '' leaves titles alone; undefined: the theme's, or the default. */
  readonly title: string | undefined
  /** What titles begin with; '' for nothing; undefined: the theme's, or a dot. */
  readonly titleMark: string | undefined
  readonly strict: boolean
}

export const tintChoices = ['auto', 'rewrite', 'dynamic', 'off'] as const
export type TintChoice = (typeof tintChoices)[number]
export const filterChoices = ['none', 'strict'] as const
export const defaultTitle = '{command} on {host}'

/** The options of the group `look`, which tint0ctl takes, too. */
export const readLook = async (written: Written): Promise<LookRequest> => {
  const last = lastOf(written)
  const has = switchOf(written)
  const background = await backgroundOf(last('background'))
  const tint = checked(last('tint'), choice('--tint', tintChoices))
  const title = checked(last('title'), titleTemplate)
  return {
    background,
    theme: checked(last('theme') || undefined, themeName),
    // Locked is both, or the other is not set: each undoes the other.
    ...((['theme', 'background'] as const).some((name) => written.origins?.get(name)?.isLocked) && {
      themesOf: 'system',
    }),
    tint: has('no-tint') ? 'off' : tint,
    title: has('no-title') ? '' : title,
    titleMark: checked(last('title-mark'), titleMark),
    strict: checked(last('filter'), choice('--filter', filterChoices)) === 'strict',
  }
}
