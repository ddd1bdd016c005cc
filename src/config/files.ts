// Door: where the configuration is. Looks only whether there is one; what reads it is loaded when there is.
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Source } from './config.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The administrator's. */
export const systemFile = '/etc/tint0/config.toml'

/** The user's own; undefined where there is no home. A relative $XDG_CONFIG_HOME is none (XDG Base Directory Specification). */
export const userFile = ({ XDG_CONFIG_HOME, HOME }: Environment): string | undefined => {
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return join(XDG_CONFIG_HOME, 'tint0/config.toml')
  return HOME && isAbsolute(HOME) ? join(HOME, '.config/tint0/config.toml') : undefined
}

/**
 * The files that are there, from the weakest to the strongest. `chosen`: read instead of the user's own; '' for none. Throws a
 * Tint0Error for one that cannot be read, trusted, or understood.
 */
export const readFiles = async (env: Environment, chosen: string | undefined): Promise<readonly Source[]> => {
  const own = chosen ?? userFile(env)
  const found = [
    ...(existsSync(systemFile) ? [{ path: systemFile, isSystem: true }] : []),
    ...(own && (chosen !== undefined || existsSync(own)) ? [{ path: own, isSystem: false }] : []),
  ]
  if (found.length === 0) return []
  const { readSource } = await import('./file.ts')
  return found.map(({ path, isSystem }) => readSource(path, isSystem))
}
