// Follows a unit over restarts of its manager and of the bus: after each it is held again, and asked for what was missed.
// Where the unit is gone by then, its process may still tell how it ended, or the journal.
import type { Bus, Signal } from '../bus/bus.ts'
import { eventually } from '../bus/patience.ts'
import { closeProcess, hasEnded, openProcess, waitStatus } from '../proc.ts'
import type { End } from './backend.ts'
import type { Journal } from './journal.ts'
import { holdUnit, type Properties, propertiesOf, rulesFor } from './manager.ts'
import type { Watch } from './watch.ts'

export interface Follower {
  /** The connection by which the manager can be asked now. */
  bus(): Bus
  /** The unit is there, and this is its job of starting. */
  started(job: string): void
  /** After a start that was cut off: connects again where it must; resolves to the job, or undefined where there is no unit. */
  recover(): Promise<string | undefined>
  /** Leaves the connection as it is. */
  stop(): void
}

/** How often a bus is waited for when nothing runs any more, or not yet; the attempts get to a second from each other. */
const patience = 9

/** Listens from now on, before the unit is started, so that nothing is missed. */
export const followUnit = (
  first: Bus,
  connect: () => Promise<Bus>,
  isHere: boolean,
  unit: string,
  watch: Watch,
  journal: Journal,
): Follower => {
  let bus = first
  let lost = false
  let started = false
  let stopped = false
  let resuming = false
  let recovered = false
  const isWanted = () => started && !stopped && !watch.over
  const attach = (to: Bus) => {
    bus = to
    lost = false
    to.listen(rulesFor(unit), (signal) => {
      if (stopped || to !== bus) return
      watch.hear(signal)
      if (isWanted() && isBreak(signal)) resume()
    })
    to.closed.then(() => {
      if (to !== bus) return
      lost = true
      if (isWanted()) resume()
    })
  }
  const reconnect = async () => attach(await connect())
  const ask = async (process: number | undefined) => {
    const properties = await propertiesOf(bus, unit)
    if (!isWanted()) return
    if (properties) watch.see(properties)
    else watch.settle(await endWithoutUnit(process, journal))
  }
  /** After a break: asks for what was missed, of whoever is there by then. */
  const resume = async () => {
    if (resuming) return
    resuming = true
    // By its number alone it could not be told from another, later.
    const process = isHere ? openProcess(watch.mainPid()) : undefined
    try {
      await eventually(
        async () => {
          if (lost) await reconnect()
          await holdUnit(bus, unit)
          await ask(process)
        },
        patiently(process, isWanted),
      )
    } catch {
      if (isWanted()) watch.settle(await endWithoutUnit(process, journal))
    } finally {
      closeProcess(process)
      resuming = false
    }
    if (lost && isWanted()) resume()
  }
  attach(first)
  return {
    bus: () => bus,
    started: (job) => {
      started = true
      watch.started(job)
      // What it did before we were there to hear of it.
      if (lost || recovered) resume()
    },
    recover: () =>
      eventually(
        async () => {
          recovered = true
          if (lost) await reconnect()
          const properties = await propertiesOf(bus, unit)
          if (properties) await holdUnit(bus, unit)
          return properties && jobOf(properties)
        },
        patiently(undefined, () => !stopped),
      ),
    stop: () => {
      stopped = true
    },
  }
}

/** As long as it is wanted: without bound while the process runs, and some times more. */
const patiently = (process: number | undefined, isWanted: () => boolean): (() => boolean) => {
  let left = patience
  return () => isWanted() && ((process !== undefined && !hasEnded(process)) || left-- > 0)
}

/** After these the unit may have ended without a word. */
const isBreak = ({ member, body }: Signal): boolean =>
  member === 'UnitRemoved' || (member === 'NameOwnerChanged' && body[2] !== '')

/** As by `Job` of the unit; one that is over has none. */
const jobOf = ({ Job }: Properties): string => String((Job as readonly unknown[])[1])

const endWithoutUnit = async (process: number | undefined, journal: Journal): Promise<End> => {
  const status = process === undefined ? undefined : waitStatus(process)
  if (status !== undefined)
    return status & 0x7f ? { kind: 'killed', signal: status & 0x7f } : { kind: 'exited', status: status >> 8 }
  return (await journal.end()) ?? { kind: 'lost' }
}
