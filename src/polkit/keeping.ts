// Whether polkit will know us again: what it asks for before an authorization that was given to one process counts for the next one from
// the same shell. After polkit(8), and polkitd's subject_equal_for_authz() of version 127. Pure: facts are values.
import { manageUnits, type Policy } from './authority.ts'
import type { Session } from './session.ts'

export interface KeepingFacts {
  readonly version: string | undefined
  /** Whether the answer to a password would be kept at all; undefined: not known, or no password is wanted. */
  readonly retains: boolean | undefined
  /** What polkit does where no rule says anything else. */
  readonly policy: Policy | undefined
  /** Ours; undefined: there is none. */
  readonly session: Pick<Session, 'active' | 'local'> | undefined
  readonly us: ProcessFacts
  /** Whether the bus tells polkit beyond doubt which process is at the other end; undefined: not known. */
  readonly tellsProcess: boolean | undefined
}

/** What polkit compares of one process and the next, and of their parent. */
export interface ProcessFacts {
  readonly parent: number
  /** It has our controlling terminal. */
  readonly sharesTerminal: boolean
  /** It is in our process group, as a script is, and a shell at its prompt is not. */
  readonly sharesJob: boolean
  readonly sharesGroup: boolean
  readonly hasTerminal: boolean
  /** Whether the controlling terminal is a pseudoterminal. */
  readonly isOnPty: boolean
  /** Whether control groups are those of version 2 alone (cgroups(7)). */
  readonly isUnified: boolean
}

/** What is in the way, and the way out. */
export interface Reason {
  readonly text: string
  readonly hint: string
}

interface Row extends Reason {
  holds(facts: KeepingFacts): boolean
}

const rule = 'give a rule that returns AUTH_ADMIN_KEEP (polkit(8))'

/** In the order in which polkit would stumble over them; the first one is worth mending first. */
const rows: readonly Row[] = [
  {
    text: 'polkit before 127 keeps it for a single process',
    hint: 'update polkit to 127, or give a rule (polkit(8))',
    holds: ({ version }) => version !== undefined && !knowsNextProcess(version),
  },
  {
    text: 'there is no session, and so the policy keeps nothing',
    hint: `log in by a way that has pam_systemd(8), not by su or a container’s shell; or ${rule}`,
    holds: ({ retains, session }) => retains === false && session === undefined,
  },
  {
    text: 'the session has no seat (as over SSH), and so the policy keeps nothing',
    hint: rule,
    holds: ({ retains, session }) => retains === false && session?.local === false,
  },
  {
    text: 'the session is not in the foreground of its seat, and so the policy keeps nothing',
    hint: `switch to it, or ${rule}`,
    holds: ({ retains, session }) => retains === false && session?.local === true && !session.active,
  },
  {
    text: 'the policy of systemd keeps nothing (no auth_admin_keep)',
    hint: `see pkaction --verbose --action-id ${manageUnits}`,
    holds: ({ retains, session, policy }) =>
      retains === false && isForeground(session) && !keeps(policy?.active),
  },
  {
    text: 'a rule of polkit’s has it asked for each time',
    hint: 'see /etc/polkit-1/rules.d, and polkit(8)',
    holds: ({ retains, session, policy }) =>
      retains === false && isForeground(session) && keeps(policy?.active),
  },
  {
    text: 'there is no terminal',
    hint: 'run it in one',
    holds: ({ us }) => !us.hasTerminal,
  },
  {
    text: 'this terminal is no pseudoterminal',
    hint: 'use a terminal emulator, tmux or screen',
    holds: ({ us }) => us.hasTerminal && !us.isOnPty,
  },
  {
    text: 'it was not started by a shell on this terminal',
    hint: 'start it from a shell: a script, watch or make is a parent of its own',
    holds: ({ us }) => us.parent <= 1 || (us.hasTerminal && !us.sharesTerminal),
  },
  {
    text: 'it was started by a script, for which alone it is kept',
    hint: 'start it from the prompt of a shell',
    holds: ({ us }) => us.parent > 1 && us.sharesTerminal && us.sharesJob,
  },
  {
    text: 'the bus does not tell polkit beyond doubt who asks (ProcessFD)',
    hint: 'update dbus to 1.15.8, or dbus-broker to 34',
    holds: ({ tellsProcess }) => tellsProcess === false,
  },
  {
    text: 'the shell is in another control group',
    hint: 'start it without systemd-run or a wrapper',
    holds: ({ us }) => !us.sharesGroup,
  },
  {
    text: 'there are control groups of version 1, too, among which polkit finds none',
    hint: 'boot with cgroup_no_v1=all',
    holds: ({ us }) => !us.isUnified,
  },
]

/** Why polkit would not know us again; empty where it would. */
export const reasonsNotToKeep = (facts: KeepingFacts): readonly Reason[] =>
  rows.filter(({ holds }) => holds(facts)).map(({ text, hint }) => ({ text, hint }))

const isForeground = (session: KeepingFacts['session']): boolean => session?.active === true && session.local

const keeps = (implicit: Policy['any'] | undefined): boolean => implicit?.endsWith('_keep') === true

/** Whether this polkit takes one process for another at all. (Before 121 its version had a dot: 0.105.) */
export const knowsNextProcess = (version: string): boolean =>
  Number.parseInt(version.replace(/^0\./, ''), 10) >= 127
