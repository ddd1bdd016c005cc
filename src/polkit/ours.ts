// Our own agent, on the bus connection that asks for the unit: polkit then finds it by our process, also where there is no session
// (as from cron, over a container's shell, or in WSL), and prefers it to a window. After polkit's interface
// org.freedesktop.PolicyKit1.AuthenticationAgent.
import { type Bus, BusError, busErrors, type Incoming } from '../bus/bus.ts'
import { later } from '../bus/patience.ts'
import { plain } from '../bus/value.ts'
import type { Agent, Authentication, Verdict } from './agent.ts'
import { manageUnits, polkitName, polkitOwner, registerAgent, unregisterAgent } from './authority.ts'
import type { Scope } from './scope.ts'

const path = '/org/freedesktop/PolicyKit1/AuthenticationAgent'
const agentInterface = `${polkitName}.AuthenticationAgent`
const canceledError = `${polkitName}.Error.Cancelled`

export interface AgentOptions {
  readonly fallback: boolean
  /** For polkit's words, such as de_DE.UTF-8. */
  readonly locale: string
}

/**
 * Registers it, for the first of the scopes that polkit takes; from then on `ask` is called for each authentication. A new one takes
 * the place of one that is under way: whoever wanted that has given up. Rejects with a BusError where polkit takes none.
 */
export const startOurs = async (
  bus: Bus,
  scopes: readonly Scope[],
  { fallback, locale }: AgentOptions,
  ask: (authentication: Authentication) => Promise<Verdict>,
): Promise<Agent> => {
  const owner = await polkitOwner(bus)
  const only = scopes.find((scope) => scope.only !== undefined)?.only
  const registered = new Set<Scope>()
  let current: Current | undefined
  let [moves, isMoving, isOver] = [0, false, false]
  const register = async (scope: Scope): Promise<void> => {
    await registerAgent(bus, scope.subject, path, { fallback, locale })
    registered.add(scope)
    // It was given up meanwhile.
    if (isOver) await unregister(scope)
  }
  /** Where polkit or the bus is gone, or does not answer, it is forgotten when the connection ends. */
  const unregister = async (scope: Scope): Promise<void> => {
    registered.delete(scope)
    await Promise.race([unregisterAgent(bus, scope.subject, path).catch(() => {}), later(patience)])
  }
  /** As long as a session has us for its agent, polkit refuses whatever else it asks for. Our own question is begun anew by that. */
  const yieldToOthers = (): void => {
    const [wide] = registered
    const narrow = scopes.at(-1)
    if (isMoving || !wide || !narrow || wide === narrow) return
    isMoving = true
    register(narrow)
      .then(() => {
        // Who has answered meanwhile goes first. Before that nothing is lost: the question stands for who asks next.
        if (current?.isChecking) return unregister(narrow)
        moves++
        current?.cancel()
        return unregister(wide)
      })
      .catch(() => {
        // Then it remains as it was.
      })
      .finally(() => {
        isMoving = false
      })
  }
  const begin = async (body: readonly unknown[]): Promise<void> => {
    const [action, message, , details, cookie, identities] = body as readonly [
      ...[string, string, string, Readonly<Record<string, string>>, string],
      readonly Identity[],
    ]
    // Whatever else somebody has polkit ask us would be taken for our own question.
    const isOurs = only === undefined || Number(details['polkit.subject-pid']) === only
    if (action !== manageUnits || !isOurs) yieldToOthers()
    if (action !== manageUnits) throw new BusError(busErrors.accessDenied, 'only for this action is asked')
    if (!isOurs)
      throw new BusError(busErrors.failed, 'the agent of this session is busy with another question')
    current?.cancel()
    let cancel = () => {}
    const canceled = new Promise<void>((resolve) => {
      cancel = resolve
    })
    const mine = { cookie, cancel, isChecking: false }
    current = mine
    const checks = (isChecking: boolean) => {
      mine.isChecking = isChecking
    }
    const verdict = await ask({ action, message, cookie, users: usersOf(identities), canceled, checks })
    if (current === mine) current = undefined
    if (dismissed.has(verdict.kind)) throw new BusError(canceledError, 'the user was not asked to the end')
  }
  const answer = async ({ sender, interface: of, member, body }: Incoming): Promise<void> => {
    if (sender !== owner) throw new BusError(busErrors.accessDenied, 'only polkit may ask this')
    if (of !== agentInterface) throw new BusError(busErrors.unknownMethod, 'there is no such interface')
    switch (member) {
      case 'BeginAuthentication':
        return begin(body)
      case 'CancelAuthentication':
        if (current?.cookie === body[0]) current?.cancel()
        return
      default:
        throw new BusError(busErrors.unknownMethod, 'there is no such method')
    }
  }
  const silence = bus.serve(path, answer)
  for (const [at, one] of scopes.entries())
    try {
      await register(one)
      break
    } catch (error) {
      if (at < scopes.length - 1) continue
      silence()
      throw error
    }
  return {
    stop: async () => {
      isOver = true
      current?.cancel()
      silence()
      await Promise.all([...registered].map(unregister))
    },
    get isBusy() {
      return current !== undefined
    },
    get isChecking() {
      return current?.isChecking === true
    },
    get moves() {
      return moves
    },
  }
}

interface Current {
  readonly cookie: string
  readonly cancel: () => void
  readonly isChecking: boolean
}

/** How long polkit may take to let go of it, in milliseconds. */
const patience = 1000

/** As polkit means it: nobody is to blame, and nothing was tried. */
const dismissed: ReadonlySet<Verdict['kind']> = new Set(['closed', 'timeout', 'canceled'])

type Identity = readonly [kind: string, details: Readonly<Record<string, unknown>>]

const usersOf = (identities: readonly Identity[]): readonly number[] =>
  identities.flatMap(([kind, details]) => (kind === 'unix-user' ? [Number(plain(details.uid))] : []))
