// Starts a command, and has the user asked where polkit wants that. First without asking, so that no agent is started for
// nothing; then with one agent after the other, as --auth has them, until polkit has found one that it can use.
import type { Start } from '../backend/backend.ts'
import type { Bus } from '../bus/bus.ts'
import { later } from '../bus/patience.ts'
import { failed, refused, Tint0Error } from '../errors.ts'
import type { Agent, Verdict } from '../polkit/agent.ts'
import { whyDenied } from '../polkit/denial.ts'
import { type Words, words } from '../polkit/words.ts'
import type { Desk } from '../prompt/desk.ts'
import type { AgentPlan, Attempt } from './agents.ts'
import { unauthorized, verdictError } from './verdict.ts'
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

/** What is asked for: of the manager, who asks polkit, who asks the agent. */
export interface Wanted<R> {
  ask(interactive: boolean): Promise<Answered<R>>
  /** The connection that asks; undefined: no polkit is asked. */
  readonly bus: (() => Promise<Bus>) | undefined
}

export type Answered<R> =
  | { readonly kind: 'running'; readonly running: R }
  | Exclude<Start, { readonly kind: 'running' }>

/** What is running then; throws a Tint0Error (126) where it was refused. */
export const authorized = async <R>(wanted: Wanted<R>, asking: Asking, world: World): Promise<R> => {
  const first = await wanted.ask(false)
  if (first.kind === 'running') return first.running
  if (first.kind === 'refused') throw await denied(wanted, words.ruleSaysNo(first.reason))
  if (first.kind === 'unanswered') throw unauthorized(words.polkitSilent())
  if (!asking.plan || !wanted.bus) throw unauthorized(words.mayNotAsk())
  const plan = await asking.plan()
  let pending: Promise<Answered<R>> | undefined
  let done = false
  const enough = asking.interrupted.then((): never => {
    throw refused('authorization', 'was interrupted')
  })
  // It may come when nobody waits for it.
  enough.catch(() => {
    done = true
    plan.desk.close()
  })
  const round: Round<R> = {
    ask: () => {
      pending = wanted.ask(true)
      return Promise.race([pending, enough])
    },
    agent: async (attempt, answered) => {
      const bus = await wanted.bus?.()
      if (!bus) throw failed('system bus', 'is gone')
      return orEnough(attempt.start(bus, answered), enough)
    },
    isEnough: () => done,
    denied: () => denied(wanted, words.refusedAfterAsking()),
    checked: async (agent) => {
      for (let left = checking; left > 0 && agent.isChecking && !done; left -= glance)
        await world.sleep(glance)
    },
    desk: plan.desk,
    now: world.now,
    complain: world.complain,
  }
  try {
    await Promise.race([asking.lend(plan.desk), enough])
    for (const attempt of plan.attempts) {
      const start = await attempted(attempt, round)
      if (start) return start.running
    }
    throw unauthorized(plan.unasked)
  } catch (error) {
    // What was granted at the last moment must not be left alone: our caller ends it.
    const last = done ? await Promise.race([pending?.catch(() => undefined), later(lastMoment)]) : undefined
    if (last?.kind === 'running') return last.running
    throw error
  } finally {
    done = true
    plan.desk.close()
    await asking.takeBack()
  }
}

interface Round<R> {
  ask(): Promise<Answered<R>>
  agent(attempt: Attempt, answered: (verdict: Verdict) => void): Promise<Agent>
  isEnough(): boolean
  denied(): Promise<Tint0Error>
  /** Resolves when no answer of the user's is being checked any more. */
  checked(agent: Agent): Promise<void>
  readonly desk: Desk
  now(): number
  complain(text: string): void
}

/** Undefined: polkit found nobody to ask by this one. Throws a Tint0Error for what is the end. */
const attempted = async <R>(
  attempt: Attempt,
  round: Round<R>,
): Promise<Extract<Answered<R>, { kind: 'running' }> | undefined> => {
  let verdict: Verdict | undefined
  let agent: Agent | undefined
  const answered = (given: Verdict) => {
    verdict = given
  }
  try {
    agent = await round.agent(attempt, answered)
    for (let [left, turns] = [attempt.tries, mostTurns]; ; ) {
      const [moves, began]: readonly [number | undefined, number] = [agent.moves, round.now()]
      const start = await round.ask()
      if (start.kind === 'running') return start
      const restarted = start.kind === 'unanswered' && start.restarted === true
      // Another question of polkit's would end what is just being found right, or wrong.
      if (start.kind === 'unanswered' && !restarted) await round.checked(agent)
      const given = verdict
      verdict = undefined
      // What failed because polkit was restarted meanwhile is worth another question.
      const wrong = given && !(restarted && given.kind === 'broken') && verdictError(given)
      if (wrong) throw wrong
      const moved = start.kind !== 'unanswered' && agent.moves !== moves
      if (start.kind === 'authorization-required' && !moved) return undefined
      // Whoever is just typing, or looking for the token, goes on with it, for the next question will be the same.
      const goesOn =
        moved ||
        (start.kind === 'unanswered' &&
          (restarted || round.desk.isAsking || agent.isBusy || given?.kind === 'granted'))
      if (!goesOn) left--
      // A question has a time of its own.
      if (!round.desk.isAsking || round.now() - began < shortTurn) turns--
      if (left <= 0 || turns <= 0 || round.isEnough())
        throw start.kind === 'refused'
          ? await round.denied()
          : unauthorized(round.desk.isUsed ? words.timeout() : words.unansweredElsewhere())
      if (start.kind === 'unanswered' && !round.desk.isUsed)
        round.complain(
          `\ntint0: ${restarted ? 'the manager or the bus was restarted' : 'nobody answered in time'}; asking again\n`,
        )
      if (restarted) {
        await agent.stop()
        agent = await round.agent(attempt, answered)
      }
    }
  } finally {
    await agent?.stop()
  }
}

/** How often it is begun anew where no question stands: an hour's worth of systemd's patience. */
const mostTurns = 150

/** Milliseconds. What fails sooner may do so for ever. */
const shortTurn = 1000

/** How long PAM may take for an answer, and how often that is looked at, in milliseconds. */
const checking = 30_000
const glance = 100

/** For what polkit and the manager have to say yet when the user has had enough, in milliseconds. */
const lastMoment = 4000

/** For polkit to start, and to take an agent, in milliseconds. */
const registering = 30_000

/** For an agent that comes too late to go, in milliseconds. */
const parting = 1000

const denied = async (
  { bus: connection }: Pick<Wanted<unknown>, 'bus'>,
  usual: Words,
): Promise<Tint0Error> => {
  const bus = await connection?.()
  return unauthorized(bus ? await whyDenied(bus, usual) : usual)
}

/** Also when there is enough before it is ready the agent goes: nobody may be left who reads the terminal. */
const orEnough = async (starting: Promise<Agent>, enough: Promise<never>): Promise<Agent> => {
  try {
    return await Promise.race([
      starting,
      enough,
      later(registering).then((): never => {
        throw unauthorized(words.polkitSilent())
      }),
    ])
  } catch (error) {
    const gone = starting.then(
      (agent) => agent.stop(),
      () => {},
    )
    await Promise.race([gone, later(parting)])
    throw error instanceof Tint0Error ? error : unauthorized(words.agentRefused((error as Error).message))
  }
}
