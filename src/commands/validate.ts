// tint0 -v, -k and -K: polkit's answer without a command, and its forgetting, as sudo(8) and run0(1) have them. It is asked by the
// manager, as for a session, so that rules that go by the verb count. Whether polkit knows the next process of the shell again is its
// own affair, and so it is said where somebody had to answer for nothing but this process.

import { caller } from '../backend/account.ts'
import { mayStart, type Permission } from '../backend/permission.ts'
import { type Bus, isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import type { AuthRequest } from '../cli/auth.ts'
import { failed, sentence, Tint0Error } from '../errors.ts'
import { reasonsNotToKeep } from '../polkit/keeping.ts'
import { signalNumber } from '../proc.ts'
import { type Answered, authorized } from './authorize.ts'
import { forgetAll, forgetOurs } from './forget.ts'
import { atDesk, catchSignals, nobodyYet } from './interrupted.ts'
import { standingOf } from './keeping.ts'
import type { World } from './world.ts'

/** 0 where it is granted; 1 where it is not, or might only be if somebody were asked. */
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
  const signal = await asked(bus, request, world)
  if (signal) return 128 + signalNumber(signal)
  await tellIfNotKept(bus, world)
  return 0
}

/** Resolves to the signal that came before it was granted, if any. Throws a Tint0Error where it is not. */
const asked = async (bus: Bus, request: AuthRequest, world: World): Promise<NodeJS.Signals | undefined> => {
  const interrupted = catchSignals()
  const facts = { caller: caller().name, target: 'root', hostname: world.hostname }
  const pending = authorized<undefined>(
    { ask: async (interactive) => answered(await mayStart(bus, interactive)), bus: async () => bus },
    {
      plan: async () => (await import('./agents.ts')).planAgents(request, bus, facts, () => '', world),
      lend: async (desk) => interrupted.goTo(atDesk(desk, world.sleep)),
      takeBack: async () => interrupted.goTo(nobodyYet),
      interrupted: interrupted.signal,
    },
    world,
  )
  try {
    const signal = await interrupted.or(pending)
    // Whoever asks must be gone from the terminal.
    if (signal) await pending.catch(() => {})
    return signal
  } finally {
    interrupted.stop()
  }
}

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
export const forget = async (all: boolean): Promise<number> => {
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
