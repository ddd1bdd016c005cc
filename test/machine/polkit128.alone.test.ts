// polkit 128, where the test machine has 126: its helper waits behind a socket, without a set-user-ID bit, and it keeps an answer for
// what the same shell runs next. It is installed into this machine for good.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { login, passwords, silent, withoutSession } from './login.ts'

const shell = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()

const keepRule = `polkit.addRule(function(action) {
  if (action.id == "org.freedesktop.systemd1.manage-units") return polkit.Result.AUTH_ADMIN_KEEP
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
  shell(
    `mkdir ${base}; mount -t tmpfs tmpfs ${base}; mkdir ${base}/cgroup; mount --rbind /sys/fs/cgroup ${base}/cgroup`,
  )
  mkdirSync(dirname(folder), { recursive: true })
  symlinkSync('/sys/fs/cgroup', folder)
  shell(`mount --rbind ${base} /sys/fs`)
}

before(() => {
  // Without it the policy keeps for a session with a seat only.
  writeFileSync('/etc/polkit-1/rules.d/00-keep.rules', keepRule)
  showUnifiedCgroups()
  shell('dpkg -i /opt/polkit-128/*.deb 2>&1')
})
after(endAll)

/** What came of a line that was typed to a shell. */
interface Ran {
  readonly status: number
  readonly asked: boolean
  readonly text: string
}

/** A shell of alice's with a session. `run` types a line, and her password whenever it is asked for. */
const interactive = async () => {
  const { process, ...screen } = login('alice', 'exec bash --norc -i')
  await process.until(/\$ $/)
  const run = async (line: string): Promise<Ran> => {
    const said = () => process.output().toString()
    const from = said().length
    const rest = () => plainText(Buffer.from(said().slice(from)))
    let heard = from
    process.write(`${line}; echo "<$?>"\n`)
    for (;;) {
      await process.until(/<\d+>\r\n.*\$ $|Password for [^:]*: $/s, 15_000, heard)
      const status = /<(\d+)>\r\n/.exec(rest())?.[1]
      if (status) return { status: Number(status), asked: heard > from, text: rest() }
      await silent({ process, ...screen })
      heard = said().length
      process.write(`${passwords.alice}\n`)
    }
  }
  return { run, end: () => process.hangUp() }
}

/** It takes a moment to notice that nobody is there any more. */
const helpers = async () => {
  const now = () => shell('pgrep -a polkit-agent-he || true')
  for (let left = 40; left > 0 && now() !== ''; left--) await pause(50)
  return now()
}

test('the helper is behind a socket, and no program with the rights of root', () => {
  assert.match(
    shell(
      'busctl get-property org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.PolicyKit1.Authority BackendVersion',
    ),
    /"1(2[89]|[3-9]\d)"/,
  )
  assert.equal(shell('find /usr/lib/polkit-1 -perm /6000'), '')
  assert.equal(shell('systemctl is-active polkit-agent-helper.socket'), 'active')
})

/** Types at each prompt what comes next. */
const typed = async (screen: ReturnType<typeof login>, ...words: string[]) => {
  let from = 0
  for (const word of words) {
    const found = await screen.process.until(/Password for alice: /, 15_000, from)
    from += found.index + found[0].length
    await silent(screen)
    screen.process.write(word)
  }
  const { code } = await screen.process.exit
  return { code, text: plainText(screen.process.output()) }
}

const line = `${passwords.alice}\n`

test('the right password is taken at once', async () => {
  const { code, text } = await typed(login('alice', `${tint0} id -u`), line)
  assert.equal(code, 0)
  assert.match(text, /^0\r$/m)
})

test('wrong, wrong, right is one authentication', async () => {
  const { code, text } = await typed(login('alice', `${tint0} id -u`), 'one\n', 'two\n', line)
  assert.equal(code, 0)
  assert.equal(text.split('Sorry, try again.').length, 3)
  assert.equal(text.split('alice asks to run').length, 2)
  assert.equal(await helpers(), '')
})

test('three wrong ones are a refusal', async () => {
  const { code, text } = await typed(login('alice', `${tint0} id -u`), 'one\n', 'two\n', 'three\n')
  assert.equal(code, 126)
  assert.match(text, /tint0: authorization: not granted: the password was wrong three times/)
})

test('^C ends it, and no helper is left', async () => {
  const screen = login('alice', `${tint0} id -u`)
  const termios = screen.process.termios()?.toString('hex')
  assert.equal((await typed(screen, '\x03')).code, 130)
  assert.equal(screen.process.termios()?.toString('hex'), termios)
  assert.equal(await helpers(), '')
})

test('where there is no session it is asked for, too', async () => {
  const { code, text } = await typed(withoutSession('alice', `${tint0} id -u`), line)
  assert.equal(code, 0)
  assert.match(text, /^0\r$/m)
})

test('what a shell of hers was granted it may do again, and no other one, until it is forgotten', {
  timeout: 120_000,
}, async () => {
  const [one, other] = [await interactive(), await interactive()]
  writeFileSync('/tmp/script', `#!/bin/sh\n${tint0} -n true\n`, { mode: 0o755 })
  const steps: readonly (readonly [shell: typeof one, line: string, status: number, asked: boolean])[] = [
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
    [one, 'true', 0, true],
    [one, '-K', 0, false],
    [one, '-nv', 1, false],
    [one, 'true', 0, true],
    [one, '-k true', 0, true],
    [one, '-nv', 1, false],
    [one, '-v', 0, true],
    [one, '-kv', 0, true],
    [one, '-nv', 0, false],
  ]
  for (const [at, [{ run }, words, status, asked]] of steps.entries()) {
    const ran = await run(`${tint0} ${words}`)
    assert.deepEqual([ran.status, ran.asked], [status, asked], `step ${at}, ${words}: ${ran.text}`)
    // Of what was put right above for polkit's eyes, tint0 does not know.
    assert.doesNotMatch(ran.text, /granted, but not kept: (?!there are control groups of version 1)/)
  }
  const { text } = await one.run(`${tint0}ctl auth`)
  assert.match(
    text,
    /manage-units: given to process \d+ of alice, which has ended, \d+ s ago, for 4 min \d+ s/,
  )
})

test('nothing is kept for a script, for another shell in between, or for what has no terminal', async () => {
  const { run } = await interactive()
  assert.equal((await run(`${tint0} true`)).asked, true)
  assert.equal((await run(`${tint0} -n true`)).status, 0)
  for (const words of [
    '/tmp/script',
    `sh -c '${tint0} -n true; exit $?'`,
    `setsid -w ${tint0} -n true </dev/null 2>&1 | cat; (exit "\${PIPESTATUS[0]}")`,
  ])
    assert.equal((await run(words)).status, 126, words)
})

test('what another process of the session asks polkit for meanwhile is not asked here', async () => {
  const other = 'pkcheck -u -a org.freedesktop.systemd1.manage-units -p $$ >/dev/null 2>&1; echo "other: $?"'
  const screen = login('alice', `(sleep 2; ${other}) & ${tint0} id -u`)
  const { index, 0: found } = await screen.process.until(/other: \d+\r?\n/)
  assert.doesNotMatch(found, / 0/)
  const { code, text } = await typed(screen, line)
  assert.equal(code, 0, text)
  assert.ok(index > text.indexOf('Password for alice'), 'while it was asked for')
  assert.equal(text.split('Password for alice: ').length, 2)
})
