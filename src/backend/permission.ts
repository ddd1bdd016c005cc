// Whether the manager would start a unit for us: the very question that a session asks, with the verb, which nobody but the manager
// may tell polkit. polkit is asked before the unit is looked at, so it is one that cannot be: with a property that does not exist. Nothing
// is started or left, and a window that asks shows the unit's name.
import { type Bus, busErrors, isBusError } from '../bus/bus.ts'
import { variant } from '../bus/value.ts'
import { startTransientUnit } from './manager.ts'
import { wasCutOff } from './refusal.ts'

export type Permission =
  | { readonly kind: 'granted' }
  /** If somebody is asked. */
  | { readonly kind: 'password' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The manager gave up waiting for polkit, and so for the user. `restarted`: because polkit, or the manager itself, went away meanwhile. */
  | { readonly kind: 'unanswered'; readonly restarted?: boolean }
  | { readonly kind: 'unknown'; readonly problem: string }

export const impossible = { unit: 'tint0-validate.service', property: 'NoSuchProperty' } as const

/** `interactive`: polkit may ask the user meanwhile. */
export const mayStart = async (bus: Bus, interactive = false): Promise<Permission> => {
  try {
    await startTransientUnit(bus, impossible.unit, [[impossible.property, variant('s', '')]], interactive)
    return { kind: 'granted' }
  } catch (error) {
    if (!isBusError(error)) throw error
    if (objections.has(error.type)) return { kind: 'granted' }
    // The agent still asks for who is gone, or is not known to polkit any more.
    if (interactive && wasCutOff(error)) return { kind: 'unanswered', restarted: true }
    switch (error.type) {
      case busErrors.wantsAuthorization:
        return { kind: 'password' }
      case busErrors.accessDenied:
        return { kind: 'refused', reason: error.message }
      case busErrors.timeout:
      case busErrors.noReply:
        return { kind: 'unanswered' }
      default:
        return { kind: 'unknown', problem: error.message }
    }
  }
}

/** The errors of what is wrong with the unit, which is found only if polkit has nothing against it. */
export const objections: ReadonlySet<string> = new Set([
  'org.freedesktop.systemd1.UnitExists',
  'org.freedesktop.systemd1.BadUnitSetting',
  'org.freedesktop.DBus.Error.PropertyReadOnly',
])
