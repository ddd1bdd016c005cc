// What can be in the way of an authorization, in words: what is wrong, and the way out. After polkit(8), its helper's own complaints,
// and pam(8); one row for each, so that nowhere else is anything said about it.

import { manageUnits } from './authority.ts'

export interface Words {
  readonly problem: string
  /** Not there where nobody is in need of one. */
  readonly hint?: string
}

/** Where polkit's helper waits since polkit 127; before, and elsewhere, it is a program. */
export const helperSocket = '/run/polkit/agent-helper.socket'

const log = 'see journalctl -t polkit-agent-helper-1, and /etc/pam.d/polkit-1'

/** `said` is what polkit, PAM or the manager said of it; it may be empty. */
export const words = {
  ruleSaysNo: (said) => ({
    problem: `not granted: ${said || 'polkit says no'}`,
    hint: 'tint0ctl policy show tells why, and polkit(8) who could change it',
  }),
  refusedAfterAsking: () => ({
    problem: 'not granted: what was given was wrong, or the window was closed',
    hint: 'try again; a locked account is never told from a wrong password (passwd -S, faillock)',
  }),
  actionUnknown: () => ({
    problem: `polkit does not know ${manageUnits}`,
    hint: 'systemd’s policy file is missing or broken: install systemd again, then systemctl restart polkit',
  }),
  polkitAway: (said) => ({
    problem: `polkit is not there${behind(said)}`,
    hint: 'install polkit (in Debian: polkitd), or see systemctl status polkit; root needs none',
  }),
  polkitSilent: () => ({
    problem: 'polkit did not answer',
    hint: 'see systemctl status polkit, or restart it',
  }),
  nobodyToAsk: () => ({
    problem: 'nobody could be asked for a password',
    hint: 'run tint0 in a terminal with --auth=tty, or see polkit(8) to allow it without one',
  }),
  noWindow: () => ({
    problem: 'no window of this session asks for a password',
    hint: 'start the desktop’s polkit agent, or leave --auth=gui out',
  }),
  mayNotAsk: () => ({
    problem: 'polkit wants a password',
    hint: 'leave --no-ask-password (or --auth=none) out, or see polkit(8) to allow it',
  }),
  agentRefused: (said) => ({
    problem: `polkit took no agent${behind(said)}`,
    hint: 'try again, or with --auth=pkttyagent',
  }),
  helperMissing: () => ({
    problem: 'polkit’s helper is not there: neither its socket nor polkit-agent-helper-1',
    hint: 'install polkit (in Debian: polkitd), or start polkit-agent-helper.socket',
  }),
  helperWithoutRoot: (program) => ({
    problem: `${program || 'polkit’s helper'} has no set-user-ID bit, and there is no ${helperSocket}`,
    hint: 'systemctl enable --now polkit-agent-helper.socket; or, before polkit 127, install polkit again',
  }),
  helperKeptDown: () => ({
    problem: 'polkit’s helper cannot become root from here',
    hint: 'it cannot on a file system mounted nosuid, or where a sandbox forbids it: start tint0 outside of that',
  }),
  helperPowerless: (where) => ({
    problem: `polkit’s helper cannot become root ${where}`,
    hint: 'start tint0 outside of that, or have polkit 127 or newer, whose helper waits behind a socket',
  }),
  helperEnded: () => ({
    problem: 'polkit’s helper ended before the password was checked',
    hint: `try again; ${log}`,
  }),
  helperFloods: () => ({
    problem: 'polkit’s helper says more than anybody could read',
    hint: log,
  }),
  helperAlone: () => ({
    problem: 'polkit’s helper cannot reach polkit: the system bus is away',
    hint: 'start dbus, then try again',
  }),
  sessionForgotten: () => ({
    problem: 'polkit does not know its own question any more (no session for cookie)',
    hint: 'try again; if that helps nothing, polkit and its helper do not fit together: update polkit, and enable polkit-agent-helper.socket',
  }),
  passwordExpired: (said) => ({
    problem: `the password was right, but is out of date${behind(said)}`,
    hint: 'change it with passwd(1), then try again',
  }),
  accountRefused: (said) => ({
    problem: `the password was right, but the account is refused${behind(said)}`,
    hint: 'an administrator can tell why: see chage -l, /etc/nologin and pam(8)',
  }),
  moduleUnknown: (said) => ({
    problem: `PAM lacks a module of /etc/pam.d/polkit-1 or of what it includes${behind(said)}`,
    hint: log,
  }),
  pamNeverAsked: (said) => ({
    problem: `PAM refused before it asked anything${behind(said)}`,
    hint: log,
  }),
  pamRefused: () => ({
    problem: 'not granted: PAM was not content, and asked for no password',
    hint: `try again, or ${log}`,
  }),
  nobodyNamed: () => ({
    problem: 'polkit names nobody who could be asked',
    hint: 'see the admin rules in polkit(8): is the group of administrators empty?',
  }),
  wrong: () => ({
    problem: 'not granted: the password was wrong three times',
    hint: 'try again; a locked account is never told from a wrong password (passwd -S, faillock)',
  }),
  closed: () => ({ problem: 'no password was given' }),
  timeout: () => ({ problem: 'nobody answered in time', hint: 'see --password-timeout' }),
  unansweredElsewhere: () => ({
    problem: 'nobody answered within the 25 seconds that systemd waits',
    hint: 'try again, or have it asked for here, where there is more time: --auth=tty',
  }),
} as const satisfies Readonly<Record<string, (said: string) => Words>>

export type Reason = keyof typeof words

const behind = (said: string): string => (said === '' ? '' : ` (${said.replace(/[.\s]+$/, '')})`)

/** By what its helper complains of: on its standard error, or to the user. */
const complaints: readonly (readonly [complaint: RegExp, reason: Reason])[] = [
  [/setuid root/, 'helperKeptDown'],
  [/Error getting authority/, 'helperAlone'],
  [/No session for cookie/i, 'sessionForgotten'],
  [/pam_acct_mgmt failed: .*(no longer valid|new one required)/i, 'passwordExpired'],
  [/required to change your password|password has expired/i, 'passwordExpired'],
  [/pam_acct_mgmt failed|account has expired/i, 'accountRefused'],
  [/Module is unknown/, 'moduleUnknown'],
]

/** What was said while a helper ran; `told`: to the user, who need not hear it twice. */
export interface Said {
  readonly text: string
  readonly told: boolean
}

/** What that means, if it is more than that a password was wrong: the first row that fits any of it. */
export const complaintIn = (said: readonly Said[]): Words | undefined => {
  const found = complaints.find(([complaint]) => said.some(({ text }) => complaint.test(text)))
  return found && words[found[1]](untold(said))
}

/** What is left to be told; '' where the user knows it all. */
export const untold = (said: readonly Said[]): string =>
  said.some(({ told }) => told) ? '' : (said.at(-1)?.text.replace(/^polkit-agent-helper-1: /, '') ?? '')
