// Any file at all: what is wrong is a value, never an exception, and nothing of it reaches what all objects have.
import assert from 'node:assert/strict'
import { env } from 'node:process'
import { test } from 'node:test'
import { parse as words } from '../../src/cli/parse.ts'
import { conditions, configurable, settle } from '../../src/config/config.ts'
import { applies } from '../../src/config/rules.ts'
import { understand } from '../../src/config/understand.ts'
import { sentence } from '../../src/errors.ts'

const seed = Number(env.TINT0_SEED ?? Date.now() % 2 ** 31)

/** mulberry32: quick, and the same again for the same seed. */
const randomFrom = (start: number) => {
  let state = start
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const names = [
  ...configurable.map(({ name }) => name),
  ...conditions,
  ...[
    'rule',
    'locked',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '"a b"',
    "''",
    'x.y',
    '__proto__.polluted',
    '"\\u0000"',
    'bakground',
  ],
]
const values = [
  '"red"',
  'true',
  'false',
  '5',
  '-1',
  '1e400',
  'nan',
  '[]',
  '["a", "b"]',
  '[1, [2]]',
  '{}',
  '{ __proto__ = { polluted = 1 } }',
  '{ user = "*", theme = "x" }',
  '[{ user = "*", theme = "x" }]',
  "'''\n*'''",
  '"""\n\\u202e"""',
  '1979-05-27',
  '07:32:00',
  '""',
  '"\\u0000"',
  '"[!"',
]
const odd = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '=',
  '.',
  '#',
  '\n',
  '\r\n',
  '\\',
  '\0',
  '\ufeff',
  '\ud800',
  'é',
  '"""',
  "'''",
  '[[',
  ',',
  '\t',
  ' ',
  '_',
  '\x7f',
]

const fileBy = (random: (below: number) => number): string => {
  const pick = (list: readonly string[]) => list[random(list.length)] ?? ''
  const lines = Array.from({ length: random(7) }, () => {
    switch (random(8)) {
      case 0:
        return `[[${pick(['rule', 'rule', pick(names)])}]]`
      case 1:
        return `[${pick(['locked', 'rule', pick(names)])}]`
      case 2:
        return `# ${pick(names)}`
      default:
        return `${pick(names)} = ${pick(values)}`
    }
  })
  let text = lines.join('\n')
  for (let changes = random(3); changes > 0; changes--) {
    const at = random(text.length + 1)
    text = text.slice(0, at) + (random(2) ? pick(odd) : '') + text.slice(at + random(3))
  }
  return text
}

test('of 100000 files none throws, and each is understood or refused with its line', () => {
  const random = randomFrom(seed)
  const before = Object.getOwnPropertyNames(Object.prototype)
  const facts = {
    user: () => ['root', '0'],
    group: () => [],
    host: () => ['h'],
    machine: () => [''],
    command: () => ['id'],
  }
  let [right, wrong] = [0, 0]
  for (let i = 0; i < 100_000; i++) {
    const text = fileBy(random)
    const isSystem = i % 2 === 0
    try {
      const { source, problems } = understand(text, 'f', isSystem)
      settle(words([]), { files: [source], environment: new Map(), firm: new Map() }, applies(facts))
      if (problems.length === 0) right++
      else wrong++
      for (const failure of problems) {
        assert.match(failure.subject, /^f:\d+(: [\s\S]+|: )?$/)
        assert.match(sentence('tint0', failure), /^tint0: [^\n]+; [^\n]+\n$/)
      }
      if (!isSystem) assert.equal(source.locked.size, 0)
    } catch (error) {
      throw new Error(`TINT0_SEED=${seed}: ${JSON.stringify(text)}`, { cause: error })
    }
  }
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before)
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  assert.ok(right > 1000 && wrong > 1000, `${right} were right, ${wrong} wrong`)
})
