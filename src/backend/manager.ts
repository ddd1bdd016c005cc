// What we ask systemd's manager for, after org.freedesktop.systemd1(5): names, match rules and calls; nothing is decided.
import { type Bus, type BusError, busErrors } from '../bus/bus.ts'
import { getProperty, plain } from '../bus/value.ts'
import { unitPath } from './unit.ts'

export const systemd = { destination: 'org.freedesktop.systemd1', path: '/org/freedesktop/systemd1' } as const
const manager = { ...systemd, interface: 'org.freedesktop.systemd1.Manager' } as const
const unitInterface = 'org.freedesktop.systemd1.Unit'

/** The values of properties by name, of all interfaces of a unit. */
export type Properties = Readonly<Record<string, unknown>>

/** What is heard of a unit: its properties, the end of its jobs, its going; and whether there is another manager. */
export const rulesFor = (unit: string): readonly string[] => {
  const from = `type='signal',sender='${systemd.destination}'`
  const all = `${from},interface='${manager.interface}'`
  return [
    `${from},path='${unitPath(unit)}',interface='org.freedesktop.DBus.Properties'`,
    `${all},member='JobRemoved',arg2='${unit}'`,
    `${all},member='UnitRemoved',arg0='${unit}'`,
    `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${systemd.destination}'`,
  ]
}

/** The call that starts a unit, but for its body, which begins with the unit's name and this mode. */
export const startCall = { ...manager, member: 'StartTransientUnit', signature: 'ssa(sv)a(sa(sv))' } as const
export const startMode = 'fail'

/** Queues the start; resolves to the path of its job. */
export const startTransientUnit = async (
  bus: Bus,
  unit: string,
  properties: readonly unknown[],
  interactive: boolean,
): Promise<string> => {
  const [job] = await bus.call({
    ...startCall,
    body: [unit, startMode, properties, []],
    interactive,
  })
  return String(job)
}

/** All properties of a unit; undefined where there is no such unit (any more). */
export const propertiesOf = async (bus: Bus, unit: string): Promise<Properties | undefined> => {
  try {
    // The unit's path alone would have the manager look for one, and find an empty one.
    await bus.call({ ...manager, member: 'GetUnit', signature: 's', body: [unit] })
    const [all] = await bus.call({
      ...systemd,
      path: unitPath(unit),
      interface: 'org.freedesktop.DBus.Properties',
      member: 'GetAll',
      signature: 's',
      body: [''],
    })
    const properties = plainProperties(all)
    return properties.LoadState === 'not-found' ? undefined : properties
  } catch (error) {
    if (gone.has((error as BusError).type)) return undefined
    throw error
  }
}

const gone: ReadonlySet<string> = new Set(['org.freedesktop.systemd1.NoSuchUnit', busErrors.unknownObject])

export const plainProperties = (values: unknown): Properties =>
  Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, plain(value)]))

/** Has the unit kept until we let go; else (polkit lets root alone do so) its signals sent to us as long as it is there. */
export const holdUnit = async (bus: Bus, unit: string): Promise<void> => {
  try {
    await bus.call({ ...systemd, path: unitPath(unit), interface: unitInterface, member: 'Ref' })
  } catch {
    await bus.call({ ...manager, member: 'Subscribe' })
  }
}

/** Kills all processes of a unit, and of the session's scope that PAM moved them to; rejects where we may not. */
export const killUnit = async (bus: Bus, unit: string, mainPid: number): Promise<void> => {
  const scope = await sessionScope(bus, mainPid)
  if (scope) await bus.call({ ...scope, member: 'Kill', signature: 'si', body: ['all', 9] })
  await bus.call({ ...manager, member: 'KillUnit', signature: 'ssi', body: [unit, 'all', 9] })
}

/** Sends the main process a signal; rejects where we may not. */
export const signalUnit = async (bus: Bus, unit: string, signal: number): Promise<void> => {
  await bus.call({ ...manager, member: 'KillUnit', signature: 'ssi', body: [unit, 'main', signal] })
}

/** The manager's version; 0 where it does not say. */
export const versionOf = async (bus: Bus): Promise<number> => {
  try {
    const version = await getProperty(bus, systemd, manager.interface, 'Version')
    return Number(/\d+/.exec(String(version))?.[0] ?? 0)
  } catch {
    // Whoever starts something hears why.
    return 0
  }
}

/** Where pam_systemd(8) has moved the processes to: a scope of the session's own, of which the unit has only the main process. */
const sessionScope = async (bus: Bus, pid: number) => {
  // 0 would mean our own.
  if (pid <= 0) return undefined
  const [path] = await bus.call({ ...manager, member: 'GetUnitByPID', signature: 'u', body: [pid] })
  if (!/\/session_2d\w+_2escope$/.test(String(path))) return undefined
  return { ...systemd, path: String(path), interface: unitInterface }
}
