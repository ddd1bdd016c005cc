// Our own agent, on real polkit: who may ask it, what of an answer is left, and how it bears what goes wrong under it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { afterEach, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { pause, tint0 } from '../session/subject.ts'
import {
  becomes,
  before,
  client,
  helpers,
  nobodyAsks,
  nothingLeft,
  noUnits,
  questions,
  shell,
  textOf as text,
} from './left.ts'
import { answer, as, asked, login, passwords, prompt, silent, withoutSession } from './login.ts'
import { memoryHolds, placesOf } from './memory.ts'

afterEach(endAll)

test('without a login session: wrong, wrong, right is granted, and the agent is gone while the command runs', {
  timeout: 60_000,
}, async () => {
  const screen = withoutSession('alice', `${tint0} --background= sh -c 'echo "I am $(id -u)"; read x'`)
  const termios = before(screen)
  await answer(screen, 'white', 'rabbit', passwords.alice)
  await screen.process.until(/I am 0\r\n/)
  assert.equal(questions(screen), 3)
  assert.equal(text(screen).split('Sorry, try again.').length, 3)
  // polkit takes one agent for a process; and this one is gone as soon as busctl is.
  const pid = client()
  const started = shell(`awk '{ print $22 }' /proc/${pid}/stat`)
  shell(
    `${as('alice').join(' ')} busctl call org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.PolicyKit1.Authority RegisterAuthenticationAgent '(sa{sv})ss' unix-process 2 pid u ${pid} start-time t ${started} C /a/place`,
  )
  screen.process.write('\n')
  assert.equal((await screen.process.exit).code, 0)
  await nothingLeft(screen, termios)
})

test('a helper that is killed while somebody types is replaced, and nobody notices', {
  timeout: 60_000,
}, async () => {
  const screen = login('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  await asked(screen)
  screen.process.write('wonder')
  const helper = helpers()
  shell('pkill -9 polkit-agent-he')
  await becomes(() => ![helper, ''].includes(helpers()), true)
  screen.process.write('land\n')
  assert.equal((await screen.process.exit).code, 0)
  assert.match(text(screen), /^0\r$/m)
  assert.equal(questions(screen), 1)
  await nothingLeft(screen, termios)
})

test('where every helper dies it is said so, with 126', { timeout: 60_000 }, async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = before(screen)
  await asked(screen)
  for (let left = 400; left > 0 && !text(screen).includes('tint0: '); left--) {
    shell('pkill -9 polkit-agent-he || true')
    await pause(50)
  }
  assert.equal((await screen.process.exit).code, 126)
  assert.match(text(screen), /polkit’s helper ended before the password was checked; /)
  await nothingLeft(screen, termios)
})

test('who is not polkit cannot have our agent ask, or cancel: not alice, not bob, not even root, nor whoever is let through by the bus', {
  timeout: 60_000,
}, async () => {
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  await asked(screen)
  const seen = screen.process.output().length
  const pid = client()
  const name = shell(`busctl list --no-legend | awk '$2 == ${pid} && $1 ~ /^:/ { print $1 }'`)
  const to = `--system --print-reply --dest=${name} /org/freedesktop/PolicyKit1/AuthenticationAgent org.freedesktop.PolicyKit1.AuthenticationAgent`
  const calls = [
    // (dbus-send cannot write all of its arguments; who asks is looked at first.)
    "BeginAuthentication string:org.freedesktop.systemd1.manage-units string:'Type it again' string:icon",
    'CancelAuthentication string:cookie',
  ]
  // The bus lets only polkit's user through to us.
  for (const user of ['alice', 'bob', 'root', 'polkitd'] as const)
    for (const call of calls) {
      const words = `dbus-send ${to}.${call}`
      const [program = '', ...rest] = as(user, 'sh', '-c', words)
      const { status, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
      assert.notEqual(status, 0, `${user}: ${call}`)
      assert.match(stderr, user === 'polkitd' ? /only polkit may ask this/ : /AccessDenied/)
    }
  assert.equal(screen.process.output().length, seen, 'nothing was shown')
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0)
  await nothingLeft(screen, termios)
})

test('polkit can be made to ask our agent for another action; that is refused, unseen', {
  timeout: 60_000,
}, async () => {
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  await asked(screen)
  const seen = screen.process.output().length
  const words = ['--action-id=org.freedesktop.systemd1.reload-daemon', `--process=${client()}`]
  const [program = '', ...rest] = as('alice', 'pkcheck', '--allow-user-interaction', ...words)
  const { status } = spawnSync(program, rest, { encoding: 'utf8' })
  assert.notEqual(status, 0)
  assert.equal(screen.process.output().length, seen, 'nothing was shown')
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0)
})

test('what was typed is found in no argument, no environment, no journal; nor, as far as can be seen, in the memory of the client that goes on', {
  timeout: 60_000,
}, async () => {
  const since = Math.floor(Date.now() / 1000)
  const screen = withoutSession('alice', `${tint0} --background= sh -c 'echo ready; read x'`)
  await asked(screen)
  // That the search finds anything at all: what is typed so far is there.
  screen.process.write('wonderlan')
  const pid = client()
  await becomes(() => memoryHolds(pid, Buffer.from('wonderlan')), true, 'it is searched where it must be')
  assert.deepEqual(placesOf('wonderlan', since), [])
  screen.process.write('d\n')
  await screen.process.until(/ready\r\n/)
  const family = shell(`pgrep -P ${pid} || true`).split('\n').filter(Boolean).map(Number)
  for (const one of [pid, ...family])
    for (const part of ['wonderlan', 'onderland'])
      assert.ok(!memoryHolds(one, Buffer.from(part)), `${part} is in the memory of process ${one}`)
  assert.deepEqual(placesOf('wonderlan', since), [])
  screen.process.write('\n')
  assert.equal((await screen.process.exit).code, 0)
})

test('twenty clients at once are all asked, and all have their command; no helper is told more than a name', {
  timeout: 120_000,
}, async () => {
  const termios: (string | undefined)[] = []
  const screens = Array.from({ length: 20 }, () => {
    const screen = withoutSession('alice', `${tint0} --background= id -u`)
    // (At once: before the last one has begun the first one may ask.)
    termios.push(before(screen))
    return screen
  })
  await Promise.all(screens.map((screen) => screen.process.until(prompt, 90_000)))
  const all = helpers().split('\n')
  assert.equal(all.length, 20)
  for (const line of all) assert.match(line, /^\d+ \S+ alice$/)
  for (const screen of screens) {
    await silent(screen)
    screen.process.write(`${passwords.alice}\n`)
  }
  const ends = await Promise.all(
    screens.map(async (screen) => [(await screen.process.exit).code, before(screen)] as const),
  )
  assert.deepEqual(
    ends,
    termios.map((one) => [0, one]),
  )
  for (const screen of screens) assert.match(text(screen), /^0\r$/m)
  await nobodyAsks()
  await noUnits()
})
