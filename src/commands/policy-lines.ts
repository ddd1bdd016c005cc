// What tint0ctl policy show says, in lines. Rules are programs, and polkit does not tell which of them decided: so it says which could
// have, and how to be sure.
import { show } from '../errors.ts'
import { type Implicit, keptId } from '../polkit/authority.ts'
import { type Reading, rulesFolders } from '../polkit/rules.ts'
import { wrapped } from '../ui/wrap.ts'
import type { PolicyFacts } from './policy-facts.ts'

type Line = readonly [subject: string, text: string]

/** `columns`: of the terminal; without one, lines are as long as they are. */
export const policyLines = (facts: PolicyFacts, columns = Number.POSITIVE_INFINITY): string => {
  const lines: readonly Line[] = [
    ['action', `${facts.action}: starting units, by tint0, run0 and systemctl alike`],
    ['you', youOf(facts)],
    ['now', nowOf(facts)],
    [
      'default',
      `${meaningOf[facts.defaults[facts.applies]]} (${facts.defaults[facts.applies]}), ${placeOf[facts.applies]}`,
    ],
    ...(['active', 'inactive', 'any'] as const)
      .filter((place) => place !== facts.applies)
      .map((place): Line => ['', `${facts.defaults[place]} ${placeOf[place]}`]),
    ...headed('rules', rulesOf(facts)),
    ...headed('administrators', adminsOf(facts)),
    ...headed('to be sure', sure),
  ]
  const width = Math.max(...lines.map(([subject]) => subject.length))
  return lines
    .flatMap(([subject, text]) =>
      wrapped(show(text), Math.max(20, columns - width - 2))
        .split('\n')
        .map((part, i) => `${(i === 0 ? subject : '').padEnd(width)}  ${part}\n`),
    )
    .join('')
}

const headed = (subject: string, texts: readonly string[]): readonly Line[] =>
  texts.map((text, i) => [i === 0 ? subject : '', text])

const youOf = ({ user, uid, session }: PolicyFacts): string => {
  if (uid === 0) return `${user}: polkit is not asked about root`
  if (!session) return `${user}, in no session, as from cron: not local to polkit`
  const place = session.local
    ? 'at a seat of this machine'
    : 'at no seat of this machine, as by ssh: not local to polkit'
  return `${user}, in session ${session.id}, ${session.active ? 'active' : 'not active'}, ${place}`
}

const meaningOf: Readonly<Record<Implicit, string>> = {
  no: 'no, whoever is asked',
  auth_self: 'your own password, each time',
  auth_admin: 'the password of an administrator, each time',
  auth_self_keep: 'your own password, which then counts for some minutes',
  auth_admin_keep: 'the password of an administrator, which then counts for some minutes',
  yes: 'yes, without a password',
}

const placeOf: Readonly<Record<PolicyFacts['applies'], string>> = {
  active: 'in an active session at this machine',
  inactive: 'in one at this machine that is not active',
  any: 'elsewhere',
}

const nowOf = ({ start, otherwise, uid }: PolicyFacts): string => {
  switch (start.kind) {
    case 'granted':
      if (uid === 0) return 'granted'
      if (keptId(otherwise) !== undefined)
        return 'granted, for a password that was given; tint0 -k forgets it'
      return otherwise.granted
        ? 'granted without a password, whatever is to be done with a unit'
        : 'granted without a password; but only to start units, not to stop them, say'
    case 'password':
      return 'a password is wanted'
    case 'refused':
      return 'refused, and nobody is asked'
    case 'unanswered':
      return 'not known: the manager had no answer'
    case 'unknown':
      return `not known: ${start.problem}`
  }
}

const rulesOf = ({ rules, closed, uid }: PolicyFacts): readonly string[] => {
  const near = rules.filter(({ reach }) => reach !== 'other')
  const others = rules.length - near.length
  return [
    'come before the default; the first that says something counts',
    ...closed.map(
      (folder) =>
        `${folder} may not be read by you${uid === 0 ? '' : '; root may read it (tint0ctl policy show as root, whose own answer is another)'}`,
    ),
    ...near.map(({ path, reach }) => `${path} ${reachOf[reach]}`),
    ...(others > 0 ? [`${others} more, with nothing about this as far as can be seen`] : []),
    ...(rules.length === 0 && closed.length === 0 ? [`there are none in ${rulesFolders.join(', ')}`] : []),
  ]
}

const reachOf: Readonly<Record<Reading['reach'], string>> = {
  named: 'names this action: it may be what decides',
  any: 'has a rule for every action: it may be what decides',
  other: '',
  unreadable: 'may not be read by you: it may be what decides',
}

/** The first rule that says something counts, and one that we cannot read may come before. */
const adminsOf = ({ rules, closed }: PolicyFacts): readonly string[] => {
  const found = rules.findIndex(({ admins }) => admins !== undefined)
  const { path, admins = [] } = rules[found] ?? {}
  const hidden = closed.length > 0 || rules.slice(0, found).some(({ reach }) => reach === 'unreadable')
  const names = admins.map((name) => name.replace(/^unix-/, '').replace(':', ' ')).join(', ')
  return [
    path === undefined
      ? 'root, where no rule names others'
      : `${names || 'whom its program names'}, by ${path}; root where that is nobody`,
    ...(hidden ? ['unless a file that may not be read says otherwise'] : []),
  ]
}

const sure = [
  'rules are programs, and polkit does not tell which of them decided. Let it log what they are asked, as root:',
  'polkit.addRule(function (action, subject) { polkit.log(action + " " + subject); });',
  'in /etc/polkit-1/rules.d/00-log.rules; polkit.log in other rules shows how far it comes. See journalctl -u polkit',
]
