// Door: writes the user's own file. Whole or not at all: another one is made beside it, and takes its place.
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
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
  writeAtomically(path, text)
  return path
}

/** Throws a Tint0Error for the first thing that is wrong in it. */
const checkText = (path: string, text: string): void => {
  const [failure] = understand(text, path, false).problems
  if (failure) throw new Tint0Error(failure)
}

/** The file is there as a whole, or as it was; its mode stays, and a link still leads to it. */
export const writeAtomically = (path: string, text: string, newMode = 0o600): void => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: newMode === 0o600 ? 0o700 : 0o755 })
    const isThere = existsSync(path)
    if (isThere) checkTrusted(path)
    const real = isThere ? realpathSync(path) : path
    const mode = isThere ? statSync(real).mode & 0o777 : newMode
    const other = `${real}.${process.pid}.new`
    const file = openSync(other, 'wx', 0o600)
    try {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      fchmodSync(file, mode)
      fsyncSync(file)
      renameSync(other, real)
    } catch (error) {
      unlinkSync(other)
      throw error
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof Tint0Error) throw error
    throw failed(
      path,
      `cannot be written (${(error as NodeJS.ErrnoException).code})`,
      'see who may write to its folder: ls -ld',
    )
  }
}
