// Door: what /proc and a few files tell of this machine and process, for tint0ctl doctor.
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { processField } from '../proc.ts'
import type { ProcessFacts } from './findings.ts'

const [PARENT, TERMINAL] = [4, 7]

/** What polkit compares. */
export const processFacts = (): ProcessFacts => {
  const parent = processField(PARENT)
  const terminal = processField(TERMINAL)
  // The majors of /dev/pts (Documentation/admin-guide/devices.txt).
  const major = (terminal >> 8) & 0xfff
  return {
    parent,
    sharesGroup: readText('/proc/self/cgroup') === readText(`/proc/${parent}/cgroup`),
    sharesTerminal: terminal !== 0 && parent > 0 && terminalOf(parent) === terminal,
    isOnPty: major >= 136 && major <= 143,
  }
}

const terminalOf = (pid: number): number | undefined => {
  try {
    return processField(TERMINAL, pid)
  } catch {
    return undefined
  }
}

/** The kind of container, as its manager tells it (https://systemd.io/CONTAINER_INTERFACE), or by the file that is its mark. */
export const containerKind = (): string | undefined => {
  const told = readText('/run/systemd/container')?.trim()
  if (told) return told
  return signs.find(({ file }) => existsSync(file))?.kind
}

const signs = [
  { file: '/run/.containerenv', kind: 'podman' },
  { file: '/.dockerenv', kind: 'docker' },
] as const

export const hasNoNewPrivileges = (): boolean =>
  /^NoNewPrivs:\s*1$/m.test(readText('/proc/self/status') ?? '')

export const nodeVersion = (): string => process.version

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
