// Door: who is who, from the user database. Names become numbers here; nothing is decided.
import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import process from 'node:process'

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

/** Who runs tint0. Where the database does not know the number, the number is the name. */
export const caller = (): Account => {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  try {
    const { username, homedir, shell } = userInfo()
    return { name: username, uid, gid, home: homedir || '/', shell: shell || '/bin/sh' }
  } catch {
    return { name: String(uid), uid, gid, home: '/', shell: '/bin/sh' }
  }
}

/** The account of a name or number, by getent(1), which asks every source that nsswitch.conf(5) names; else undefined. */
export const findAccount = (user: string): Account | undefined => {
  const { stdout } = spawnSync('getent', ['--', 'passwd', user], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const fields = stdout?.split('\n')[0]?.split(':') ?? []
  const [name, , uid, gid, , home, shell] = fields
  if (!name || !uid || !gid) return undefined
  return { name, uid: Number(uid), gid: Number(gid), home: home || '/', shell: shell || '/bin/sh' }
}
