// Which kind of session the command gets from pam_systemd(8), by $XDG_SESSION_CLASS, as run0 chooses it: light ones do without
// the user's own manager, and `none` leaves the command in its unit, where limits of the unit reach it.
import { failed } from '../errors.ts'
import type { Launch } from './backend.ts'

/** The variables that choose it; `staysInGroup`: limits of the unit must reach the command. Throws a Tint0Error for what this manager (by its version) is too old for. */
export const sessionVariables = (
  launch: Launch,
  version: number,
  hasTerminal: boolean,
  staysInGroup: boolean,
): readonly string[] => {
  const { area, lightweight, slice } = launch.setting
  if (area !== undefined && version < 258)
    throw failed('--area', `needs systemd 258, and this is ${version || 'older'}`, 'leave it out')
  const named = area === undefined ? [] : [`XDG_AREA=${area}`]
  if (launch.environment.some((text) => text.startsWith('XDG_SESSION_CLASS='))) return named
  // logind moves a session's processes to a scope of its own, in a slice of its own (before 262 run0's, too).
  if (slice !== undefined || staysInGroup) return ['XDG_SESSION_CLASS=none']
  const light = lightweight ?? (area !== undefined || launch.asRoot || launch.setting.empower || undefined)
  if (light === undefined) return named
  // The light classes for terminals came with 258; until then what is meant for pipes is light, too.
  if (version < 258 && light) return lightweight ? ['XDG_SESSION_CLASS=background-light'] : named
  const kind = hasTerminal ? (launch.asRoot ? 'user-early' : 'user') : 'background'
  return [...named, `XDG_SESSION_CLASS=${kind}${light ? '-light' : ''}`]
}
