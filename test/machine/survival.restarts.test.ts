// Sessions go on, and their status is right, while the manager, the bus and polkit are restarted under them. One restart is
// tried on several sessions at a time.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { release } from 'node:os'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { plainText, tint0 } from '../session/subject.ts'
import { noUnits, shell } from './left.ts'
import { as, asked, login, passwords } from './login.ts'
import { ruleFor } from './rule.ts'

let removeRule: (() => Promise<void>) | undefined
const bob = as('bob')
const alice = as('alice', 'env', 'XDG_RUNTIME_DIR=/run/user/1000')

/** logind does not live through the bus's restart, and every new session would wait for it. */
const restartBus = 'systemctl restart dbus; systemctl restart systemd-logind'
const busAway =
  'systemctl stop dbus.socket dbus; sleep 2.5; systemctl start dbus.socket dbus; systemctl restart systemd-logind'

before(async () => {
  removeRule = await ruleFor('bob', 'YES')
})
after(async () => {
  endAll()
  await removeRule?.()
})

interface Session {
  readonly begun: Promise<void>
  readonly ended: Promise<string>
}

/** The built program without a terminal. It ends as `status all that it wrote`. */
const session = (as: readonly string[], script: string, backend = 'system'): Session => {
  const [program = '', ...args] = [...as, tint0, '--background=', `--backend=${backend}`, 'sh', '-c', script]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/tmp' })
  let text = ''
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const hear = (chunk: Buffer) => {
    text += chunk
    begin()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<string>((resolve) => {
    child.on('close', (status) => resolve(`${status} ${text.trim().replaceAll('\n', ' ')}`))
  })
  return { begun, ended }
}

const script = (seconds: number, last = 'exit 37') => `echo begin; sleep ${seconds}; echo end; ${last}`

/** What becomes of these sessions when they have begun, and `act` is done. */
const over = async (act: string, sessions: readonly Session[]): Promise<string[]> => {
  await Promise.all(sessions.map(({ begun }) => begun))
  shell(act)
  return Promise.all(sessions.map(({ ended }) => ended))
}

const restarts: readonly (readonly [title: string, act: string])[] = [
  ['a reload of the manager', 'systemctl daemon-reload'],
  ['two reexecutions of the manager', 'systemctl daemon-reexec; systemctl daemon-reexec'],
  ['a restart of the bus', restartBus],
  ['a restart of polkit', 'systemctl restart polkit'],
  ['a restart of the bus, and a reexecution', `${restartBus}; systemctl daemon-reexec`],
]
for (const [title, act] of restarts)
  test(`a session lives through ${title}, and its status is right`, { timeout: 60_000 }, async () => {
    // To bob the manager gives no reference a second time.
    const sessions = [
      session([], script(1.5)),
      session(bob, script(1.5)),
      session(bob, script(1.5, 'kill -9 $$')),
    ]
    assert.deepEqual(await over(act, sessions), ['37 begin end', '37 begin end', '137 begin end'])
  })

/** Since 6.15 the kernel tells the status of a process to whoever holds it; before, only the journal may, and not to bob. */
const [major = 0, minor = 0] = release().split('.').map(Number)
const kernelTells = major > 6 || (major === 6 && minor >= 15)

test('a command goes on without a bus; where it ends so, its status is told, or one line where nobody can know it', {
  timeout: 60_000,
}, async () => {
  const [root, other, killed, ...long] = await over(busAway, [
    ...[session([], script(1)), session(bob, script(1)), session(bob, script(1, 'kill -9 $$'))],
    ...[session([], script(4)), session(bob, script(4))],
  ])
  assert.deepEqual([root, ...long], ['37 begin end', '37 begin end', '37 begin end'])
  if (kernelTells) assert.deepEqual([other, killed], ['37 begin end', '137 begin end'])
  else
    for (const end of [other, killed])
      assert.match(end ?? '', /^125 begin end tint0: \/usr\/bin\/sh: has ended while [^\n]*$/)
})

test('whatever starts and ends while the manager reexecutes itself, again and again, does so once, and tells its status', {
  timeout: 120_000,
}, async () => {
  const busy = spawn('sh', ['-c', 'while :; do systemctl daemon-reexec; sleep 0.1; done'], {
    stdio: 'ignore',
  })
  try {
    for (let round = 0; round < 2; round++) {
      const statuses = [0, 7, 203]
      const sessions = statuses.map((status) => session(status === 7 ? bob : [], `echo once; exit ${status}`))
      const ends = await Promise.all(sessions.map(({ ended }) => ended))
      assert.deepEqual(
        ends,
        statuses.map((status) => `${status} once`),
      )
    }
  } finally {
    busy.kill()
  }
})

for (const [title, act] of [
  ['reexecution of her manager', 'systemctl --user daemon-reexec'],
  ['restart of her bus', 'systemctl --user restart dbus'],
] as const)
  test(`a session on alice's own manager lives through a ${title}`, { timeout: 60_000 }, async () => {
    const { begun, ended } = session(alice, 'echo begin; sleep 1.5; exit 37', 'user')
    await begun
    shell(`${alice.join(' ')} ${act}`)
    assert.equal(await ended, '37 begin')
  })

for (const [title, act] of [
  ['manager reexecutes itself', 'systemctl daemon-reexec'],
  ['bus is restarted', restartBus],
] as const)
  test(`alice, whose ${title} while she types her password, does not notice`, {
    timeout: 60_000,
  }, async () => {
    const screen = login('alice', `${tint0} id -u`)
    await asked(screen)
    screen.process.write('wonder')
    shell(act)
    screen.process.write('land\n')
    assert.equal((await screen.process.exit).code, 0, plainText(screen.process.output()))
    const text = plainText(screen.process.output())
    assert.match(text, /^0\r$/m)
    assert.equal(text.split('Password for alice: ').length, 2, text)
  })

test('alice, whose bus is restarted while pkttyagent asks her, is asked again', {
  timeout: 60_000,
}, async () => {
  const screen = login('alice', `${tint0} --auth=pkttyagent id -u`)
  const end = await asked(screen, 0, /Password: /)
  shell(restartBus)
  await screen.process.until(/restarted; asking again\r\n/, 30_000, end)
  await asked(screen, end, /Password: /)
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0, plainText(screen.process.output()))
  assert.match(plainText(screen.process.output()), /^0\r$/m)
})

test('none of these has left a unit', { timeout: 60_000 }, () => noUnits())
