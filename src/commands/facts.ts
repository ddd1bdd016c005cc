// What a session is about, for the rules of the configuration: decided before the session is planned, and so by the options alone.
import { caller, findAccount, groupsOf, namesOfGroup } from '../backend/account.ts'
import { lastOf, switchOf, type Written } from '../cli/parse.ts'
import { targetOf } from '../cli/request.ts'
import type { Facts } from '../config/rules.ts'
import { baseName } from './program.ts'
import type { World } from './world.ts'

/** `self`: nobody becomes anybody else. */
export const factsOf = (written: Written, self: boolean, world: World): Facts => {
  const { machine, user, group } = targetOf(written)
  const names = once(() => {
    if (self || (user === undefined && staysSelf(written, world))) return namesOf(caller())
    if (machine === undefined && user !== undefined) {
      const account = findAccount(user)
      return account ? namesOf(account) : [user]
    }
    // Who is who in a container is not known here, but that root is 0.
    return user === undefined || user === 'root' || user === '0' ? ['root', '0'] : [user]
  })
  return {
    user: names,
    group: once(() => [
      ...(group === undefined ? [] : [group, ...(machine === undefined ? namesOfGroup(group) : [])]),
      ...(machine === undefined ? groupsOf(names()[0] ?? 'root') : []),
    ]),
    host: () => [world.hostname],
    machine: () => [machine ?? ''],
    command: once(() => commandsOf(written.operands)),
  }
}

const namesOf = ({ name, uid }: { readonly name: string; readonly uid: number }): readonly string[] => [
  name,
  String(uid),
]

/** Whether, with no user named, it runs as who calls (launch.ts). */
const staysSelf = (written: Written, { booted }: World): boolean => {
  const last = lastOf(written)
  if (switchOf(written)('empower') || last('area')) return true
  const backend = last('backend') ?? 'auto'
  return backend === 'user' || backend === 'local' || (backend === 'auto' && !booted && !last('machine'))
}

/** The command's name, as it was written, and with all that follows. */
const commandsOf = ([first, ...rest]: readonly string[]): readonly string[] =>
  first === undefined ? [''] : [baseName(first), first, [first, ...rest].join(' ').slice(0, longestLine)]

/** A single word may not be longer (execve(2)). */
const longestLine = 128 * 1024

const once = (ask: () => readonly string[]): (() => readonly string[]) => {
  let known: readonly string[] | undefined
  return () => {
    known ??= ask()
    return known
  }
}
