// The unit's properties that the user gives: which there are, and of which type, is asked of the manager that will take them.
import { type Bus, isBusError } from '../bus/bus.ts'
import { failed } from '../errors.ts'
import type { Row } from '../unit/form.ts'
import { propertyRows } from '../unit/property.ts'
import { type Signatures, signaturesOf } from '../unit/signatures.ts'
import type { Launch } from './backend.ts'
import { systemd } from './manager.ts'
import { unitPath, type Wanted } from './unit.ts'

/** What is wanted by the launch's properties. Throws a Tint0Error for one that cannot be. */
export const askWanted = async (bus: Bus, { setting: { properties } }: Launch): Promise<Wanted> => {
  if (properties.length === 0) return { rows: [], staysInGroup: false }
  const [ofServices, ofSlices] = await Promise.all([
    askSignatures(bus, 'Service'),
    askSignatures(bus, 'Slice'),
  ])
  const rows = properties.flatMap((assignment) => propertyRows(assignment, ofServices))
  const isSet = (other: string) => rows.some(([name]) => name === other)
  return {
    rows: [
      ...rows.filter(([name, , value]) => !(name === 'StandardOutput' && value === 'inherit')),
      // Else the unit is inactive meanwhile, which ends the session; and what is started again has nobody.
      ...(isSet('Restart') && !isSet('RestartMode') && ofServices.has('RestartMode') ? [direct] : []),
    ],
    // A slice is nothing but a control group.
    staysInGroup: rows.some(([name]) => ofSlices.has(name.replace(/Scale$/, ''))),
  }
}

const direct: Row = ['RestartMode', 's', 'direct']

/** Any unit of a kind tells what all have; and these are there wherever a manager is reached by D-Bus. */
const samples = { Service: unitPath('dbus.service'), Slice: unitPath('-.slice') }

const askSignatures = async (bus: Bus, kind: keyof typeof samples): Promise<Signatures> => {
  try {
    const [xml] = await bus.call({
      destination: systemd.destination,
      path: samples[kind],
      interface: 'org.freedesktop.DBus.Introspectable',
      member: 'Introspect',
    })
    return signaturesOf(String(xml), kind === 'Slice' ? ['Slice'] : ['Service', 'Unit'])
  } catch (error) {
    if (!isBusError(error)) throw error
    throw failed('--property', `systemd does not tell its properties: ${error.message}`)
  }
}
