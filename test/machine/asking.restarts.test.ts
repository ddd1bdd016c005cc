// What of polkit, PAM, the bus and the accounts can change or fail while somebody is asked, or before: it is got over, or told in one
// line with the way out; and the terminal is whole.
import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { after, afterEach, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import type { Screen } from '../screen.ts'
import { tint0 } from '../session/subject.ts'
import { before, linesOfOurs, nobodyAsks, nothingLeft, questions, shell, textOf as text } from './left.ts'
import { answer, asked, passwords, withoutSession } from './login.ts'

/** What a test has changed is put back, however it ends. */
const repairs: (() => void)[] = []
const repair = () => {
  for (const step of repairs.splice(0).reverse()) step()
}
afterEach(() => {
  endAll()
  repair()
})
after(repair)

/** Does the one now, and the other when the test is over. */
const change = (act: string, back: string) => {
  repairs.push(() => shell(back))
  shell(act)
}

/** PAM's configuration for polkit, as long as the test runs. */
const pam = (...lines: string[]) => {
  const file = '/etc/pam.d/polkit-1'
  assert.ok(!existsSync(file))
  repairs.push(() => rmSync(file, { force: true }))
  writeFileSync(file, `${lines.join('\n')}\n`)
}

const granted = async (screen: Screen, termios: string | undefined) => {
  assert.equal((await screen.process.exit).code, 0, text(screen))
  assert.match(text(screen), /^0\r$/m)
  await nothingLeft(screen, termios)
}

/** One line of ours, with a way out; no stack, and nothing left. */
const refused = async (screen: Screen, termios: string | undefined, words: RegExp, status = 126) => {
  assert.equal((await screen.process.exit).code, status, text(screen))
  const lines = linesOfOurs(screen)
  assert.equal(lines.length, 1, text(screen))
  assert.match(lines[0] ?? '', /^tint0: [^;]+: [^;]+; .+$/)
  assert.match(lines[0] ?? '', words)
  assert.doesNotMatch(text(screen), / at |node:/)
  await nothingLeft(screen, termios)
}

const DOWN = '\x1b[B'

test('of two admins the caller is asked first; arrows choose the other one, whose password counts then', {
  timeout: 60_000,
}, async () => {
  change('usermod -aG sudo bob', 'gpasswd -d bob sudo')
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  const first = await asked(screen)
  assert.match(text(screen), /\bbob\b.*Password for alice: $/)
  screen.process.write(DOWN)
  await asked(screen, first)
  assert.match(text(screen), /\balice\b.*Password for bob: $/)
  screen.process.write(`${passwords.bob}\n`)
  await granted(screen, termios)
  const other = withoutSession('bob', `${tint0} --background= id -u`)
  const otherTermios = before(other)
  await asked(other)
  assert.match(text(other), /\balice\b.*Password for bob: $/)
  other.process.write(`${passwords.bob}\n`)
  await granted(other, otherTermios)
})

test('polkit is restarted twice while somebody types: nobody notices, be the answer wrong or right', {
  timeout: 60_000,
}, async () => {
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  const first = await asked(screen)
  screen.process.write('whi')
  shell('systemctl restart polkit; sleep 0.5; systemctl restart polkit')
  assert.equal(questions(screen), 1, 'nobody notices')
  screen.process.write('te\n')
  await asked(screen, first)
  screen.process.write(`${passwords.alice}\n`)
  await granted(screen, termios)
  assert.match(text(screen), /Sorry, try again/)
})

test('the bus goes away while somebody is asked, and stays away: one line, and 125', {
  timeout: 60_000,
}, async () => {
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  await asked(screen)
  change(
    'systemctl stop dbus.socket dbus',
    'systemctl start dbus.socket dbus; systemctl restart systemd-logind',
  )
  const { code } = await screen.process.exit
  assert.equal(code, 125)
  assert.equal(before(screen), termios)
  assert.match(linesOfOurs(screen).join('\n'), /^tint0: bus: went away[^\n]*; start dbus[^\n]*$/)
  repair()
  await nobodyAsks()
})

test('an expired password is no wrong one: PAM’s words are shown, and passwd is the way out', {
  timeout: 60_000,
}, async () => {
  change('chage -d 0 alice', 'chage -d 2026-01-01 -M 99999 alice')
  const screen = withoutSession('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, passwords.alice)
  await refused(screen, termios, /out of date; change it with passwd/)
  assert.match(text(screen), /^You are required to change your password immediately/m)
  assert.equal(questions(screen), 1)
})

test('an account that is refused after the right password is told from a wrong one', {
  timeout: 60_000,
}, async () => {
  change('chage -E 2020-01-01 alice', 'chage -E -1 alice')
  const screen = withoutSession('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, passwords.alice)
  await refused(screen, termios, /the account is refused/)
  assert.match(text(screen), /^Your account has expired/m)
})

test('what PAM tells and asks comes in its order, in its words: two questions in one try', {
  timeout: 60_000,
}, async () => {
  const file = '/etc/tint0-says'
  repairs.push(() => rmSync(file))
  writeFileSync(file, 'Curiouser and curiouser\x1b[31m!\n')
  pam(
    `auth required pam_echo.so file=${file}`,
    '@include common-auth',
    'auth required pam_stress.so debug',
    '@include common-account',
  )
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  const first = await asked(screen)
  screen.process.write(`${passwords.alice}\n`)
  await asked(screen, first, /STRESS Password: /)
  screen.process.write('anything\n')
  await granted(screen, termios)
  const seen = screen.process.output().toString()
  assert.match(seen, /Curiouser and curiouser\\x1b\[31m![\s\S]*Password for alice: [\s\S]*STRESS Password: /)
})

/** A script in the place of polkit's helper: it has alice's rights only. */
const pretendedHelper = (script: string) => {
  change(`mv ${helper} ${helper}.away`, `mv ${helper}.away ${helper}`)
  writeFileSync(helper, `#!/bin/sh\nread -r cookie\n${script}\n`)
  shell(`chmod 4755 ${helper}`)
}

test('a second factor that may be seen is seen; what a helper says alone grants nothing', {
  timeout: 60_000,
}, async () => {
  pretendedHelper(
    'echo "PAM_PROMPT_ECHO_ON Code: "; read -r code; echo "PAM_TEXT_INFO got $code"; echo SUCCESS',
  )
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  await screen.process.until(/Code: $/)
  screen.process.write('123456\n')
  await refused(screen, termios, /not granted/)
  assert.match(text(screen), /^Code: 123456\r\ngot 123456\r$/m)
})

test('a helper that never stops talking is stopped', { timeout: 60_000 }, async () => {
  pretendedHelper('exec yes "PAM_TEXT_INFO again"')
  const screen = withoutSession('alice', `${tint0} id -u`)
  await refused(screen, before(screen), /says more than anybody could read/)
  assert.ok(text(screen).split('again').length < 300)
  assert.equal(shell('pgrep -x yes || true'), '')
})

/** Spoils something, and puts it back. */
const failures: readonly (readonly [name: string, act: () => void, words: RegExp])[] = [
  [
    'polkit’s helper without its set-user-ID bit, and no socket',
    () => change(`chmod u-s ${helper}`, `chmod u+s ${helper}`),
    /no set-user-ID bit.*polkit-agent-helper\.socket/,
  ],
  [
    'no helper at all',
    () => change(`mv ${helper} ${helper}.away`, `mv ${helper}.away ${helper}`),
    /helper is not there.*install polkit/,
  ],
  [
    'polkit is masked',
    () => change('systemctl mask --now polkit', 'systemctl unmask polkit'),
    /polkit is not there.*masked.*systemctl status polkit/,
  ],
  [
    'polkit is not installed',
    () =>
      change(
        `mv ${service} ${service}.away; systemctl stop polkit; systemctl reload dbus`,
        `mv ${service}.away ${service}; systemctl reload dbus`,
      ),
    /polkit is not there.*install polkit/,
  ],
  [
    'systemd’s actions are not known to polkit',
    () =>
      change(
        `mv ${policy} /root/policy; systemctl restart polkit`,
        `mv /root/policy ${policy}; systemctl restart polkit`,
      ),
    /does not know org\.freedesktop\.systemd1\.manage-units.*install systemd again/,
  ],
  [
    'PAM lacks a module',
    () => pam('auth required pam_no_such.so'),
    /PAM lacks a module.*\/etc\/pam\.d\/polkit-1/,
  ],
  [
    'PAM refuses before it asks',
    () => pam('auth required pam_deny.so'),
    /before it asked anything.*journalctl/,
  ],
]
const helper = '/usr/lib/polkit-1/polkit-agent-helper-1'
const service = '/usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service'
const policy = '/usr/share/polkit-1/actions/org.freedesktop.systemd1.policy'

for (const [name, act, words] of failures)
  test(`${name}: one line with the way out, and 126`, { timeout: 60_000 }, async () => {
    act()
    const screen = withoutSession('alice', `${tint0} id -u`)
    await refused(screen, before(screen), words)
    assert.equal(questions(screen), 0)
  })

test('all is put back: alice is asked, and has her command', { timeout: 60_000 }, async () => {
  const screen = withoutSession('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, passwords.alice)
  await granted(screen, termios)
})
