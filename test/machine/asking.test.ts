// Our own agent, on real polkit: who may ask it, what of an answer is left, and how it bears what goes wrong under it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { afterEach, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import type { Screen } from '../screen.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { before, linesOfOurs, nothingLeft, shell } from './left.ts'
import { answer, asked, login, passwords, prompt, withoutSession } from './login.ts'
import { memoryHolds, placesOf } from './memory.ts'

afterEach(endAll)

const text = ({ process }: Screen) => plainText(process.output())
const questions = (screen: Screen) => [...text(screen).matchAll(new RegExp(prompt, 'g'))].length

/** The one that asks, by its number. */
const client = (): number => Number(shell('pgrep -f "^[t]int0|dist/[t]int0"').split('\n')[0])

test('without a login session: wrong, wrong, right is granted, and the agent is gone while the command runs', async () => {
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
    `setpriv --reuid=alice --regid=alice --init-groups busctl call org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.PolicyKit1.Authority RegisterAuthenticationAgent '(sa{sv})ss' unix-process 2 pid u ${pid} start-time t ${started} C /a/place`,
  )
  screen.process.write('\n')
  assert.equal((await screen.process.exit).code, 0)
  await nothingLeft(screen, termios)
})

test('three wrong are refused with 126 in one line with a way out', async () => {
  const screen = withoutSession('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, 'white', 'rabbit', 'hatter')
  assert.deepEqual(await screen.process.exit, { code: 126, signal: null })
  assert.match(linesOfOurs(screen).join('\n'), /^tint0: authorization: not granted: .*three times; [^\n]+$/)
  await nothingLeft(screen, termios)
})

test('a helper that is killed while somebody types is replaced, and nobody notices', async () => {
  const screen = login('alice', `${tint0} --background= id -u`)
  const termios = before(screen)
  await asked(screen)
  screen.process.write('wonder')
  const helper = shell('pgrep polkit-agent-he')
  shell('pkill -9 polkit-agent-he')
  for (let left = 50; left > 0 && [helper, ''].includes(shell('pgrep polkit-agent-he || true')); left--)
    await pause(50)
  screen.process.write('land\n')
  assert.equal((await screen.process.exit).code, 0)
  assert.match(text(screen), /^0\r$/m)
  assert.equal(questions(screen), 1)
  await nothingLeft(screen, termios)
})

test('where every helper dies it is said so, with 126', async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = before(screen)
  await asked(screen)
  for (let left = 100; left > 0 && !text(screen).includes('tint0: '); left--) {
    shell('pkill -9 polkit-agent-he || true')
    await pause(50)
  }
  assert.equal((await screen.process.exit).code, 126)
  assert.match(text(screen), /polkit’s helper ended before the password was checked; /)
  await nothingLeft(screen, termios)
})

test('who is not polkit cannot have our agent ask, or cancel: not alice, not bob, not even root, nor whoever is let through by the bus', async () => {
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
  for (const user of ['alice', 'bob', 'root', 'polkitd'])
    for (const call of calls) {
      const words = `dbus-send ${to}.${call}`
      const as = ['--reuid', user, '--regid', user, '--init-groups', 'sh', '-c', words]
      const { status, stderr } = spawnSync('setpriv', as, { encoding: 'utf8' })
      assert.notEqual(status, 0, `${user}: ${call}`)
      assert.match(stderr, user === 'polkitd' ? /only polkit may ask this/ : /AccessDenied/)
    }
  assert.equal(screen.process.output().length, seen, 'nothing was shown')
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0)
  await nothingLeft(screen, termios)
})

test('polkit can be made to ask our agent for another action; that is refused, unseen', async () => {
  const screen = withoutSession('alice', `${tint0} --background= id -u`)
  await asked(screen)
  const seen = screen.process.output().length
  const { status } = spawnSync(
    'setpriv',
    [
      ...['--reuid=alice', '--regid=alice', '--init-groups', 'pkcheck', '--allow-user-interaction'],
      ...['--action-id=org.freedesktop.systemd1.reload-daemon', `--process=${client()}`],
    ],
    { encoding: 'utf8' },
  )
  assert.notEqual(status, 0)
  assert.equal(screen.process.output().length, seen, 'nothing was shown')
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0)
})

test('what was typed is found in no argument, no environment, no journal; nor, as far as can be seen, in the memory of the client that goes on', async () => {
  const since = Math.floor(Date.now() / 1000)
  const screen = withoutSession('alice', `${tint0} --background= sh -c 'echo ready; read x'`)
  await asked(screen)
  // That the search finds anything at all: what is typed so far is there.
  screen.process.write('wonderlan')
  await pause(300)
  const pid = client()
  assert.ok(memoryHolds(pid, Buffer.from('wonderlan')), 'it is searched where it must be')
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
  const screens = Array.from({ length: 20 }, () => withoutSession('alice', `${tint0} --background= id -u`))
  await Promise.all(screens.map((screen) => screen.process.until(prompt, 60_000)))
  const helpers = shell('pgrep -a polkit-agent-he').split('\n')
  assert.equal(helpers.length, 20)
  for (const line of helpers) assert.match(line, /^\d+ \S+ alice$/)
  for (const screen of screens) screen.process.write(`${passwords.alice}\n`)
  const ends = await Promise.all(screens.map(({ process }) => process.exit))
  assert.deepEqual(
    ends.map(({ code }) => code),
    Array(20).fill(0),
  )
  for (const screen of screens) assert.match(text(screen), /^0\r$/m)
  const [last] = screens
  if (last) await nothingLeft(last, before(last))
})
