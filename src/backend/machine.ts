// The backend for --machine: the system's manager of a local container, after systemd-machined(8) and
// org.freedesktop.machine1(5). Its bus is reached by bus/bridge.ts, and the PTY comes from machined: one of the container's
// own, so that its name means something there. Nobody is asked for a password; who may enter a container is root.
import { type Bus, type BusError, busErrors, isBusError } from '../bus/bus.ts'
import { connectBus, connectMachine } from '../bus/connect.ts'
import { getProperty } from '../bus/value.ts'
import { failed, refused } from '../errors.ts'
import { adoptPty } from '../pty/open.ts'
import type { Pty, PtySettings } from '../pty/pty.ts'
import { caller } from './account.ts'
import type { Backend, End, Launch, Start } from './backend.ts'
import { isThere } from './executable.ts'
import { createSystemd } from './systemd.ts'

const machined = {
  destination: 'org.freedesktop.machine1',
  path: '/org/freedesktop/machine1',
  interface: 'org.freedesktop.machine1.Manager',
} as const

/** A backend on the system's manager of a container, by its name. */
export const createMachine = (machine: string): Backend => {
  // An agent would be for the polkit of this machine, and it is that of the container which is asked.
  const { bus: _, ...inside } = createSystemd('system', () => entered(machine), false)
  return {
    ...inside,
    name: 'machine',
    openPty: (settings) => openPtyOf(machine, settings),
    start: async (launch, options) => {
      const start = unasked(await inside.start(launch, options), machine)
      if (start.kind !== 'running') return start
      const ended = start.running.ended.then((end) => explained(end, launch, machine))
      // The number of its process is one in there.
      return { kind: 'running', running: { ...start.running, ended, mainPid: () => 0 } }
    },
  }
}

const entered = async (machine: string): Promise<Bus> => {
  try {
    return await connectMachine(machine)
  } catch (error) {
    const { message } = error as Error
    if (caller().uid !== 0) throw forRoot(machine)
    throw failed(subject(machine), `cannot be entered: ${message}`, 'do systemd and D-Bus run in it?')
  }
}

const openPtyOf = async (machine: string, settings: PtySettings): Promise<Pty> => {
  const host = await connectBus('system')
  try {
    const call = { ...machined, member: 'OpenMachinePTY', signature: 's', body: [machine], receives: true }
    const [master, path] = await host.call(call)
    return adoptPty(Number(master), String(path), settings)
  } catch (error) {
    throw isBusError(error) ? withoutPty(error, machine) : error
  } finally {
    host.close()
  }
}

/** What a refused call means: the errors of machined and of the bus that a user can meet. */
const withoutPty = ({ type, message }: BusError, machine: string) => {
  switch (type) {
    case 'org.freedesktop.machine1.NoSuchMachine':
      return failed(subject(machine), 'no such container is running', 'see machinectl list')
    case busErrors.wantsAuthorization:
    case busErrors.accessDenied:
      return forRoot(machine)
    case busErrors.noService:
    case busErrors.noOwner:
      return failed('systemd-machined', 'is not there', 'install it: Debian has it in systemd-container')
    default:
      return failed(subject(machine), `gives no pseudoterminal: ${message}`)
  }
}

const subject = (machine: string) => `machine ${machine}`

const forRoot = (machine: string) =>
  refused(subject(machine), 'only root may enter it', `become root first: tint0 tint0 --machine=${machine}`)

/** polkit of the container knows nobody who could be asked here. */
const unasked = (start: Start, machine: string): Start =>
  start.kind === 'authorization-required'
    ? { kind: 'refused', reason: `${subject(machine)} wants a password, and has nobody to ask for it` }
    : start

/** The step EXEC of systemd.exec(5): the manager does not say whether it found a file that is no program, or none. */
const EXEC = 203

const explained = async (end: End, { path }: Launch, machine: string): Promise<End> => {
  if (end.kind !== 'unstartable' || end.step !== EXEC) return end
  const leader = await leaderOf(machine).catch(() => undefined)
  return leader === undefined || isThere(leader, path) ? end : { kind: 'missing' }
}

/** The process of ours that is the container's first one. */
const leaderOf = async (machine: string): Promise<number> => {
  const host = await connectBus('system')
  try {
    const get = { ...machined, member: 'GetMachine', signature: 's', body: [machine] }
    const [path] = await host.call(get)
    const object = { ...machined, path: String(path) }
    return Number(await getProperty(host, object, 'org.freedesktop.machine1.Machine', 'Leader'))
  } finally {
    host.close()
  }
}
