// What it means that the manager did not start the unit: the errors of sd-bus(3), polkit and the manager that a user can meet.
import { type BusError, busErrors, isBusError } from '../bus/bus.ts'
import { failed } from '../errors.ts'
import type { Launch, Start } from './backend.ts'

/** Whether the one who was called went away meanwhile, or is not there just now. */
export const wasCutOff = (error: unknown): boolean =>
  isBusError(error) &&
  (absent.has(error.type) ||
    error.type === busErrors.disconnected ||
    (error.type === busErrors.noReply && /disconnected/i.test(error.message)))

const absent: ReadonlySet<string> = new Set([busErrors.noService, busErrors.noOwner])

/** How it ends for a session; throws a Tint0Error for what no authorization could mend. */
export const refusal = ({ type, message }: BusError, { unit, setting: { properties } }: Launch): Start => {
  switch (type) {
    case busErrors.wantsAuthorization:
      return { kind: 'authorization-required' }
    case busErrors.accessDenied:
      return { kind: 'refused', reason: message }
    // systemd gives polkit, and so the user, 25 seconds.
    case busErrors.timeout:
    case busErrors.noReply:
      return { kind: 'unanswered' }
    case busErrors.noService:
    case busErrors.noOwner:
      throw failed(
        'systemd',
        'does not answer on the bus',
        'is this machine run by systemd? --backend=local does without',
      )
    case busErrors.disconnected:
      throw failed(
        'bus',
        'went away, and did not come back',
        'start dbus, or run the command here with --backend=local',
      )
    case 'org.freedesktop.systemd1.UnitExists':
      throw failed(unit, 'is there already', 'choose another name with --unit')
    default:
      // The manager could not even ask it.
      if (/\bpolkit\.service|PolicyKit1/.test(message)) return { kind: 'refused', reason: message }
      throw failed(
        'systemd',
        `did not take the unit: ${message}`,
        properties.length > 0 ? 'see --property, and systemd.exec(5)' : undefined,
      )
  }
}
