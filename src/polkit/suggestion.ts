// A rules file for polkit that grants what tint0 needs to a group (polkit(8)), with what it means in comments. It is text, and is installed
// by nobody but its reader. ES5, as polkit's interpreter wants it.
import { manageUnits } from './authority.ts'

/** Besides an administrator's password. */
export const grants = ['no-password', 'self', 'root-password'] as const
export type Grant = (typeof grants)[number] | 'admin'

export interface Suggestion {
  readonly group: string
  /** Whether this machine knows the group. */
  readonly isThere: boolean
  readonly grant: Grant
  /** A password counts for some minutes. */
  readonly keeps: boolean
  /** Only for who sits at this machine. */
  readonly local: boolean
  readonly version: string
}

/** The file, ending in a newline. */
export const suggestion = (wanted: Suggestion): string => {
  const { version, grant } = wanted
  const file = `/etc/polkit-1/rules.d/${grant === 'root-password' ? '10' : '49'}-tint0.rules`
  const rule = grant === 'root-password' ? adminRule(wanted) : startRule(wanted)
  return [
    ...comment(
      `${file}, as tint0ctl ${version} suggests it. It is not installed: see the end.`,
      '',
      ...meaning(wanted),
    ),
    '',
    ...rule,
    '',
    ...(grant === 'root-password' ? [] : [...comment(...oneCommand(wanted)), '']),
    ...comment(...handling(file, wanted)),
    '',
  ].join('\n')
}

/** A string of JavaScript, in ASCII and on one line, whatever is in it. */
const literal = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const comment = (...lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '//' : `// ${line}`))

const startRule = (wanted: Suggestion): readonly string[] => [
  'polkit.addRule(function (action, subject) {',
  `    if (action.id == ${literal(manageUnits)} &&`,
  wanted.keeps
    ? '        (action.lookup("verb") === undefined || action.lookup("verb") == "start") &&'
    : '        action.lookup("verb") == "start" &&',
  ...conditions(wanted),
  `        return polkit.Result.${resultOf(wanted)};`,
  '    }',
  '});',
]

const adminRule = (wanted: Suggestion): readonly string[] => [
  'polkit.addAdminRule(function (action, subject) {',
  ...conditions(wanted).map((line, i) => (i === 0 ? line.replace(/^ {8}/, '    if (') : line)),
  '        return ["unix-user:root"];',
  '    }',
  '});',
]

const conditions = ({ group, local }: Suggestion): readonly string[] => [
  ...(local ? ['        subject.local && subject.active &&'] : []),
  `        subject.isInGroup(${literal(group)})) {`,
]

const resultOf = ({ grant, keeps }: Suggestion): string =>
  grant === 'no-password' ? 'YES' : `${grant === 'self' ? 'AUTH_SELF' : 'AUTH_ADMIN'}${keeps ? '_KEEP' : ''}`

const meaning = (wanted: Suggestion): readonly string[] => {
  const { group, isThere, grant, keeps, local } = wanted
  return [
    ...(isThere ? [] : [`There is no group ${literal(group)} on this machine: is that its name?`, '']),
    'What it means:',
    ...whatIsGranted[grant],
    ...(grant === 'root-password' ? [] : [...everyUnit, ...(keeps ? verbOrNone : startAlone)]),
    ...(keeps ? keeping : []),
    ...(local
      ? ['- Only in an active session at a seat of this machine: not by ssh, from cron or a service.']
      : ['- Also by ssh, from cron, and in services of that user; --local limits it to who sits here.']),
    '- It counts for run0, systemd-run, systemctl and busctl as it does for tint0: polkit knows the action,',
    '  not the program. A rules file whose name sorts before this one may say otherwise, and then it wins.',
  ]
}

