// What a dry run shows of a call, and the words that it shows.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { busCallText, dataOf } from '../../src/backend/bus-call.ts'
import { plannedPty } from '../../src/backend/plan.ts'
import { shellWord } from '../../src/backend/words.ts'

const pty = plannedPty?.slave

/** A row, as text behind its name, and its value as data. */
const cases: readonly (readonly [signature: string, value: unknown, text: string, data: unknown])[] = [
  ['s', 'a b', "s 'a b'", 'a b'],
  ['s', '', "s ''", ''],
  ['b', false, 'b false', false],
  ['i', -5, 'i -5', -5],
  ['t', 2n ** 53n - 1n, 't 9007199254740991', 9007199254740991],
  ['t', 2n ** 64n - 1n, 't 18446744073709551615', '18446744073709551615'],
  ['as', [], 'as 0', []],
  ['as', ['a', '$b'], "as 2 a '$b'", ['a', '$b']],
  ['aay', [Buffer.from('A=b c')], "aay 1 'A=b c'", [[65, 61, 98, 32, 99]]],
  ['ay', Buffer.from([0, 255]), 'ay 2 0 255', [0, 255]],
  ['(bas)', [true, ['x', 'y']], "'(bas)' true 2 x y", [true, ['x', 'y']]],
  ['a(iayu)', [[2, Buffer.from([10, 0, 0, 0]), 8]], "'a(iayu)' 1 2 4 10 0 0 0 8", [[2, [10, 0, 0, 0], 8]]],
  ['a(sa(st)as)', [['a', [['b', 1n]], ['c']]], "'a(sa(st)as)' 1 a 1 b 1 1 c", [['a', [['b', 1]], ['c']]]],
  ['h', pty, 'h PTY', 'pty'],
  ['a(hs)', [[0, 'x']], "'a(hs)' 1 STDIN x", [['stdin', 'x']]],
]
for (const [signature, value, text, data] of cases)
  test(`${signature} is shown as ${text}`, () => {
    const lines = busCallText('user', 'a.service', [['Name', signature, value]]).split('\n')
    assert.deepEqual(lines.slice(2), [
      "  'ssa(sv)a(sa(sv))' a.service fail 1 \\",
      `  Name ${text} \\`,
      '  0',
      '',
    ])
    assert.deepEqual(dataOf(signature, value), data)
    assert.deepEqual(JSON.parse(JSON.stringify(dataOf(signature, value))), data)
  })

test('bash reads words as they were, and nothing hides in them', () => {
  const character = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(...'\'"\\$`!#~*?[]{}()<>|&;%= \t\n\r\x1b\x7f\u0085\u202e\u{e0001}x4é'),
  )
  const word = fc.array(character, { maxLength: 12 }).map((all) => all.join('').replaceAll('\0', ''))
  const words = fc.sample(word, 2000).filter((text) => Buffer.from(text).toString() === text)
  const written = words.map(shellWord)
  for (const text of written) assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\u2028\u2029]/u)
  const script = `LC_ALL=C.UTF-8; set -- ${written.join(' ')}; printf '%s\\0' "$@"`
  const { stdout, stderr } = spawnSync('bash', ['-s'], {
    input: script,
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  })
  assert.equal(stderr, '')
  assert.deepEqual(stdout.split('\0').slice(0, -1), words)
})
