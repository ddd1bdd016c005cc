// Where keys stand, judged by the reader: what stands at a place says what the reader found there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { linesOf, type Path, placesOf } from '../../src/toml/places.ts'

const text = `# first
a = 1
"b.c" = [1, 2,
  "]#", { d = 'x', e.f = """
]
""" },
]
x.y . 'z"' = { } # [x]
when = 1979-05-27 07:32:00

[t."u v"]
a = true
[[rule]]
user = "root"
[rule.sub]
k = 1
[[rule]]
user = '''
[[rule]]
user = 1'''
"\\u0061" = 0
[[rule.deep]]
[[rule.deep]]
n = nan
`

const lines: readonly (readonly [path: Path, line: number])[] = [
  [['a'], 2],
  [['b.c'], 3],
  [['b.c', 1], 3],
  [['b.c', 2], 4],
  [['b.c', 3, 'd'], 4],
  [['b.c', 3, 'e', 'f'], 4],
  [['x'], 8],
  [['x', 'y', 'z"'], 8],
  [['when'], 9],
  [['t', 'u v'], 11],
  [['t', 'u v', 'a'], 12],
  [['rule', 0], 13],
  [['rule', 0, 'user'], 14],
  [['rule', 0, 'sub', 'k'], 16],
  [['rule', 1], 17],
  [['rule', 1, 'user'], 18],
  [['rule', 1, 'a'], 21],
  [['rule', 1, 'deep', 1, 'n'], 24],
]

for (const [path, line] of lines)
  test(`${JSON.stringify(path)} stands in line ${line}`, () => {
    const places = placesOf(text)
    assert.ok(places.some((place) => JSON.stringify(place.path) === JSON.stringify(path)))
    assert.equal(linesOf(places)(path), line)
  })

test('what is not there stands where what holds it does', () => {
  const lineOf = linesOf(placesOf(text))
  assert.equal(lineOf(['rule', 1, 'none']), 17)
  assert.equal(lineOf(['none']), 1)
})

test('what stands at a place is what the reader finds there', () => {
  const table: unknown = parse(text)
  const at = (path: Path) =>
    path.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], table)
  const values = placesOf(text).filter(({ value }) => value !== undefined)
  assert.equal(values.length, 12)
  for (const { path, value } of values)
    assert.deepEqual(parse(`v = ${text.slice(value?.from, value?.to)}`).v, at(path), JSON.stringify(path))
})

test('as many keys as a file can hold, however deep, are soon found', () => {
  const deep = `${'a.'.repeat(120_000)}a = 1`
  assert.ok(placesOf(deep).every(({ path }) => path.length <= 17))
  const many = Array.from({ length: 30_000 }, (_, i) => `k${i}=1`).join('\n')
  assert.equal(linesOf(placesOf(many))(['k29999']), 30_000)
})
