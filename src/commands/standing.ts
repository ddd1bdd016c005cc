// What polkit goes by before it knows us again, asked of it, of logind, of the bus and of /proc; what is made of it is polkit/keeping's.
import { type Bus, broker } from '../bus/bus.ts'
import {
  type Authorization,
  checkAuthorization,
  connectionSubject,
  manageUnits,
  type Policy,
  policyOf,
  polkitVersion,
  retains,
} from '../polkit/authority.ts'
import type { KeepingFacts } from '../polkit/keeping.ts'
import { ourSession, type Session } from '../polkit/session.ts'
import { processFacts } from './doctor.proc.ts'

export interface Standing extends KeepingFacts {
  readonly session: Session | undefined
  /** What polkit says of us, when nobody is asked; undefined: nothing. */
  readonly answer: Authorization | undefined
}

/** `known`: polkit's answer, where it is there already. */
export const standingOf = async (bus: Bus, known?: Authorization): Promise<Standing> => {
  const [version, policy, session, tellsProcess, answer] = await Promise.all([
    orNothing(polkitVersion(bus)),
    orNothing<Policy | undefined>(policyOf(bus, manageUnits)),
    orNothing(ourSession(bus)),
    orNothing(tellsProcessOf(bus)),
    known ?? orNothing(checkAuthorization(bus, connectionSubject(bus), manageUnits)),
  ])
  return {
    version,
    policy,
    session,
    tellsProcess,
    answer,
    retains: answer && retains(answer),
    us: processFacts(),
  }
}

/** What a service says; undefined where it is not there, or says no. */
export const orNothing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch {
    return undefined
  }
}

/** It would come as a descriptor; that it does is enough, and the kernel closes it. */
const tellsProcessOf = async (bus: Bus): Promise<boolean> => {
  const [credentials] = await bus.call({
    ...broker,
    member: 'GetConnectionCredentials',
    signature: 's',
    body: [bus.name],
  })
  return 'ProcessFD' in (credentials as object)
}
