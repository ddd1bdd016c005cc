// Door: answers from standard input (--stdin), a line each, and not a byte more: the rest is the command's. What is asked is said on
// standard error, as sudo -S does.
import { readSync, writeSync } from 'node:fs'
import { untilReadable } from '../libc.ts'
import { newSecret } from './editor.ts'
import type { Answer, Prompter } from './prompt.ts'

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 200

/** `longest`: bytes that an answer may have; of a longer line only so many count, which no password is. */
export const readPrompt = ({ longest }: { readonly longest: number }): Prompter => {
  let dropped = false
  const say = (text: string) => {
    try {
      writeSync(2, text)
    } catch {
      // Where nobody can read it, nobody can be told.
    }
  }
  return {
    ask: async ({ text }) => {
      dropped = false
      say(text)
      const answer = await readLine(longest, () => dropped)
      say('\n')
      return answer
    },
    tell: (text) => say(`${text}\n`),
    drop: () => {
      dropped = true
    },
    suspend: () => {},
    resume: () => {},
    close: () => {
      dropped = true
    },
  }
}

const readLine = async (longest: number, isDropped: () => boolean): Promise<Answer> => {
  const bytes = newSecret(longest)
  const one = newSecret(1)
  let used = 0
  const taken = (): Answer => {
    const secret = newSecret(used)
    bytes.copy(secret, 0, 0, used)
    bytes.fill(0)
    one.fill(0)
    return { kind: 'answer', secret }
  }
  for (;;) {
    await untilReadable(0, pollTime)
    if (isDropped()) {
      bytes.fill(0)
      return { kind: 'dropped' }
    }
    const length = readOne(one)
    if (length === undefined) continue
    if (length === 0) return used === 0 ? { kind: 'closed' } : taken()
    if (one[0] === 10) return taken()
    if (used < longest) bytes[used++] = one[0] ?? 0
  }
}

/** How many bytes came: 0 at the end; undefined where none is there yet. */
const readOne = (into: Buffer): number | undefined => {
  try {
    return readSync(0, into, 0, 1, null)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 0
  }
}
