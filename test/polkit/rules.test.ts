// What is said of rules files without running them. A file that could decide must never be called one that could not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manageUnits } from '../../src/polkit/authority.ts'
import { inOrder, type Reach, readRules } from '../../src/polkit/rules.ts'
import { suggestion } from '../../src/polkit/suggestion.ts'

const read = (text: string | undefined) => readRules({ path: '/x.rules', text }, manageUnits)
const rule = (condition: string, result = 'YES') =>
  `polkit.addRule(function(action, subject) { if (${condition}) return polkit.Result.${result}; });\n`
const other = rule('action.id == "org.freedesktop.hostname1.set-hostname"')

const readings: readonly (readonly [what: string, text: string | undefined, reach: Reach])[] = [
  ['the action in full', rule(`action.id === '${manageUnits}'`), 'named'],
  ['its beginning', rule('action.id.indexOf("org.freedesktop.systemd1.") == 0'), 'named'],
  ['a shorter beginning', rule('action.id.indexOf("org.freedesktop.") == 0'), 'named'],
  ['a regular expression', rule('/^org\\.freedesktop\\.systemd1\\./.test(action.id)'), 'named'],
  ['a part of it', rule('action.id.match("systemd1")'), 'any'],
  ['nothing', rule('subject.isInGroup("wheel")'), 'any'],
  ['a program', rule('polkit.spawn(["/usr/bin/may.sh", subject.user])'), 'any'],
  ['another action', other, 'other'],
  ['all but another', rule('action.id != "org.freedesktop.hostname1.set-hostname"'), 'any'],
  ['not another', rule('!(action.id == "org.freedesktop.hostname1.set-hostname")'), 'any'],
  ['another, and then nothing', `${other}${rule('subject.local')}`, 'any'],
  ['another, and then the action', `${other}${rule(`action.id == "${manageUnits}"`)}`, 'named'],
  ['the action in comments only', `${other} // ${manageUnits}\n/* ${manageUnits} */`, 'other'],
  ['a comment in a string', `${rule('subject.user != "http://x"')}${other}`, 'any'],
  ['no rule', '', 'other'],
  ['only administrators', 'polkit.addAdminRule(function() { return ["unix-group:sudo"]; })', 'other'],
  ['what nobody may read', undefined, 'unreadable'],
  [
    'a suggestion of ours',
    suggestion({ group: 'a', isThere: true, grant: 'self', keeps: false, local: true, version: '1' }),
    'named',
  ],
]
for (const [what, text, reach] of readings)
  test(`a file that names ${what}: ${reach}`, () => assert.equal(read(text).reach, reach))

test('whom a file names as administrators is told as polkit writes it; where it names nobody, so', () => {
  const admins = 'polkit.addAdminRule(function(a, s) { return ["unix-group:sudo", \'unix-user:eve\']; });'
  assert.deepEqual(read(`${other}${admins}`).admins, ['unix-group:sudo', 'unix-user:eve'])
  assert.deepEqual(read('polkit.addAdminRule(function() { return polkit.mine; })').admins, [])
  assert.equal(read('polkit.addRule(function() { return "unix-group:x" })').admins, undefined)
})

test('files come by their own names, and of one name that of /etc first', () => {
  const paths = ['/etc/b.rules', '/etc/50-x.rules', '/run/50-x.rules', '/usr/49-z.rules', '/usr/B.rules']
  assert.deepEqual(
    inOrder(paths.map((path) => ({ path }))).map(({ path }) => path),
    ['/usr/49-z.rules', '/etc/50-x.rules', '/run/50-x.rules', '/usr/B.rules', '/etc/b.rules'],
  )
})
