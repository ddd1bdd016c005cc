// Door: what /proc and a few files tell of this machine and of processes.
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import type { ProcessFacts } from '../polkit/keeping.ts'
import { processField, ptyName } from '../proc.ts'

const [PARENT, JOB, TERMINAL, STARTED] = [4, 5, 7, 22]

/** Of this process, what polkit compares. */
export const processFacts = (): ProcessFacts => {
  const parent = processField(PARENT)
  const terminal = processField(TERMINAL)
  const groups = readText('/proc/self/cgroup')
  return {
    parent,
    sharesTerminal: terminal !== 0 && fieldOf(TERMINAL, parent) === terminal,
    sharesJob: fieldOf(JOB, parent) === processField(JOB),
    sharesGroup: groups === readText(`/proc/${parent}/cgroup`),
    hasTerminal: terminal !== 0,
    isOnPty: ptyName(terminal) !== undefined,
    isUnified: /^0::/.test(groups ?? ''),
  }
}

/** Undefined where there is no such process. */
const fieldOf = (field: number, pid: number): number | undefined => {
  try {
    return pid > 0 ? processField(field, pid) : undefined
  } catch {
    return undefined
  }
}

export interface Described {
  /** Its name, which is anybody's choice. */
  readonly command: string
  /** Such as pts/3; undefined where it has none, or one of another kind. */
  readonly terminal: string | undefined
}

/** A process that was started at that time (field 22); undefined where it has ended. */
export const describeProcess = (pid: number, started: number | undefined): Described | undefined => {
  const start = fieldOf(STARTED, pid)
  if (start === undefined || (started !== undefined && start !== started)) return undefined
  return {
    command: readText(`/proc/${pid}/comm`)?.trim() ?? '',
    terminal: ptyName(fieldOf(TERMINAL, pid) ?? 0),
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

export const nodeVersion = (): string => process.version

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
