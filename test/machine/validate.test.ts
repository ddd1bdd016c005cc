// tint0 -n, -v, -k and -K, and tint0ctl auth, on real polkit: what they answer, what they leave alone, and what polkit keeps. polkit before
// 127 keeps an authorization for a single process, later ones for a shell: what differs goes by its version.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import type { Screen } from '../screen.ts'
import { tint0 } from '../session/subject.ts'
import { noUnits, shell as output, textOf, timeout } from './left.ts'
import { login, passwords, typed, withoutSession } from './login.ts'
import { ruled } from './rule.ts'

after(endAll)

const version = Number(/"(\d+)"/.exec(output(polkitProperty('BackendVersion')))?.[1])

function polkitProperty(name: string): string {
  const path = 'org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority'
  return `busctl get-property ${path} org.freedesktop.PolicyKit1.Authority ${name}`
}

/** What it wrote, and then its status. */
const asked = async (screen: Screen): Promise<string> => {
  await screen.process.exit
  return textOf(screen).replaceAll('\r\n', '\n')
}
const said = (user: 'alice' | 'bob' | 'root', words: string) =>
  asked(withoutSession(user, `${words}; echo "status $?"`))

const type = (screen: Screen, ...keys: string[]) => typed(screen, keys)

/** The lines that the journal has got since then about any of us. */
const journal = async () => {
  // What others have left must be told before.
  await noUnits()
  output('journalctl --sync')
  const [, cursor] = /^-- cursor: (.*)$/m.exec(output('journalctl -n 1 --show-cursor')) ?? []
  return () => {
    output('journalctl --sync')
    const lines = output(`journalctl --after-cursor='${cursor}' --output=short --no-pager --quiet`)
    return lines
      .split('\n')
      .filter((line) => /polkit|dbus|tint0|manage-units/i.test(line) && !aboutRules.test(line))
  }
}

/** What polkit says when its rules have changed, as often as it likes. */
const aboutRules = /polkitd.*: (Reloading|Collecting|Loading|Finished)/

test('-nv says nothing, leaves nothing in the journal, and its status is whether one is authorized', {
  timeout,
}, async () => {
  const silently = async (user: 'alice' | 'bob' | 'root', status: number) => {
    const logged = await journal()
    assert.equal(await said(user, `${tint0} -nv`), `status ${status}\n`)
    // So no agent was registered, and no unit was started.
    assert.deepEqual(logged(), [])
  }
  // A password would be asked for.
  await silently('alice', 1)
  await silently('root', 0)
  await ruled('bob', 'YES', () => silently('bob', 0))
  await ruled('bob', 'NO', () => silently('bob', 1))
})

test('-nv is silent, too, where there is no bus, or no polkit behind it', { timeout }, async () => {
  const away = (what: string) => `unshare -m sh -c 'mount -t tmpfs none ${what}; exec ${tint0} -nv'`
  assert.equal(await said('root', away('/run/dbus')), 'status 1\n')
  assert.equal(await said('root', `DBUS_SYSTEM_BUS_ADDRESS=tcp:host=x ${tint0} -nv`), 'status 1\n')
  assert.equal(await said('root', `DBUS_SYSTEM_BUS_ADDRESS=unix:path=/dev/null ${tint0} -nv`), 'status 1\n')
})

test('what asks the long way answers the same', { timeout }, async () => {
  const words = `${tint0} -n -v --bell`
  assert.equal(await said('alice', words), 'status 1\n')
  assert.equal(await said('alice', `DBUS_SYSTEM_BUS_ADDRESS=tcp:host=x ${words}`), 'status 1\n')
  await ruled('bob', 'YES', async () => assert.equal(await said('bob', words), 'status 0\n'))
})

test('-n with a command: one line, 126, and no unit', { timeout }, async () => {
  const logged = await journal()
  assert.match(await said('alice', `${tint0} -n id -u`), /^tint0: authorization: [^\n]*\nstatus 126\n$/)
  assert.deepEqual(logged(), [])
})

for (const option of ['-k', '-K'])
  test(`${option} has nothing to forget, asks nobody, says nothing, and is content`, {
    timeout,
  }, async () => {
    assert.equal(await said('alice', `${tint0} ${option}`), 'status 0\n')
    assert.equal(await asked(login('alice', `${tint0} ${option}; echo "status $?"`)), 'status 0\n')
  })

for (const [words, subject] of [
  ['-v true', '--validate'],
  ['-K true', '--remove-timestamp'],
] as const)
  test(`${words} is an error in one line`, { timeout }, async () => {
    assert.match(
      await said('alice', `${tint0} ${words}`),
      new RegExp(`^tint0: ${subject}: does not go with a command[^\n]*\nstatus 125\n$`),
    )
  })

const notKept = /^tint0: authorization: granted, but not kept: (.*); /m

test('-v asks for the password, and says why polkit will not know us again', { timeout }, async () => {
  const screen = withoutSession('alice', `${tint0} -v; echo "status $?"`)
  await type(screen, `${passwords.alice}\n`)
  const text = await asked(screen)
  assert.match(text, /status 0\n$/)
  assert.match(text, notKept)
  assert.match(notKept.exec(text)?.[1] ?? '', version < 127 ? /before 127/ : /no session/)
})

test('-v three times wrong is 126 and one line, ^C is 130, and a rule that says no asks nobody', {
  timeout,
}, async () => {
  const wrong = withoutSession('alice', `${tint0} -v; echo "status $?"`)
  await type(wrong, 'a\n', 'b\n', 'c\n')
  assert.match(await asked(wrong), /\ntint0: authorization: not granted: [^\n]*\nstatus 126\n$/)
  const screen = withoutSession('alice', `${tint0} -v; echo "status $?"`)
  await type(screen, '\x03')
  assert.match(await asked(screen), /\nstatus 130\n$/)
  assert.equal(screen.process.echoes(), true)
  await ruled('bob', 'NO', async () =>
    assert.match(
      await said('bob', `${tint0} -v`),
      /^tint0: authorization: not granted: [^\n]*\nstatus 126\n$/,
    ),
  )
})

test('-kv asks, and -v asks nobody where a rule says yes', { timeout }, async () => {
  const screen = withoutSession('alice', `${tint0} -kv; echo "status $?"`)
  await type(screen, `${passwords.alice}\n`)
  assert.match(await asked(screen), /status 0\n$/)
  await ruled('bob', 'YES', async () => assert.equal(await said('bob', `${tint0} -v`), 'status 0\n'))
})

test('-k with a command asks for it', { timeout }, async () => {
  const screen = login('alice', `${tint0} -k id -u; echo "status $?"`)
  await type(screen, `${passwords.alice}\n`)
  assert.match(await asked(screen), /^0\nstatus 0\n$/m)
})

test('tint0ctl auth says that nothing is kept, and why nothing can be', { timeout }, async () => {
  const text = await said('alice', `${tint0}ctl auth`)
  assert.match(text, /^nothing is kept\n/)
  assert.match(text, version < 127 ? /\nnothing can be: polkit before 127 / : /\nnothing can be: there is no/)
  assert.match(await said('root', `${tint0}ctl auth`), /^nothing is kept\nnothing needs to be: /)
})
