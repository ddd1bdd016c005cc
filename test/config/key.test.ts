// One key set in a file: the reader finds that key changed, and nothing else; comments and all other lines stay.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse, stringify } from 'smol-toml'
import { type Value, withKey } from '../../src/config/key.ts'

type Case = readonly [claim: string, before: string, value: Value, after: string]

const cases: readonly Case[] = [
  ['an empty file gets a line', '', 'nord', 'theme = "nord"\n'],
  ['a value is replaced, and its comment stays', 'theme="a"# mine\n', 'b', 'theme="b"# mine\n'],
  [
    'a value of many lines is replaced',
    'x = 1\ntheme = """\na\nb"""\ny = 2\n',
    'b',
    'x = 1\ntheme = "b"\ny = 2\n',
  ],
  ['a quoted key is the same key', '"theme" = "a"\n', 'b', '"theme" = "b"\n'],
  ['a key below a header is another', '[locked]\ntheme = "a"\n', 'b', 'theme = "b"\n[locked]\ntheme = "a"\n'],
  [
    'one in a comment is none, but shows the place',
    'x = 1\n# theme = ""  # text\ny = 2\n',
    'b',
    'x = 1\n# theme = ""  # text\ntheme = "b"\ny = 2\n',
  ],
  [
    'one in a text is none',
    'x = """\n# theme = 1\ntheme = 2\n"""\n',
    'b',
    'x = """\n# theme = 1\ntheme = 2\n"""\ntheme = "b"\n',
  ],
  [
    'a new one comes behind the last above all tables',
    'x = 1 # one\n\n# a\n[[rule]]\ny = 2\n',
    'b',
    'x = 1 # one\ntheme = "b"\n\n# a\n[[rule]]\ny = 2\n',
  ],
  ['a last line without an end gets one', 'x = 1', 'b', 'x = 1\ntheme = "b"\n'],
  ['lines end as they do there', 'x = 1\r\n', 'b', 'x = 1\r\ntheme = "b"\r\n'],
  ['a byte order mark stays first', '\ufeff[a]\n', 'b', '\ufefftheme = "b"\n[a]\n'],
  ['what is special in text is escaped', '', 'a"\\\n\x1b\x7f', 'theme = "a\\"\\\\\\n\\u001b\\u007f"\n'],
  ['switches and lists are written as such', 'theme = 1\n', ['a', 'b'], 'theme = ["a", "b"]\n'],
]

for (const [claim, before, value, after] of cases)
  test(claim, () => {
    assert.equal(withKey(before, 'theme', value), after)
    assert.deepEqual(parse(after).theme, value)
  })

/** Keys, values and lines as people write them, and as they should not. */
const key = fc.oneof(
  fc.constantFrom('theme', 'a', 'b-c', '"theme"', "'q'", '"é\\u0041"', 'a.b', '"x.y" . z', 'rule'),
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
)
const scalar = fc.constantFrom(
  '"a # b"',
  "'[x]'",
  '"""\n# theme = 1\n[t]\n"""',
  "'''\ntheme = 2 '' '''",
  '"\\"]"',
  '""""a""""',
  "''",
  '1',
  '-0.5e3',
  'true',
  '1979-05-27 07:32:00',
  'inf',
  '07:32:00',
)
const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[ ${items.join(' ,\n # ]\n')} ]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 2 })
      .map((items) => `{${items.map(([k, v]) => `${k} = ${v}`).join(', ')}}`),
  ),
})).value
const line = fc.oneof(
  fc.tuple(key, value).map(([k, v]) => `${k} = ${v} # theme = "x"`),
  fc.tuple(key, value).map(([k, v]) => `  ${k}=${v}`),
  key.map((k) => `[${k}]`),
  key.map((k) => `[[ ${k} ]]`),
  fc.constantFrom('', '# theme = "x"', '#[theme]', '\t'),
)
const text = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\ufeff'))
  .map(([lines, end, mark]) => mark + lines.join(end))

const read = (toml: string) => {
  try {
    return parse(toml)
  } catch {
    return undefined
  }
}
const plain = (table: unknown) =>
  JSON.parse(JSON.stringify(table, (_, v) => (typeof v === 'number' ? String(v) : v)))

test('of any text that can be read, only that key changes, and no line but its own', () => {
  let read1 = 0
  fc.assert(
    fc.property(
      text,
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.array(fc.string())),
      (before, to) => {
        const table = read(before)
        if (table === undefined) return
        // A table of that name cannot become a value.
        if (typeof table.theme === 'object' && !Array.isArray(table.theme)) return
        if (Array.isArray(table.theme) && table.theme.some((item) => typeof item === 'object')) return
        read1++
        const after = withKey(before, 'theme', to)
        assert.deepEqual(plain(parse(after)), { ...plain(table), theme: to })
        assert.equal(withKey(after, 'theme', to), after)
        const lines = after.split('\n').length - before.split('\n').length
        assert.ok(table.theme !== undefined || (lines >= 1 && lines <= 2), `${lines} more lines`)
      },
    ),
    { numRuns: 5000 },
  )
  assert.ok(read1 > 1000, `${read1} of them could be read`)
})

test('of any table that is written out, too', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.boolean()))),
      (table) => {
        const before = stringify(table)
        assert.deepEqual(plain(parse(withKey(before, 'x y', true))), { ...plain(parse(before)), 'x y': true })
      },
    ),
  )
})
