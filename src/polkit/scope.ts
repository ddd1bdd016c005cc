// For whom our agent answers, as polkit is told when it is registered. That of our own process needs no session, and is nobody else's.
// But what polkit keeps belongs to the agent's scope, and may be listed and taken back only from within a session of that scope
// (polkit#666): so where something will be kept it is our session's, if that has no agent yet. As long as it is, polkit refuses what other
// processes of the session ask for, even if they brought an agent: so it is never a graphical session's, whose own agent may come at
// any time, and the first other one that asks ends it (ours.ts). That one is refused; the next ones are not.
import type { Bus } from '../bus/bus.ts'
import { variant } from '../bus/value.ts'
import {
  checkAuthorization,
  connectionSubject,
  manageUnits,
  polkitVersion,
  processOf,
  retains,
  type Subject,
  sessionSubject,
} from './authority.ts'
import { knowsNextProcess } from './keeping.ts'
import { ourSession } from './session.ts'

export interface Scope {
  readonly subject: Subject
  /** The only process that it answers for, though polkit may ask about others; undefined: polkit asks about no other. */
  readonly only?: number
}

/** The scopes to be tried in turn. */
export const scopesOf = async (bus: Bus): Promise<readonly Scope[]> => {
  const only = await processOf(bus)
  const session = await keepingSession(bus).catch(() => undefined)
  return [...(session ? [{ subject: session, only }] : []), { subject: processSubject(only) }]
}

/**
 * By the number that the bus knows: ours may be another one, as may be the time of our start; and polkit looks up the time by itself
 * where it is 0. The number cannot be another process's as long as we are here.
 */
const processSubject = (pid: number): Subject => [
  'unix-process',
  { pid: variant('u', pid), 'start-time': variant('t', 0n) },
]

/** Our session, where what is granted will be kept for other processes. */
const keepingSession = async (bus: Bus): Promise<Subject | undefined> => {
  if (!knowsNextProcess(await polkitVersion(bus))) return undefined
  if (!retains(await checkAuthorization(bus, connectionSubject(bus), manageUnits))) return undefined
  const session = await ourSession(bus)
  return session && !session.graphical ? sessionSubject(session.id) : undefined
}
