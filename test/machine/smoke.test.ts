import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { login, silent, withoutSession } from './login.ts'

const output = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()

test('the machine is run by systemd 257, which is content', () => {
  assert.match(output('systemctl --version'), /^systemd 257/)
  assert.equal(output('cat /proc/1/comm'), 'systemd')
  assert.equal(output('systemctl is-system-running'), 'running')
})

test('polkit answers, and so does the user manager of alice', () => {
  assert.match(
    output(
      'busctl get-property org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.PolicyKit1.Authority BackendVersion',
    ),
    /126/,
  )
  assert.equal(output('systemctl is-active user@$(id -u alice)'), 'active')
  assert.match(output('id alice'), /sudo/)
  assert.doesNotMatch(output('id bob'), /sudo/)
})

test('run0 asks alice for her password on her terminal, and makes her root', async () => {
  const screen = login('alice', 'run0 --background= id -u')
  await screen.process.until(/Password: /)
  await silent(screen)
  screen.process.write('wonderland\n')
  assert.deepEqual(await screen.process.exit, { code: 0, signal: null })
  assert.match(screen.process.output().toString(), /COMPLETE.*\\0\r\n/s)
})

test('without a session run0 asks nobody', async () => {
  const screen = withoutSession('alice', 'run0 --background= id -u; true')
  await screen.process.exit
  assert.match(screen.process.output().toString(), /Interactive authentication required/)
})
