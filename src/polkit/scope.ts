// For whom our agent answers, as polkit is told when it is registered. That of our own process needs no session, and is nobody else's.
// But what polkit keeps belongs to the agent's scope, and may be listed and taken back only from within a session of that scope
// (polkit#666): so where something will be kept it is our session's, if that has no agent yet.
import type { Bus } from '../bus/bus.ts'
import { variant } from '../bus/value.ts'
import {
  checkAuthorization,
  connectionSubject,
  manageUnits,
  polkitVersion,
  processOf,
  type Subject,
  sessionSubject,
} from './authority.ts'
import { ourSession } from './session.ts'

export interface Scope {
  readonly subject: Subject
  /** The only process that it answers for, though polkit may ask about others; undefined: polkit asks about no other. */
  readonly only?: number
}

/** Before, nothing is kept for another process. */
const keeps = 127

/** The scopes to be tried in turn. */
export const scopesOf = async (bus: Bus): Promise<readonly Scope[]> => {
  const only = await processOf(bus)
  const session = await keepingSession(bus).catch(() => undefined)
  return [...(session ? [{ subject: session, only }] : []), { subject: ofProcess(only) }]
}

/**
 * By the number that the bus knows: ours may be another one, as may be the time of our start; and polkit looks up the time by itself
 * where it is 0. The number cannot be another process's as long as we are here.
 */
const ofProcess = (pid: number): Subject => [
  'unix-process',
  { pid: variant('u', pid), 'start-time': variant('t', 0n) },
]

/** Our session, where what is granted will be kept. */
const keepingSession = async (bus: Bus): Promise<Subject | undefined> => {
  if (Number.parseInt(await polkitVersion(bus), 10) < keeps) return undefined
  const { details } = await checkAuthorization(bus, connectionSubject(bus), manageUnits)
  if (!details['polkit.retains_authorization_after_challenge']) return undefined
  const session = await ourSession(bus)
  return session && sessionSubject(session.id)
}
