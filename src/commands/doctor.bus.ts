// What the system bus tells of this machine, for tint0ctl doctor: systemd, polkit and its policy, our session.
import type { Bus } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { getProperty } from '../bus/value.ts'
import { Tint0Error } from '../errors.ts'
import type { MachineFacts, Polkit } from './findings.ts'

export interface BusFacts {
  readonly bus: MachineFacts['bus']
  readonly version: string | undefined
  readonly polkit: Polkit | undefined
}

/** Asks; what is not there, or not answered by the time `bound` resolves, is undefined. */
export const busFacts = async (bound: Promise<void>): Promise<BusFacts> => {
  const late: BusFacts = {
    bus: { kind: 'missing', problem: 'does not answer' },
    version: undefined,
    polkit: undefined,
  }
  return Promise.race([asked(), bound.then(() => late)])
}

const asked = async (): Promise<BusFacts> => {
  try {
    const bus = await connectBus('system')
    const [version, polkit] = await Promise.all([systemdVersion(bus), polkitFacts(bus)])
    bus.close()
    return { bus: { kind: 'there', passesDescriptors: bus.passesDescriptors }, version, polkit }
  } catch (error) {
    const problem = error instanceof Tint0Error ? error.failure.problem : String(error)
    return { bus: { kind: 'missing', problem }, version: undefined, polkit: undefined }
  }
}

/** What a service says; undefined where it is not there, or says no. */
const orNothing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch {
    return undefined
  }
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

const systemd = { destination: 'org.freedesktop.systemd1', path: '/org/freedesktop/systemd1' } as const

const systemdVersion = async (bus: Bus): Promise<string | undefined> =>
  text(await orNothing(getProperty(bus, systemd, 'org.freedesktop.systemd1.Manager', 'Version')))

const polkitName = 'org.freedesktop.PolicyKit1'
const authority = { destination: polkitName, path: '/org/freedesktop/PolicyKit1/Authority' } as const

const polkitFacts = async (bus: Bus): Promise<Polkit | undefined> => {
  if (!(await owns(bus, polkitName))) return undefined
  const [version, keeps, session] = await Promise.all([
    orNothing(getProperty(bus, authority, `${polkitName}.Authority`, 'BackendVersion')),
    orNothing(policyKeeps(bus)),
    orNothing(ourSession(bus)),
  ])
  return { version: text(version), keeps, session }
}

const broker = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

/** Whether the name has an owner, or would get one. */
const owns = async (bus: Bus, name: string): Promise<boolean> => {
  const [yes] = await bus.call({ ...broker, member: 'NameHasOwner', signature: 's', body: [name] })
  const [activatable] = yes ? [[name]] : await bus.call({ ...broker, member: 'ListActivatableNames' })
  return (activatable as readonly string[]).includes(name)
}

/** PolkitImplicitAuthorization, the two that are retained: one's own password, an administrator's. */
const retained: readonly unknown[] = [3, 4]

/** Whether the policy for running a unit keeps what an active session is granted: the ninth field of an action's description. */
const policyKeeps = async (bus: Bus): Promise<boolean | undefined> => {
  const [actions] = await bus.call({
    ...authority,
    interface: `${polkitName}.Authority`,
    member: 'EnumerateActions',
    signature: 's',
    body: [''],
  })
  const action = (actions as readonly (readonly unknown[])[]).find(
    ([id]) => id === 'org.freedesktop.systemd1.manage-units',
  )
  return action && retained.includes(action[8])
}

const logind = 'org.freedesktop.login1'

const ourSession = async (bus: Bus): Promise<Polkit['session']> => {
  const [path] = await bus.call({
    destination: logind,
    path: '/org/freedesktop/login1',
    interface: `${logind}.Manager`,
    member: 'GetSessionByPID',
    signature: 'u',
    // The caller itself.
    body: [0],
  })
  const of = { destination: logind, path: String(path) }
  const [active, remote] = await Promise.all(
    ['Active', 'Remote'].map((name) => getProperty(bus, of, `${logind}.Session`, name)),
  )
  return { active: active === true, remote: remote === true }
}
