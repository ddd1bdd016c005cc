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
  const asked = await attempt(async () => (await sessionOf(asWritten(layer, []))).look)
  if ('failure' in asked) return [asked.failure]
  const { background, theme, themesOf } = asked.value
  const themes = [theme, background.kind === 'theme' ? background.name : undefined]
  const [setting] = layer.values()
  if (!setting || themes.every((name) => name === undefined)) return []
  const { loadTheme } = await import('../theme/load.ts')
  for (const name of themes) {
    const found = await attempt(async () => name !== undefined && loadTheme(name, env, themesOf))
    // Its own words name the theme, not where it is asked for.
    if ('failure' in found) return [placed(found.failure, setting)]
  }
  return []
}

const attempt = async <T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly failure: Failure }> => {
  try {
    return { value: await act() }
  } catch (error) {
    if (error instanceof Tint0Error) return { failure: error.failure }
    throw error
  }
}

const placed = (failure: Failure, { origin, file }: Setting): Failure => {
  const moved = { ...failure, subject: `${origin}: ${failure.subject}` }
  return file ? withWayOut(moved, waysOut[file]) : moved
}
