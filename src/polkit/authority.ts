// What we ask polkit for, after the D-Bus interface org.freedesktop.PolicyKit1.Authority: names and calls; nothing is decided.
import type { Bus } from '../bus/bus.ts'
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

/** A process; polkit finds out by itself whose it is. `started` is field 22 of its stat (proc(5)). */
export const processSubject = (pid: number, started: number): Subject => [
  'unix-process',
  { pid: variant('u', pid), 'start-time': variant('t', BigInt(started)) },
]

/** All processes of a session. */
export const sessionSubject = (id: string): Subject => ['unix-session', { 'session-id': variant('s', id) }]

/** What polkit answers. */
export interface Authorization {
  readonly granted: boolean
  /** It could be, if somebody were asked. */
  readonly challenge: boolean
  readonly details: Readonly<Record<string, string>>
}

/** Flags of CheckAuthorization. */
const ASK = 1
const ALWAYS = 4

/** `asks`: whoever is to be asked is asked meanwhile. `anew`: what was kept does not count (polkit 127). */
export const checkAuthorization = async (
  bus: Bus,
  subject: Subject,
  action: string,
  { asks = false, anew = false }: { readonly asks?: boolean; readonly anew?: boolean } = {},
): Promise<Authorization> => {
  const [result] = await bus.call({
    ...authority,
    member: 'CheckAuthorization',
    signature: '(sa{sv})sa{ss}us',
    body: [subject, action, {}, (asks ? ASK : 0) | (anew ? ALWAYS : 0), ''],
  })
  const [granted, challenge, details] = result as readonly [boolean, boolean, Record<string, string>]
  return { granted, challenge, details }
}

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

/** polkit's version; undefined where it does not say. */
export const polkitVersion = async (bus: Bus): Promise<string> =>
  String(await getProperty(bus, authority, authority.interface, 'BackendVersion'))

/** What an action's policy says where no rule does (polkit's PolkitImplicitAuthorization). */
export const implicits = [
  'no',
  'auth_self',
  'auth_admin',
  'auth_self_keep',
  'auth_admin_keep',
  'yes',
] as const
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

const broker = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

/** The unique name of the polkit that is there now: whoever else calls our agent is a liar. One that sleeps, or is restarting, is woken. */
export const polkitOwner = async (bus: Bus): Promise<string> => {
  await bus.call({ ...broker, member: 'StartServiceByName', signature: 'su', body: [polkitName, 0] })
  const [owner] = await bus.call({ ...broker, member: 'GetNameOwner', signature: 's', body: [polkitName] })
  return String(owner)
}
