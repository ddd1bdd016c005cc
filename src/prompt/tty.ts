// Door: the controlling terminal, as what asks on it needs it: bytes that are wiped once they are used, and writing that never hangs.
import { constants, openSync, readSync, writeSync } from 'node:fs'
import { failed } from '../errors.ts'
import { isWritable } from '../libc.ts'

/** How long a terminal that takes nothing is waited for, in milliseconds. */
const patience = 200

/** Opens the controlling terminal. Throws a Tint0Error where there is none. */
export const openTty = (): number => {
  try {
    return openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  } catch {
    throw noTerminal()
  }
}

export const noTerminal = () =>
  failed(
    'password',
    'there is no terminal to ask on',
    'run tint0 in a terminal, give it a program that asks (--askpass), or let polkit allow it without one',
  )

const chunk = Buffer.alloc(4096)

/** What `use` makes of what is there already, which is wiped then, whatever it was; 'gone' at the end of the terminal. */
export const readSome = <T>(fd: number, use: (bytes: Uint8Array) => T): T | 'nothing' | 'gone' => {
  try {
    const length = readSync(fd, chunk, 0, chunk.length, null)
    return length > 0 ? use(chunk.subarray(0, length)) : 'gone'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 'nothing' : 'gone'
  } finally {
    chunk.fill(0)
  }
}

/** A terminal that has stopped (^S) is waited for a little: one that takes nothing shows nothing. */
export const writeAll = (fd: number, bytes: Uint8Array): void => {
  let left = bytes
  try {
    while (left.length > 0 && isWritable(fd, patience)) left = left.subarray(writeSync(fd, left))
  } catch {}
}
