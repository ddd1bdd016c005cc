// Door: one question at a time on a terminal, whoever asks it: `tint0 a | tint0 b` has two that want to. A lock on the terminal itself
// (flock(2)) says whose turn it is; the kernel takes it back from whoever is killed.
import { closeSync, constants, openSync } from 'node:fs'
import { takesLock } from '../libc.ts'
import { processField, ptyName } from '../proc.ts'

export interface Turn {
  /** Whether it is ours: it is taken where nobody has it. Where there is nothing to lock it always is. */
  take(): boolean
  giveBack(): void
}

/** Of the terminal's number in /proc/PID/stat (proc(5)). */
const TERMINAL = 7

/** That of our controlling terminal. /dev/tty is the same file for every terminal, and another user's may not be opened by its name. */
export const createTurn = (): Turn => {
  let fd: number | undefined
  return {
    take: () => {
      if (fd !== undefined) return true
      const name = ptyName(processField(TERMINAL))
      const opened = name === undefined ? undefined : openQuietly(`/dev/${name}`)
      if (opened === undefined) return true
      if (takesLock(opened)) fd = opened
      else closeSync(opened)
      return fd !== undefined
    },
    giveBack: () => {
      if (fd !== undefined) closeSync(fd)
      fd = undefined
    },
  }
}

const openQuietly = (path: string): number | undefined => {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
}
