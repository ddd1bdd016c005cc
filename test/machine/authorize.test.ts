// What polkit decides, on real polkit: who is asked for which password, and what is left behind however it ends.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { pause, tint0 } from '../session/subject.ts'
import {
  becomes,
  before,
  clients,
  helpers,
  killOurs,
  linesOfOurs,
  nobodyAsks,
  nothingLeft,
  noUnits,
  shell,
  textOf,
  timeout,
  units,
} from './left.ts'
import { answer, as, asked, login, passwords, withoutSession } from './login.ts'
import { ruled } from './rule.ts'

after(endAll)

test('alice types tint0, is asked for her password, and has a shell as root: tinted, with a dot, on its own PTY', {
  timeout,
}, async () => {
  const screen = login('alice', `tty; ${tint0}`, { background: 'rgb:1010/1010/1010' })
  const termios = before(screen)
  await answer(screen, passwords.alice)
  await screen.process.until(/# $/)
  screen.process.write('tty; echo "I am $(id -u), $0, for $SUDO_USER $SUDO_UID $SUDO_GID"\n')
  await screen.process.until(/I am 0, -(bash|\/bin\/bash), for alice 1000 1000\r\n/)
  await screen.settled()
  const [outer, inner] = [...textOf(screen).matchAll(/^(\/dev\/pts\/\d+)\r$/gm)]
  assert.ok(outer && inner && outer[1] !== inner[1])
  const shown = screen.cells().flat()
  assert.ok(shown.filter(({ background }) => background !== undefined).length > (shown.length * 2) / 3)
  assert.match(screen.title(), /^🔴 /)
  screen.process.write('exit 3\n')
  assert.deepEqual(await screen.process.exit, { code: 3, signal: null })
  await nothingLeft(screen, termios)
})

test('bob, who is no admin, is asked for the password of an admin', { timeout }, async () => {
  const screen = login('bob', `${tint0} sh -c 'echo "$(id -u) for $SUDO_USER"'`)
  await answer(screen, passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.match(textOf(screen), /^Password for alice: \r$/m)
  assert.match(textOf(screen), /^0 for bob\r$/m)
})

test('three wrong passwords give 126, one line, and a whole terminal', { timeout }, async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, 'first', 'second', 'third')
  assert.deepEqual(await screen.process.exit, { code: 126, signal: null })
  assert.equal(linesOfOurs(screen).length, 1)
  assert.match(linesOfOurs(screen)[0] ?? '', /^tint0: authorization: not granted: [^;]+; .+$/)
  assert.doesNotMatch(textOf(screen), /first|second|third/, 'no password is shown')
  await nothingLeft(screen, termios)
})

test('SIGTERM at the password prompt ends it, and the terminal is whole', { timeout }, async () => {
  const screen = login('alice', `${tint0} id -u; echo "status $?"`)
  const termios = before(screen)
  await asked(screen)
  killOurs('TERM')
  await screen.process.exit
  assert.match(textOf(screen), /: \r\nstatus 143\r\n$/)
  await nothingLeft(screen, termios)
})

for (const delay of [100, 200, 300, 400])
  test(`SIGINT ${delay} ms after the start, ready to ask or not, ends it with nothing left`, {
    timeout,
  }, async () => {
    const screen = login('alice', `${tint0} id -u; echo "status $?"`)
    const termios = before(screen)
    for (let left = 2000; left > 0 && clients().length === 0; left--) await pause(10)
    await pause(delay)
    killOurs('INT')
    await screen.process.exit
    assert.match(textOf(screen), /(^|\n)status 130\r\n$/)
    assert.doesNotMatch(screen.process.output().toString(), /Error|node:|bug/)
    await nothingLeft(screen, termios)
  })

test('SIGINT as the password is accepted is 130, and leaves no unit', { timeout: 120_000 }, async () => {
  for (const delay of [0, 5, 20, 60]) {
    const screen = login('alice', `${tint0} sleep 778`)
    await answer(screen, passwords.alice)
    await pause(delay)
    killOurs('INT')
    assert.deepEqual(await screen.process.exit, { code: 130, signal: null }, `after ${delay} ms`)
    await noUnits(`after ${delay} ms`)
  }
})

test('a rule that says no is a refusal: nobody is asked, 126, one line', { timeout }, () =>
  ruled('bob', 'NO', async () => {
    const screen = login('bob', `${tint0} id -u`)
    const termios = before(screen)
    assert.equal((await screen.process.exit).code, 126)
    assert.match(textOf(screen).trim(), /^tint0: authorization: [^\n]*$/)
    await nothingLeft(screen, termios)
  }),
)

