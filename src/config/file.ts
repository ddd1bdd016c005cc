// One file of the configuration, read and understood. Loaded late: most have none.
import { Tint0Error, withWayOut } from '../errors.ts'
import { readText, readTrusted } from '../trust.ts'
import { type Source, waysOut } from './config.ts'
import { understand } from './understand.ts'

/** Nobody writes as much by hand. */
const most = 256 * 1024

/** Throws a Tint0Error for a file that cannot be read or trusted; with the way to go on without it. */
export const readConfigText = (path: string, isSystem = false): string => {
  try {
    return readTrusted(path, most)
  } catch (error) {
    throw error instanceof Tint0Error
      ? new Tint0Error(withWayOut(error.failure, waysOut[isSystem ? 'system' : 'own']))
      : error
  }
}

/** The same, whoever may have written it; undefined where it is no text at all. */
export const readAnyText = (path: string): string | undefined => {
  try {
    return readText(path, most)
  } catch (error) {
    if (error instanceof Tint0Error) return undefined
    throw error
  }
}

/** Throws a Tint0Error for the first thing that is wrong. */
export const readSource = (path: string, isSystem: boolean): Source => {
  const { source, problems } = understand(readConfigText(path, isSystem), path, isSystem)
  const [first] = problems
  if (first) throw new Tint0Error(first)
  return source
}
