// The administrator's file: what is locked there holds, and one that is broken can be mended by whoever may be root.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { after, afterEach, test } from 'node:test'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { env, plainText, tint0 } from '../session/subject.ts'
import { answerAlways, login, passwords } from './login.ts'

const file = '/etc/tint0/config.toml'

const configure = (text: string) => {
  mkdirSync('/etc/tint0', { recursive: true })
  writeFileSync(file, text)
}
afterEach(() => rmSync('/etc/tint0', { recursive: true, force: true }))
after(endAll)

const run = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  spawnSync(words[0] ?? '', words.slice(1), { env: { ...env, ...more }, encoding: 'utf8', input: '' })

const shown = async (...words: readonly string[]): Promise<string> => {
  const pty = spawnOnPty([tint0, '--backend=local', ...words, 'echo', 'done'], {
    env: { ...env, SYSTEMD_TINT_BACKGROUND: '0' },
  })
  await pty.until(/done/)
  await pty.exit
  return pty.output().toString()
}

test('what is locked in /etc no option, no variable and no file of one’s own overrides', async () => {
  configure('[locked]\nbackground = "#401010"\ntint = "rewrite"\n')
  for (const word of ['--background=', '--no-tint', '--plain', '--theme=x', '--tint=off']) {
    const { status, stderr } = run([tint0, '--backend=local', word, 'true'])
    assert.equal(status, 125, word)
    assert.match(stderr, /^tint0: --[a-z-]+: is locked by \/etc\/tint0\/config\.toml:[23]; leave it out\n$/)
  }
  assert.match(await shown('--config='), /48;2;64;16;16m/)
  const own = run([`${tint0}ctl`, 'config'], { TINT0_NO_TINT: '1', TINT0_TITLE: 'x' })
  assert.match(own.stdout, /\nbackground +"#401010" +\/etc\/tint0\/config\.toml:2 \(locked\)\n/)
  assert.match(own.stdout, /\nno-tint +- +default\n +true +TINT0_NO_TINT \(overruled\)\n/)
  assert.equal(own.status, 0)
})

test('without a lock a session is not tinted where run0 would not be', async () => {
  configure('background = "#401010"\n')
  assert.doesNotMatch(await shown(), /48;2;64/)
})

test('a broken file in /etc stops a session with the way to mend it, and edit --system does, in root’s editor', async () => {
  configure('background = red\n')
  const { status, stderr } = run([tint0, '--backend=local', '--config=', 'true'])
  assert.equal(status, 125)
  assert.match(
    stderr,
    /^tint0: \/etc\/tint0\/config\.toml:1: .* \(tint0ctl config edit --system mends it\)\n$/,
  )
  assert.equal(run([tint0, '--help']).status, 0)
  chmodSync(file, 0o666)
  const pty = spawnOnPty([`${tint0}ctl`, 'config', 'edit', '--system'], {
    env: { ...env, EDITOR: `sh -c 'echo "plain = true" >"$1"' --` },
  })
  assert.equal((await pty.exit).code, 0)
  assert.match(plainText(pty.output()), /can be written by others/)
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
  assert.equal(statSync(file).mode & 0o777, 0o644)
})

test('a user mends it by a session that reads no configuration', async () => {
  configure('background = red\n')
  const screen = login('alice', `EDITOR="sed -i s/red/'\\"red\\"'/" ${tint0}ctl config edit --system`)
  answerAlways(screen, passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.equal(readFileSync(file, 'utf8'), 'background = "red"\n')
})
