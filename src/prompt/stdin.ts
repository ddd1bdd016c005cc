// Door: answers from standard input (--stdin), a line each, and not a byte more: the rest is the command's. What is asked is said on
// standard error, as sudo -S does. What can be no password is none at all, rather than a part of it.
import { readSync, writeSync } from 'node:fs'
import { untilReadable } from '../libc.ts'
import { type Answer, type Prompter, usualColumns } from './prompt.ts'
import { createSheet, noPassword } from './sheet.ts'

export interface UnseenOptions {
  /** Bytes that an answer may have. */
  readonly longest: number
  /** Milliseconds; undefined is for ever. */
  readonly timeout: number | undefined
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 200

export const readPrompt = ({ longest, timeout, sleep }: UnseenOptions): Prompter => {
  // Of a question that was dropped the next one has what was typed so far.
  const sheet = createSheet(longest)
  let finish: ((answer: Answer) => void) | undefined
  const read = async (mine: (answer: Answer) => void) => {
    for (;;) {
      await untilReadable(0, pollTime)
      if (finish !== mine) return
      const length = readSome(0, one)
      if (length === undefined) continue
      const taken = length === 0 ? sheet.end() : sheet.take(one[0] ?? 0)
      one.fill(0)
      if (taken === 'unfit') say(`\n${noPassword}`)
      if (taken) return mine(taken === 'unfit' ? { kind: 'closed' } : taken)
    }
  }
  return {
    ask: ({ text }) =>
      new Promise((resolve) => {
        const mine = (answer: Answer) => {
          if (finish !== mine) return
          finish = undefined
          say('\n')
          resolve(answer)
        }
        finish = mine
        say(text)
        if (timeout !== undefined) sleep(timeout).then(() => mine({ kind: 'timeout' }))
        read(mine)
      }),
    tell: (text) => say(`${text}\n`),
    drop: () => finish?.({ kind: 'dropped' }),
    suspend: () => {},
    resume: () => {},
    close: () => {
      finish?.({ kind: 'dropped' })
      sheet.wipe()
    },
    columns: usualColumns,
  }
}

/** Where nobody can read it, nobody can be told. */
export const say = (text: string): void => {
  try {
    writeSync(2, text)
  } catch {}
}

const one = Buffer.alloc(1)

/** How many bytes came: 0 at the end; undefined where none is there yet. */
export const readSome = (fd: number, into: Buffer): number | undefined => {
  try {
    return readSync(fd, into, 0, into.length, null)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 0
  }
}
