// The option table itself: what all that is made from it relies on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups, type OptionRow } from '../../src/cli/option.ts'
import { options } from '../../src/cli/options.ts'

const rows: readonly OptionRow[] = options
const repeated = (words: readonly string[]) => words.filter((word, at) => words.indexOf(word) !== at)

test('no two options share a name', () => {
  assert.deepEqual(repeated(rows.flatMap(({ name, also = [] }) => [name, ...also])), [])
})

test('no two options share a letter', () => {
  const letters = rows.flatMap(({ short }) => (short === undefined ? [] : [short]))
  assert.ok(letters.length > 2)
  assert.deepEqual(repeated(letters), [])
})

test('names and letters are those that getopt_long(3) can tell from operands and values', () => {
  for (const { name, short } of rows) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/)
    if (short !== undefined) assert.match(short, /^[A-Za-z]$/)
  }
})

test('every option has a text, which is a phrase on one line', () => {
  for (const { name, text } of rows) assert.match(text, /^[a-z][^\n]{4,}[^\n. ]$/, `--${name}`)
})

test('what wants a value says what it is called, and only that may be repeated', () => {
  for (const { name, value, repeatable } of rows) {
    if (value !== undefined) assert.match(value, /^[A-Z][A-Z[\]=]+$/, `--${name}`)
    if (repeatable) assert.notEqual(value, undefined, `--${name} is a switch, so a second one means nothing`)
  }
})

test('every group has an option, and every option a group with a title', () => {
  for (const [group, title] of Object.entries(groups)) {
    assert.ok(title.trim())
    assert.ok(
      rows.some((row) => row.group === group),
      group,
    )
  }
  for (const { name, group } of rows) assert.ok(Object.hasOwn(groups, group), `--${name}`)
})

test('the spelling is that of run0(1) and of sudo(8)', () => {
  const spelled = rows.map(({ name, short }) => `${short ?? ''}:${name}`)
  const known = [
    'u:user',
    'g:group',
    'D:chdir',
    ':setenv',
    ':background',
    ':unit',
    ':description',
    'n:no-ask-password',
    'i:login',
    ':via-shell',
    ':slice',
    ':nice',
    ':pipe',
    ':pty',
    'h:help',
    'V:version',
  ]
  for (const word of known) assert.ok(spelled.includes(word), word)
})
