// How a unit begins and ends, from what its manager says of it, whichever way and order that comes: signals, or answers after
// they were missed. ExecMainCode and ExecMainStatus tell the truth, where `Result` calls some signals a success.
import type { Signal } from '../bus/bus.ts'
import type { End } from './backend.ts'
import { type Properties, plainProperties } from './manager.ts'
import { unitPath } from './unit.ts'

export interface Watch {
  /** The job's path is known: from now on the end can be told. */
  started(job: string): void
  hear(signal: Signal): void
  /** All of the unit's properties, asked for. */
  see(properties: Properties): void
  /** Nothing more will come: this is the end. */
  settle(end: End): void
  /** The job of starting is over; with Type=exec that is after exec. */
  readonly begun: Promise<void>
  readonly ended: Promise<End>
  /** The command has ended; what it has left behind, in its unit, perhaps not yet. */
  readonly exited: Promise<void>
  readonly over: boolean
  /** Of the command, once it has begun. */
  mainPid(): number
}

/** Knows nothing yet. */
export const createWatch = (unit: string): Watch => {
  const path = unitPath(unit)
  /** By the jobs' paths; ours may have ended before we know which it is. */
  const results = new Map<string, string>()
  let properties: Properties = {}
  let job: string | undefined
  let over = false
  let resolve: (end: End) => void = () => {}
  const ended = new Promise<End>((done) => {
    resolve = done
  })
  let begin: () => void = () => {}
  const begun = new Promise<void>((done) => {
    begin = done
  })
  let exit: () => void = () => {}
  const exited = new Promise<void>((done) => {
    exit = done
  })
  const settle = (end: End) => {
    over = true
    exit()
    begin()
    resolve(end)
  }
  const look = () => {
    if (job !== undefined && Number(properties.ExecMainCode ?? 0) > 0) exit()
    const result = job === undefined ? undefined : results.get(job)
    if (result === undefined || over) return
    begin()
    const state = properties.ActiveState
    if (state === 'inactive' || state === 'failed') settle(endOf(result, properties))
  }
  return {
    started: (path) => {
      job = path
      look()
    },
    hear: ({ path: from, member, body }) => {
      if (from === path && member === 'PropertiesChanged')
        properties = { ...properties, ...plainProperties(body[1]) }
      if (member === 'JobRemoved') results.set(String(body[1]), String(body[3]))
      look()
    },
    see: (all) => {
      properties = all
      const [pending] = (all.Job ?? [0]) as readonly number[]
      if (job !== undefined && pending === 0 && !results.has(job)) results.set(job, missed)
      look()
    },
    settle,
    begun,
    ended,
    exited,
    get over() {
      return over
    },
    mainPid: () => Number(properties.MainPID ?? 0),
  }
}

/** The result of a job whose end nobody told us. */
const missed = 'missed'

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2), as ExecMainCode has them. */
const CLD = { exited: 1, killed: 2, dumped: 3 }

const endOf = (jobResult: string, properties: Properties): End => {
  const [code, status] = [Number(properties.ExecMainCode ?? 0), Number(properties.ExecMainStatus ?? 0)]
  const result = String(properties.Result ?? 'success')
  const cause = ordinary.has(result) ? {} : { cause: result }
  if (code === CLD.killed || code === CLD.dumped) return { kind: 'killed', signal: status, ...cause }
  if (code === CLD.exited)
    return hasRun(jobResult, properties, status)
      ? { kind: 'exited', status, ...cause }
      : { kind: 'unstartable', step: status }
  return { kind: 'abandoned', result: whyNot(jobResult, result, properties) }
}

/** A job whose conditions are not met counts as done. */
const whyNot = (jobResult: string, result: string, { ConditionResult, AssertResult }: Properties): string => {
  if (result !== 'success') return result
  if (ConditionResult === false) return 'skipped'
  return AssertResult === false ? 'assert' : jobResult
}

/** What these say is in the status, and better. */
const ordinary = new Set(['success', 'exit-code', 'signal', 'core-dump'])

/**
 * Whether the status is the command's own, or that of a step before it. The job of a unit with Type=exec is done when it was
 * executed; where that was not seen, the hand-off (since systemd 256) tells all steps but the execution itself.
 */
const hasRun = (jobResult: string, properties: Properties, status: number): boolean => {
  if (jobResult === 'done') return true
  const handedOff = Number(properties.ExecMainHandoffTimestampMonotonic ?? 0) > 0
  return status < 200 || status > 245 || (handedOff && (status !== 203 || jobResult === missed))
}
