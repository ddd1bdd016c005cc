// tint0 where it has less than usual: under NoNewPrivileges, in namespaces, and on a machine without logind. With polkit 126, whose
// helper lives by its set-user-ID bit; polkit128.alone.test.ts has the same with one that does not.
import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { pause, tint0 } from '../session/subject.ts'
import { shell, textOf } from './left.ts'
import { answer, passwords, withoutSession } from './login.ts'
import { ruleFor } from './rule.ts'

let removeRule: (() => Promise<void>) | undefined
before(async () => {
  removeRule = await ruleFor('bob', 'YES')
})
after(async () => {
  endAll()
  await removeRule?.()
})

const run = async (user: 'alice' | 'bob', command: string) => {
  const screen = withoutSession(user, command)
  const { code } = await screen.process.exit
  return { code, text: textOf(screen).trim() }
}

/** Where the helper has no rights, and why. */
const powerless: readonly (readonly [words: string, why: RegExp])[] = [
  ['setpriv --no-new-privs', /where NoNewPrivileges is set/],
  ['unshare --user', /from within a user namespace/],
  ['unshare --map-root-user', /from within a user namespace/],
  ['unshare --map-root-user unshare --map-root-user', /from within a user namespace/],
]
for (const [words, why] of powerless)
  test(`${words}: alice is told why she cannot be asked, and where she could, in one line`, {
    timeout: 60_000,
  }, async () => {
    const { code, text } = await run('alice', `${words} ${tint0} true`)
    assert.equal(code, 126, text)
    assert.match(
      text,
      /^tint0: authorization: polkit’s helper cannot become root [^\n]*polkit 127 or newer[^\n]*$/,
    )
    assert.match(text, why)
  })

/** Where the bus and polkit have us by other numbers than we have. */
const elsewhere = [
  'setpriv --no-new-privs',
  'unshare --map-root-user',
  'unshare --map-root-user --pid --fork --mount-proc',
  'unshare --map-root-user --time --boottime 1000000',
] as const
for (const words of elsewhere)
  test(`${words}: bob, who needs no password, becomes root of the machine`, { timeout: 60_000 }, async () => {
    const ask = `'echo "$(id -u) for $SUDO_USER $SUDO_UID $SUDO_GID; $(wc -l </proc/self/uid_map) $(cat /proc/self/uid_map)"'`
    const { code, text } = await run('bob', `${words} ${tint0} --background= sh -c ${ask}`)
    assert.equal(code, 0, text)
    assert.match(text, /^0 for bob 1001 1001; 1 +0 +0 +4294967295$/m)
    assert.equal((await run('bob', `${words} ${tint0} -n -v`)).code, 0)
  })

test('in a user namespace the administrator’s configuration is obeyed, though root is shown as nobody', {
  timeout: 60_000,
}, async () => {
  mkdirSync('/etc/tint0', { recursive: true })
  writeFileSync('/etc/tint0/config.toml', 'background = "nonsense"\n')
  try {
    const { text } = await run('bob', `unshare --map-root-user ${tint0} true`)
    assert.match(text, /^tint0: \/etc\/tint0\/config\.toml:1: [^\n]*nonsense/)
  } finally {
    rmSync('/etc/tint0', { recursive: true })
  }
})

test('without logind alice is asked all the same', { timeout: 60_000 }, async () => {
  shell('systemctl mask --runtime --now systemd-logind 2>&1')
  try {
    const screen = withoutSession('alice', `${tint0} id -u`)
    await answer(screen, passwords.alice)
    assert.equal((await screen.process.exit).code, 0, textOf(screen))
    assert.match(textOf(screen), /^0\r$/m)
  } finally {
    shell('systemctl unmask --runtime systemd-logind 2>&1; systemctl start systemd-logind')
    await pause(100)
  }
})
