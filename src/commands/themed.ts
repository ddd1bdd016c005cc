// The themes that a look asks for, read; nothing is loaded where it asks for none.
import type { LookRequest } from '../cli/look.ts'
import { Tint0Error } from '../errors.ts'
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
  const load = (id: string, option: string) => {
    try {
      return loadTheme(id, env, themesOf)
    } catch (error) {
      // What is wrong in a file is told by its place.
      if (!(error instanceof Tint0Error) || error.failure.subject !== `theme ${id}`) throw error
      throw new Tint0Error({ ...error.failure, subject: option, problem: `'${id}' ${error.failure.problem}` })
    }
  }
  const marks = theme === undefined ? undefined : load(theme, '--theme')
  return { colors: colors === theme ? marks : load(colors, '--background'), marks }
}
