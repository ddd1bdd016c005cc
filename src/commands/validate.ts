// tint0 -v, -k and -K: polkit's answer without a command, and its forgetting, as sudo(8) and run0(1) have them. polkit is asked about
// this process; whether it keeps the answer for the next one is its own affair, and so it is said where it does not.

import { caller } from '../backend/account.ts'
import type { Bus } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import type { AuthRequest } from '../cli/auth.ts'
import type { Agent, Verdict } from '../polkit/agent.ts'
import {
  checkAuthorization,
  keptFor,
  manageUnits,
  processSubject,
  revoke,
  type Subject,
  sessionSubject,
} from '../polkit/authority.ts'
import { ourSession } from '../polkit/session.ts'
import { words } from '../polkit/words.ts'
import { ourselves, signalNumber } from '../proc.ts'
import { atDesk, catchSignals } from './interrupted.ts'
import { unauthorized, verdictError } from './verdict.ts'
import type { World } from './world.ts'

/** 0 where it is granted; 1 where it is not, or might only be if somebody were asked. */
export const validate = async (request: AuthRequest, world: World): Promise<number> => {
  const bus = await connectBus('system')
  try {
    const subject = us()
    if (request.forgets) await forgetOf(bus, subject)
    const first = await checkAuthorization(bus, subject, manageUnits)
    if (first.granted) return 0
    if (!first.challenge || request.way === 'none') return 1
    return await asked(bus, subject, request, world)
  } finally {
    bus.close()
  }
}

const us = (): Subject => {
  const { pid, started } = ourselves()
  return processSubject(pid, started)
}

const asked = async (bus: Bus, subject: Subject, request: AuthRequest, world: World): Promise<number> => {
  const { planAgents } = await import('./agents.ts')
  const facts = { caller: caller().name, target: 'root', hostname: world.hostname }
  const plan = await planAgents(request, bus, facts, () => '', world)
  const interrupted = catchSignals()
  interrupted.goTo(atDesk(plan.desk))
  try {
    for (const attempt of plan.attempts) {
      let verdict: Verdict | undefined
      const agent: Agent = await attempt.start(bus, (given) => {
        verdict = given
      })
      try {
        const answer = await interrupted.or(checkAuthorization(bus, subject, manageUnits, { asks: true }))
        if (typeof answer === 'string') return 128 + signalNumber(answer)
        if (answer.granted) return 0
        const wrong = verdict && verdictError(verdict)
        if (wrong) throw wrong
        if (!answer.challenge) throw unauthorized(words.ruleSaysNo(''))
      } finally {
        await agent.stop()
      }
    }
    throw unauthorized(words.nobodyToAsk())
  } finally {
    plan.desk.close()
    interrupted.stop()
  }
}

/** Forgets what was granted: to this shell's processes, or to `all` of the session. Resolves to the exit status. */
export const forget = async (all: boolean): Promise<number> => {
  const bus = await connectBus('system')
  try {
    if (all) await forgetAll(bus)
    else await forgetOf(bus, us())
    return 0
  } finally {
    bus.close()
  }
}

/** What polkit takes for ours: it tells which one that is. */
const forgetOf = async (bus: Bus, subject: Subject): Promise<void> => {
  const { details } = await checkAuthorization(bus, subject, manageUnits)
  const id = details['polkit.temporary_authorization_id']
  if (id !== undefined) await revoke(bus, id)
}

const forgetAll = async (bus: Bus): Promise<void> => {
  const session = await ourSession(bus)
  if (!session) return
  for (const { id, action } of await keptFor(bus, sessionSubject(session.id)))
    if (action === manageUnits) await revoke(bus, id)
}
