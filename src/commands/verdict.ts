// How asking for a password went, as the end of tint0. The words are those of polkit/words.ts.
import { refused, type Tint0Error } from '../errors.ts'
import type { Verdict } from '../polkit/agent.ts'
import { type Words, words } from '../polkit/words.ts'

export const unauthorized = ({ problem, hint }: Words): Tint0Error => refused('authorization', problem, hint)

/** undefined where it is not the end: polkit has the word. */
export const verdictError = (verdict: Verdict): Tint0Error | undefined => {
  switch (verdict.kind) {
    case 'granted':
    case 'canceled':
      return undefined
    case 'wrong':
    case 'closed':
    case 'timeout':
      return unauthorized(words[verdict.kind]())
    case 'broken':
      return refused('authorization', verdict.problem, verdict.hint)
  }
}
