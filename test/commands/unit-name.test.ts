// What everybody on the machine can read of a command: the name of its unit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unitName } from '../../src/commands/unit-name.ts'

const name = (...command: string[]) => unitName('/bin/bash', command, '1a2b3c4d')

const told: readonly (readonly [command: string, name: string])[] = [
  ['', 'tint0-shell-bash'],
  ['apt upgrade', 'tint0-apt-upgrade'],
  ['/usr/bin/apt-get dist-upgrade', 'tint0-apt-get-dist-upgrade'],
  ['systemctl restart nginx', 'tint0-systemctl-restart-nginx'],
  ['systemctl restart nginx apache', 'tint0-systemctl-restart-nginx'],
  ['../bin/python3.11 manage', 'tint0-python3.11-manage'],
  ['visudo', 'tint0-visudo'],
  ['g++', 'tint0-g'],
  ['[', 'tint0-command'],
  ['..', 'tint0-command'],
  ['.hidden..sh', 'tint0-hidden-sh'],
  ['-sh', 'tint0-sh'],
  ['tint0@evil.service', 'tint0-tint0-evil.service'],
]
for (const [command, expected] of told)
  test(`${command || 'a shell'} is ${expected}`, () =>
    assert.equal(name(...command.split(' ').filter(Boolean)), `${expected}-1a2b3c4d.service`))

const kept: readonly string[] = [
  'mysql -psecret',
  'mysql --password secret',
  'mysql -p secret',
  'curl https://user:secret@host/',
  'env TOKEN=secret make',
  'mysqladmin password secret',
  'openssl passwd secret',
  'mkpasswd secret',
  'vault login secret',
  'gh auth secret',
  'echo secret',
  'grep secret /etc/shadow',
  'sshpass -p secret ssh',
  'apt -o secret upgrade',
  'apt -- secret',
  'login s3cret',
  'tool Secret',
  'tool /secret',
  'tool secret.txt',
  'tool secret_word',
  `tool ${'secret'.repeat(4)}`,
  'tool run now secret',
]
for (const command of kept)
  test(`${command}: no secret is told`, () => assert.doesNotMatch(name(...command.split(' ')), /s[e3]cret/i))

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,30}$/).map((text) => text.repeat(20)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string(),
  fc.stringMatching(/^-{0,2}[a-z-]{1,30}$/),
)

test('any command has a name that systemd takes, that is short, and that no other program can be taken for', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), word, (command, shell) => {
      const found = unitName(shell, command, '1a2b3c4d')
      assert.match(found, /^tint0(-[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)+-1a2b3c4d\.service$/)
      assert.ok(Buffer.byteLength(found) <= 120, found)
    }),
    { numRuns: 2000 },
  )
})

test('only plain lower-case words are told, and none behind an option or anything else', () => {
  const mark = fc.constantFrom('zqx', 'zqx-zqx')
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 3 }),
      mark,
      fc.array(mark, { maxLength: 3 }),
      (before, first, rest) => {
        const last = before.at(-1)
        fc.pre(
          last !== undefined &&
            !/^[a-z]+(-[a-z]+)*$/.test(last) &&
            !before.some((one) => one.includes('zqx')),
        )
        assert.ok(!name('apt', ...before, first, ...rest).includes('zqx'))
      },
    ),
    { numRuns: 2000 },
  )
})
