// The session of logind's that we are in, after org.freedesktop.login1(5): polkit's policies tell active local ones from others, and a
// window that asks is the session's.
import { type Bus, busErrors, isBusError } from '../bus/bus.ts'
import { getProperty } from '../bus/value.ts'

export interface Session {
  readonly id: string
  /** Has a seat, which is what polkit takes for local. */
  readonly local: boolean
  /** As polkit takes it: some session of the same user is in the foreground. */
  readonly active: boolean
  readonly remote: boolean
  /** Has a display of its own. */
  readonly graphical: boolean
}

const logind = 'org.freedesktop.login1'

/**
 * Ours, as polkit finds it: that of a process, or else that of its user with a display, for terminals of a desktop run below the
 * user's manager. Undefined where there is none. Rejects with a BusError where there is no logind.
 */
export const ourSession = async (bus: Bus): Promise<Session | undefined> => {
  const path = (await pathOfProcess(bus)) ?? (await pathOfDisplay(bus))
  if (path === undefined) return undefined
  const get = (name: string) => getProperty(bus, { destination: logind, path }, `${logind}.Session`, name)
  const [id, seat, user, remote, type] = await Promise.all(['Id', 'Seat', 'User', 'Remote', 'Type'].map(get))
  const state = await getProperty(
    bus,
    { destination: logind, path: String((user as readonly unknown[])[1]) },
    `${logind}.User`,
    'State',
  )
  return {
    id: String(id),
    local: (seat as readonly unknown[])[0] !== '',
    active: state === 'active',
    remote: remote === true,
    graphical: graphical.has(String(type)),
  }
}

const graphical: ReadonlySet<string> = new Set(['x11', 'wayland', 'mir'])

const pathOfProcess = (bus: Bus): Promise<string | undefined> =>
  unless(`${logind}.NoSessionForPID`, async () => {
    const [path] = await bus.call({
      destination: logind,
      path: '/org/freedesktop/login1',
      interface: `${logind}.Manager`,
      member: 'GetSessionByPID',
      signature: 'u',
      // The caller itself.
      body: [0],
    })
    return String(path)
  })

const pathOfDisplay = (bus: Bus): Promise<string | undefined> =>
  unless(busErrors.unknownObject, async () => {
    const self = { destination: logind, path: '/org/freedesktop/login1/user/self' }
    const [id, path] = (await getProperty(bus, self, `${logind}.User`, 'Display')) as readonly unknown[]
    return id === '' ? undefined : String(path)
  })

/** What is asked for; undefined where there is none, which is the error `type`. */
const unless = async <T>(type: string, ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask()
  } catch (error) {
    if (isBusError(error) && error.type === type) return undefined
    throw error
  }
}
