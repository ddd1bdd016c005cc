// What the machine is good for: systemd, its bus, polkit (findings.polkit.ts), a container, a sandbox. proc(5) for NoNewPrivs.
import type { Finding } from '../ui/finding.ts'
import { polkitRows, type Row } from './findings.polkit.ts'
import type { MachineFacts } from './findings.ts'

const local = 'commands run here with --backend=local'

export const machineFindings = (facts: MachineFacts): readonly Finding[] =>
  [systemd, bus, ...polkitRows, container, privileges].map((row) => ({
    part: 'machine' as const,
    ...row(facts),
  }))

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
