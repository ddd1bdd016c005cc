// Starts a command, and has the user asked where polkit wants that. First without asking, so that no agent is started for
// nothing; then with the agent that the session has, ours standing in for it; then with ours alone, because polkit ignores
// a stand-in where there is no session (over ssh into a container, in cron, in WSL).
import type { Backend, Launch, Running, Start, StartOptions } from '../backend/backend.ts'
import { failed, refused } from '../errors.ts'
import { startAgent } from '../polkit/pkttyagent.ts'
import type { World } from './world.ts'

export interface Asking {
  readonly askPassword: boolean
  /** Hands the terminal to the agent: in the state in which it was found. */
  lend(): Promise<void>
  /** The agent is gone. */
  takeBack(): Promise<void>
  /** Resolves when the user has enough: then the agent must go, and the prompt's line is ended. */
  readonly interrupted: Promise<unknown>
}

/** pkttyagent gives one try an authorization; as sudo does, we give three. */
const tries = 3

/** The running command; throws a Tint0Error (126) where it was refused. */
export const startAuthorized = async (
  backend: Backend,
  launch: Launch,
  options: Omit<StartOptions, 'interactive'>,
  asking: Asking,
  { env, complain }: World,
): Promise<Running> => {
  const first = await backend.start(launch, { ...options, interactive: false })
  if (first.kind === 'running') return first.running
  if (first.kind === 'refused') throw denied(first.reason)
  if (first.kind === 'unanswered') throw failed('polkit', 'did not answer', 'see systemctl status polkit')
  if (!asking.askPassword)
    throw refused(
      'authorization',
      'polkit wants a password',
      'leave --no-ask-password out, or see polkit(8) to allow it',
    )
  let pending: Promise<Start> | undefined
  const ask = () => {
    pending = backend.start(launch, { ...options, interactive: true })
    return pending
  }
  let done = false
  const enough = asking.interrupted.then((): never => {
    if (!done) complain('\n')
    throw refused('authorization', 'was interrupted')
  })
  // It may come when nobody waits for it.
  enough.catch(() => {
    done = true
  })
  try {
    await Promise.race([asking.lend(), enough])
    // A window asks three times by itself; and shown again after it was closed, it would only annoy.
    const left = { tries: env.DISPLAY || env.WAYLAND_DISPLAY ? 1 : tries }
    for (const fallback of [true, false])
      while (left.tries > 0) {
        const start = await withAgent(fallback, enough, () =>
          Promise.race([asked(ask, left, () => done), enough]),
        )
        if (start.kind === 'running') return start.running
        if (start.kind === 'authorization-required') break
        if (start.kind === 'unanswered' && left.tries > 0)
          complain(
            `\ntint0: ${start.restarted ? 'the manager or the bus was restarted' : 'nobody answered in time'}; asking again\n`,
          )
        else if (left.tries === 0) throw denied('the password was wrong, or nobody answered')
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
    await asking.takeBack()
  }
}

/** Also when there is enough before it is ready the agent goes: nobody may be left who reads the terminal. */
const withAgent = async <T>(
  fallback: boolean,
  enough: Promise<never>,
  body: () => Promise<T>,
): Promise<T> => {
  const starting = startAgent({ fallback })
  try {
    await Promise.race([starting, enough])
    return await body()
  } finally {
    await starting.then(
      (agent) => agent.stop(),
      () => {},
    )
  }
}

/** Asks, and again after a wrong answer, until it is granted, cannot be asked, is left alone, or no try is left. */
const asked = async (
  ask: () => Promise<Start>,
  left: { tries: number },
  isEnough: () => boolean,
): Promise<Start> => {
  for (;;) {
    const start = await ask()
    if (start.kind === 'refused' || start.kind === 'unanswered') left.tries--
    if (start.kind !== 'refused' || left.tries === 0 || isEnough()) return start
  }
}

const denied = (reason: string) =>
  refused('authorization', `not granted: ${reason}`, 'pkcheck(1) and polkit(8) tell who may')
