// Door: which file a command's name means. Looked up in a fixed path, not in the caller's (as sudo does by secure_path):
// what runs with more rights must not be chosen by a variable that any program may have set.
import { accessSync, closeSync, constants, lstatSync, openSync, readSync, statSync } from 'node:fs'
import { failed, notFound, refused } from '../errors.ts'
import { systemPath } from '../paths.ts'

/**
 * The absolute path of a command, which is a name or such a path. Throws a Tint0Error (127, or 126 for what is no program).
 * What the caller may not look at is left for the manager to find.
 */
export const findExecutable = (name: string, callersPath: string): string => {
  if (name.startsWith('/')) {
    const verdict = judge(name)
    if (verdict === 'missing') throw notFound(name, 'no such file', 'check the path')
    if (verdict === 'unfit')
      throw refused(name, 'is no program that can be executed', 'see chmod(1), or name its interpreter')
    return name
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

/** The same by the absolute directories of the caller's own path, for what runs with no more rights than the caller has. */
export const findOwnExecutable = (name: string, callersPath: string): string => {
  const path = name.startsWith('/') ? findExecutable(name, '') : search(name, callersPath || systemPath)
  if (path) return path
  throw notFound(name, 'command not found', 'check its name, and your PATH')
}

const search = (name: string, path: string): string | undefined =>
  path
    .split(':')
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => `${directory}/${name}`)
    .find((file) => judge(file) === 'fit')

/** Whether the same is there for another process, which may have another root directory; links in there are taken for files. */
export const isThere = (pid: number, name: string): boolean => {
  const files = name.startsWith('/')
    ? [name]
    : systemPath.split(':').map((directory) => `${directory}/${name}`)
  return files.some((file) => lstatSync(`/proc/${pid}/root${file}`, { throwIfNoEntry: false }) !== undefined)
}

const judge = (path: string): 'fit' | 'unfit' | 'missing' | 'unknown' => {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return 'unfit'
    return (stat.mode & 0o111) === 0 ? 'unfit' : 'fit'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'unknown' : 'missing'
  }
}

/** Throws a Tint0Error (126) where a script's #! line names what is not there: exec(3) would only say that the script is not. */
export const checkInterpreter = (path: string): void => {
  const [, interpreter] = /^#![ \t]*(\/[^\s\0]*)/.exec(beginningOf(path)) ?? []
  if (interpreter !== undefined && ['unfit', 'missing'].includes(judge(interpreter)))
    throw refused(
      path,
      `its interpreter ${interpreter} is not there`,
      'install it, or see the first line of the file',
    )
}

/** The same, and for a text without #!: a shell would take that for a script of its own, where the manager takes it for none. */
export const checkBehindShell = (path: string): void => {
  checkInterpreter(path)
  const text = beginningOf(path)
  if (text !== '' && !text.startsWith('#!') && !text.includes('\0'))
    throw refused(path, 'is no program that can be executed', 'name its interpreter, or give it a #! line')
}

/** What the kernel looks at; nothing where we may not read it. */
const beginningOf = (path: string): string => {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(256)
      return bytes.toString('latin1', 0, readSync(file, bytes))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
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
