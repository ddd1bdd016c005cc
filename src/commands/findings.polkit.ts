// How one stands with polkit: what it is, who asks for a password, what the policy says here, and whether one password is enough for
// a while. After polkit(8); what polkit compares is polkit/keeping.ts's.
import { keptId, type Policy } from '../polkit/authority.ts'
import { reasonsNotToKeep } from '../polkit/keeping.ts'
import type { Finding } from '../ui/finding.ts'
import type { MachineFacts } from './findings.ts'

export type Row = (facts: MachineFacts) => Omit<Finding, 'part'>

const polkit: Row = ({ polkit }) => ({
  subject: 'polkit',
  verdict: polkit ? 'good' : 'missing',
  text: polkit
    ? `is there${polkit.version === undefined ? '' : `, version ${polkit.version}`}`
    : 'is not there',
  ...(!polkit && { hint: 'install polkitd: without it only root may use the system backend' }),
  values: { there: polkit !== undefined, version: polkit?.version ?? null },
})

/** What checks a password. */
const helper: Row = ({ helper, hasDesktop }) => {
  const works = helper.kind === 'socket' || helper.kind === 'program'
  const window = hasDesktop ? '; a window of the desktop may ask, too' : ''
  const found = {
    socket: { text: `waits at ${helper.path}` },
    program: { text: `${helper.path} (set-user-ID)` },
    powerless: {
      text: `${helper.path} has no set-user-ID bit, and there is no socket`,
      hint: 'systemctl enable --now polkit-agent-helper.socket',
    },
    missing: { text: 'was not found', hint: 'install polkit (in Debian: polkitd)' },
  }[helper.kind]
  return {
    subject: 'helper',
    verdict: works ? 'good' : hasDesktop ? 'could be better' : 'missing',
    ...found,
    text: `${found.text}${window}`,
    values: { transport: works ? helper.kind : null, path: helper.path ?? null, desktop: hasDesktop },
  }
}

const session: Row = ({ polkit }) => {
  const subject = 'session'
  const session = polkit?.session
  if (!session)
    return {
      subject,
      verdict: 'could be better',
      text: 'there is none',
      hint: 'log in by a way that has pam_systemd(8), not by su or a container’s shell',
      values: { id: null, active: false, local: false },
    }
  const { id, active, local } = session
  return {
    subject,
    verdict: 'good',
    text: `${id}, ${active ? 'active' : 'not active'}, ${local ? 'at a seat' : 'at no seat, and so not a local one'}`,
    values: { id, active, local },
  }
}

const policy: Row = ({ polkit }) => {
  const subject = 'policy'
  const policy = polkit?.policy
  if (!policy)
    return {
      subject,
      verdict: 'missing',
      text: 'there is none for starting units',
      hint: 'install polkit, and the policy files of systemd (/usr/share/polkit-1/actions)',
      values: { any: null, inactive: null, active: null, here: null },
    }
  const here = polkit.answer?.details['polkit.result'] ?? hereOf(policy, polkit.session)
  const { any, inactive, active } = policy
  return {
    subject,
    verdict: 'good',
    text: `${here} here (${active} in an active local session, ${inactive} in one that is not active, else ${any})`,
    values: { any, inactive, active, here },
  }
}

/** As polkit chooses, where no rule has another word. */
const hereOf = (
  policy: Policy,
  session: { readonly active: boolean; readonly local: boolean } | undefined,
) => (session?.local ? (session.active ? policy.active : policy.inactive) : policy.any)

/** Whether one password is enough for a while. */
const kept: Row = ({ polkit }) => {
  const subject = 'password'
  if (!polkit)
    return {
      subject,
      verdict: 'missing',
      text: 'nobody would ask for one',
      values: { kept: false, reasons: ['no polkit'] },
    }
  const { answer } = polkit
  if (answer?.granted)
    return {
      subject,
      verdict: 'good',
      text:
        keptId(answer) === undefined
          ? 'is not wanted: polkit grants it'
          : 'was given, and is kept for some minutes',
      values: { kept: true, reasons: [] },
    }
  if (answer && !answer.challenge)
    return {
      subject,
      verdict: 'could be better',
      text: 'would not help: a rule of polkit’s says no',
      hint: 'see /etc/polkit-1/rules.d, and polkit(8)',
      values: { kept: false, reasons: ['polkit says no'] },
    }
  const reasons = reasonsNotToKeep(polkit)
  const [first] = reasons
  return {
    subject,
    verdict: first ? 'could be better' : 'good',
    text: first
      ? `is asked for each time: ${reasons.map(({ text }) => text).join('; ')}`
      : 'is asked for once in some minutes, for this shell',
    ...(first && { hint: first.hint }),
    values: { kept: !first, reasons: reasons.map(({ text }) => text) },
  }
}

export const polkitRows: readonly Row[] = [polkit, helper, session, policy, kept]
