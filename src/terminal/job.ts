// Door: whose the terminal is. A shell with job control gives it to one process group; and within that, to whoever reads it: in
// `tint0 x | less` the keyboard is the pager's. After setpgid(2) and proc(5).
import { constants, fstatSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import process from 'node:process'
import { accessMode, processField } from '../proc.ts'

const [PARENT, GROUP, TERMINAL, FOREGROUND] = [4, 5, 7, 8]

/** Whether our process group is in the foreground of the terminal at `fd`; a terminal that is not our controlling one is nobody's. */
export const isForeground = (fd: number): boolean => {
  const foreground = processField(FOREGROUND)
  return (
    fstatSync(fd).rdev !== processField(TERMINAL) || foreground <= 0 || foreground === processField(GROUP)
  )
}

/** Whether another process of our group has the terminal at `fd` open to read it; those that we were started by only wait. */
export const hasRival = (fd: number): boolean => {
  const { rdev } = fstatSync(fd)
  const group = processField(GROUP)
  const related = ancestors()
  return readdirSync('/proc')
    .map(Number)
    .some((pid) => pid > 0 && !related.has(pid) && isIn(group, pid) && reads(pid, rdev))
}

const ancestors = (): ReadonlySet<number> => {
  const found = new Set([process.pid])
  try {
    for (let pid = process.ppid; pid > 1; pid = processField(PARENT, pid)) found.add(pid)
  } catch {}
  return found
}

/** Not our own helpers, which have their streams from us. */
const isIn = (group: number, pid: number): boolean => {
  try {
    return processField(GROUP, pid) === group && processField(PARENT, pid) !== process.pid
  } catch {
    return false
  }
}

/** fd 0, or one of its own: 1 and 2 are only written to, though they may be open for both. */
const reads = (pid: number, rdev: number): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      (fd) =>
        fd !== '1' && fd !== '2' && isTerminal(pid, fd, rdev) && accessMode(fd, pid) !== constants.O_WRONLY,
    )
  } catch {
    return false
  }
}

const isTerminal = (pid: number, fd: string, rdev: number): boolean => {
  const path = `/proc/${pid}/fd/${fd}`
  try {
    return readlinkSync(path) === '/dev/tty' || statSync(path).rdev === rdev
  } catch {
    return false
  }
}
