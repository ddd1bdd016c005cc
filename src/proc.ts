// Door: what is to be known of processes, and how to end as one should: proc(5), pidfd_open(2), prctl(2).
import { closeSync, readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { pid } from 'node:process'
import { c, isReadable } from './libc.ts'

/** A field of /proc/PID/stat by its number in proc(5), from 4 on; the name in field 2 may hold anything. */
export const processField = (number: number, pid: number | 'self' = 'self'): number =>
  Number(processStat(pid)[number - 3])

/** The state of a process, such as S or T (field 3); undefined where there is none. */
const processState = (pid: number): string | undefined => {
  try {
    return processStat(pid)[0]
  } catch {
    return undefined
  }
}

/**
 * Whether the leader of a process group has stopped; or waits, and cannot stop, for a child that has: one of vfork(2), which was
 * caught before it became a program of its own.
 */
export const isStopped = (leader: number): boolean => {
  const state = processState(leader)
  return state === 'T' || (state === 'D' && members(leader).some((pid) => processState(pid) === 'T'))
}

const members = (group: number): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isMember(pid, group))

const isMember = (pid: number, group: number): boolean => {
  try {
    return processField(5, pid) === group
  } catch {
    return false
  }
}

const processStat = (pid: number | 'self'): readonly string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Whether no program that we start gets rights by its set-user-ID bit (prctl(2), PR_SET_NO_NEW_PRIVS). */
export const hasNoNewPrivileges = (): boolean =>
  /^NoNewPrivs:\s*1$/m.test(readFileSync('/proc/self/status', 'utf8'))

/**
 * The number that a user of ours has outside of our user namespace, by uid_map (user_namespaces(7)): lines of the first number inside,
 * the first one outside, and how many there are. undefined where it has none.
 */
export const outerId = (id: number, map: string): number | undefined => {
  for (const line of map.trim().split('\n')) {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number)
    if (id >= inside && id < inside + count) return outside + id - inside
  }
  return undefined
}

/** The same for users as they are now: in a namespace within another it is the number in that one, for nobody tells more. */
export const outerUser = (uid: number): number | undefined =>
  outerId(uid, readFileSync('/proc/self/uid_map', 'utf8'))

export const outerGroup = (gid: number): number | undefined =>
  outerId(gid, readFileSync('/proc/self/gid_map', 'utf8'))

/** O_ACCMODE of an open descriptor's flags (fcntl(2)), as proc_pid_fdinfo(5) has them, in octal. */
export const accessMode = (fd: number | string, pid: number | 'self' = 'self'): number => {
  const text = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')
  return Number.parseInt(/^flags:\s*([0-7]+)/m.exec(text)?.[1] ?? '0', 8) & 3
}

/** The same number for all architectures. */
const SYS_pidfd_open = 434
const PIDFD_GET_INFO = { request: 0xc040ff0b, size: 64, exit: 8n, exitCode: 60 }

/** A descriptor that stays with a process, whoever gets its number later; undefined where it is gone. */
export const openProcess = (process: number): number | undefined => {
  const fd = process > 0 ? Number(c().syscall(SYS_pidfd_open, 'int', process, 'int', 0)) : -1
  return fd < 0 ? undefined : fd
}

/** Whether that process has ended. */
export const hasEnded = (process: number): boolean => isReadable(process, 0)

/** Its status after wait(2), anybody's; undefined before it was waited for, and before Linux 6.15. */
export const waitStatus = (process: number): number | undefined => {
  const info = Buffer.alloc(PIDFD_GET_INFO.size)
  info.writeBigUInt64LE(PIDFD_GET_INFO.exit)
  if (c().ioctl(process, PIDFD_GET_INFO.request, 'void *', info) !== 0) return undefined
  return info.readBigUInt64LE() & PIDFD_GET_INFO.exit ? info.readInt32LE(PIDFD_GET_INFO.exitCode) : undefined
}

export const closeProcess = (process: number | undefined): void => {
  if (process !== undefined) closeSync(process)
}

const PR_SET_DUMPABLE = 4
const SIG = { DFL: 0, SETMASK: 2 }

/** Ends this process by a signal's default action, without a core; returns, after a moment, where that does not end one. */
export const dieOf = (signal: number): void => {
  const none = Buffer.alloc(128)
  c().sigemptyset(none)
  c().prctl(PR_SET_DUMPABLE, 'int', 0)
  c().signal(signal, SIG.DFL)
  c().sigmask(SIG.SETMASK, none, null)
  c().kill(pid, signal)
  // It may have gone to another thread.
  c().poll(null, 0, 500)
}

/** The name of a signal; those for real time have none. */
export const signalName = (number: number): string =>
  Object.entries(constants.signals).find(([, other]) => other === number)?.[0] ?? `SIG${number}`

/** The number of a signal, as kill -l has it. */
export const signalNumber = (signal: NodeJS.Signals): number => constants.signals[signal]

/** The majors of /dev/pts are 136 to 143 (Documentation/admin-guide/devices.txt); the minor is in two parts (makedev(3)). */
export const ptyName = (device: number): string | undefined => {
  const major = (device >> 8) & 0xfff
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00)
  return major >= 136 && major <= 143 ? `pts/${(major - 136) * 256 + minor}` : undefined
}
