// Globs of rules.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matches } from '../src/glob.ts'

const good: readonly (readonly [glob: string, text: string])[] = [
  ['root', 'root'],
  ['*', 'x'],
  ['r*t', 'root'],
  ['r*t', 'rt'],
  ['*.example.org', 'a.example.org'],
  ['??', 'éa'],
  ['?', '🔴'],
  ['[a-c]x', 'bx'],
  ['[!a-c]x', 'dx'],
  ['[^a-c]x', 'dx'],
  ['[]x]', ']'],
  ['[!]]', 'a'],
  ['[a-]', '-'],
  ['[', '['],
  ['a[b', 'a[b'],
  ['[*]', '*'],
  ['*a*b*', 'xxaxxbxx'],
  ['rm -rf *', 'rm -rf /'],
  ['', ''],
  ['.', '.'],
  ['a+', 'a+'],
  ['**', 'a'],
]
const bad: readonly (readonly [glob: string, text: string])[] = [
  ['root', 'Root'],
  ['root', 'roots'],
  ['?', 'ab'],
  ['?', ''],
  ['*', ''],
  ['', 'a'],
  ['[a-c]', 'd'],
  ['[!a-c]', 'b'],
  ['.', 'a'],
  ['a+', 'aa'],
  ['*b', 'ba'],
  ['[b-a]', 'a'],
  ['a*c', 'ab'],
]

for (const [glob, text] of good) test(`'${glob}' is '${text}'`, () => assert.ok(matches(glob, text)))
for (const [glob, text] of bad) test(`'${glob}' is not '${text}'`, () => assert.ok(!matches(glob, text)))

test('any glob of letters, * and ? says what a regular expression says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 })
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(glob, text, (one, other) => {
      const regular = new RegExp(`^${one.replaceAll('?', '.').replaceAll('*', '.*')}$`)
      assert.equal(matches(one, other), regular.test(other))
    }),
    { numRuns: 2000 },
  )
})

// A matcher that goes back to every * would need more steps than there are atoms: this would never end.
test('what would keep a regular expression busy for years is soon told', () => {
  assert.equal(matches(`${'*a'.repeat(120)}*b`, `${'a'.repeat(2000)}c`), false)
  assert.equal(matches(`${'a*'.repeat(120)}b`, 'a'.repeat(100_000)), false)
})
