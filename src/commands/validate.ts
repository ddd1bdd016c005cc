// tint0 -v, -k and -K: polkit's answer without a command, and its forgetting, as sudo(8) and run0(1) have them. polkit is asked about
// this connection, as systemd asks it; whether it knows the next process of the shell again is its own affair, and so it is said
// where somebody had to answer for nothing but this process.

import { caller } from '../backend/account.ts'
import { type Bus, isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import type { AuthRequest } from '../cli/auth.ts'
import { failed, sentence, Tint0Error } from '../errors.ts'
import type { Agent, Verdict } from '../polkit/agent.ts'
import {
  type Authorization,
  checkAuthorization,
  connectionSubject,
  manageUnits,
} from '../polkit/authority.ts'
import { reasonsNotToKeep } from '../polkit/keeping.ts'
import { words } from '../polkit/words.ts'
import { signalNumber } from '../proc.ts'
import { forgetAll, forgetOurs } from './forget.ts'
import { atDesk, catchSignals } from './interrupted.ts'
import { standingOf } from './keeping.ts'
import { unauthorized, verdictError } from './verdict.ts'
import type { World } from './world.ts'

/** 0 where it is granted; 1 where it is not, or might only be if somebody were asked. */
export const validate = async (request: AuthRequest, world: World): Promise<number> => {
  try {
    return await onBus((bus) => validateOn(bus, request, world))
  } catch (error) {
    // A question that may be asked silently has no other answer, whatever is wrong.
    if (request.way === 'none' && error instanceof Tint0Error) return 1
    throw error
  }
}

const validateOn = async (bus: Bus, request: AuthRequest, world: World): Promise<number> => {
  if (request.forgets) await forgetOurs(bus)
  const first = await checkAuthorization(bus, connectionSubject(bus), manageUnits)
  if (first.granted) return 0
  if (request.way === 'none') return 1
  if (!first.challenge) throw unauthorized(words.ruleSaysNo(''))
  const answer = await asked(bus, request, world)
  if (typeof answer === 'string') return 128 + signalNumber(answer)
  await tellIfNotKept(bus, answer, world)
  return 0
}

/** What was granted, or the signal that came first. Throws a Tint0Error where nothing is. */
const asked = async (
  bus: Bus,
  request: AuthRequest,
  world: World,
): Promise<Authorization | NodeJS.Signals> => {
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
        const checking = checkAuthorization(bus, connectionSubject(bus), manageUnits, { asks: true })
        const answer = await interrupted.or(checking)
        if (typeof answer === 'string' || answer.granted) return answer
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

const tellIfNotKept = async (bus: Bus, answer: Authorization, world: World): Promise<void> => {
  const [reason] = reasonsNotToKeep(await standingOf(bus, answer))
  if (!reason) return
  const { failure } = failed('authorization', `granted, but not kept: ${reason.text}`, reason.hint)
  world.complain(sentence('tint0', failure))
}

/** Forgets what was granted: to this shell's processes, or to `all` of the session. Resolves to the exit status. */
export const forget = async (all: boolean): Promise<number> => {
  await onBus(all ? forgetAll : forgetOurs)
  return 0
}

/** What polkit or the bus has against it is said as a failure of polkit's. */
const onBus = async <T>(act: (bus: Bus) => Promise<T>): Promise<T> => {
  const bus = await connectBus('system')
  try {
    return await act(bus)
  } catch (error) {
    throw isBusError(error) ? failed('polkit', error.message, 'see systemctl status polkit') : error
  } finally {
    bus.close()
  }
}
