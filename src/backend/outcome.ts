// How a command ended, as an exit status and, where the user cannot know otherwise, in words. Statuses follow sh(1) and
// env(1), and are true also where the manager had a hand in it. systemd itself prints nothing of this.
import { type Failure, failed, notFound } from '../errors.ts'
import type { End, Launch } from './backend.ts'
import { journalOf, stepFailure, within, withReason } from './steps.ts'

/** The exit status of tint0, and why, if it is not the command's own doing. */
export interface Outcome {
  readonly status: number
  readonly failure?: Failure
}

/** Puts an end into a status and words. */
export const outcomeOf = (end: End, launch: Launch): Outcome => {
  switch (end.kind) {
    case 'exited':
      return told(end.status, end.cause === undefined ? undefined : causes[end.cause], launch)
    case 'killed':
      return told(128 + end.signal, causes[end.cause ?? ''] ?? signals[end.signal], launch, end.signal)
    case 'unstartable':
      return outcome(stepFailure(end.step, end.reason, launch))
    case 'abandoned': {
      const [problem, hint] = reasons[end.result] ?? [`the manager gave it up: '${end.result}'`]
      const way = hint ?? journalOf(launch)
      return outcome(failed(launch.path, withReason(problem, end.reason), way).failure)
    }
    case 'missing':
      return outcome(notFound(launch.path, `not found${within(launch)}`, 'check its name').failure)
    case 'lost':
      return outcome(
        failed(
          launch.path,
          'has ended while the bus or the manager was away: its status is not known',
          journalOf(launch),
        ).failure,
      )
  }
}

const outcome = (failure: Failure): Outcome => ({ status: failure.status, failure })

/** What is wrong, and the way out. */
type Words = readonly [problem: string, hint?: string]

/** A status that is the command's, with a word about what brought it about. */
const told = (
  status: number,
  words: Words | undefined,
  { path: subject }: Launch,
  signal?: number,
): Outcome => {
  if (!words) return { status }
  const [problem, hint] = words
  return { status, failure: { subject, problem, status, ...(hint && { hint }), ...(signal && { signal }) } }
}

/** What the manager, or the kernel for it, did to a command: `Result` of org.freedesktop.systemd1(5). */
const causes: Readonly<Record<string, Words>> = {
  'oom-kill': [
    'it, or a process of it, was killed because there was no memory left',
    'see MemoryMax= in systemd.resource-control(5), and free(1)',
  ],
  timeout: [
    'was ended by the manager because its time was up',
    'see RuntimeMaxSec= and TimeoutStopSec= in systemd.service(5)',
  ],
  watchdog: [
    'was ended by the manager because it gave no sign of life',
    'see WatchdogSec= in systemd.service(5)',
  ],
  protocol: ['did not report to the manager as it was to', 'see Type= in systemd.service(5)'],
  resources: ['the manager could not get what it needs for it'],
}

/** Signals that the kernel sends where a limit is reached. (Others may, too.) */
const signals: Readonly<Record<number, Words>> = {
  24: [
    'was ended by SIGXCPU, which is sent when the CPU time is used up',
    'see LimitCPU= in systemd.exec(5), and ulimit -t',
  ],
  25: [
    'was ended by SIGXFSZ, which is sent when a file gets too large',
    'see LimitFSIZE= in systemd.exec(5), and ulimit -f',
  ],
  31: [
    'was ended by SIGSYS, which is sent for a system call that is not allowed',
    'see SystemCallFilter= in systemd.exec(5)',
  ],
}

const before: Words = ['a command before it failed', 'see ExecStartPre= in systemd.service(5)']

/** Why it never ran, by the `Result` of the unit or of its job. */
const reasons: Readonly<Record<string, Words>> = {
  ...causes,
  'start-limit-hit': ['was started too often', 'wait a moment, or see StartLimitBurst= in systemd.unit(5)'],
  'exit-code': before,
  signal: before,
  'core-dump': before,
  'exec-condition': ['a condition before it said no', 'see ExecCondition= in systemd.service(5)'],
  canceled: ['somebody stopped its unit before it began'],
  dependency: ['something that its unit requires could not be started', 'see Requires= in systemd.unit(5)'],
  skipped: ['a condition of its unit is not met', 'see ConditionPathExists= in systemd.unit(5)'],
  assert: ['an assertion of its unit is not met', 'see AssertPathExists= in systemd.unit(5)'],
  unsupported: ['such a unit is not supported on this machine'],
  timeout: ['it did not start in time', 'see TimeoutStartSec= in systemd.service(5)'],
}
