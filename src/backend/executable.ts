// Door: which file a command's name means. Looked up in a fixed path, not in the caller's (as sudo does by secure_path):
// what runs with more rights must not be chosen by a variable that any program may have set.
import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { failed, notFound, refused } from '../errors.ts'

/** Where commands are looked for, and the PATH of the local backend's fresh environment. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The absolute path of a command. A name with a slash is taken as it is, relative to `directory`. Throws a Tint0Error
 * (127, or 126 for what is no program). What the caller may not look at is left for the manager to find.
 */
export const findExecutable = (name: string, directory: string, callersPath: string): string => {
  if (name.includes('/')) {
    const path = resolve(directory, name)
    const verdict = judge(path)
    if (verdict === 'missing') throw notFound(name, 'no such file', 'check the path')
    if (verdict === 'unfit')
      throw refused(name, 'is no program that can be executed', 'see chmod(1), or name its interpreter')
    return path
  }
  const path = search(name, systemPath)
  if (path) return path
  const elsewhere = search(name, callersPath)
  throw notFound(
    name,
    'command not found',
    elsewhere ? `your PATH has ${elsewhere}: name it in full` : `looked in ${systemPath}`,
  )
}

const search = (name: string, path: string): string | undefined =>
  path
    .split(':')
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => `${directory}/${name}`)
    .find((file) => judge(file) === 'fit')

const judge = (path: string): 'fit' | 'unfit' | 'missing' | 'unknown' => {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return 'unfit'
    return (stat.mode & 0o111) === 0 ? 'unfit' : 'fit'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'unknown' : 'missing'
  }
}

/** Whether a directory can be entered, as far as we can see; throws a Tint0Error where it surely cannot. */
export const checkDirectory = (path: string): void => {
  try {
    if (!statSync(path).isDirectory()) throw failed(path, 'is no directory', 'choose another with --chdir')
    accessSync(path, constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw failed(path, 'no such directory', 'choose another with --chdir')
    if (code === 'EACCES') throw failed(path, 'may not be entered', 'choose another with --chdir')
    throw error
  }
}
