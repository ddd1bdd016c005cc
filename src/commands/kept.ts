// What tint0ctl auth says: what polkit has granted for a while, to whom, since when and how long still; and where that is nothing, whether it
// could be otherwise. Values in, text out.
import { show } from '../errors.ts'
import type { Reason } from '../polkit/keeping.ts'
import { jsonText } from '../ui/finding.ts'

export interface KeptFacts {
  readonly version: string | undefined
  /** Of logind's; undefined: we are in none. */
  readonly session: string | undefined
  readonly kept: readonly KeptEntry[]
  /** What polkit says of us when nobody is asked; undefined: nothing. */
  readonly standing: 'granted' | 'kept' | 'asks' | 'refuses' | undefined
  /** Why nothing is kept for the next process. */
  readonly reasons: readonly Reason[]
}

export interface KeptEntry {
  /** polkit's own name of it. */
  readonly id: string
  readonly action: string
  /** Whose; undefined where polkit does not say. */
  readonly user: string | undefined
  /** What it was given to if not to a process, such as session 2; undefined: to one, or polkit does not say. */
  readonly holder: string | undefined
  /** Which process it was given to; undefined where it is none, or polkit does not say. */
  readonly pid: number | undefined
  /** Undefined: it has ended. */
  readonly command: string | undefined
  /** Such as pts/3. */
  readonly terminal: string | undefined
  /** Seconds since 1970; undefined where polkit does not say. */
  readonly since: number | undefined
  readonly until: number | undefined
}

/** Lines; `now` is in seconds since 1970. */
export const keptText = (facts: KeptFacts, now: number): string => {
  const lines = facts.kept.length > 0 ? facts.kept.map((entry) => lineOf(entry, now)) : emptyLines(facts)
  return lines.map((line) => `${show(line)}\n`).join('')
}

const lineOf = (
  { action, user, holder, pid, command, terminal, since, until }: KeptEntry,
  now: number,
): string => {
  const process = command === undefined ? `process ${pid}` : `${command} (${pid})`
  const who = [
    pid === undefined ? (holder ?? 'this shell') : process,
    ...(terminal === undefined ? [] : [`on ${terminal}`]),
    ...(user === undefined ? [] : [`of ${user}`]),
  ].join(' ')
  const ended = pid !== undefined && command === undefined ? ', which has ended' : ''
  const when =
    since === undefined || until === undefined
      ? 'for how long is not told'
      : `${duration(now - since)} ago, for ${duration(until - now)} still`
  return `${action}: given to ${who}${ended}, ${when}`
}

const emptyLines = ({ standing, reasons, version }: KeptFacts): readonly string[] => [
  'nothing is kept',
  ...(standing === 'granted'
    ? ['nothing needs to be: polkit grants it without a password']
    : standing === 'refuses'
      ? ['nothing can be: a rule of polkit’s says no; see /etc/polkit-1/rules.d, and polkit(8)']
      : standing === undefined && version === undefined
        ? ['polkit does not answer; see systemctl status polkit']
        : reasons.length === 0
          ? ['what is granted next is kept for some minutes, for this shell']
          : reasons.map(({ text, hint }) => `nothing can be: ${text}; ${hint}`)),
]

/** No clock shows less than nothing. */
const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`
}

/** The same for programs. */
export const keptJson = ({ version, session, kept, standing, reasons }: KeptFacts, now: number): string =>
  jsonText({
    polkit: version ?? null,
    session: session ?? null,
    standing: standing ?? null,
    kept: kept.map((entry) => ({
      id: entry.id,
      action: entry.action,
      user: entry.user ?? null,
      holder: entry.holder ?? null,
      pid: entry.pid ?? null,
      command: entry.command ?? null,
      terminal: entry.terminal ?? null,
      since: entry.since ?? null,
      until: entry.until ?? null,
      secondsLeft: entry.until === undefined ? null : Math.max(0, Math.round(entry.until - now)),
    })),
    reasons: reasons.map(({ text, hint }) => ({ text, hint })),
  })
