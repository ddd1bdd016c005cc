// Door: where the configuration is. Looks only whether there is one; what reads it is loaded when there is.
import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { failed } from '../errors.ts'
import { configHome } from '../paths.ts'
import type { Source } from './config.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The administrator's. */
export const systemFile = '/etc/tint0/config.toml'

/** The user's own; undefined where there is no home. */
export const userFile = (env: Environment): string | undefined => {
  const home = configHome(env)
  return home && join(home, 'config.toml')
}

/** What $TINT0_CONFIG names instead; '' for none. A relative one would be another file in every folder. */
const named = ({ TINT0_CONFIG }: Environment): string | undefined => {
  if (TINT0_CONFIG && !isAbsolute(TINT0_CONFIG))
    throw failed('TINT0_CONFIG', `${TINT0_CONFIG} is no absolute path`, "write it in full, or '' for none")
  return TINT0_CONFIG
}

/** The file that is the user's, whether it is there or not. Throws a Tint0Error where none is to be read. */
export const ownFile = (env: Environment): string => {
  const chosen = named(env)
  if (chosen === '') throw failed('TINT0_CONFIG', 'says that none of yours is read', 'unset it')
  const path = chosen ?? userFile(env)
  if (!path) throw failed('HOME', 'is not set', 'set it to your home, or TINT0_CONFIG to a file')
  return path
}

export interface Found {
  readonly path: string
  readonly isSystem: boolean
  /** Or may be: one that cannot be seen is not passed over, for it may lock something. */
  readonly isThere: boolean
}

/** The files that are looked for, from the weakest to the strongest. `chosen`: instead of the user's own; '' for none. */
export const filesFor = (env: Environment, chosen: string | undefined): readonly Found[] => {
  const instead = chosen ?? named(env)
  const own = instead ?? userFile(env)
  return [
    { path: systemFile, isSystem: true, isThere: mayBeThere(systemFile, true) },
    // One that was asked for by name must be there.
    ...(own
      ? [{ path: own, isSystem: false, isThere: instead !== undefined || mayBeThere(own, false) }]
      : []),
  ]
}

/** Whoever reads it tells why it cannot be seen. A home that is not ours to look into (HOME after su(1), say) has nothing of ours. */
const mayBeThere = (path: string, isSystem: boolean): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code !== 'ENOTDIR' && (isSystem || code !== 'EACCES')
  }
}

/** What is in them. Throws a Tint0Error for one that cannot be read, trusted, or understood. */
export const readFiles = async (env: Environment, chosen: string | undefined): Promise<readonly Source[]> => {
  const found = filesFor(env, chosen).filter(({ isThere }) => isThere)
  if (found.length === 0) return []
  const { readSource } = await import('./file.ts')
  return found.map(({ path, isSystem }) => readSource(path, isSystem))
}