const unreachable: readonly (readonly [title: string, command: string, line: RegExp])[] = [
  [
    'no bus',
    `unshare -m sh -c 'mount -t tmpfs none /run/dbus; exec ${tint0} true'`,
    /^tint0: system bus: cannot be reached at unix:path=\/run\/dbus\/system_bus_socket: [^\n]*$/,
  ],
  [
    'a bus that is no bus',
    `DBUS_SYSTEM_BUS_ADDRESS=tcp:host=::nonsense ${tint0} true`,
    /^tint0: system bus: cannot be reached at [^\n]*$/,
  ],
]
for (const [title, command, line] of unreachable)
  test(`${title} gets one line and 125`, { timeout }, async () => {
    const screen = withoutSession('root', command)
    assert.equal((await screen.process.exit).code, 125)
    assert.match(textOf(screen).trim(), line)
  })

test('after kill -9 at the password prompt nobody asks any more, and the echo is on', {
  timeout,
}, async () => {
  const screen = login('alice', `${tint0} id -u; read x`)
  const termios = before(screen)
  await asked(screen)
  assert.notEqual(helpers(), '')
  killOurs('KILL')
  await becomes(() => before(screen), termios)
  screen.process.write('\n')
  await screen.process.exit
  await nobodyAsks()
})

test('pkttyagent asks where --auth=pkttyagent says so: in a session, and where there is none', {
  timeout,
}, async () => {
  for (const screen of [
    login('alice', `${tint0} --auth=pkttyagent id -u`),
    withoutSession('alice', `${tint0} --auth=pkttyagent id -u`),
  ]) {
    await asked(screen, 0, /Password: /)
    assert.notEqual(shell('pgrep pkttyagent || true'), '')
    screen.process.write(`${passwords.alice}\n`)
    assert.equal((await screen.process.exit).code, 0)
    assert.match(textOf(screen), /AUTHENTICATION COMPLETE[\s\S]*^0\r$/m)
  }
})

test('pkttyagent does not outlive a tint0 that is killed', { timeout }, async () => {
  const screen = login('alice', `${tint0} --auth=pkttyagent id -u`)
  await asked(screen, 0, /Password: /)
  killOurs('KILL')
  await screen.process.exit
  await nobodyAsks()
})

test('no unit is left after kill -9', { timeout }, async () => {
  const screen = withoutSession('root', `${tint0} sh -c 'echo ready; sleep 1000'`)
  await screen.process.until(/ready\r\n/)
  assert.notEqual(units(), '')
  killOurs('KILL')
  await screen.process.exit
  await noUnits()
})

test('a signal at any moment of the start leaves no unit', { timeout: 120_000 }, async () => {
  const delays = Array.from({ length: 30 }, (_, at) => 10 * (at + 1))
  const ends: string[] = []
  const worker = async () => {
    for (let delay = delays.shift(); delay; delay = delays.shift()) {
      // (A shell has its children in the background ignore SIGINT.)
      const signal = delay % 20 === 0 ? 'TERM' : 'HUP'
      const screen = withoutSession(
        'root',
        `setsid ${tint0} sleep 777 </dev/null >/dev/null 2>&1 & sleep 0.${String(delay).padStart(3, '0')}; kill -${signal} $!; wait $!; echo "status $?"`,
      )
      await screen.process.exit
      ends.push(`${signal} after ${delay} ms: ${textOf(screen).trim()}`)
    }
  }
  // (Several at a time: most of it is waiting.)
  await Promise.all([worker(), worker(), worker()])
  await noUnits(ends.join('; '))
  await becomes(() => shell('pgrep -fx "sleep 777" || true'), '', ends.join('; '))
})

test('nobody else can tell tint0 that its command has ended', { timeout }, async () => {
  const screen = withoutSession('root', `${tint0} sh -c 'echo ready; sleep 1; echo end; exit 9'`)
  await screen.process.until(/ready\r\n/)
  const unit = units().split(/\s/)[0] ?? ''
  const path = shell(
    `busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager GetUnit s ${unit}`,
  )
    .split('"')
    .at(1)
  const names = shell('busctl list --no-legend | awk \'$3 ~ "^(node|tint0)$" { print $1 }\'')
  assert.notEqual(names, '')
  for (const name of names.split('\n'))
    shell(
      `${as('bob').join(' ')} busctl emit --destination=${name} ${path} org.freedesktop.DBus.Properties PropertiesChanged 'sa{sv}as' org.freedesktop.systemd1.Service 3 ActiveState s inactive ExecMainCode i 1 ExecMainStatus i 0 0`,
    )
  assert.deepEqual(await screen.process.exit, { code: 9, signal: null })
  assert.match(textOf(screen), /end\r\n$/)
})
