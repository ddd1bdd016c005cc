// How the user is asked for a password, from what was written.
import { type Feedback, feedbacks } from '../prompt/prompt.ts'
import { lastOf, switchOf, type Written } from './parse.ts'
import { checked, choice, fail } from './values.ts'

/** `gui`: a window of the session only. `tty`: on this terminal only. */
export const authWays = ['auto', 'tty', 'gui', 'pkttyagent', 'none'] as const
export type AuthWay = (typeof authWays)[number]

export interface AuthRequest {
  readonly way: AuthWay
  readonly source: 'terminal' | 'stdin' | 'askpass'
  /** With sudo's escapes; undefined is the default. */
  readonly prompt: string | undefined
  readonly feedback: Feedback
  /** Milliseconds for each answer; undefined is for ever. */
  readonly timeout: number | undefined
  readonly bell: boolean
  /** What was granted before is forgotten first. */
  readonly forgets: boolean
}

export const defaultPrompt = 'Password for %p: '

/** As sudo's passwd_timeout, in minutes. */
const usualTimeout = 5

export const readAuth = (written: Written): AuthRequest => {
  const last = lastOf(written)
  const has = switchOf(written)
  if (has('stdin') && has('askpass'))
    return fail('--askpass', 'does not go with --stdin', 'choose one of them')
  return {
    way: has('no-ask-password') ? 'none' : (checked(last('auth'), choice('--auth', authWays)) ?? 'auto'),
    source: has('stdin') ? 'stdin' : has('askpass') ? 'askpass' : 'terminal',
    prompt: last('prompt'),
    feedback: checked(last('password-feedback'), choice('--password-feedback', feedbacks)) ?? 'none',
    timeout: (checked(last('password-timeout'), minutes) ?? usualTimeout) * 60_000 || undefined,
    bell: has('bell'),
    forgets: has('reset-timestamp'),
  }
}

const minutes = (text: string): number =>
  /^\d+(\.\d+)?$/.test(text) && Number(text) <= 1440
    ? Number(text)
    : fail('--password-timeout', `'${text}' is no number of minutes`, 'write one such as 5, or 0 for ever')
