// Which kind of session the command gets from pam_systemd(8), by $XDG_SESSION_CLASS, as run0 chooses it: light ones do without
// the user's own manager, and `none` leaves the command in its unit, where limits of the unit reach it.
import { failed } from '../errors.ts'
import type { Launch } from './backend.ts'

/** The variables that choose it. Throws a Tint0Error for what this manager (by its version) is too old for. */
export const sessionVariables = (
  launch: Launch,
  version: number,
  hasTerminal: boolean,
): readonly string[] => {
  const { area, lightweight, slice, properties } = launch.setting
  if (area !== undefined && version < 258)
    throw failed('--area', `needs systemd 258, and this is ${version || 'older'}`, 'leave it out')
  const named = area === undefined ? [] : [`XDG_AREA=${area}`]
  if (launch.environment.some((text) => text.startsWith('XDG_SESSION_CLASS='))) return named
  // logind moves a session's processes to a scope of its own, in a slice of its own (before 262 run0's, too).
  if (slice !== undefined || properties.some(isLimit)) return ['XDG_SESSION_CLASS=none']
  const light = lightweight ?? (area !== undefined || launch.asRoot || launch.setting.empower || undefined)
  if (light === undefined) return named
  // The light classes for terminals came with 258; until then what is meant for pipes is light, too.
  if (version < 258 && light) return lightweight ? ['XDG_SESSION_CLASS=background-light'] : named
  const kind = hasTerminal ? (launch.asRoot ? 'user-early' : 'user') : 'background'
  return [...named, `XDG_SESSION_CLASS=${kind}${light ? '-light' : ''}`]
}

/** Whether an assignment is one of systemd.resource-control(5), which act on the unit's control group. */
const isLimit = (assignment: string): boolean =>
  /^(Startup)?(Memory|Swap|ZSwap|CPU(?!Sched|Affinity)|IO(?!Sched)|BlockIO|Tasks|IP(?!C)|Device|Allowed(CPU|Mem)|Delegate|DisableControllers|ManagedOOM|Socket(Bind)|RestrictNetworkInterfaces|NFTSet|BPFProgram|Slice=|OOMPolicy)/.test(
    assignment,
  )
