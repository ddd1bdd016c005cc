// The session of logind's that we are in, after org.freedesktop.login1(5): polkit's policies tell active local ones from others, and a
// window that asks is the session's.
import type { Bus } from '../bus/bus.ts'
import { getProperty } from '../bus/value.ts'

export interface Session {
  readonly id: string
  /** In the foreground of its seat. */
  readonly active: boolean
  /** At a seat: polkit's policies mean that by local. */
  readonly local: boolean
  readonly remote: boolean
  /** Has a display of its own. */
  readonly graphical: boolean
}

const logind = 'org.freedesktop.login1'

/** Ours; undefined where we are in none. Rejects with a BusError where there is no logind. */
export const ourSession = async (bus: Bus): Promise<Session | undefined> => {
  const path = await ourSessionPath(bus)
  if (path === undefined) return undefined
  const get = (name: string) => getProperty(bus, { destination: logind, path }, `${logind}.Session`, name)
  const [id, active, remote, type, seat] = await Promise.all(
    ['Id', 'Active', 'Remote', 'Type', 'Seat'].map(get),
  )
  return {
    id: String(id),
    active: active === true,
    local: Array.isArray(seat) && seat[0] !== '',
    remote: remote === true,
    graphical: graphical.has(String(type)),
  }
}

const graphical: ReadonlySet<string> = new Set(['x11', 'wayland', 'mir'])

const ourSessionPath = async (bus: Bus): Promise<string | undefined> => {
  try {
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
  } catch (error) {
    if ((error as { type?: string }).type === `${logind}.NoSessionForPID`) return undefined
    throw error
  }
}
