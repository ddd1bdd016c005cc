// The unit's properties that the user gives: which there are, and of which type, is asked of the manager that will take them.
import { type Bus, BusError } from '../bus/bus.ts'
import { failed } from '../errors.ts'
import type { Row } from '../unit/form.ts'
import { propertyRows } from '../unit/property.ts'
import { type Signatures, signaturesOf } from '../unit/signatures.ts'
import type { Launch, StartOptions } from './backend.ts'
import { unitPath } from './unit.ts'

/** The rows for the launch's properties, in their order. Throws a Tint0Error for one that cannot be. */
export const wantedRows = async (
  bus: Bus,
  { setting: { properties } }: Launch,
  { pty, streams }: Pick<StartOptions, 'pty' | 'streams'>,
): Promise<readonly Row[]> => {
  if (properties.length === 0) return []
  const signatures = await askSignatures(bus)
  const rows = properties.flatMap((assignment) => propertyRows(assignment, signatures))
  const input = rows.find(([name]) => name.startsWith('StandardInput'))
  // It would be given the PTY, and a shell puts the caller's in its place (streams.ts).
  if (input && pty && streams[0] !== undefined)
    throw failed(
      '--property',
      `${input[0]} is not all the input: yours is no terminal`,
      'leave one of them out',
    )
  return rows.filter(([name, , value]) => !(name === 'StandardOutput' && value === 'inherit'))
}

/** Any service tells what all have; and this one is there wherever a manager is reached by D-Bus. */
const sample = unitPath('dbus.service')

const askSignatures = async (bus: Bus): Promise<Signatures> => {
  try {
    const [xml] = await bus.call({
      destination: 'org.freedesktop.systemd1',
      path: sample,
      interface: 'org.freedesktop.DBus.Introspectable',
      member: 'Introspect',
    })
    return signaturesOf(String(xml))
  } catch (error) {
    if (!(error instanceof BusError)) throw error
    throw failed('--property', `systemd does not tell its properties: ${error.message}`)
  }
}
