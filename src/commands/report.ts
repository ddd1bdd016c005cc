// The report of a session, in JSON: what was run, how it ended, and what it took. One line, so that a file can hold many. It is
// made also where nothing was run; the session tells a witness what happens, and does not know what for.
import type { Backend, End, Launch, Report } from '../backend/backend.ts'
import { exact } from '../backend/bus-call.ts'
import type { Failure } from '../errors.ts'
import { signalName } from '../proc.ts'
import type { World } from './world.ts'

/** What ended a session before its command did. */
export type Cut =
  | { readonly kind: 'interrupted'; readonly signal: NodeJS.Signals }
  /** By the escape key. */
  | { readonly kind: 'left' }
  /** Our output cannot be written. */
  | { readonly kind: 'broken' }

export interface Witness {
  planned(backend: Backend['name'], launch: Launch): void
  begun(): void
  /** `usage` takes a moment to ask for. */
  ended(end: End, usage: () => Promise<Report>): Promise<void>
  cut(by: Cut): void
}

/** Nobody wants to know. */
export const nobody: Witness = { planned: () => {}, begun: () => {}, ended: async () => {}, cut: () => {} }

export interface Reporter extends Witness {
  /** To be asked for at the end; the failure is what the user was told. */
  report(status: number, failure?: Failure): string
}

/** `asked`: the command, as far as it was named. */
export const createReporter = (asked: readonly string[], { now, date }: World): Reporter => {
  let plan: { readonly backend: Backend['name']; readonly launch: Launch } | undefined
  let begun: { readonly date: Date; readonly now: number } | undefined
  let end: End | Cut | undefined
  let usage: Report = {}
  return {
    planned: (backend, launch) => {
      plan = { backend, launch }
    },
    begun: () => {
      begun = { date: date(), now: now() }
    },
    ended: async (how, used) => {
      end ??= how
      usage = await used()
    },
    cut: (by) => {
      end ??= by
    },
    report: (status, failure) =>
      jsonLine({
        kind: 'session',
        backend: plan?.backend ?? null,
        unit: plan && plan.backend !== 'local' ? plan.launch.unit : null,
        path: plan?.launch.path ?? null,
        command: plan?.launch.argv ?? asked,
        status,
        end: end?.kind ?? (begun ? 'broken' : 'not-started'),
        signal: signalOf(end),
        cause: end && 'cause' in end ? end.cause : null,
        cpuNSec: usage.cpuNSec ?? null,
        memoryPeak: usage.memoryPeak ?? null,
        startedAt: begun?.date.toISOString() ?? null,
        endedAt: date().toISOString(),
        seconds: begun ? Math.round(now() - begun.now) / 1000 : null,
        failure: failure
          ? { subject: failure.subject, problem: failure.problem, hint: failure.hint ?? null }
          : null,
      }),
  }
}

/** Of the command that it killed, or of ours. */
const signalOf = (end: End | Cut | undefined): string | null => {
  if (end?.kind === 'killed') return signalName(end.signal)
  return end?.kind === 'interrupted' ? end.signal : null
}

/** One line; what is too large for a number of JSON's readers is a string. */
export const jsonLine = (data: unknown): string => `${JSON.stringify(data, (_, value) => exact(value))}\n`
