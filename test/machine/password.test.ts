// The prompt of tint0's own, with real polkit and its helper, on a real PTY: however it ends, the verdict is right, the terminal is
// whole and echoes, and nothing is left.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { untilShown } from '../screen.ts'
import { tint0 } from '../session/subject.ts'
import { becomes, killOurs, shell, timeout } from './left.ts'
import { passwords } from './login.ts'
import { type AskedUser, askedAs } from './password.ts'

after(endAll)

const status = 'echo "status $?"'

/** alice at a shell that takes for a command whatever it reads. */
const atShell = async (): Promise<AskedUser> => {
  const user = askedAs('alice', 'PS1="shell> " exec bash --norc --noprofile --noediting -i')
  await user.shown(/shell> $/)
  return user
}

/** What stands before the first question; as one line. */
const introduced =
  /alice wants to run as root, in \/home\/alice: {3}\/usr\/bin\/id -u \(so says tint0; polkit sees only tint0-[\w-]+\.service\) Password for alice: /

test('the right password at once: who wants what is said before, and it is seen nowhere', {
  timeout,
}, async () => {
  const user = askedAs('alice', `${tint0} id -u; ${status}`)
  await user.asked()
  user.type(`${passwords.alice}\r`)
  await user.ended()
  assert.match(user.text().replaceAll('\r\n', ' '), new RegExp(`${introduced.source} 0 status 0 $`))
  assert.doesNotMatch(user.text(), /wonderland/)
  await user.nothingLeft()
})

test('wrong, wrong, right', { timeout }, async () => {
  const user = askedAs('alice', `${tint0} id -u; ${status}`)
  for (const word of ['one', 'two', passwords.alice]) {
    await user.asked()
    user.type(`${word}\r`)
  }
  await user.ended()
  const tries = 'Password for alice: \r\nSorry, try again.\r\n'
  assert.ok(user.text().endsWith(`${tries}${tries}Password for alice: \r\n0\r\nstatus 0\r\n`), user.text())
  await user.nothingLeft()
})

/** What is done at the prompt, once; what is written from the prompt on, line by line. */
const ends: readonly (readonly [
  name: string,
  act: (user: AskedUser) => void,
  seen: readonly RegExp[],
  options?: string,
])[] = [
  ['^C', ({ type }) => type('\x03'), [/^$/, /^status 130$/]],
  ['^C, for -v', ({ type }) => type('wond\x03'), [/^$/, /^status 130$/], '-v'],
  ['^D', ({ type }) => type('\x04'), [/^$/, /^tint0: authorization: /, /^status 126$/]],
  [
    'nothing, for a while',
    () => {},
    [/^ timed out$/, /^tint0: authorization: .*--password-timeout/, /^status 126$/],
    '--password-timeout=0.02',
  ],
  ['^\\\\', ({ type }) => type('\x1c'), [/^$/, /^status 131$/]],
  ['NULs', ({ type }) => type('won\0der\0land\r'), [/^$/, /^0$/, /^status 0$/]],
  [
    'keys that are no characters',
    ({ type }) => type('won\x1b[A\x1b]11;rgb:1/1/1\x07derland\r'),
    [/^$/, /^0$/, /^status 0$/],
  ],
]
test('however it is answered, or is not, the line is ended, the status is right, and the shell goes on', {
  timeout,
}, async (t) => {
  const user = await atShell()
  for (const [name, act, seen, options = ''] of ends)
    await t.test(name, async () => {
      user.type(`${tint0} ${options} ${options === '-v' ? '' : 'id -u'}; ${status}\r`)
      // (Where nothing is done it may be over before we look.)
      await (options.includes('timeout') ? user.shown(/Password for alice: /) : user.asked())
      act(user)
      await user.shown(/status \d+\r\nshell> $/)
      const lines = user.text().split('Password for alice: ').at(-1)?.split('\r\n') ?? []
      assert.equal(lines.length, seen.length + 1, JSON.stringify(lines))
      for (const [at, pattern] of seen.entries()) assert.match(lines[at] ?? '', pattern)
      assert.ok(user.screen.process.echoes())
      await user.noneLeft()
    })
  user.type('exit\r')
  await user.ended()
  await user.nothingLeft()
})

test('ten megabytes pasted: the first line is the password, and the shell runs nothing of the rest', {
  timeout,
}, async () => {
  const user = await atShell()
  user.type(`${tint0} sh -c 'echo "ran as $(id -u)"'\r`)
  await user.asked()
  user.type(`${passwords.alice}\n${'touch ~/pwned\n'.repeat((10 << 20) / 14)}`)
  await user.screen.process.until(/ran as 0\r\n[^\n]*shell> $/, 60_000)
  user.type('ls pwned; echo "seen $((40 + 2))"; exit 7\r')
  assert.equal(await user.ended(), 7)
  assert.match(user.text(), /No such file[\s\S]*seen 42/)
  await user.nothingLeft()
})

test('standard output and standard error are files: it asks on the terminal, and nothing of that is in them', {
  timeout,
}, async () => {
  const user = askedAs('alice', `${tint0} id -u >out 2>err; ${status}; cat out err`)
  await user.asked()
  user.type(`${passwords.alice}\r`)
  await user.ended()
  assert.match(user.text(), /Password for alice: \r\nstatus 0\r\n0\r\n$/)
  await user.nothingLeft()
})

test('-S: a line is the password, and what is behind it is the command’s, to the byte', {
  timeout,
}, async () => {
  const data = 'head -c 300000 /dev/urandom | tee sent'
  const user = askedAs(
    'alice',
    `(echo wrong; echo ${passwords.alice}; ${data}) | ${tint0} -S sha256sum >got 2>err; ${status}; sha256sum <sent | cmp - got && echo same; cat err`,
  )
  await user.ended()
  assert.match(
    user.text(),
    /^status 0\r\nsame\r\nalice wants[\s\S]*: \r\nSorry, try again\.\r\nPassword for alice: \r\n$/,
  )
  await user.nothingLeft()
})

