// Which rules apply to a session: by what is asked for, and by what this machine knows of the target.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readRequest, readTintRequest } from '../../src/cli/request.ts'
import { configureBy } from '../../src/commands/configure.ts'
import type { World } from '../../src/commands/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tint0-rules-'))
after(() => rmSync(folder, { recursive: true }))

const me = userInfo().username
const output = (...words: readonly string[]) =>
  execFileSync(words[0] ?? '', words.slice(1), { encoding: 'utf8' }).trim()
const group = output('id', '-gn', me)

/** A machine with systemd. */
const world = (rule: string): World => {
  const file = join(folder, 'config.toml')
  writeFileSync(file, `[[rule]]\n${rule}\ntitle = "it applies"\n`)
  return { env: { TINT0_CONFIG: file }, hostname: 'web1.example.org', booted: true } as unknown as World
}

type Case = readonly [rule: string, words: string, applies: boolean]

const cases: readonly Case[] = [
  ['user = "root"', '', true],
  ['user = "0"', '', true],
  ['user = "root"', '-u 0', true],
  ['user = "root"', '--backend=system id', true],
  ['user = "daemon"', '-u daemon', true],
  ['user = "1"', '-u daemon', true],
  ['user = "daemon"', '-u 1', true],
  ['user = "root"', '-u daemon', false],
  ['user = "daemon"', '--property=User=daemon', true],
  ['user = "no-such"', '-u no-such', true],
  ['user = ["a", "d*n"]', '-u daemon', true],
  [`user = "${me}"`, '--empower', true],
  [`user = "${me}"`, '--backend=user', true],
  ['user = "www"', '--machine=box -u www', true],
  ['user = "0"', '--machine=box', true],
  ['group = "daemon"', '-g daemon', true],
  ['group = "daemon"', '-g 1', true],
  ['group = "1"', '-g daemon', true],
  ['group = "daemon"', '-u daemon', true],
  ['group = "1"', '-u daemon', true],
  ['group = "daemon"', '-u root', false],
  [`group = "${group}"`, '--empower', true],
  ['group = "www"', '--machine=box -g www', true],
  ['group = "daemon"', '--machine=box -u daemon', false],
  ['host = "web1.example.org"', '', true],
  ['host = "web?.*"', '', true],
  ['host = "db*"', '', false],
  ['machine = "box"', '--machine=box', true],
  ['machine = "box"', '', false],
  ['machine = ""', '', true],
  ['machine = "*"', '', false],
  ['machine = ""', '--machine=box', false],
  ['command = "rm"', 'rm -rf /', true],
  ['command = "rm"', '/bin/rm x', true],
  ['command = "/bin/rm"', '/bin/rm x', true],
  ['command = "/bin/rm"', 'rm x', false],
  ['command = "rm -rf *"', 'rm -rf /', true],
  ['command = "rm -rf *"', 'rm -r /', false],
  ['command = ""', '', true],
  ['command = ""', '-i', true],
  ['command = "*"', '', false],
  ['command = ["", "*"]', '', true],
  ['command = "rm"\nuser = "root"', 'rm', true],
  ['command = "rm"\nuser = "root"', '-u daemon rm', false],
  ['command = "rm"\nuser = "root"', 'ls', false],
]

for (const [rule, words, holds] of cases)
  test(`${rule.replace('\n', ', ')}: ${holds ? 'holds' : 'does not hold'} for tint0 ${words}`, async () => {
    const request = await readRequest(words.split(' ').filter(Boolean), configureBy(world(rule)))
    assert.equal(request.kind === 'session' && request.look.title, holds ? 'it applies' : undefined)
  })

test('where systemd does not run, who is not named is who calls, and so for tint0ctl tint', async () => {
  const rule = `user = "${me}"`
  const unbooted = { ...world(rule), booted: false }
  const request = await readRequest(['id'], configureBy(unbooted))
  assert.equal(request.kind === 'session' && request.look.title, 'it applies')
  assert.equal((await readTintRequest(['id'], configureBy(world(rule), 'self'))).look.title, 'it applies')
})

test('tint0ctl tint takes the look from the configuration, and nothing else', async () => {
  const configured = world('host = "*"')
  writeFileSync(
    configured.env.TINT0_CONFIG ?? '',
    'filter = "strict"\nsandbox = "private"\nvia-shell = true\nsetenv = "A=1"\nbackend = "system"\n',
  )
  const request = await readTintRequest(['id'], configureBy(configured, 'self'))
  assert.equal(request.look.strict, true)
  assert.equal(request.backend, 'local')
  assert.deepEqual([request.setting.sandbox, request.viaShell, request.environment], [[], false, []])
})

test('help goes without a pager where that is configured, and comes where the configuration is wrong', async () => {
  const configured = world('host = "*"')
  writeFileSync(configured.env.TINT0_CONFIG ?? '', 'no-pager = true\n')
  assert.deepEqual(await readRequest(['-h'], configureBy(configured)), { kind: 'help', pager: false })
  assert.deepEqual(await readRequest(['-h', '--no-pager=no'], configureBy(configured)), {
    kind: 'help',
    pager: true,
  })
  writeFileSync(configured.env.TINT0_CONFIG ?? '', 'no-pager = "x"\n')
  assert.deepEqual(await readRequest(['-h'], configureBy(configured)), { kind: 'help', pager: true })
})

test('a rule stands below the command line, and its wrong value stops only whom it applies to', async () => {
  const request = await readRequest(['--title=mine'], configureBy(world('user = "root"')))
  assert.equal(request.kind === 'session' && request.look.title, 'mine')
  const wrong = 'user = "daemon"\ntint = "wrong"'
  await readRequest(['id'], configureBy(world(wrong)))
  await assert.rejects(readRequest(['-u', 'daemon', 'id'], configureBy(world(wrong))), {
    message: `${join(folder, 'config.toml')}:3: tint: 'wrong' is none`,
  })
})
