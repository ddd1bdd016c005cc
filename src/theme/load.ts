// Door: finds and reads the files of themes: the user's, the administrator's, then those that come along; of one name the first
// counts. Loaded late, where one is asked for.
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isThemeName } from '../color/color.ts'
import { type Failure, failed, Tint0Error } from '../errors.ts'
import { configHome } from '../paths.ts'
import { closest } from '../suggest.ts'
import { checkTrusted, readText, readTrusted } from '../trust.ts'
import { parseTheme } from './parse.ts'
import type { Theme } from './theme.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** One that was found: it can be used, or is wrong. */
export interface Listed {
  readonly id: string
  readonly path: string
  readonly origin: Origin
  readonly theme?: Theme
  readonly failure?: Failure
}

/** Who put it there. */
export type Origin = 'user' | 'system' | 'package'

interface Folder {
  readonly path: string
  readonly origin: Origin
}

const most = 64 * 1024
const suffix = '.toml'
const nameless = ['is no name of a theme', 'use small letters, digits and dashes, at most 64'] as const

/** Beside the folder of the bundle, and of the source. */
const packaged = (): string => {
  const here = dirname(fileURLToPath(import.meta.url))
  const [bundle, source] = [join(here, '../themes'), join(here, '../../themes')]
  return existsSync(bundle) ? bundle : source
}

/** Where themes are looked for, the first first. */
const foldersOf = (env: Environment): readonly Folder[] => {
  const home = configHome(env)
  return [
    ...(home ? [{ path: join(home, 'themes'), origin: 'user' as const }] : []),
    { path: '/etc/tint0/themes', origin: 'system' },
    { path: packaged(), origin: 'package' },
  ]
}

/**
 * The theme of this name; `only` the system's or the package's, not the user's. Throws a Tint0Error where there is none, or it
 * cannot be trusted or understood.
 */
export const loadTheme = (id: string, env: Environment, only?: 'system'): Theme => {
  const folders = foldersOf(env).filter(({ origin }) => only === undefined || origin !== 'user')
  const folder = isThemeName(id) ? folders.find(({ path }) => existsSync(fileOf(path, id))) : undefined
  if (folder) return read(id, fileOf(folder.path, id), folder)
  const near = closest(
    id,
    [...new Set(folders.flatMap(idsIn).filter(isThemeName))],
    Math.max(2, id.length / 3),
  )
  throw failed(
    `theme ${id}`,
    'does not exist',
    `${near ? `did you mean ${near}? ` : ''}see tint0ctl themes for all of them`,
  )
}

/** All themes by name; a file that is wrong is told, for it hides others of its name. */
export const listThemes = (env: Environment): readonly Listed[] => {
  const found = new Map<string, Listed>()
  for (const folder of foldersOf(env))
    for (const id of idsIn(folder)) if (!found.has(id)) found.set(id, listed(id, folder))
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The theme in this file, whoever wrote it: it is only looked at. Throws a Tint0Error where it is none. */
export const readThemeFile = (path: string): Theme =>
  parseTheme(basename(path, suffix), path, readText(path, most))

/** Why no theme is found in a file that is called so; undefined: it is, in one of the folders. */
export const misnamed = (path: string): Failure | undefined => {
  const id = basename(path, suffix)
  if (!path.endsWith(suffix))
    return failed(path, `has no name that ends in ${suffix}`, `call it ${id}${suffix}`).failure
  return isThemeName(id) ? undefined : failed(path, ...nameless).failure
}

/** Why the theme in this file would not be loaded, though it can be read; undefined: it would. */
export const distrustOf = (path: string): Failure | undefined => {
  if (realpathSync(dirname(path)) === realpathSync(packaged())) return undefined
  try {
    checkTrusted(path)
    return undefined
  } catch (error) {
    if (error instanceof Tint0Error) return error.failure
    throw error
  }
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}${suffix}`)

/** The names of its files. */
const idsIn = ({ path }: Folder): readonly string[] => {
  try {
    return readdirSync(path)
      .filter((file) => file.endsWith(suffix) && !file.startsWith('.'))
      .map((file) => file.slice(0, -suffix.length))
  } catch {
    return []
  }
}

/** Who could write where the package is could have written what runs now. */
const read = (id: string, path: string, { origin }: Folder): Theme =>
  parseTheme(id, path, origin === 'package' ? readText(path, most) : readTrusted(path, most))

const listed = (id: string, folder: Folder): Listed => {
  const path = fileOf(folder.path, id)
  const { origin } = folder
  try {
    if (!isThemeName(id)) throw failed(path, ...nameless)
    return { id, path, origin, theme: read(id, path, folder) }
  } catch (error) {
    if (error instanceof Tint0Error) return { id, path, origin, failure: error.failure }
    throw error
  }
}
