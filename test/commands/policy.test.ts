// What tint0ctl policy show says of facts that are made up, and which words behind policy are taken.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChosen } from '../../src/cli/chosen.ts'
import { type CompanionRow, companionCommands } from '../../src/cli/companion.ts'
import { policy } from '../../src/commands/policy.ts'
import type { PolicyFacts } from '../../src/commands/policy-facts.ts'
import { policyLines } from '../../src/commands/policy-lines.ts'
import { failureIn, failureOf } from '../failure.ts'

const challenge = { granted: false, challenge: true, details: {} }
const facts: PolicyFacts = {
  action: 'org.freedesktop.systemd1.manage-units',
  polkit: '126',
  user: 'alice',
  uid: 1000,
  session: { id: '3', local: true, active: true, remote: false, graphical: false },
  defaults: { any: 'auth_admin', inactive: 'auth_admin', active: 'auth_admin_keep' },
  applies: 'active',
  start: { kind: 'password' },
  otherwise: challenge,
  rules: [
    { path: '/usr/share/polkit-1/rules.d/50-default.rules', reach: 'other', admins: ['unix-group:sudo'] },
  ],
  closed: ['/etc/polkit-1/rules.d'],
}

test('it tells who you are to polkit, what it says now, the default, rules, and administrators', () => {
  assert.deepEqual(policyLines(facts).split('\n').slice(0, 12), [
    'action          org.freedesktop.systemd1.manage-units: starting units, by tint0, run0 and systemctl alike',
    'you             alice, in session 3, active, at a seat of this machine',
    'now             a password is wanted',
    'default         the password of an administrator, which then counts for some minutes (auth_admin_keep), in an active session at this machine',
    '                auth_admin in one at this machine that is not active',
    '                auth_admin elsewhere',
    'rules           come before the default; the first that says something counts',
    '                /etc/polkit-1/rules.d may not be read by you; root may read it (tint0ctl policy show as root, whose own answer is another)',
    '                1 more, with nothing about this as far as can be seen',
    'administrators  group sudo, by /usr/share/polkit-1/rules.d/50-default.rules; root where that is nobody',
    '                unless a file that may not be read says otherwise',
    'to be sure      rules are programs, and polkit does not tell which of them decided. Let it log what they are asked, as root:',
  ])
})

test('on a terminal its lines are no wider than that, and lose nothing', () => {
  const lines = policyLines(facts, 60).split('\n')
  for (const line of lines) assert.ok(line.length <= 60, line)
  const plain = (text: string) => text.replace(/\s+/g, '')
  assert.equal(plain(lines.join('')), plain(policyLines(facts)))
})

const granted = { kind: 'granted' } as const
const told: readonly (readonly [what: string, facts: Partial<PolicyFacts>, line: RegExp])[] = [
  ['starting only', { start: granted }, /^now +granted without a password; but only to start units/m],
  ['all', { start: granted, otherwise: { ...challenge, granted: true } }, /^now .*whatever is to be done/m],
  [
    'what was kept',
    {
      start: granted,
      otherwise: {
        ...challenge,
        granted: true,
        details: { 'polkit.temporary_authorization_id': 'tmpauthz1' },
      },
    },
    /^now +granted, for a password that was given; tint0 -k forgets it$/m,
  ],
  ['a refusal', { start: { kind: 'refused', reason: 'no' } }, /^now +refused, and nobody is asked$/m],
  ['an error', { start: { kind: 'unknown', problem: 'x\x1b[2J' } }, /^now +not known: x\\x1b\[2J$/m],
  ['root', { uid: 0, user: 'root', start: granted }, /^you +root: polkit is not asked about root$/m],
  [
    'no session',
    { session: null, applies: 'any' },
    /^you +alice, in no session[\s\S]*^default +.*\(auth_admin\), elsewhere$/m,
  ],
  [
    'a file that may decide',
    { rules: [{ path: '/a\nb.rules', reach: 'named', admins: undefined }] },
    /^ +\/a\\x0ab\.rules names this action: it may be what decides$/m,
  ],
]
for (const [what, some, line] of told)
  test(`${what} is told, on lines that are safe for a terminal`, () => {
    const text = policyLines({ ...facts, ...some })
    assert.match(text, line)
    assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u)
  })

const row: CompanionRow | undefined = companionCommands.find(({ name }) => name === 'policy')
const read = (...words: string[]) => readChosen(row ?? assert.fail(), words)

test('the group may stand in the same word, or in the next', () => {
  for (const words of [
    ['suggest', '--group=a=b', '--self'],
    ['suggest', '--self', '--group', 'a=b'],
  ])
    assert.deepEqual(read(...words), {
      action: 'suggest',
      value: '',
      switches: new Set(['self', 'group']),
      values: new Map([['group', 'a=b']]),
    })
})

const refused: readonly (readonly [words: string, subject: string])[] = [
  ['suggest --group', '--group'],
  ['suggest --group=', '--group'],
  ['suggest --self=yes --group=x', '--self=yes'],
  ['show --group=x', '--group'],
  ['--self', '--self'],
  ['suggest --users', '--users'],
]
for (const [words, subject] of refused)
  test(`policy ${words} is refused`, () =>
    assert.equal(failureOf(() => read(...words.split(' '))).subject, subject))

const vague: readonly (readonly [words: string, subject: string, problem: RegExp])[] = [
  ['suggest --self', 'policy suggest', /for whom/],
  ['suggest --group=root', 'policy suggest', /what to grant/],
  ['suggest --group=root --self --no-password', '--self', /--no-password/],
  ['suggest --group=root --keep --root-password', '--keep', /--root-password/],
]
for (const [words, subject, problem] of vague)
  test(`policy ${words} is not guessed at`, async () => {
    const failure = await failureIn(policy(read(...words.split(' '))))
    assert.equal(failure.subject, subject)
    assert.match(failure.problem, problem)
    assert.ok(failure.hint)
  })
