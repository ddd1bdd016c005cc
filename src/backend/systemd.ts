// The backends `system` and `user`: a transient unit by D-Bus, after org.freedesktop.systemd1(5) and run0's own sequence.
// The signals are asked for before the unit exists, so that none is missed, and the connection is kept until the end: the
// unit is referenced by it. Whether polkit may ask is the caller's decision; who asks the user is polkit/'s.
import { type Bus, isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { signalNumber } from '../proc.ts'
import type { Backend, End, Launch, Report, Running, Start, StartOptions } from './backend.ts'
import { decideUnit } from './decide.ts'
import { type Follower, followUnit } from './follow.ts'
import { type Journal, openJournal } from './journal.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { killUnit, propertiesOf, signalUnit, startTransientUnit, versionOf } from './manager.ts'
import { plannedKeeper } from './plan.ts'
import { refusal, wasCutOff } from './refusal.ts'
import { unitProperties } from './unit.ts'
import { createWatch, type Watch } from './watch.ts'

/** A backend on the system's manager or on the user's own; or on another's, by the bus that `connect` gives. */
export const createSystemd = (
  scope: 'system' | 'user',
  connect: () => Promise<Bus> = () => connectBus(scope),
  /** Whether its processes are ours, too, by their numbers. */
  isHere = true,
): Backend => {
  let connection: Promise<Bus> | undefined
  let version: Promise<number> | undefined
  const connected = () => {
    connection ??= connect()
    // It is needed a little later.
    version ??= connection.then(versionOf, () => 0)
    return connection
  }
  return {
    name: scope,
    prepare: () => {
      connected().catch(() => {})
    },
    // Managers of users ask nobody.
    ...(scope === 'system' && { bus: connected }),
    start: async (launch, options) => {
      const unit = open(await connected(), (await version) ?? 0, scope, connect, isHere, launch)
      try {
        return await startUnit(unit, scope, launch, options)
      } finally {
        // The one of before may have broken under way.
        connection = Promise.resolve(unit.follower.bus())
      }
    },
    plan: async (launch, options) => {
      const bus = await connected()
      const { rows, wanted } = await decideUnit(
        bus,
        (await version) ?? 0,
        scope,
        launch,
        options,
        () => plannedKeeper,
      )
      return { kind: 'unit', rows, wanted }
    },
    release: () => {
      connection?.then(
        (bus) => bus.close(),
        () => {},
      )
    },
  }
}

interface Unit {
  readonly watch: Watch
  readonly journal: Journal
  readonly follower: Follower
  /** Of the manager. */
  readonly version: number
}

const open = (
  bus: Bus,
  version: number,
  scope: 'system' | 'user',
  connect: () => Promise<Bus>,
  isHere: boolean,
  { unit }: Launch,
): Unit => {
  const [watch, journal] = [createWatch(unit), openJournal(scope, unit)]
  return { watch, journal, version, follower: followUnit(bus, connect, isHere, unit, watch, journal) }
}

const startUnit = async (
  unit: Unit,
  scope: 'system' | 'user',
  launch: Launch,
  options: StartOptions,
): Promise<Start> => {
  const { watch, follower, version } = unit
  const { keeper, rows } = await decideUnit(follower.bus(), version, scope, launch, options, createKeeper)
  const properties = unitProperties(rows)
  for (let left = restarts; ; left--)
    try {
      const bus = follower.bus()
      follower.started(await startTransientUnit(bus, launch.unit, properties, options.interactive))
      break
    } catch (error) {
      const job = left > 0 && wasCutOff(error) ? await follower.recover().catch(() => error) : error
      if (typeof job === 'string') {
        follower.started(job)
        break
      }
      if (job === undefined && !options.interactive) continue
      follower.stop()
      keeper?.end()
      // The agent still asks for the manager that is gone, or is not known to polkit any more.
      if (job === undefined) return { kind: 'unanswered', restarted: true }
      if (isBusError(error)) return refusal(error, launch)
      throw error
    }
  if (keeper) {
    keeper.handedOver()
    // The manager waits for it, too; and a command that is started again has it again.
    const isLast = !launch.setting.properties.some((text) => text.startsWith('Restart='))
    const last: Promise<unknown> = isLast ? watch.exited : watch.ended
    last.then(keeper.end)
  }
  return { kind: 'running', running: runningUnit(launch.unit, unit, keeper) }
}

/** How many restarts of the manager or the bus a start gets over. */
const restarts = 3

const runningUnit = (
  unit: string,
  { watch, journal, follower }: Unit,
  keeper: Keeper | undefined,
): Running => ({
  begun: watch.begun,
  ended: watch.ended.then((end) => explained(end, journal)),
  report: async () => reportOf(await propertiesOf(follower.bus(), unit).catch(() => undefined)),
  kill: async () => {
    try {
      await killUnit(follower.bus(), unit, watch.mainPid())
      return true
    } catch {
      return false
    }
  },
  signal: async (signal) => {
    if (keeper?.send(signal)) return true
    try {
      await signalUnit(follower.bus(), unit, signalNumber(signal))
      return true
    } catch {
      return false
    }
  },
  mainPid: watch.mainPid,
  release: () => {
    keeper?.end()
    follower.stop()
    follower.bus().close()
  },
})

/** Adds the manager's own words to what never ran; only that is worth the time. */
const explained = async (end: End, journal: Journal): Promise<End> => {
  if (end.kind !== 'unstartable' && end.kind !== 'abandoned') return end
  const reason = await journal.reason()
  return reason === undefined ? end : { ...end, reason }
}

/** Numbers that the manager does not have are the largest that there are. */
const reportOf = (properties: Readonly<Record<string, unknown>> = {}): Report => {
  const { CPUUsageNSec: cpu, MemoryPeak: memory, Result: result } = properties
  return {
    ...(isNumber(cpu) && { cpuNSec: cpu }),
    ...(isNumber(memory) && { memoryPeak: memory }),
    ...(typeof result === 'string' && { result }),
  }
}

const isNumber = (value: unknown): value is bigint => typeof value === 'bigint' && value !== 2n ** 64n - 1n
