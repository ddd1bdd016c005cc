// Door: who is who, from the user database. Names become numbers here; nothing is decided.
import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import process from 'node:process'
import { widePath } from '../paths.ts'
import { outerGroup, outerUser } from '../proc.ts'

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

/**
 * Who runs tint0, as the rest of the machine has it: in a user namespace users may have other numbers. Where the database does not
 * know the number, the number is the name.
 */
export const caller = (): Account => {
  const [inside, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  const uid = outerUser(inside) ?? inside
  if (uid === inside) return insider()
  const gid = outerGroup(group) ?? group
  return { ...(findAccount(String(uid)) ?? { name: String(uid), home: '/', shell: '/bin/sh' }), uid, gid }
}

/** The same within our user namespace. */
export const insider = (): Account => {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  try {
    const { username, homedir, shell } = userInfo()
    return { name: username, uid, gid, home: homedir || '/', shell: shell || '/bin/sh' }
  } catch {
    return { name: String(uid), uid, gid, home: '/', shell: '/bin/sh' }
  }
}

/** The account of a name or number; undefined where there is none. */
export const findAccount = (user: string): Account | undefined => {
  const [name, , uid, gid, , home, shell] = getent('passwd', user)
  if (!name || !uid || !gid) return undefined
  return { name, uid: Number(uid), gid: Number(gid), home: home || '/', shell: shell || '/bin/sh' }
}

/** The names of users, by their numbers, as far as there are any: all by one call. */
export const namesOf = (uids: readonly number[]): ReadonlyMap<number, string> =>
  new Map(
    uids.length === 0
      ? []
      : entries('passwd', ...uids.map(String)).map(([name = '', , uid]) => [Number(uid), name]),
  )

/** The number of a group, by its name or number; undefined where there is none. */
export const findGroup = (group: string): number | undefined => {
  const [name, , gid] = getent('group', group)
  return name && gid ? Number(gid) : undefined
}

/** The name and the number of a group; nothing where there is none. */
export const namesOfGroup = (group: string): readonly string[] => {
  const [name, , gid] = getent('group', group)
  return name && gid ? [name, gid] : []
}

/** The names and numbers of all groups that a user is in, by id(1). */
export const groupsOf = (user: string): readonly string[] =>
  ['-Gn', '-G'].flatMap((option) => {
    const { stdout } = spawnSync('id', [option, '--', user], {
      encoding: 'utf8',
      env: { PATH: widePath },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return stdout?.trim().split(/\s+/).filter(Boolean) ?? []
  })

/** The fields of an entry; none where there is none. */
const getent = (database: 'passwd' | 'group', key: string): readonly string[] =>
  entries(database, key)[0] ?? []

/** The fields of each entry, by getent(1), which asks every source that nsswitch.conf(5) names. */
const entries = (
  database: 'passwd' | 'group',
  ...keys: readonly string[]
): readonly (readonly string[])[] => {
  const { stdout } = spawnSync('getent', ['--', database, ...keys], {
    encoding: 'utf8',
    // Not the caller's PATH: who is root must not be said by a program that any other may have put there.
    env: { PATH: widePath },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return (stdout ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':'))
}