const whatIsGranted: Readonly<Record<Grant, readonly string[]>> = {
  'no-password': [
    '- Members of the group become root WITHOUT A PASSWORD. So does every program that runs as one of them.',
    '  (sudoers: %group ALL=(ALL) NOPASSWD: ALL)',
  ],
  self: [
    '- Members of the group become root with their OWN password, and need not be administrators for it.',
    '  (sudoers: %group ALL=(ALL) ALL)',
  ],
  admin: [
    '- Members of the group are asked for the password of an administrator, as they are without this file.',
  ],
  'root-password': [
    "- Where polkit wants the password of an administrator from members of the group, it is ROOT'S, and no other.",
    '  (sudoers: Defaults rootpw)',
    '- That holds for ALL ACTIONS of polkit: packages, disks, pkexec and the like, not only for units.',
    '- Root must have a password. Where it is locked, they cannot become root by polkit any more.',
    '- Actions for which the own password is enough (auth_self) stay as they are.',
  ],
}

const everyUnit: readonly string[] = [
  '- They may start EVERY unit, with any command: polkit cannot tell one command from another here. It is asked',
  '  before there is a unit, and is told its name and a verb, no more; and the name is chosen by who asks.',
  '  A rule that compares the name of a transient unit proves nothing.',
]

const startAlone: readonly string[] = [
  '- Only the verb "start" is meant. To stop, restart or reload units remains as it was.',
]

/** Who is not root may tell polkit no verb, and so could not learn what a rule about one keeps. */
const verbOrNone: readonly string[] = [
  '- The verb "start" is meant, and a question without a verb: so tint0 learns that the answer will be kept, and',
  '  can take it back. systemd asks without one about jobs (to cancel them) and the like. To stop, restart or',
  '  reload units remains as it was until a password is kept.',
]

const keeping: readonly string[] = [
  '- *_KEEP: a password that was given counts for five minutes (polkit 127: ExpirationSeconds= in polkitd.conf),',
  '  and for ALL of the action: who has started one unit may then also stop others, and have a shell as root.',
  '- polkit before 127 keeps it for one and the same process, so tint0 asks each time; since 127 for the shell',
  '  and the terminal from which it was given. tint0 -k forgets it.',
]

/** What to do where one command is meant. */
const oneCommand = (wanted: Suggestion): readonly string[] => [
  'For ONE COMMAND only, take this instead of all of the above. A unit file that only root can write:',
  '',
  '    # /etc/systemd/system/backup-now.service',
  '    [Service]',
  '    Type=oneshot',
  '    ExecStart=/usr/local/sbin/backup-now',
  '',
  'and a rule for it, so that members run: systemctl start backup-now.service',
  '',
  '    polkit.addRule(function (action, subject) {',
  `        if (action.id == ${literal(manageUnits)} &&`,
  '            action.lookup("unit") == "backup-now.service" &&',
  '            action.lookup("verb") == "start" &&',
  `            subject.isInGroup(${literal(wanted.group)})) {`,
  '            return polkit.Result.YES;',
  '        }',
  '    });',
  '',
  'While that file is there, nobody can start another unit by its name. If it is ever removed, anybody of the',
  'group can, with any command, as root: so remove the rule FIRST. Never write one for a pattern of names.',
]

const handling = (file: string, { grant, local }: Suggestion): readonly string[] => [
  'To install it (polkit reads it at once), as whoever may become root now:',
  `    tint0ctl policy suggest … >${file.slice(file.lastIndexOf('/') + 1)}`,
  `    tint0 install -m 644 ${file.slice(file.lastIndexOf('/') + 1)} ${file}`,
  'To test it, as a member of the group, in another terminal while this one stays root:',
  ...(grant === 'no-password'
    ? ['    tint0 -n true; echo $?            # 0: no password was wanted']
    : ['    tint0 true                        # says whose password it wants']),
  '    tint0ctl policy show              # what polkit answers, and which files could have decided',
  '    journalctl -u polkit              # errors in the file are told there',
  ...(local ? ['    (At the machine itself: by ssh it does not count.)'] : []),
  'To undo it:',
  `    tint0 rm ${file}`,
]
