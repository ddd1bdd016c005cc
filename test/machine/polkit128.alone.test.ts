// polkit 128, where the test machine has 126: its helper waits behind a socket, without a set-user-ID bit, and it keeps an answer for
// what the same shell runs next. It is installed into this machine for good.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { becomes, helpers, shell, textOf, timeout } from './left.ts'
import { login, passwords, silent, typed as type, withoutSession } from './login.ts'

/** Without the last one the policy keeps for a session with a seat only. */
const rules = `polkit.addRule(function(action, subject) {
  if (action.id != "org.freedesktop.systemd1.manage-units") return
  if (subject.user == "bob") return subject.no_new_privileges ? polkit.Result.NO : polkit.Result.AUTH_ADMIN
  return polkit.Result.AUTH_ADMIN_KEEP
})`

/**
 * polkit takes the first line of /proc/PID/cgroup for the unified hierarchy, and all that follows for the rest of a path, so that it
 * keeps nothing where the kernel has others, too (polkit#664), as that of a test host may: there it gets a /sys/fs where such a path
 * leads to the right place.
 */
const showUnifiedCgroups = () => {
  const wrong = /^[^:]*:.(.*)::\//s.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1]
  if (wrong === undefined) return
  const [base, folder] = ['/run/sys-fs', `/run/sys-fs/cgroup${wrong}::`]
  shell(`mkdir ${base}; mount -t tmpfs tmpfs ${base}; mkdir ${base}/cgroup`)
  shell(`mount --rbind /sys/fs/cgroup ${base}/cgroup`)
  mkdirSync(dirname(folder), { recursive: true })
  symlinkSync('/sys/fs/cgroup', folder)
  shell(`mount --rbind ${base} /sys/fs`)
}

before(() => {
  writeFileSync('/etc/polkit-1/rules.d/00-test.rules', rules)
  writeFileSync('/tmp/script', `#!/bin/sh\n${tint0} "$@"\n`, { mode: 0o755 })
  showUnifiedCgroups()
  shell('dpkg -i /opt/polkit-128/*.deb 2>&1')
})
after(endAll)

/** Types at each prompt what comes next. */
const typed = async (screen: ReturnType<typeof login>, ...words: string[]) => {
  await type(screen, words)
  const { code } = await screen.process.exit
  return { code, text: textOf(screen) }
}

const right = `${passwords.alice}\n`

/** It takes a moment to notice that nobody is there any more. */
const noHelpers = () => becomes(helpers, '')

test('the helper is behind a socket, and no program with the rights of root', () => {
  const name = 'org.freedesktop.PolicyKit1'
  const words = `${name} /org/freedesktop/PolicyKit1/Authority ${name}.Authority BackendVersion`
  assert.match(shell(`busctl get-property ${words}`), /"1(2[89]|[3-9]\d)"/)
  assert.equal(shell('find /usr/lib/polkit-1 -perm /6000'), '')
  assert.equal(shell('systemctl is-active polkit-agent-helper.socket'), 'active')
})

test('the right password is taken at once', { timeout }, async () => {
  const { code, text } = await typed(login('alice', `${tint0} id -u`), right)
  assert.equal(code, 0)
  assert.match(text, /^0\r$/m)
})

test('wrong, wrong, right is one authentication', { timeout }, async () => {
  const { code, text } = await typed(login('alice', `${tint0} id -u`), 'one\n', 'two\n', right)
  assert.equal(code, 0)
  assert.equal(text.split('Sorry, try again.').length, 3)
  assert.equal(text.split('/usr/bin/id -u').length, 2, 'what it is for is said once')
  await noHelpers()
})

test('^C ends it, and no helper is left', { timeout }, async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = screen.process.termios()?.toString('hex')
  assert.equal((await typed(screen, '\x03')).code, 130)
  assert.equal(screen.process.termios()?.toString('hex'), termios)
  await noHelpers()
})

for (const words of [
  '',
  'setpriv --no-new-privs',
  'unshare --map-root-user',
  'unshare --map-root-user --pid --fork --mount-proc',
])
  test(`without a session she is asked, too${words && `, also under ${words}: the helper needs no rights of hers`}`, {
    timeout,
  }, async () => {
    const { code, text } = await typed(withoutSession('alice', `${words} ${tint0} id -u`), right)
    assert.equal(code, 0, text)
    assert.match(text, /^0\r$/m)
  })

test('a rule can tell a unit that has NoNewPrivileges', () => {
  const answer = (setting: string) =>
    shell(
      `systemd-run -q --wait --pipe --uid=bob -p NoNewPrivileges=${setting} ${tint0} -n true 2>&1 || true`,
    )
  assert.match(answer('yes'), /not granted/)
  assert.match(answer('no'), /wants a password/)
})

/** A shell of alice's with a session. */
const interactive = async () => {
  const screen = login('alice', 'exec bash --norc -i')
  const { process } = screen
  const said = () => process.output().toString()
  await process.until(/\$ $/)
  // polkit compares the ages of the terminal and of what runs there by a clock that may be a second off (/proc/stat, btime).
  await pause(1100)
  return {
    /** Types a line, and waits for the next prompt. */
    type: async (line: string) => {
      const from = said().length
      process.write(`${line}\n`)
      await process.until(/\n.*\$ $/s, 30_000, from)
    },
    /** Types a line, and her password whenever it is asked for. */
    run: async (line: string) => {
      const from = said().length
      let heard = from
      process.write(`${line}; echo "<$?>"\n`)
      for (;;) {
        await process.until(/<\d+>\r\n.*\$ $|Password for [^:]*: $/s, 30_000, heard)
        const text = plainText(Buffer.from(said().slice(from)))
        const status = /<(\d+)>\r\n/.exec(text)?.[1]
        if (status) return { status: Number(status), asked: heard > from, text }
        await silent(screen)
        heard = said().length
        process.write(right)
      }
    },
  }
}

