// The backends `system` and `user`: a transient unit by D-Bus, after org.freedesktop.systemd1(5) and run0's own sequence.
// The signals are asked for before the unit exists, so that none is missed, and the connection is kept until the end: the
// unit is referenced by it. Whether polkit may ask is the caller's decision; who asks the user is polkit/'s.
import { type Bus, BusError, type Signal } from '../bus/bus.ts'
import { connectBus, plain } from '../bus/connect.ts'
import { failed } from '../errors.ts'
import type { Backend, End, Launch, Running, Start, StartOptions } from './backend.ts'
import { checkBehindShell } from './executable.ts'
import { unitPath, unitProperties } from './unit.ts'

const systemd = { destination: 'org.freedesktop.systemd1', path: '/org/freedesktop/systemd1' } as const
const manager = { ...systemd, interface: 'org.freedesktop.systemd1.Manager' } as const

/** A backend on the system's manager or on the user's own; or on another's, by the bus that `connect` gives. */
export const createSystemd = (
  scope: 'system' | 'user',
  connect: () => Promise<Bus> = () => connectBus(scope),
): Backend => {
  let connection: Promise<Bus> | undefined
  const connected = () => {
    connection ??= connect()
    return connection
  }
  return {
    name: scope,
    prepare: () => {
      connected().catch(() => {})
    },
    start: async (launch, options) => startUnit(await connected(), scope, launch, options),
    release: () => {
      connection?.then(
        (bus) => bus.close(),
        () => {},
      )
    },
  }
}

const startUnit = async (
  bus: Bus,
  scope: 'system' | 'user',
  launch: Launch,
  options: StartOptions,
): Promise<Start> => {
  if (options.input !== undefined && !bus.passesDescriptors)
    throw failed(
      `${scope} bus`,
      'passes no file descriptors, so no input',
      'give the command a terminal with --pty',
    )
  if (options.input !== undefined) checkBehindShell(launch.path)
  const watch = watchUnit(bus, launch.unit)
  const properties = unitProperties(scope, launch, { ...options, passesDescriptors: bus.passesDescriptors })
  try {
    const [job] = await bus.call({
      ...manager,
      member: 'StartTransientUnit',
      signature: 'ssa(sv)a(sa(sv))',
      body: [launch.unit, 'fail', properties, []],
      interactive: options.interactive,
    })
    watch.started(String(job))
  } catch (error) {
    watch.stop()
    if (error instanceof BusError) return refusal(error, launch)
    throw error
  }
  return { kind: 'running', running: runningUnit(bus, launch.unit, watch) }
}

/** What a refused call means: the errors of sd-bus(3), polkit and the manager that a user can meet. */
const refusal = ({ type, message }: BusError, { unit }: Launch): Start => {
  switch (type) {
    case 'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired':
      return { kind: 'authorization-required' }
    case 'org.freedesktop.DBus.Error.AccessDenied':
      return { kind: 'refused', reason: message }
    // systemd gives polkit, and so the user, 25 seconds.
    case 'org.freedesktop.DBus.Error.Timeout':
    case 'org.freedesktop.DBus.Error.NoReply':
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

const runningUnit = (bus: Bus, unit: string, watch: Watch): Running => ({
  begun: watch.begun,
  ended: Promise.race([
    watch.ended,
    bus.closed.then((): End => ({ kind: 'failed', reason: 'the connection to the bus was lost' })),
  ]),
  kill: async () => {
    try {
      const session = await sessionScope(bus, watch.mainPid())
      if (session) await bus.call({ ...session, member: 'Kill', ...killAll })
      await bus.call({ ...manager, member: 'KillUnit', signature: 'ssi', body: [unit, 'all', 9] })
      return true
    } catch {
      return false
    }
  },
  release: () => {
    watch.stop()
    bus.close()
  },
})

const killAll = { signature: 'si', body: ['all', 9] }

/** Where pam_systemd(8) has moved the processes to: a scope of the session's own, of which the unit has only the main process. */
const sessionScope = async (bus: Bus, pid: number) => {
  // 0 would mean our own.
  if (pid <= 0) return undefined
  const [path] = await bus.call({ ...manager, member: 'GetUnitByPID', signature: 'u', body: [pid] })
  if (!/\/session_2d\w+_2escope$/.test(String(path))) return undefined
  return { ...systemd, path: String(path), interface: 'org.freedesktop.systemd1.Unit' }
}

interface Watch {
  /** The job's path is known: from now on the end can be told. */
  started(job: string): void
  /** The job of starting is over; with Type=exec that is after exec. */
  readonly begun: Promise<void>
  readonly ended: Promise<End>
  /** Of the command, once it has begun. */
  mainPid(): number
  stop(): void
}

/** Listens for the unit's properties and its job's end, whichever way and order they come. */
const watchUnit = (bus: Bus, unit: string): Watch => {
  const path = unitPath(unit)
  const results = new Map<string, string>()
  const properties: Record<string, unknown> = {}
  let job: string | undefined
  let listening = true
  let resolve: (end: End) => void = () => {}
  const ended = new Promise<End>((done) => {
    resolve = done
  })
  let begin: () => void = () => {}
  const begun = new Promise<void>((done) => {
    begin = done
  })
  const look = () => {
    const result = job === undefined ? undefined : results.get(job)
    if (result === undefined) return
    begin()
    const state = properties.ActiveState
    if (state === 'inactive' || state === 'failed') resolve(endOf(result, properties))
  }
  const from = `type='signal',sender='${systemd.destination}'`
  bus.listen(
    [
      `${from},path='${path}',interface='org.freedesktop.DBus.Properties'`,
      `${from},interface='${manager.interface}',member='JobRemoved'`,
    ],
    hear,
  )
  function hear(signal: Signal) {
    if (!listening) return
    if (signal.path === path && signal.member === 'PropertiesChanged')
      for (const [name, value] of Object.entries(signal.body[1] as object))
        if (watched.has(name)) properties[name] = plain(value)
    if (signal.member === 'JobRemoved') results.set(String(signal.body[1]), String(signal.body[3]))
    look()
  }
  return {
    started: (path) => {
      job = path
      look()
    },
    begun,
    ended,
    mainPid: () => Number(properties.MainPID ?? 0),
    stop: () => {
      listening = false
    },
  }
}

const watched = new Set(['ActiveState', 'Result', 'MainPID', 'ExecMainCode', 'ExecMainStatus'])

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2), as ExecMainCode has them. */
const CLD = { exited: 1, killed: 2, dumped: 3 }

const endOf = (jobResult: string, properties: Readonly<Record<string, unknown>>): End => {
  const [code, status] = [Number(properties.ExecMainCode ?? 0), Number(properties.ExecMainStatus ?? 0)]
  if (code === CLD.killed || code === CLD.dumped) return { kind: 'killed', signal: status }
  if (code === CLD.exited)
    return jobResult === 'done' ? { kind: 'exited', status } : { kind: 'unstartable', step: status }
  return {
    kind: 'failed',
    reason: `the unit ended with result '${String(properties.Result ?? jobResult)}'`,
  }
}
