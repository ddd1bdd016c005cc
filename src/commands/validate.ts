// tint0 -v, -k and -K: polkit's answer without a command, and its forgetting, as sudo(8) and run0(1) have them. It is asked by the
// manager, as for a session, so that rules that go by the verb count. Whether polkit knows the next process of the shell again is its
// own affair, and so it is said where somebody had to answer for nothing but this process.

import { caller } from '../backend/account.ts'
import { mayStart, type Permission } from '../backend/permission.ts'
import { type Bus, isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import type { AuthRequest } from '../cli/auth.ts'
import { failed, sentence, show, Tint0Error } from '../errors.ts'
import { reasonsNotToKeep } from '../polkit/keeping.ts'
import { signalNumber } from '../proc.ts'
import { type Answered, authorized } from './authorize.ts'
import { forgetAll, forgetOurs } from './forget.ts'
import { atDesk, catchSignals, nobodyYet } from './interrupted.ts'
import { standingOf } from './standing.ts'
import type { World } from './world.ts'

/** 0 where it is granted, and 128 and the signal where one came first. Throws a Tint0Error where it is not; with -n that is 1, and no word. */
export const validate = async (request: AuthRequest, world: World): Promise<number> => {
  try {
    return await onBus((bus) => validateOn(bus, request, world))
  } catch (error) {
    // A question that may be asked silently has no other answer, whatever is wrong.
    if (request.way === 'none' && error instanceof Tint0Error) return 1
    throw error
  }
}

const validateOn = async (bus: Bus, request: AuthRequest, world: World): Promise<number> => {
  if (request.forgets) await forgetOurs(bus)
  const first = await mayStart(bus)
  if (first.kind === 'granted') return 0
  if (request.way === 'none') return 1
  const signal = await asked(bus, first, request, world)
  if (signal) return 128 + signalNumber(signal)
  await tellIfNotKept(bus, world)
  return 0
}

/** Resolves to the signal that came before it was granted, if any. Throws a Tint0Error where it is not. */
const asked = async (
  bus: Bus,
  first: Permission,
  request: AuthRequest,
  world: World,
): Promise<NodeJS.Signals | undefined> => {
  const interrupted = catchSignals()
  const facts = { caller: caller().name, target: 'root', hostname: world.hostname }
  const introduction = `${show(facts.caller)} wants to be allowed to run commands as root (tint0 -v); none is run now`
  const pending = authorized<undefined>(
    {
      ask: async (interactive) => answered(interactive ? await mayStart(bus, true) : first),
      bus: async () => bus,
    },
    {
      plan: async () =>
        (await import('./agents.ts')).planAgents(request, bus, facts, () => introduction, world),
      lend: async (desk) => interrupted.goTo(atDesk(desk, world.sleep)),
      takeBack: async () => interrupted.goTo(nobodyYet),
      interrupted: interrupted.signal,
    },
    world,
  )
  try {
    const signal = await interrupted.or(pending)
    // Whoever asks must be gone from the terminal; but polkit or the bus may be silent for good.
    if (signal) await Promise.race([pending.catch(() => {}), world.sleep(leaving)])
    return signal
  } finally {
    interrupted.stop()
  }
}

/** In milliseconds. */
const leaving = 5000

const answered = (permission: Permission): Answered<undefined> => {
  switch (permission.kind) {
    case 'granted':
      return { kind: 'running', running: undefined }
    case 'password':
      return { kind: 'authorization-required' }
    case 'unknown':
      return { kind: 'refused', reason: permission.problem }
    default:
      return permission
  }
}

const tellIfNotKept = async (bus: Bus, world: World): Promise<void> => {
  const [reason] = reasonsNotToKeep(await standingOf(bus))
  if (!reason) return
  const { failure } = failed('authorization', `granted, but not kept: ${reason.text}`, reason.hint)
  world.complain(sentence('tint0', failure))
}

/** Forgets what was granted: to this shell's processes, or to `all` of the session. Resolves to the exit status. */
export const forgetKept = async (all: boolean): Promise<number> => {
  await onBus(all ? forgetAll : forgetOurs)
  return 0
}

/** What polkit or the bus has against it is said as a failure of polkit's. */
const onBus = async <T>(act: (bus: Bus) => Promise<T>): Promise<T> => {
  const bus = await connectBus('system')
  try {
    return await act(bus)
  } catch (error) {
    throw isBusError(error) ? failed('polkit', error.message, 'see systemctl status polkit') : error
  } finally {
    bus.close()
  }
}
