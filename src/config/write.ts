// Door: writes the user's own file. Whole or not at all: another one is made beside it, and takes its place.
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import process from 'node:process'
import { failed, Tint0Error } from '../errors.ts'
import { readConfigText } from './file.ts'
import { type Environment, ownFile } from './files.ts'
import { type Value, withKey } from './key.ts'
import { understand } from './understand.ts'

/**
 * Sets one key in the user's file, which is made where there is none; comments and all else stay. Returns the file's name.
 * Throws a Tint0Error where the file is wrong, or would be, or cannot be written.
 */
export const setKey = (env: Environment, name: string, value: Value): string => {
  const path = ownFile(env)
  const before = existsSync(path) ? readConfigText(path) : ''
  checkText(path, before)
  const text = withKey(before, name, value)
  checkText(path, text)
  writeAtomically(path, text, 0o600)
  return path
}

/** Throws a Tint0Error for the first thing that is wrong in it. */
const checkText = (path: string, text: string): void => {
  const [failure] = understand(text, path, false).problems
  if (failure) throw new Tint0Error(failure)
}

/**
 * The file is there as a whole, or as it was; its mode stays, and a link still leads to it. `mends`: not so, for others may be able
 * to write it, or what the link leads to.
 */
export const writeAtomically = (path: string, text: string, newMode: number, mends = false): void => {
  attempt(path, () => {
    createFolder(dirname(path), newMode)
    const old = existsSync(path)
    const real = old && !mends ? realpathSync(path) : path
    const other = `${real}.${process.pid}.new`
    try {
      createWhole(other, text, old && !mends ? statSync(real).mode & 0o777 : newMode)
      renameSync(other, real)
    } catch (error) {
      rmSync(other, { force: true })
      throw error
    }
  })
}

/** A new file. Throws a Tint0Error where there is one. */
export const createFile = (path: string, text: string, mode: number): void => {
  if (isThere(path)) throw failed(path, 'is there already', 'tint0ctl config edit opens it')
  writeAtomically(path, text, mode)
}

/** Also a link to nothing. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** For its user alone, unless it is for all: whatever the umask is. One by one: Node's `recursive` never ends where a folder takes none, as /proc does. */
const createFolder = (folder: string, mode: number): void => {
  if (existsSync(folder)) return
  createFolder(dirname(folder), mode)
  mkdirSync(folder, { mode: 0o700 })
  chmodSync(folder, folderMode(mode))
}

/** Of a folder for files of that mode. */
const folderMode = (mode: number): number => (mode & 0o044 ? 0o755 : 0o700)

const createWhole = (path: string, text: string, mode: number): void => {
  const file = openSync(path, 'wx', 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    // Whatever the umask is.
    fchmodSync(file, mode)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const attempt = (path: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof Tint0Error || code === undefined) throw error
    throw failed(path, `cannot be written (${code})`, 'see who may write to its folder: ls -ld')
  }
}
