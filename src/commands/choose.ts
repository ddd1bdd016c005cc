// Which backend: what was asked for, or what this machine has. The table of backends stands here.
import { caller, findAccount, insider } from '../backend/account.ts'
import type { Backend } from '../backend/backend.ts'
import { createLocal } from '../backend/local.ts'
import { createMachine } from '../backend/machine.ts'
import { createSystemd } from '../backend/systemd.ts'
import type { SessionRequest } from '../cli/request.ts'
import { refused } from '../errors.ts'
import type { World } from './world.ts'

/** One row a backend, by the name that --backend takes. */
const backends: Readonly<Record<Exclude<Backend['name'], 'machine'>, () => Backend>> = {
  system: () => createSystemd('system'),
  user: () => createSystemd('user'),
  local: createLocal,
}

/** The backend for a request. Throws a Tint0Error where no backend can reach the target. */
export const chooseBackend = (request: SessionRequest, world: World): Backend => {
  if (request.machine !== undefined) return createMachine(request.machine)
  switch (request.backend) {
    case 'auto':
      if (world.booted) return backends.system()
      return reachable(request) ? backends.local() : unreachable(request)
    case 'user':
      if (isMe(request.user) && request.group === undefined) return backends.user()
      throw refused(
        '--backend=user',
        'your own manager runs commands as you only',
        'leave --user and --group out, or use --backend=system',
      )
    default:
      return backends[request.backend]()
  }
}

const isMe = (user: string | undefined): boolean =>
  user === undefined || findAccount(user)?.uid === caller().uid

/** Without a manager nobody can become somebody else but root. */
const reachable = ({ user, group }: SessionRequest): boolean =>
  insider().uid === 0 || (user !== undefined && group === undefined && isMe(user))

const unreachable = ({ user, group }: SessionRequest): never => {
  throw refused(
    group === undefined ? `user ${user ?? 'root'}` : `group ${group}`,
    'cannot be reached: this machine is not run by systemd, and tint0 has no rights of its own',
    'run it as root, or as yourself with --backend=local',
  )
}