test('-S on a terminal is as silent', { timeout }, async () => {
  const user = askedAs('alice', `${tint0} -S id -u; ${status}`)
  await user.asked()
  user.type(`${passwords.alice}\r`)
  await user.ended()
  assert.match(user.text(), /Password for alice: \r\n0\r\nstatus 0\r\n$/)
  await user.nothingLeft()
})

test('-A: a program that hangs is ended by ^C', { timeout }, async () => {
  const hanging = askedAs(
    'alice',
    `printf '#!/bin/sh\\necho asking >&2; exec sleep 4321\\n' >asks; chmod 755 asks; SUDO_ASKPASS=$PWD/asks ${tint0} -A id -u; ${status}`,
  )
  await hanging.screen.process.until(/asking\r\n/)
  hanging.type('\x03')
  await hanging.ended()
  assert.match(hanging.text(), /status 130\r\n$/)
  await becomes(() => shell('pgrep -f "^sleep 4321" || true'), '')
  await hanging.nothingLeft()
})

test('kill -9 while it asks: the terminal echoes again, and the unit never was', { timeout }, async () => {
  const user = askedAs(
    'alice',
    `${tint0} id -u; saved=$?; until stty -a | grep -q ' echo '; do sleep 0.1; done; echo "status $saved"`,
  )
  await user.asked()
  killOurs('KILL')
  await user.ended()
  assert.match(user.text(), /Password for alice: [\s\S]*\r\r\n[\s\S]*status 137\r\n$/)
  await user.nothingLeft()
})

test('^Z and fg: the shell has the terminal meanwhile, and what was typed is kept', { timeout }, async () => {
  const user = await atShell()
  user.type(`${tint0} --password-feedback=asterisk id -u\r`)
  await user.asked()
  user.type('wonder')
  await user.screen.process.until(/\*{6}$/)
  user.type('\x1a')
  await user.screen.process.until(/Stopped[^\n]*\nshell> $/)
  assert.ok(user.screen.process.echoes())
  user.type('fg\r')
  await user.screen.process.until(/Password for alice: \*{6}$/)
  user.type('land\r')
  await user.screen.process.until(/0\r\n[^\n]*shell> $/)
  user.type('exit\r')
  assert.equal(await user.ended(), 0)
  await user.nothingLeft()
})

test('in tmux', { timeout }, async () => {
  const user = askedAs(
    'alice',
    `tmux -L password -f /dev/null new '${tint0} id -u; ${status.replaceAll('"', '')}; read end'`,
  )
  await untilShown(user.screen, 'the question', () => /Password for alice:$/m.test(user.screen.text()))
  user.type(`${passwords.alice}\r`)
  await untilShown(user.screen, 'the status', () => /^0\nstatus 0$/m.test(user.screen.text()))
  assert.doesNotMatch(user.screen.text(), /wonderland/)
  user.type('\r')
  await user.ended()
  await user.nothingLeft()
})

for (const [name, columns, rows, env] of [
  ['20 columns', 20, 24, {}],
  ['no size that is dumb', 0, 0, { TERM: 'dumb' }],
] as const)
  test(`a terminal of ${name}: it asks, shows as many asterisks as there is room for, and all is whole`, {
    timeout,
  }, async () => {
    const user = askedAs('alice', `${tint0} --password-feedback=dot id -u; ${status}`, { columns, rows, env })
    await user.asked()
    user.type('wonderlanx\x7fd')
    await user.screen.process.until(/[•*]$/)
    user.type('\r')
    await user.ended()
    assert.match(user.text(), /\r\n0\r\nstatus 0\r\n$/)
    await user.nothingLeft()
  })

test('how it is asked may be configured: the words, what is seen, the bell, how long, and whether at all', {
  timeout,
}, async () => {
  const user = await atShell()
  const rings: true[] = []
  user.screen.terminal.onBell(() => rings.push(true))
  const configure = (...lines: string[]) =>
    `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >.config/tint0/config.toml`
  const asks = ['prompt = "Say for %U: "', 'password-feedback = "asterisk"', 'bell = true']
  user.type(`mkdir -p .config/tint0; ${configure(...asks)}; ${tint0} id -u; ${status}\r`)
  await user.asked(/Say for root: $/)
  await becomes(() => rings.length, 1)
  user.type(passwords.alice)
  await user.shown(/\*{10}$/)
  user.type('\r')
  await user.shown(/0\r\n.*status 0\r\nshell> $/s)
  user.type(`${configure('password-timeout = 0.02')}; ${tint0} id -u; ${status}\r`)
  await user.shown(/Password for alice: .*timed out\r\n.*status 126\r\nshell> $/s)
  user.type(`${configure('auth = "none"')}; ${tint0} id -u; ${status}\r`)
  await user.shown(/tint0: authorization: [^\r\n]*\r\nstatus 126\r\nshell> $/)
  user.type(`rm -r .config/tint0; ${tint0} --auth=none id -u; ${status}\r`)
  await user.shown(/tint0: authorization: [^\r\n]*\r\nstatus 126\r\nshell> $/)
  assert.equal(user.text().split('Password for alice: ').length, 2, 'with none it is not asked')
  user.type(`${tint0} -S id -u <&-; ${status}\r`)
  await user.shown(/tint0: [^\r\n]*\r\nstatus 12[56]\r\nshell> $/)
  user.type('exit\r')
  await user.ended()
  await user.nothingLeft()
})
