// Whether the manager would start a unit for us now: the very question that a session asks, with the verb, which nobody but the manager
// may tell polkit. polkit is asked before the unit is looked at, so it is one that cannot be: there already, and with a property that
// does not exist. Nothing is started, and nobody is asked.
import { type Bus, busErrors, isBusError } from '../bus/bus.ts'
import { variant } from '../bus/value.ts'

export type Permission =
  | { readonly kind: 'granted' }
  /** If somebody is asked. */
  | { readonly kind: 'password' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly problem: string }

export const mayStart = async (bus: Bus): Promise<Permission> => {
  try {
    await bus.call({
      destination: 'org.freedesktop.systemd1',
      path: '/org/freedesktop/systemd1',
      interface: 'org.freedesktop.systemd1.Manager',
      member: 'StartTransientUnit',
      signature: 'ssa(sv)a(sa(sv))',
      body: ['systemd-journald.service', 'fail', [['NoSuchProperty', variant('s', '')]], []],
    })
    return { kind: 'granted' }
  } catch (error) {
    if (!isBusError(error)) throw error
    if (error.type === busErrors.wantsAuthorization) return { kind: 'password' }
    if (error.type === busErrors.accessDenied) return { kind: 'refused' }
    return objections.has(error.type) ? { kind: 'granted' } : { kind: 'unknown', problem: error.message }
  }
}

/** What is wrong with the unit is found only if polkit has nothing against it. */
const objections: ReadonlySet<string> = new Set([
  'org.freedesktop.systemd1.UnitExists',
  'org.freedesktop.systemd1.BadUnitSetting',
  'org.freedesktop.DBus.Error.PropertyReadOnly',
])
