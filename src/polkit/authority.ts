// What we ask polkit for, after the D-Bus interface org.freedesktop.PolicyKit1.Authority: names and calls; nothing is decided.
import { type Bus, broker } from '../bus/bus.ts'
import { getProperty, plain, variant } from '../bus/value.ts'

export const polkitName = 'org.freedesktop.PolicyKit1'

const authority = {
  destination: polkitName,
  path: '/org/freedesktop/PolicyKit1/Authority',
  interface: `${polkitName}.Authority`,
} as const

/** What systemd asks polkit about, when a unit is started. */
export const manageUnits = 'org.freedesktop.systemd1.manage-units'

/** Whom it is about. */
export type Subject = readonly [kind: string, details: Readonly<Record<string, unknown>>]

/**
 * Who is at the other end of a connection. polkit has the bus tell it which process that is, beyond any doubt (a pidfd): only then will
 * it take one process for another (since 127). systemd asks so, too.
 */
export const connectionSubject = ({ name }: Bus): Subject => ['system-bus-name', { name: variant('s', name) }]

/** All processes of a session. */
export const sessionSubject = (id: string): Subject => ['unix-session', { 'session-id': variant('s', id) }]

/** What polkit answers. */
export interface Authorization {
  readonly granted: boolean
  /** It could be, if somebody were asked. */
  readonly challenge: boolean
  readonly details: Readonly<Record<string, string>>
}

/** Nobody is asked. */
export const checkAuthorization = async (
  bus: Bus,
  subject: Subject,
  action: string,
): Promise<Authorization> => {
  const [result] = await bus.call({
    ...authority,
    member: 'CheckAuthorization',
    signature: '(sa{sv})sa{ss}us',
    body: [subject, action, {}, 0, ''],
  })
  const [granted, challenge, details] = result as readonly [boolean, boolean, Record<string, string>]
  return { granted, challenge, details }
}

/** Of what was granted for a while: its number with polkit; undefined where it was not, or not by that. */
export const keptId = ({ details }: Authorization): string | undefined =>
  details['polkit.temporary_authorization_id']

/** Whether what is granted is kept, once somebody has been asked; undefined where nobody would be. */
export const retains = (answer: Authorization): boolean | undefined =>
  answer.challenge || keptId(answer) !== undefined
    ? keptId(answer) !== undefined || Boolean(answer.details['polkit.retains_authorization_after_challenge'])
    : undefined

/** Registers an object of ours as the agent of a process. With `fallback` the agent of its session comes first. */
export const registerAgent = async (
  bus: Bus,
  subject: Subject,
  path: string,
  { locale, fallback }: { readonly locale: string; readonly fallback: boolean },
): Promise<void> => {
  await bus.call({
    ...authority,
    member: 'RegisterAuthenticationAgentWithOptions',
    signature: '(sa{sv})ssa{sv}',
    body: [subject, locale, path, fallback ? { fallback: variant('b', true) } : {}],
  })
}

export const unregisterAgent = async (bus: Bus, subject: Subject, path: string): Promise<void> => {
  await bus.call({
    ...authority,
    member: 'UnregisterAuthenticationAgent',
    signature: '(sa{sv})s',
    body: [subject, path],
  })
}

/** What polkit has granted for a while. */
export interface Kept {
  readonly id: string
  readonly action: string
  readonly subject: Subject
  /** Seconds since 1970. */
  readonly since: number
  readonly until: number
}

/** What is kept for the processes of a session. */
export const keptFor = async (bus: Bus, subject: Subject): Promise<readonly Kept[]> => {
  const [all] = await bus.call({
    ...authority,
    member: 'EnumerateTemporaryAuthorizations',
    signature: '(sa{sv})',
    body: [subject],
  })
  return (all as readonly (readonly [string, string, Subject, bigint, bigint])[]).map(
    ([id, action, [kind, details], since, until]) => ({
      id,
      action,
      subject: [
        kind,
        Object.fromEntries(Object.entries(details).map(([name, value]) => [name, plain(value)])),
      ],
      since: Number(since),
      until: Number(until),
    }),
  )
}

export const revoke = async (bus: Bus, id: string): Promise<void> => {
  await bus.call({
    ...authority,
    member: 'RevokeTemporaryAuthorizationById',
    signature: 's',
    body: [id],
  })
}

/** polkit's version. Rejects with a BusError where there is no polkit. */
export const polkitVersion = async (bus: Bus): Promise<string> =>
  String(await getProperty(bus, authority, authority.interface, 'BackendVersion'))

/** What an action's policy says where no rule does (polkit's PolkitImplicitAuthorization). */
const implicits = ['no', 'auth_self', 'auth_admin', 'auth_self_keep', 'auth_admin_keep', 'yes'] as const
export type Implicit = (typeof implicits)[number]

export interface Policy {
  /** For a subject without a session, in one that is not active, and in an active one. */
  readonly any: Implicit
  readonly inactive: Implicit
  readonly active: Implicit
}

/** The policy of an action; undefined where polkit does not know it. */
export const policyOf = async (bus: Bus, action: string): Promise<Policy | undefined> => {
  const [actions] = await bus.call({ ...authority, member: 'EnumerateActions', signature: 's', body: [''] })
  const found = (actions as readonly (readonly unknown[])[]).find(([id]) => id === action)
  const implicit = (at: number) => implicits[Number(found?.[at])] ?? 'no'
  return found && { any: implicit(6), inactive: implicit(7), active: implicit(8) }
}

/** The unique name of the polkit that is there now, or is started for it: whoever else calls our agent is a liar. */
export const polkitOwner = async (bus: Bus): Promise<string> => {
  const ask = (member: string, signature: string, ...body: readonly unknown[]) =>
    bus.call({ ...broker, member, signature, body: [polkitName, ...body] })
  await ask('StartServiceByName', 'su', 0)
  const [owner] = await ask('GetNameOwner', 's')
  return String(owner)
}

/** The number of our process, as the bus and polkit have it: in a namespace of our own it is another one than ours. */
export const processOf = async (bus: Bus): Promise<number> => {
  const [pid] = await bus.call({
    ...broker,
    member: 'GetConnectionUnixProcessID',
    signature: 's',
    body: [bus.name],
  })
  return Number(pid)
}
