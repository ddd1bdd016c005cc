// Door: files that decide what is shown or run, read only if nobody else can have written them: they and their folder belong to
// root or to us, and nobody else may write to them. What is no regular file is refused before it is opened: a FIFO would wait.
import { isUtf8 } from 'node:buffer'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import process from 'node:process'
import { failed } from './errors.ts'

/** Throws a Tint0Error where somebody else could have written this file, or could put another in its place. */
export const checkTrusted = (path: string): void => {
  checkOwner(
    path,
    attempt(path, () => lstatSync(path)),
  )
  const real = attempt(path, () => realpathSync(path))
  checkWriters(real, statSync(real))
  // That of the link, too, for it can be made to lead elsewhere.
  for (const folder of new Set([real, path].map((one) => realpathSync(dirname(one)))))
    checkWriters(folder, statSync(folder))
}

/** The text of such a file of `most` bytes at the most. Throws a Tint0Error also for what is no file, or no UTF-8. */
export const readTrusted = (path: string, most: number): string => {
  attempt(path, () => checkKind(path, statSync(path)))
  checkTrusted(path)
  return readText(path, most, checkWriters)
}

/** The text of a regular file, whoever wrote it; `check` sees what was opened. */
export const readText = (
  path: string,
  most: number,
  check?: (path: string, stats: Stats) => void,
): string => {
  attempt(path, () => checkKind(path, statSync(path)))
  const file = attempt(path, () =>
    openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY),
  )
  try {
    // It may be another one by now.
    const stats = fstatSync(file)
    checkKind(path, stats)
    check?.(path, stats)
    const bytes = Buffer.alloc(most + 1)
    let length = 0
    for (let more = 1; more > 0 && length < bytes.length; length += more)
      more = attempt(path, () => readSync(file, bytes, length, bytes.length - length, null))
    if (length > most)
      throw failed(path, `is larger than ${Math.floor(most / 1024)} KiB`, 'name another, or make it shorter')
    const text = bytes.subarray(0, length)
    if (!isUtf8(text)) throw failed(path, 'is not UTF-8', 'save it as UTF-8')
    return text.toString('utf8')
  } finally {
    closeSync(file)
  }
}

const checkKind = (path: string, stats: Stats): void => {
  if (!stats.isFile())
    throw failed(path, stats.isDirectory() ? 'is a folder' : 'is no regular file', 'name a file')
}

const attempt = <T>(path: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (code === 'ENOENT' || code === 'ENOTDIR') throw failed(path, 'does not exist', 'see how it is spelled')
    throw failed(path, `cannot be read (${code})`, 'see who may read it: ls -l')
  }
}

const checkOwner = (path: string, { uid }: Stats): void => {
  if (uid !== process.geteuid?.() && !isRoots(path, uid))
    throw failed(path, `belongs to user ${uid}, who is neither you nor root`, 'copy it, and use the copy')
}

/**
 * Root's, or in these folders what may be: in a user namespace that root is not in, its files are shown as those of the overflow user
 * (user_namespaces(7)), as / is then. One who is not in it cannot be told from another: that nobody but root writes there is all there is.
 */
const isRoots = (path: string, uid: number): boolean =>
  uid === 0 || (/^\/(etc|usr)\//.test(path) && uid === statSync('/').uid && isRootUnmapped(uid))

const isRootUnmapped = (uid: number): boolean => {
  try {
    return mayBeRoot(
      uid,
      readFileSync('/proc/self/uid_map', 'utf8'),
      Number(readFileSync('/proc/sys/kernel/overflowuid', 'utf8')),
    )
  } catch {
    return false
  }
}

/** By uid_map: lines of the first number inside, the first one outside, and how many there are. */
export const mayBeRoot = (uid: number, map: string, overflow: number): boolean =>
  uid === overflow && !/^\s*\d+\s+0\s+[1-9]/m.test(map)

const groupWrites = 0o020
const othersWrite = 0o002
/** In such a folder only the owner of a file can replace it. */
const sticky = 0o1000

const checkWriters = (path: string, stats: Stats): void => {
  checkOwner(path, stats)
  if (stats.isDirectory() && stats.mode & sticky) return
  const byGroup = (stats.mode & groupWrites) !== 0 && !isOurOwnGroup(stats.gid)
  if (byGroup || stats.mode & othersWrite)
    throw failed(path, 'can be written by others', `chmod go-w ${path}`)
}

/** Many systems give each user a group of one (useradd(8), USERGROUPS_ENAB), and let new files be written by it. */
const isOurOwnGroup = (gid: number): boolean => {
  try {
    const { username, gid: own } = userInfo()
    if (gid !== own) return false
    const rows = (file: string) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.split(':'))
    const group = rows('/etc/group').find(([, , number]) => number === String(gid))
    const members = group?.[3]?.split(',') ?? [' ']
    const users = rows('/etc/passwd').filter(([, , , number]) => number === String(gid))
    return [...members, ...users.map(([name]) => name)].every((name) => name === '' || name === username)
  } catch {
    return false
  }
}
