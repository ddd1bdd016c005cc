// tint0 -k and -K: polkit forgets what it has granted for a while, as far as it lets us. It knows again whom it granted something to, and
// tells its number; but it takes back only what an agent of our session has got (a window, say), not what one of a single
// process has: that is polkit's own rule (128 has it, too), so it is said where something stays. Nobody is asked.
import { type Bus, busErrors, isBusError } from '../bus/bus.ts'
import { failed, sentence, Tint0Error } from '../errors.ts'
import {
  checkAuthorization,
  connectionSubject,
  keptFor,
  keptId,
  manageUnits,
  polkitVersion,
  revoke,
  sessionSubject,
} from '../polkit/authority.ts'
import { knowsNextProcess } from '../polkit/keeping.ts'
import { ourSession } from '../polkit/session.ts'
import type { World } from './world.ts'

/** For this shell's processes. Throws a Tint0Error where polkit goes on knowing us. */
export const forgetOurs = async (bus: Bus): Promise<void> => {
  // Before 127 it ends with us, whatever it is.
  if ((await isStillKnown(bus)) && knowsNextProcess(await polkitVersion(bus)))
    throw failed(
      'authorization',
      'polkit keeps it, and does not let it be forgotten: it was given to a process, not to a session',
      'end this shell, or wait some minutes',
    )
}

/** Revokes one after the other: polkit tells the first that it finds, and behind that there may be more, as of two agents. */
const isStillKnown = async (bus: Bus): Promise<boolean> => {
  const revoked = new Set<string>()
  for (;;) {
    const id = await known(bus)
    if (id === undefined) return false
    if (revoked.has(id) || revoked.size === most) return true
    revoked.add(id)
    await revoke(bus, id).catch(() => {})
  }
}

/** More than anybody has; who gets new ones that fast is not to be waited for. */
const most = 50

/**
 * For one command: forgotten before, so that somebody is asked, and not kept after. It runs by then, and nobody follows it before this is
 * done: so that has a bound. `complain` hears of what stays nevertheless.
 */
export const onlyThisOnce = async <T>(
  bus: Bus,
  act: () => Promise<T>,
  { complain, sleep }: Pick<World, 'complain' | 'sleep'>,
): Promise<T> => {
  await forgetOurs(bus)
  const result = await act()
  const late = sleep(longest).then(() => {
    throw failed('authorization', 'may be kept: polkit did not answer', 'see systemctl status polkit')
  })
  await Promise.race([forgetOurs(bus), late]).catch((error) => {
    if (error instanceof Tint0Error) complain(sentence('tint0', error.failure))
  })
  return result
}

/** In milliseconds. */
const longest = 2000

/** For all processes of the session, and of this shell where there is none. */
export const forgetAll = async (bus: Bus): Promise<void> => {
  const session = await ourSession(bus).catch(() => undefined)
  const kept = session ? await keptFor(bus, sessionSubject(session.id)).catch(() => []) : []
  for (const { id, action } of kept) if (action === manageUnits) await revoke(bus, id).catch(() => {})
  await forgetOurs(bus)
}

/** The number of what is kept for us. */
const known = async (bus: Bus): Promise<string | undefined> => {
  try {
    return keptId(await checkAuthorization(bus, connectionSubject(bus), manageUnits))
  } catch (error) {
    // What it kept has gone with it.
    if (isBusError(error) && gone.has(error.type)) return undefined
    throw isBusError(error) ? failed('polkit', error.message, 'see systemctl status polkit') : error
  }
}

const gone: ReadonlySet<string> = new Set([busErrors.noService, busErrors.noOwner])
