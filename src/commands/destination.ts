// Door: where a report goes, a file or a descriptor that the caller opened. It is made sure of before anything runs, and stays
// ours: whatever we start gets named descriptors only.
import { constants, openSync, readdirSync, readlinkSync, writeSync } from 'node:fs'
import { failed } from '../errors.ts'
import { accessMode } from '../proc.ts'

/** Writes one report. */
export type WriteReport = (text: string) => void

/** Throws a Tint0Error where nothing can be written. */
export const openReport = (to: number | string): WriteReport => {
  const descriptor = typeof to === 'number' ? inherited(to) : opened(to)
  return (text) => {
    const bytes = Buffer.from(text)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    } catch (error) {
      throw failed('--json', `the report cannot be written (${(error as NodeJS.ErrnoException).code})`)
    }
  }
}

/** It is the caller's own right by which it is opened, as by a shell: links are followed, and what is there is added to. */
const opened = (path: string): number => {
  try {
    return openSync(
      path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOCTTY,
      0o600,
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw failed('--json', `${path} cannot be opened to write (${code})`, 'name a file of yours')
  }
}

const inherited = (descriptor: number): number => {
  if (!isOpen(descriptor) || isNodes(descriptor))
    throw failed('--json', `descriptor ${descriptor} is not open`, `redirect it with ${descriptor}>FILE`)
  if (accessMode(descriptor) === constants.O_RDONLY)
    throw failed(
      '--json',
      `descriptor ${descriptor} is not open to write`,
      `redirect it with ${descriptor}>FILE`,
    )
  return descriptor
}

const target = (descriptor: number | string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return ''
  }
}

const isOpen = (descriptor: number): boolean => target(descriptor) !== ''

/** Node takes the first free numbers for itself, for what callers hardly pass on, and for pipes of which it has both ends. */
const isNodes = (descriptor: number): boolean => {
  if (descriptor <= 2) return false
  const file = target(descriptor)
  if (file.startsWith('anon_inode:')) return true
  if (!file.startsWith('pipe:')) return false
  return readdirSync('/proc/self/fd').some(
    (other) => Number(other) > 2 && target(other) === file && accessMode(other) !== accessMode(descriptor),
  )
}
