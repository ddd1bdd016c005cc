// What polkit decides, on real polkit: who is asked for which password, and what is left behind however it ends.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import type { Screen } from '../screen.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { before, linesOfOurs, nobodyAsks, nothingLeft, shell, units } from './left.ts'
import { answer, asked, login, passwords, prompt, withoutSession } from './login.ts'
import { ruleFor } from './rule.ts'

after(endAll)

const started = () => shell('pgrep -f "^[t]int0|dist/[t]int0" || true') !== ''

test('alice types tint0, is asked for her password, and has a shell as root: tinted, with a dot, on its own PTY', async () => {
  const screen = login('alice', `tty; ${tint0}`, { background: 'rgb:1010/1010/1010' })
  const termios = before(screen)
  await answer(screen, passwords.alice)
  await screen.process.until(/# $/)
  screen.process.write('tty; echo "I am $(id -u), $0, for $SUDO_USER $SUDO_UID $SUDO_GID"\n')
  await screen.process.until(/I am 0, -(bash|\/bin\/bash), for alice 1000 1000\r\n/)
  await screen.settled()
  const [outer, inner] = [...plainText(screen.process.output()).matchAll(/^(\/dev\/pts\/\d+)\r$/gm)]
  assert.ok(outer && inner && outer[1] !== inner[1])
  const shown = screen.cells().flat()
  assert.ok(shown.filter(({ background }) => background !== undefined).length > (shown.length * 2) / 3)
  assert.match(screen.title(), /^🔴 /)
  screen.process.write('exit 3\n')
  assert.deepEqual(await screen.process.exit, { code: 3, signal: null })
  await nothingLeft(screen, termios)
})

test('tint0 id -u prints 0', async () => {
  const screen = login('alice', `${tint0} id -u`)
  await answer(screen, passwords.alice)
  assert.deepEqual(await screen.process.exit, { code: 0, signal: null })
  assert.match(plainText(screen.process.output()), /^0\r$/m)
})

test('bob, who is no admin, is asked for the password of an admin', async () => {
  const screen = login('bob', `${tint0} sh -c 'echo "$(id -u) for $SUDO_USER"'`)
  await answer(screen, passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.match(plainText(screen.process.output()), /^Password for alice: \r$/m)
  assert.match(plainText(screen.process.output()), /^0 for bob\r$/m)
})

test('the second try may be the right one', async () => {
  const screen = login('alice', `${tint0} id -u`)
  await answer(screen, 'wrong', passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.match(plainText(screen.process.output()), /^0\r$/m)
})

test('three wrong passwords give 126, one line, and a whole terminal', async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = before(screen)
  await answer(screen, 'first', 'second', 'third')
  assert.deepEqual(await screen.process.exit, { code: 126, signal: null })
  assert.equal(linesOfOurs(screen).length, 1)
  assert.match(linesOfOurs(screen)[0] ?? '', /^tint0: authorization: not granted/)
  assert.doesNotMatch(plainText(screen.process.output()), /first|second|third/, 'no password is shown')
  await nothingLeft(screen, termios)
})

test('with --no-ask-password nobody is asked: 126, and one line', async () => {
  const screen = login('alice', `${tint0} --no-ask-password id -u`)
  const termios = before(screen)
  assert.equal((await screen.process.exit).code, 126)
  assert.doesNotMatch(screen.process.output().toString(), /Password/)
  assert.match(plainText(screen.process.output()).trim(), /^tint0: authorization: [^\n]*$/)
  await nothingLeft(screen, termios)
})

test('where there is no session alice is asked all the same', async () => {
  const screen = withoutSession('alice', `${tint0} id -u`)
  await answer(screen, passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.match(plainText(screen.process.output()), /^0\r$/m)
})

test('where there is no terminal nobody can be asked: 126 or 125, and one line', async () => {
  const screen = withoutSession(
    'alice',
    `setsid -w ${tint0} id -u </dev/null 2>&1 | cat; exit "$"{PIPESTATUS[0]}`.replace('"$"', '$'),
  )
  const { code } = await screen.process.exit
  assert.ok(code === 126 || code === 125, String(code))
  assert.match(plainText(screen.process.output()).trim(), /^tint0: [^\n]*$/)
})

const ways: readonly (readonly [name: string, act: (screen: Screen) => void, status: number])[] = [
  ['^C', ({ process }) => process.write('\x03'), 130],
  ['^\\\\', ({ process }) => process.write('\x1c'), 131],
  ['SIGTERM', () => shell('pkill -TERM -f "^[t]int0|dist/[t]int0"'), 143],
]
for (const [name, act, status] of ways)
  test(`${name} at the password prompt ends it, and the terminal is whole`, async () => {
    const screen = login('alice', `${tint0} id -u; echo "status $?"; sleep 0.2`)
    const termios = before(screen)
    await asked(screen)
    act(screen)
    await screen.process.exit
    assert.match(plainText(screen.process.output()), new RegExp(`: (\\^.)?\r\nstatus ${status}\r\n$`))
    await nothingLeft(screen, termios)
  })

for (const delay of [100, 150, 200, 250, 300, 400])
  test(`SIGINT ${delay} ms after the start, ready to ask or not, ends it with nothing left`, async () => {
    const screen = login('alice', `sleep 0.3; ${tint0} id -u; echo "status $?"; sleep 0.2`)
    const termios = before(screen)
    for (let left = 200; left > 0 && !started(); left--) await pause(10)
    await pause(delay)
    shell('pkill -INT -f "^[t]int0|dist/[t]int0"')
    await screen.process.exit
    assert.match(plainText(screen.process.output()), /(^|\n)status 130\r\n$/)
    assert.doesNotMatch(screen.process.output().toString(), /Error|node:|bug/)
    await nothingLeft(screen, termios)
  })

test('^C as the password is accepted leaves no unit', { timeout: 120_000 }, async () => {
  for (const delay of [0, 0, 0, 5, 10, 20, 30, 40, 60, 80]) {
    const screen = login('alice', `${tint0} sleep 778`)
    await answer(screen, passwords.alice)
    await pause(delay)
    shell('pkill -INT -f "^[t]int0|dist/[t]int0" || true')
    await screen.process.exit
    for (let left = 40; left > 0 && units() !== ''; left--) await pause(100)
    assert.equal(units(), '', `after ${delay} ms`)
  }
})

test('a rule that says no is a refusal: nobody is asked, 126, one line', async () => {
  const rule = ruleFor('bob', 'NO')
  await rule.inForce
  try {
    const screen = login('bob', `${tint0} id -u`)
    const termios = before(screen)
    assert.equal((await screen.process.exit).code, 126)
    assert.match(plainText(screen.process.output()).trim(), /^tint0: authorization: [^\n]*$/)
    await nothingLeft(screen, termios)
  } finally {
    rule.remove()
  }
})

test('who does not answer in 25 seconds, which is all that systemd gives polkit, does not notice', {
  timeout: 90_000,
}, async () => {
  const screen = login('alice', `${tint0} id -u`)
  await asked(screen)
  screen.process.write('wonder')
  await pause(27_000)
  screen.process.write('land\n')
  assert.equal((await screen.process.exit).code, 0)
  const text = plainText(screen.process.output())
  assert.match(text, /^0\r$/m)
  assert.equal(text.split(prompt).length, 3, text)
})

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
  test(`${title} gets one line and 125`, async () => {
    const screen = withoutSession('root', command)
    assert.equal((await screen.process.exit).code, 125)
    assert.match(plainText(screen.process.output()).trim(), line)
  })

test('no unit is left after 40 runs, however they ended', { timeout: 90_000 }, async () => {
  const screen = withoutSession(
    'root',
    `for i in $(seq 10); do ${tint0} true; ${tint0} false; ${tint0} sh -c 'kill -9 $$'; ${tint0} -D /nonexistent true; done; echo done`,
  )
  await screen.process.until(/done\r\n/, 60_000)
  await screen.process.exit
  assert.equal(units(), '')
})

test('after kill -9 at the password prompt nobody asks any more, and the echo is on', async () => {
  const screen = login('alice', `${tint0} id -u; sleep 1`)
  const termios = before(screen)
  await asked(screen)
  assert.notEqual(shell('pgrep polkit-agent-he || true'), '')
  shell('pkill -9 -f "^[t]int0|dist/[t]int0"')
  for (let left = 50; left > 0 && !screen.process.echoes(); left--) await pause(20)
  assert.equal(before(screen), termios)
  await screen.process.exit
  await nobodyAsks()
})

test('pkttyagent asks where --auth=pkttyagent says so: in a session, and where there is none', async () => {
  for (const screen of [
    login('alice', `${tint0} --auth=pkttyagent id -u`),
    withoutSession('alice', `${tint0} --auth=pkttyagent id -u`),
  ]) {
    await asked(screen, 0, /Password: /)
    assert.notEqual(shell('pgrep pkttyagent || true'), '')
    screen.process.write(`${passwords.alice}\n`)
    assert.equal((await screen.process.exit).code, 0)
    assert.match(plainText(screen.process.output()), /AUTHENTICATION COMPLETE[\s\S]*^0\r$/m)
  }
})

test('pkttyagent does not outlive a tint0 that is killed', async () => {
  const screen = login('alice', `${tint0} --auth=pkttyagent id -u`)
  await asked(screen, 0, /Password: /)
  shell('pkill -9 -f "^[t]int0|dist/[t]int0"')
  await screen.process.exit
  await nobodyAsks()
})

test('no unit is left after kill -9', async () => {
  const screen = withoutSession('root', `${tint0} sh -c 'echo ready; sleep 1000'`)
  await screen.process.until(/ready\r\n/)
  assert.notEqual(units(), '')
  shell('pkill -9 -f "^[t]int0|dist/[t]int0"')
  await screen.process.exit
  for (let left = 50; left > 0 && units() !== ''; left--) await pause(100)
  assert.equal(units(), '')
})

test('a signal at any moment of the start leaves no unit', { timeout: 120_000 }, async () => {
  // (A shell has its children in the background ignore SIGINT.)
  for (const signal of ['TERM', 'HUP'])
    for (let delay = 20; delay <= 300; delay += 20) {
      const screen = withoutSession(
        'root',
        `setsid ${tint0} sleep 777 </dev/null >/dev/null 2>&1 & sleep 0.${String(delay).padStart(3, '0')}; kill -${signal} $!; wait $!; echo "status $?"`,
      )
      await screen.process.exit
      for (let left = 20; left > 0 && units() !== ''; left--) await pause(50)
      assert.equal(units(), '', `${signal} after ${delay} ms: ${screen.process.output()}`)
      assert.equal(shell('pgrep -x sleep -a || true').includes('777'), false, `${signal} after ${delay} ms`)
    }
})

test('nobody else can tell tint0 that its command has ended', async () => {
  const screen = withoutSession('root', `${tint0} sh -c 'echo ready; sleep 2; echo end; exit 9'`)
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
      `setpriv --reuid=bob --regid=bob --init-groups busctl emit --destination=${name} ${path} org.freedesktop.DBus.Properties PropertiesChanged 'sa{sv}as' org.freedesktop.systemd1.Service 3 ActiveState s inactive ExecMainCode i 1 ExecMainStatus i 0 0`,
    )
  assert.deepEqual(await screen.process.exit, { code: 9, signal: null })
  assert.match(plainText(screen.process.output()), /end\r\n$/)
})
