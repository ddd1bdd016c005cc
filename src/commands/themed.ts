// The themes that a look asks for, read; nothing is loaded where it asks for none.
import type { LookRequest } from '../cli/look.ts'
import type { Themed } from './look.ts'
import type { World } from './world.ts'

/** Throws a Tint0Error for a theme that is not there, or is wrong. */
export const themedBy = async (
  { background, theme, themesOf }: LookRequest,
  env: World['env'],
): Promise<Themed> => {
  const colors = background.kind === 'theme' ? background.name : theme
  if (colors === undefined) return { colors: undefined, marks: undefined }
  const { loadTheme } = await import('../theme/load.ts')
  const marks = theme === undefined ? undefined : loadTheme(theme, env, themesOf)
  return { colors: colors === theme ? marks : loadTheme(colors, env, themesOf), marks }
}
