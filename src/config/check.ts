// Whether the values of a layer can be used, each by itself and all together: told by what reads them for a session. Also where
// they are overruled, and so would stop nobody. Loaded late.
import { sessionOf } from '../cli/request.ts'
import { type Failure, Tint0Error, withWayOut } from '../errors.ts'
import { asWritten, type Layer, type Setting, waysOut } from './config.ts'
import type { Environment } from './files.ts'

/** What is wrong with them; of values that go with each other only where each is good. */
export const wrongValues = async (layer: Layer, env: Environment): Promise<readonly Failure[]> => {
  const singly = await Promise.all([...layer].map((entry) => wrongIn(new Map([entry]), env)))
  const wrong = singly.flat()
  return wrong.length > 0 ? wrong : wrongIn(layer, env)
}

const wrongIn = async (layer: Layer, env: Environment): Promise<readonly Failure[]> => {
  try {
    const { look } = await sessionOf(asWritten(layer, []))
    const { background, theme } = look
    const themes = [theme, background.kind === 'theme' ? background.name : undefined]
    if (themes.every((name) => name === undefined)) return []
    const { loadTheme } = await import('../theme/load.ts')
    for (const name of themes) if (name !== undefined) loadTheme(name, env)
    return []
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    const [first] = layer.values()
    // A theme's own words name the theme, not where it is asked for.
    return error.failure.subject.startsWith('theme') && first
      ? [placed(error.failure, first)]
      : [error.failure]
  }
}

const placed = (failure: Failure, { origin, file }: Setting): Failure => {
  const moved = { ...failure, subject: `${origin}: ${failure.subject}` }
  return file ? withWayOut(moved, waysOut[file]) : moved
}
