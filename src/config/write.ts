// Door: writes a file of the configuration. Whole or not at all: another one is made beside it, and takes its place.
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
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
import { checkTrusted } from '../trust.ts'
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
 * to write it or its folder, or what the link leads to. Throws a Tint0Error where it cannot be, or another makes one meanwhile.
 */
export const writeAtomically = (path: string, text: string, newMode: number, mends = false): void => {
  attempt(path, () => {
    createFolder(dirname(path), newMode)
    if (mends) mendFolder(path, newMode)
    const old = existsSync(path)
    const real = old && !mends ? realpathSync(path) : path
    place(real, text, old && !mends ? statSync(real).mode & 0o777 : newMode, !old && !mends)
  })
}

/** A new file. Throws a Tint0Error where there is one. */
export const createFile = (path: string, text: string, mode: number): void => {
  attempt(path, () => {
    createFolder(dirname(path), mode)
    place(path, text, mode, true)
  })
}

/** By way of another file, which is only there for as long as it takes. */
const place = (path: string, text: string, mode: number, isNew: boolean): void => {
  const other = `${path}.${process.pid}.new`
  const file = openSync(other, 'wx', 0o600)
  try {
    fill(file, text, mode)
    if (!isNew || !link(other, path)) renameSync(other, path)
  } finally {
    rmSync(other, { force: true })
  }
}

/** Unlike rename(2), link(2) replaces nothing. Returns false where the file system has no links. */
const link = (other: string, path: string): boolean => {
  try {
    linkSync(other, path)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const hasNone = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)
    if (code === 'EEXIST' || (hasNone && isThere(path))) throw isThereAlready(path)
    if (hasNone) return false
    throw error
  }
}

const isThereAlready = (path: string): Tint0Error =>
  failed(path, 'is there already', 'tint0ctl config edit opens it')

/** Whether others can write a file that is for all, or its folder, or cannot read it. */
export const wantsMending = (path: string): boolean => {
  const lacks = (one: string, mode: number) => {
    const stats = statSync(one, { throwIfNoEntry: false })
    return stats !== undefined && (stats.mode & mode) !== mode
  }
  try {
    if (isThere(path)) checkTrusted(path)
    else if (existsSync(dirname(path))) checkTrusted(dirname(path))
    return lacks(path, 0o444) || lacks(dirname(path), 0o555)
  } catch {
    // It cannot be trusted, or not even be looked at.
    return true
  }
}

/** So that all can come to a file in it, and nobody else can put another in its place. */
export const mendFolder = (path: string, mode: number): void => {
  const folder = dirname(path)
  attempt(folder, () => {
    const { uid, mode: before } = statSync(folder)
    if (uid !== 0 && uid !== process.geteuid?.())
      chownSync(folder, process.geteuid?.() ?? 0, process.getegid?.() ?? 0)
    const after = (before & 0o7777 & ~0o022) | folderMode(mode)
    if (after !== (before & 0o7777)) chmodSync(folder, after)
  })
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

/** Fills and closes it. */
const fill = (file: number, text: string, mode: number): void => {
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
