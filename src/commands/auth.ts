// tint0ctl auth: asks polkit what it has granted for a while to the processes of this session. What it has given by an agent of a single
// process (ours is one) it does not list; but it tells whether it would know us again.
import { findAccount } from '../backend/account.ts'
import { type Bus, isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { failed } from '../errors.ts'
import {
  type Authorization,
  type Kept,
  keptFor,
  keptId,
  manageUnits,
  sessionSubject,
} from '../polkit/authority.ts'
import { reasonsNotToKeep } from '../polkit/keeping.ts'
import { describeProcess } from './doctor.proc.ts'
import { type KeptEntry, type KeptFacts, keptJson, keptText } from './kept.ts'
import { standingOf } from './standing.ts'
import type { World } from './world.ts'

/** The text, ending in a newline. Throws a Tint0Error where polkit cannot be asked. */
export const auth = async (json: boolean, { date }: Pick<World, 'date'>): Promise<string> => {
  const bus = await connectBus('system')
  try {
    const facts = await keptFacts(bus)
    return (json ? keptJson : keptText)(facts, date().getTime() / 1000)
  } catch (error) {
    throw isBusError(error) ? failed('polkit', error.message, 'see systemctl status polkit') : error
  } finally {
    bus.close()
  }
}

const keptFacts = async (bus: Bus): Promise<KeptFacts> => {
  const standing = await standingOf(bus)
  const { session, answer, version } = standing
  const listed = session ? await keptFor(bus, sessionSubject(session.id)) : []
  const own = answer && keptId(answer)
  const kept = [
    ...(own !== undefined && !listed.some(({ id }) => id === own) ? [unlisted(own)] : []),
    ...[...listed].sort((one, other) => rank(one) - rank(other)).map(entryOf),
  ]
  return {
    version,
    session: session?.id,
    kept,
    standing: answer && wordFor(answer),
    reasons: reasonsNotToKeep(standing),
  }
}

/** What tint0 asks for first. */
const rank = ({ action }: Kept): number => (action === manageUnits ? 0 : 1)

const wordFor = (answer: Authorization): KeptFacts['standing'] =>
  answer.granted ? (keptId(answer) === undefined ? 'granted' : 'kept') : answer.challenge ? 'asks' : 'refuses'

const unlisted = (id: string): KeptEntry => ({
  id,
  action: manageUnits,
  user: undefined,
  holder: undefined,
  pid: undefined,
  command: undefined,
  terminal: undefined,
  since: undefined,
  until: undefined,
})

const entryOf = ({ id, action, subject: [kind, details], since, until }: Kept): KeptEntry => {
  const { pid, uid, 'start-time': started } = details
  const isProcess = kind === 'unix-process' && pid !== undefined
  const process = isProcess
    ? describeProcess(Number(pid), started === undefined ? undefined : Number(started))
    : undefined
  return {
    id,
    action,
    user: uid === undefined ? undefined : (findAccount(String(uid))?.name ?? String(uid)),
    holder: isProcess ? undefined : holderOf(kind, details),
    pid: isProcess ? Number(pid) : undefined,
    command: process?.command,
    terminal: process?.terminal,
    since,
    until,
  }
}

/** After the kinds of polkit's subjects; another one is called by its own name. */
const holderOf = (
  kind: string,
  { 'session-id': session, name }: Readonly<Record<string, unknown>>,
): string => {
  switch (kind) {
    case 'unix-session':
      return `session ${session}`
    case 'system-bus-name':
      return `connection ${name}`
    default:
      return kind
  }
}
