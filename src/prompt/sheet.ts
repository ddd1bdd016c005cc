// A line that a program has written for an answer, byte by byte, in a buffer that can be wiped: no string ever holds it. One with a NUL
// in it, or longer than PAM takes, is refused whole: PAM would see its beginning only, and that might be right.
import { newSecret } from './editor.ts'
import type { Answer } from './prompt.ts'

export interface Sheet {
  /** The answer at the end of the line; 'unfit' where it can be none. */
  take(byte: number): Answer | 'unfit' | undefined
  /** There is no more: a line without its end is one, nothing at all is none. */
  end(): Answer
  wipe(): void
}

export const noPassword = 'That is no password: too long, or with a NUL in it.'

export const createSheet = (longest: number, bytes = newSecret(longest)): Sheet => {
  let used = 0
  const wipe = () => {
    bytes.fill(0)
    used = 0
  }
  const answer = (): Answer => {
    // Lines of other systems end with both.
    if (bytes[used - 1] === CR) used--
    const secret = newSecret(used)
    bytes.copy(secret, 0, 0, used)
    wipe()
    return { kind: 'answer', secret }
  }
  return {
    take: (byte) => {
      if (byte === LF) return answer()
      if (byte === NUL || used === longest) {
        wipe()
        return 'unfit'
      }
      bytes[used++] = byte
      return undefined
    },
    end: () => (used === 0 ? { kind: 'closed' } : answer()),
    wipe,
  }
}

const [NUL, LF, CR] = [0, 10, 13]
