// Our own agent, on the bus connection that asks for the unit: polkit then finds it by our process, also where there is no session
// (as from cron, over a container's shell, or in WSL), and prefers it to a window. After polkit's interface
// org.freedesktop.PolicyKit1.AuthenticationAgent.
import { type Bus, BusError, busErrors, type Incoming } from '../bus/bus.ts'
import { plain } from '../bus/value.ts'
import type { Agent, Authentication, Verdict } from './agent.ts'
import { manageUnits, polkitName, polkitOwner, registerAgent, unregisterAgent } from './authority.ts'
import type { Scope } from './scope.ts'

const path = '/org/freedesktop/PolicyKit1/AuthenticationAgent'
const agentInterface = `${polkitName}.AuthenticationAgent`
const cancelledError = `${polkitName}.Error.Cancelled`

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
  let current: { readonly cookie: string; readonly cancel: () => void } | undefined
  const begin = async (body: readonly unknown[]): Promise<void> => {
    const [action, message, , details, cookie, identities] = body as readonly [
      ...[string, string, string, Readonly<Record<string, string>>, string],
      readonly Identity[],
    ]
    // Whatever else somebody has polkit ask us would be taken for our own question.
    if (action !== manageUnits) throw new BusError(busErrors.accessDenied, 'only for this action is asked')
    if (scope?.only !== undefined && Number(details['polkit.subject-pid']) !== scope.only)
      throw new BusError(busErrors.failed, 'the agent of this session is busy with another question')
    current?.cancel()
    let cancel = () => {}
    const cancelled = new Promise<void>((resolve) => {
      cancel = resolve
    })
    current = { cookie, cancel }
    const mine = current
    const verdict = await ask({ action, message, cookie, users: usersOf(identities), cancelled })
    if (current === mine) current = undefined
    if (dismissed.has(verdict.kind)) throw new BusError(cancelledError, 'the user was not asked to the end')
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
  let scope: Scope | undefined
  for (const [at, one] of scopes.entries())
    try {
      scope = one
      await registerAgent(bus, one.subject, path, { fallback, locale })
      break
    } catch (error) {
      if (at < scopes.length - 1) continue
      silence()
      throw error
    }
  return {
    stop: async () => {
      current?.cancel()
      silence()
      // Where polkit or the bus is gone, it is forgotten already.
      if (scope) await unregisterAgent(bus, scope.subject, path).catch(() => {})
    },
  }
}

/** As polkit means it: nobody is to blame, and nothing was tried. */
const dismissed: ReadonlySet<Verdict['kind']> = new Set(['closed', 'timeout', 'cancelled'])

type Identity = readonly [kind: string, details: Readonly<Record<string, unknown>>]

const usersOf = (identities: readonly Identity[]): readonly number[] =>
  identities.flatMap(([kind, details]) => (kind === 'unix-user' ? [Number(plain(details.uid))] : []))
