// The backends `system` and `user`: a transient unit by D-Bus, after org.freedesktop.systemd1(5) and run0's own sequence.
// The signals are asked for before the unit exists, so that none is missed, and the connection is kept until the end: the
// unit is referenced by it. Whether polkit may ask is the caller's decision; who asks the user is polkit/'s.
import { type Bus, BusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { failed } from '../errors.ts'
import type { Backend, End, Launch, Report, Running, Start, StartOptions } from './backend.ts'
import { checkBehindShell } from './executable.ts'
import { type Follower, followUnit } from './follow.ts'
import { type Journal, openJournal } from './journal.ts'
import { killUnit, propertiesOf, startTransientUnit } from './manager.ts'
import { unitProperties } from './unit.ts'
import { createWatch, type Watch } from './watch.ts'

/** A backend on the system's manager or on the user's own. */
export const createSystemd = (scope: 'system' | 'user'): Backend => {
  let connection: Promise<Bus> | undefined
  const connected = () => {
    connection ??= connectBus(scope)
    return connection
  }
  return {
    name: scope,
    prepare: () => {
      connected().catch(() => {})
    },
    start: async (launch, options) => {
      const unit = open(await connected(), scope, launch)
      try {
        return await startUnit(unit, scope, launch, options)
      } finally {
        // The one of before may have broken under way.
        connection = Promise.resolve(unit.follower.bus())
      }
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
}

const open = (bus: Bus, scope: 'system' | 'user', { unit }: Launch): Unit => {
  const [watch, journal] = [createWatch(unit), openJournal(scope, unit)]
  return { watch, journal, follower: followUnit(bus, scope, unit, watch, journal) }
}

const startUnit = async (
  { watch, journal, follower }: Unit,
  scope: 'system' | 'user',
  launch: Launch,
  options: StartOptions,
): Promise<Start> => {
  const { passesDescriptors } = follower.bus()
  if (options.input !== undefined && !passesDescriptors)
    throw failed(
      `${scope} bus`,
      'passes no file descriptors, so no input',
      'give the command a terminal with --pty',
    )
  if (options.input !== undefined) checkBehindShell(launch.path)
  const properties = unitProperties(scope, launch, { ...options, passesDescriptors })
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
      // The agent still asks for the manager that is gone, or is not known to polkit any more.
      if (job === undefined) return { kind: 'unanswered', restarted: true }
      if (error instanceof BusError) return refusal(error, launch)
      throw error
    }
  return { kind: 'running', running: runningUnit(launch.unit, watch, journal, follower) }
}

/** How many restarts of the manager or the bus a start gets over. */
const restarts = 3

/** Whether the one who was called went away meanwhile, or is not there just now. */
const wasCutOff = (error: unknown): boolean =>
  error instanceof BusError &&
  (absent.has(error.type) ||
    error.type === disconnected ||
    (error.type === noReply && /disconnected/i.test(error.message)))

const noReply = 'org.freedesktop.DBus.Error.NoReply'
const disconnected = 'org.freedesktop.DBus.Error.Disconnected'
const absent = new Set([
  'org.freedesktop.DBus.Error.ServiceUnknown',
  'org.freedesktop.DBus.Error.NameHasNoOwner',
])

/** What a refused call means: the errors of sd-bus(3), polkit and the manager that a user can meet. */
const refusal = ({ type, message }: BusError, { unit }: Launch): Start => {
  switch (type) {
    case 'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired':
      return { kind: 'authorization-required' }
    case 'org.freedesktop.DBus.Error.AccessDenied':
      return { kind: 'refused', reason: message }
    // systemd gives polkit, and so the user, 25 seconds.
    case 'org.freedesktop.DBus.Error.Timeout':
    case noReply:
      return { kind: 'unanswered' }
    case 'org.freedesktop.DBus.Error.ServiceUnknown':
    case 'org.freedesktop.DBus.Error.NameHasNoOwner':
      throw failed(
        'systemd',
        'does not answer on the bus',
        'is this machine run by systemd? --backend=local does without',
      )
    case 'org.freedesktop.systemd1.UnitExists':
      throw failed(unit, 'is there already', 'choose another name with --unit')
    default:
      throw failed('systemd', `did not take the unit: ${message}`)
  }
}

const runningUnit = (unit: string, watch: Watch, journal: Journal, follower: Follower): Running => ({
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
  release: () => {
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
