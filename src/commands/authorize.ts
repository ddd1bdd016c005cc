// Starts a command, and has the user asked where polkit wants that. First without asking, so that no agent is started for
// nothing; then with one agent after the other, as --auth has them, until polkit has found one that it can use.
import type { Backend, Launch, Running, Start, StartOptions } from '../backend/backend.ts'
import { failed, refused, Tint0Error } from '../errors.ts'
import type { Agent, Verdict } from '../polkit/agent.ts'
import type { Desk } from '../prompt/desk.ts'
import type { AgentPlan, Attempt } from './agents.ts'
import { denied, verdictError } from './verdict.ts'
import type { World } from './world.ts'

export interface Asking {
  /** Who asks; undefined: nobody may. */
  readonly plan: (() => Promise<AgentPlan>) | undefined
  /** Hands the terminal to the agent, in the state in which it was found; the desk must know when we are stopped. */
  lend(desk: Desk): Promise<void>
  /** The agent is gone. */
  takeBack(): Promise<void>
  /** Resolves when the user has enough: then the agent must go, and the prompt's line is ended. */
  readonly interrupted: Promise<unknown>
}

/** The running command; throws a Tint0Error (126) where it was refused. */
export const startAuthorized = async (
  backend: Backend,
  launch: Launch,
  options: Omit<StartOptions, 'interactive'>,
  asking: Asking,
  world: World,
): Promise<Running> => {
  const first = await backend.start(launch, { ...options, interactive: false })
  if (first.kind === 'running') return first.running
  if (first.kind === 'refused') throw denied(first.reason)
  if (first.kind === 'unanswered') throw failed('polkit', 'did not answer', 'see systemctl status polkit')
  if (!asking.plan || !backend.bus)
    throw refused(
      'authorization',
      'polkit wants a password',
      'leave --no-ask-password (or --auth=none) out, or see polkit(8) to allow it',
    )
  const plan = await asking.plan()
  let pending: Promise<Start> | undefined
  let done = false
  const enough = asking.interrupted.then((): never => {
    throw refused('authorization', 'was interrupted')
  })
  // It may come when nobody waits for it.
  enough.catch(() => {
    done = true
    plan.desk.close()
  })
  const round: Round = {
    ask: () => {
      pending = backend.start(launch, { ...options, interactive: true })
      return Promise.race([pending, enough])
    },
    agent: async (attempt, answered) => {
      const bus = await backend.bus?.()
      if (!bus) throw failed('system bus', 'is gone')
      return orEnough(attempt.start(bus, answered), enough)
    },
    isEnough: () => done,
    desk: plan.desk,
    complain: world.complain,
  }
  try {
    await Promise.race([asking.lend(plan.desk), enough])
    for (const attempt of plan.attempts) {
      const start = await attempted(attempt, round)
      if (start) return start.running
    }
    throw refused(
      'authorization',
      'nobody could be asked for a password',
      'run tint0 in a terminal, or see polkit(8)',
    )
  } catch (error) {
    // What was granted at the last moment must not be left alone: our caller ends it.
    const last = done ? await pending?.catch(() => undefined) : undefined
    if (last?.kind === 'running') return last.running
    throw error
  } finally {
    done = true
    plan.desk.close()
    await asking.takeBack()
  }
}

interface Round {
  /** Asks the manager, who asks polkit, who asks the agent. */
  ask(): Promise<Start>
  agent(attempt: Attempt, answered: (verdict: Verdict) => void): Promise<Agent>
  isEnough(): boolean
  readonly desk: Desk
  complain(text: string): void
}

/** Undefined: polkit found nobody to ask by this one. Throws a Tint0Error for what is the end. */
const attempted = async (
  attempt: Attempt,
  round: Round,
): Promise<Extract<Start, { kind: 'running' }> | undefined> => {
  let verdict: Verdict | undefined
  let agent: Agent | undefined
  const answered = (given: Verdict) => {
    verdict = given
  }
  try {
    agent = await round.agent(attempt, answered)
    for (let left = attempt.tries; ; ) {
      const start = await round.ask()
      if (start.kind === 'running') return start
      const wrong = verdict && verdictError(verdict)
      if (wrong) throw wrong
      if (start.kind === 'authorization-required') return undefined
      // Whoever is just typing goes on with it, for the next question will be the same.
      const goesOn = start.kind === 'unanswered' && round.desk.isAsking
      if (!goesOn) left--
      if (left <= 0 || round.isEnough())
        throw denied(start.kind === 'refused' ? start.reason : 'nobody answered in time')
      if (start.kind === 'unanswered' && !goesOn)
        round.complain(
          `\ntint0: ${start.restarted ? 'the manager or the bus was restarted' : 'nobody answered in time'}; asking again\n`,
        )
      if (start.kind === 'unanswered' && start.restarted) {
        await agent.stop()
        agent = await round.agent(attempt, answered)
      }
    }
  } finally {
    await agent?.stop()
  }
}

/** Also when there is enough before it is ready the agent goes: nobody may be left who reads the terminal. */
const orEnough = async (starting: Promise<Agent>, enough: Promise<never>): Promise<Agent> => {
  try {
    return await Promise.race([starting, enough])
  } catch (error) {
    await starting.then(
      (agent) => agent.stop(),
      () => {},
    )
    throw error instanceof Tint0Error ? error : failed('polkit', `took no agent: ${(error as Error).message}`)
  }
}