type Shell = Awaited<ReturnType<typeof interactive>>

let shared: Promise<Shell> | undefined

/** One for several tests, of which nothing is kept. */
const forgotten = async (): Promise<Shell> => {
  shared ??= interactive()
  const one = await shared
  assert.equal((await one.run(`${tint0} -k`)).status, 0)
  return one
}

/** What is typed to which shell, behind tint0; the status, and whether a password is asked for. */
type Steps = readonly (readonly [shell: Shell, words: string, status: number, asked: boolean])[]

const walk = async (steps: Steps) => {
  for (const [at, [{ run }, words, status, asked]] of steps.entries()) {
    const ran = await run(`${tint0} ${words}`)
    assert.deepEqual([ran.status, ran.asked], [status, asked], `step ${at}, ${words}: ${ran.text}`)
  }
}

test('what a shell of hers was granted it may do again, and no other one, until it is forgotten', {
  timeout: 120_000,
}, async () => {
  const [one, other] = await Promise.all([interactive(), interactive()])
  await walk([
    [one, '-nv', 1, false],
    [one, 'true', 0, true],
    [one, 'true', 0, false],
    [one, '-n true', 0, false],
    [one, '-nv', 0, false],
    [one, '-v', 0, false],
    [other, '-nv', 1, false],
    [other, '-n true', 126, false],
    [other, '-v', 0, true],
    [other, '-n true', 0, false],
    [one, '-k', 0, false],
    [one, '-nv', 1, false],
    [other, '-nv', 0, false],
    [one, '-v', 0, true],
  ])
  // One more shell in the same session, which -K is for.
  await one.type('bash --norc -i')
  await walk([
    [one, '-nv', 1, false],
    [one, '-K', 0, false],
  ])
  await one.type('exit')
  await walk([
    [one, '-nv', 1, false],
    [other, '-nv', 0, false],
    [other, '-k true', 0, true],
    [other, '-nv', 1, false],
    [other, '-kv', 0, true],
    [other, '-nv', 0, false],
  ])
  const { text } = await other.run(`${tint0}ctl auth`)
  assert.match(
    text,
    /manage-units: given to process \d+ of alice, which has ended, \d+ s ago, for 4 min \d+ s/,
  )
})

test('nothing is kept for a script, for another shell in between, or for what has no terminal', {
  timeout,
}, async () => {
  const { run } = await forgotten()
  assert.equal((await run(`${tint0} true`)).asked, true)
  for (const words of [
    '/tmp/script -nv',
    `sh -c '${tint0} -nv; exit $?'`,
    `setsid -w ${tint0} -nv </dev/null`,
  ])
    assert.equal((await run(words)).status, 1, words)
  assert.equal((await run(`${tint0} -nv`)).status, 0)
})

test('tint0ctl auth tells what is kept, and how long still, until it is forgotten', { timeout }, async () => {
  const { run } = await forgotten()
  const kept = async () => (await run(`${tint0}ctl auth`)).text
  assert.match(await kept(), /^nothing is kept/m)
  await run(`${tint0} -v`)
  assert.match(await kept(), /manage-units: given to .* of alice.* ago, for .* still/)
  await run(`${tint0} -k`)
  assert.match(await kept(), /^nothing is kept/m)
})

test('-v says what is in the way of keeping, and nothing where it will be kept', { timeout }, async () => {
  const { run } = await forgotten()
  // (Here polkit is led to the right control group: see above.)
  const said = async (line: string) =>
    (await run(line)).text.match(/^tint0: .*$/gm)?.filter((one) => !/version 1/.test(one)) ?? []
  assert.match((await said('/tmp/script -v')).join('\n'), /script/)
  assert.deepEqual(await said(`${tint0} -v`), [])
})

test('what another process of the session asks polkit for meanwhile is not asked here', {
  timeout,
}, async () => {
  const other = 'pkcheck -u -a org.freedesktop.systemd1.manage-units -p $$ >/dev/null 2>&1; echo "other: $?"'
  const screen = login('alice', `(until [ -e /tmp/go ]; do sleep 0.1; done; ${other}) & ${tint0} id -u`)
  await screen.process.until(/Password for alice: /)
  writeFileSync('/tmp/go', '')
  await screen.process.until(/other: [1-9]\d*\r?\n/)
  const { code, text } = await typed(screen, right)
  assert.equal(code, 0, text)
  assert.equal(text.split('Password for alice: ').length, 2)
})

test('another process of the session finds no agent of ours from its second question on, and ours stands', async () => {
  const other = 'pkcheck -u -a org.freedesktop.systemd1.manage-units -p $$ >/dev/null 2>&1; echo "other: $?"'
  const until = 'until [ -e /tmp/go2 ]; do sleep 0.1; done'
  const screen = login('alice', `(${until}; ${other}; sleep 1; ${other}) & ${tint0} id -u`)
  await screen.process.until(/Password for alice: /)
  writeFileSync('/tmp/go2', '')
  // 2: somebody would have to be asked, and there is nobody who could (pkcheck(1)).
  await screen.process.until(/other: [13]\r?\n.*other: 2\r?\n/s)
  const { code, text } = await typed(screen, right)
  assert.equal(code, 0, text)
  assert.match(text, /^0\r$/m)
  assert.equal(text.split('Password for alice: ').length, 2)
})
