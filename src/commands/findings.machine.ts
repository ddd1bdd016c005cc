// What the machine is good for: systemd, its bus, and polkit with all that it asks before it keeps an authorization. After polkit(8)
// and polkitd's subject_equal_for_authz(); proc(5) for NoNewPrivs.
import type { Finding } from '../ui/finding.ts'
import type { MachineFacts, Polkit, ProcessFacts } from './findings.ts'

const local = 'commands run here with --backend=local'

export const machineFindings = (facts: MachineFacts): readonly Finding[] =>
  [systemd, bus, polkit, kept, agent, container, privileges].map((row) => ({
    part: 'machine' as const,
    ...row(facts),
  }))

type Row = (facts: MachineFacts) => Omit<Finding, 'part'>

const systemd: Row = ({ systemd: { booted, version } }) => ({
  subject: 'systemd',
  verdict: booted ? 'good' : 'missing',
  text: booted
    ? `runs this machine${version === undefined ? '' : `, version ${version}`}`
    : 'does not run this machine',
  ...(!booted && { hint: local }),
  values: { booted, version: version ?? null },
})

const bus: Row = ({ bus }) => {
  const subject = 'system bus'
  if (bus.kind === 'missing')
    return {
      subject,
      verdict: 'missing',
      text: bus.problem,
      hint: local,
      values: { there: false, passesDescriptors: false },
    }
  const { passesDescriptors } = bus
  return {
    subject,
    verdict: passesDescriptors ? 'good' : 'could be better',
    text: `can be reached${passesDescriptors ? ', and passes file descriptors' : ', but passes no file descriptors'}`,
    ...(!passesDescriptors && { hint: 'use dbus-daemon or dbus-broker itself, and no proxy' }),
    values: { there: true, passesDescriptors },
  }
}

const polkit: Row = ({ polkit }) => ({
  subject: 'polkit',
  verdict: polkit ? 'good' : 'missing',
  text: polkit
    ? `is there${polkit.version === undefined ? '' : `, version ${polkit.version}`}`
    : 'is not there',
  ...(!polkit && { hint: 'install polkitd: without it only root may use the system backend' }),
  values: { there: polkit !== undefined, version: polkit?.version ?? null },
})

/** Whether one password is enough for a while. */
const kept: Row = ({ polkit, process }) => {
  const subject = 'password'
  if (!polkit)
    return {
      subject,
      verdict: 'missing',
      text: 'nobody would ask for one',
      values: { kept: false, reasons: ['no polkit'] },
    }
  const found = reasons.filter(({ holds }) => holds(polkit, process))
  const [first] = found
  return {
    subject,
    verdict: first ? 'could be better' : 'good',
    text: first
      ? `is asked for each time: ${found.map(({ text }) => text).join('; ')}`
      : 'is asked for once in some minutes, for this shell',
    ...(first?.hint && { hint: first.hint }),
    values: { kept: !first, reasons: found.map(({ text }) => text) },
  }
}

/** What keeps polkit from keeping an authorization; the first one tells the way out. */
const reasons: readonly {
  readonly text: string
  readonly hint: string
  holds(polkit: Polkit, process: ProcessFacts): boolean
}[] = [
  {
    text: 'polkit before 127 keeps it for a single process',
    hint: 'update polkit to 127, or give a rule (polkit(8))',
    holds: ({ version }) => version !== undefined && Number.parseInt(version.replace(/^0\./, ''), 10) < 127,
  },
  {
    text: 'the policy of systemd keeps none (no auth_admin_keep)',
    hint: 'see pkaction --verbose --action-id org.freedesktop.systemd1.manage-units',
    holds: ({ keeps }) => keeps === false,
  },
  {
    text: 'there is no session',
    hint: 'log in by a way that has pam_systemd(8), not by su or a container’s shell',
    holds: ({ session }) => session === undefined,
  },
  {
    text: 'the session is not a local one in the foreground',
    hint: 'give a rule (polkit(8)): the policy keeps it for an active local session only',
    holds: ({ session }) => session !== undefined && (!session.active || session.remote),
  },
  {
    text: 'this terminal is no pseudoterminal',
    hint: 'use a terminal emulator, tmux or screen',
    holds: (_, { isOnPty }) => !isOnPty,
  },
  {
    text: 'tint0ctl was not started by a shell on this terminal',
    hint: 'start it from a shell: a script, watch or make is a parent of its own',
    holds: (_, { parent, sharesTerminal }) => parent <= 1 || !sharesTerminal,
  },
  {
    text: 'the shell is in another control group',
    hint: 'start it without systemd-run or a wrapper',
    holds: (_, { sharesGroup }) => !sharesGroup,
  },
]

const agent: Row = ({ agent, hasDesktop }) => ({
  subject: 'agent',
  verdict: agent ? 'good' : hasDesktop ? 'could be better' : 'missing',
  text: agent
    ? `${agent}${hasDesktop ? ', or a window of the desktop' : ''}`
    : `pkttyagent was not found${hasDesktop ? '; a window of the desktop may ask' : ''}`,
  ...(!agent && { hint: 'install polkit (in Debian: polkitd), or log in where a window asks for passwords' }),
  values: { path: agent ?? null, desktop: hasDesktop },
})

const container: Row = ({ container, systemd: { booted } }) => ({
  subject: 'container',
  verdict: container === undefined || booted ? 'good' : 'could be better',
  text: container === undefined ? 'this is none' : `this is one (${container})`,
  ...(container !== undefined && !booted && { hint: `without a systemd of its own ${local}` }),
  values: { kind: container ?? null },
})

const privileges: Row = ({ noNewPrivileges }) => ({
  subject: 'privileges',
  verdict: noNewPrivileges ? 'could be better' : 'good',
  text: noNewPrivileges
    ? 'no new ones here (NoNewPrivs): sudo, and the helper of polkit’s agent before 127, cannot work'
    : 'a program may get new ones',
  ...(noNewPrivileges && {
    hint: 'leave the sandbox, or start it without no-new-privileges (setpriv, bwrap, docker, NoNewPrivileges=)',
  }),
  values: { noNewPrivileges },
})
