// What the system bus tells of this machine, for tint0ctl doctor: systemd, and how we stand with polkit.
import { systemd } from '../backend/manager.ts'
import { type Bus, broker } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { getProperty } from '../bus/value.ts'
import { Tint0Error } from '../errors.ts'
import { polkitName } from '../polkit/authority.ts'
import type { MachineFacts } from './findings.ts'
import { orNothing, type Standing, standingOf } from './standing.ts'

export interface BusFacts {
  readonly bus: MachineFacts['bus']
  readonly version: string | undefined
  readonly polkit: Standing | undefined
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

const systemdVersion = async (bus: Bus): Promise<string | undefined> => {
  const version = await orNothing(getProperty(bus, systemd, 'org.freedesktop.systemd1.Manager', 'Version'))
  return version === undefined ? undefined : String(version)
}

const polkitFacts = async (bus: Bus): Promise<Standing | undefined> =>
  (await owns(bus, polkitName)) ? standingOf(bus) : undefined

/** Whether the name has an owner, or would get one. */
const owns = async (bus: Bus, name: string): Promise<boolean> => {
  const [yes] = await bus.call({ ...broker, member: 'NameHasOwner', signature: 's', body: [name] })
  const [activatable] = yes ? [[name]] : await bus.call({ ...broker, member: 'ListActivatableNames' })
  return (activatable as readonly string[]).includes(name)
}
