// Every reason has words that a user can act on, and every complaint of polkit's helper finds its reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unauthorized } from '../../src/commands/verdict.ts'
import { sentence } from '../../src/errors.ts'
import { complaintIn, type Reason, untold, words } from '../../src/polkit/words.ts'

const reasons = Object.keys(words) as Reason[]

for (const reason of reasons)
  test(`${reason}: one line, refused with 126, what is wrong before the way out, and nothing acts on the terminal`, () => {
    for (const said of ['', 'Access denied.', '\x1b[31mred\n']) {
      const { failure } = unauthorized(words[reason](said))
      assert.equal(failure.status, 126)
      assert.match(
        sentence('tint0', failure),
        reason === 'closed'
          ? /^tint0: authorization: [^;\n]+\n$/
          : /^tint0: authorization: [^;\n]+; [^\n]+\n$/,
      )
      assert.doesNotMatch(sentence('tint0', failure), /\(\)|undefined|\s\s|\.\)|[. ]\n/)
    }
  })

const told = (text: string) => ({ text, told: true })
const log = (text: string) => ({ text: `polkit-agent-helper-1: ${text}`, told: false })

/** As polkit 126 and Linux-PAM 1.7 say it. */
const complaints: readonly (readonly [
  said: Parameters<typeof complaintIn>[0],
  reason: Reason,
  rest: string,
])[] = [
  [[told('Incorrect permissions on /usr/x (needs to be setuid root)')], 'helperKeptDown', ''],
  [[log('needs to be setuid root')], 'helperKeptDown', ''],
  [
    [
      log(
        'error response to PolicyKit daemon: GDBus.Error:org.freedesktop.PolicyKit1.Error.Failed: No session for cookie',
      ),
    ],
    'sessionForgotten',
    '',
  ],
  [
    [{ text: 'Error getting authority: Error initializing authority: Could not connect', told: false }],
    'helperAlone',
    '',
  ],
  [
    [
      told('You are required to change your password immediately (administrator enforced).'),
      log('pam_acct_mgmt failed: Authentication token is no longer valid; new one required'),
    ],
    'passwordExpired',
    '',
  ],
  // Behind a socket the helper's standard error is the journal's.
  [[told('You are required to change your password immediately (password expired).')], 'passwordExpired', ''],
  [
    [log('pam_acct_mgmt failed: Authentication token is no longer valid; new one required')],
    'passwordExpired',
    'pam_acct_mgmt failed: Authentication token is no longer valid; new one required',
  ],
  [
    [
      told('Your account has expired; please contact your system administrator.'),
      log('pam_acct_mgmt failed: Authentication failure'),
    ],
    'accountRefused',
    '',
  ],
  [
    [log('pam_acct_mgmt failed: Authentication failure')],
    'accountRefused',
    'pam_acct_mgmt failed: Authentication failure',
  ],
  [
    [log('pam_authenticate failed: Module is unknown')],
    'moduleUnknown',
    'pam_authenticate failed: Module is unknown',
  ],
]
for (const [said, reason, rest] of complaints)
  test(`${JSON.stringify(said.map(({ text }) => text))} is ${reason}`, () =>
    assert.deepEqual(complaintIn(said), words[reason](rest)))

test('a wrong password is no complaint, whatever PAM has told before', () => {
  for (const said of [
    [],
    [log('pam_authenticate failed: Authentication failure')],
    [log('pam_authenticate failed: Permission denied')],
    [
      told('Place your finger on the reader'),
      told('Failed to match fingerprint'),
      log('pam_authenticate failed: Authentication failure'),
    ],
  ])
    assert.equal(complaintIn(said), undefined)
})

test('what the user has heard is not told again; what only the log has, is', () => {
  assert.equal(untold([told('Enough.'), log('pam_authenticate failed: x')]), '')
  assert.equal(untold([log('one'), log('two')]), 'two')
  assert.equal(untold([]), '')
})
