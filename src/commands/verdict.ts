// How asking for a password went, in words: who was refused, why, and the way out.
import { refused, type Tint0Error } from '../errors.ts'
import type { Verdict } from '../polkit/agent.ts'

export const denied = (reason: string): Tint0Error =>
  refused('authorization', `not granted: ${reason}`, 'pkcheck(1) and polkit(8) tell who may')

/** undefined where it is not the end: polkit has the word. */
export const verdictError = (verdict: Verdict): Tint0Error | undefined => {
  switch (verdict.kind) {
    case 'granted':
    case 'cancelled':
      return undefined
    case 'wrong':
      return denied('the password was wrong three times')
    case 'closed':
      return refused('authorization', 'no password was given')
    case 'timeout':
      return refused('authorization', 'nobody answered in time', 'see --password-timeout')
    case 'broken':
      return refused('authorization', verdict.problem, verdict.hint)
  }
}
