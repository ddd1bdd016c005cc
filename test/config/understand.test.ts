// What is wrong with a file is told with its line, its key, and the way out; all of it, and nothing of it counts.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { readRequest } from '../../src/cli/request.ts'
import { asWritten, configurable } from '../../src/config/config.ts'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { templateFor } from '../../src/config/template.ts'
import { understand } from '../../src/config/understand.ts'

type Told = readonly [text: string, subject: string, problem: RegExp, hint: RegExp]

const inOwn: readonly Told[] = [
  [
    '\n\nbakground = "red"',
    'f:3: bakground',
    /^is no key$/,
    /^did you mean background\? \(--config= goes without it\)$/,
  ],
  ['xyzzy = 1', 'f:1: xyzzy', /^is no key$/, /tint0ctl config/],
  ['"no tint" = true', 'f:1: no tint', /^is no key$/, /did you mean no-tint/],
  ['nice = 1\nBackground.x = 1', 'f:2: Background', /^is no key$/, /did you mean background/],
  ['background.color = "red"', 'f:1: background', /^is no text$/, /with quotes/],
  ['background = red', 'f:1', /^is no TOML: invalid value$/, /quotes/],
  ['background = "a"\n\nbackground = "b"', 'f:3', /^is no TOML: .*redefine/, /one of the two/],
  ['background = "a', 'f:1', /^is no TOML: /, /toml\.io/],
  ['x = """\n\n', 'f:1', /^is no TOML: unfinished string/, /toml\.io/],
  ['background = 1', 'f:1: background', /^is no text$/, /write background = "…"/],
  ['background = ["red"]', 'f:1: background', /^is no text$/, /quotes/],
  ['background = 1979-05-27', 'f:1: background', /^is no text$/, /quotes/],
  ['no-tint = "yes"', 'f:1: no-tint', /^is neither true nor false$/, /without quotes/],
  ['nice = 1.5', 'f:1: nice', /^is no whole number$/, /nice = 5/],
  ['nice = true', 'f:1: nice', /^is no whole number$/, /nice = 5/],
  ['setenv = [\n"A=1",\n2]', 'f:1: setenv', /^is neither text nor a list of texts$/, /\["…", "…"\]/],
  ['title = "a\\u0000b"', 'f:1: title', /^holds a NUL byte$/, /leave/],
  ['setenv = ["a\\u0000b"]', 'f:1: setenv', /^holds a NUL byte$/, /leave/],
  ['[locked]\ntheme = "a"', 'f:1: locked', /^can stand in \/etc\/tint0\/config\.toml only$/, /leave it out/],
  ['[rule]\nuser = "a"\ntheme = "a"', 'f:1: rule', /^is no list of tables$/, /\[\[rule\]\]/],
  ['rule = [1]', 'f:1: rule', /./, /./],
  ['[[rule]]\ntheme = "a"', 'f:1: rule', /^has no condition$/, /user, group, host, machine, command/],
  ['[[rule]]\n[[rule]]\nuser = "a"\ntheme = "b"', 'f:1: rule', /^has no condition$/, /user/],
  ['\n[[rule]]\nuser = "a"', 'f:2: rule', /^sets nothing$/, /background or theme/],
  ['[[rule]]\nuser = []\ntheme = "a"', 'f:2: user', /^is empty, and so never holds$/, /leave it out/],
  ['[[rule]]\nuser = 0\ntheme = "a"', 'f:2: user', /^is neither text nor a list of texts$/, /user = "…"/],
  [
    '[[rule]]\nuser = "a"\ntheme = "a"\nbackend = "local"',
    'f:4: backend',
    /^cannot stand in a rule$/,
    /looks like/,
  ],
  [
    '[[rule]]\nuser = "a"\ntheme = "a"\n[[rule]]\nusr = "a"\ntheme = "a"\nhost = "x"',
    'f:5: usr',
    /^is no key$/,
    /did you mean user/,
  ],
  [
    'rule = [{user = "a", theme = "b"}, {user = "a",\n plain = 1}]',
    'f:2: plain',
    /^is neither true nor false$/,
    /./,
  ],
  [`[[rule]]\nuser = "${'*'.repeat(257)}"\ntheme = "a"`, 'f:2: user', /longer than 256/, /\*/],
  [`a = ${'['.repeat(17)}${']'.repeat(17)}`, 'f:1', /nested/, /./],
  [`${'a.'.repeat(17)}a = 1`, 'f:1', /nested more than 16 deep/, /./],
  ['__proto__ = 1', 'f:1: __proto__', /^is no key$/, /./],
  ['__proto__.background = "red"', 'f:1: __proto__', /^is no key$/, /./],
  ['constructor = 1', 'f:1: constructor', /^is no key$/, /./],
  ['toString = "x"', 'f:1: toString', /^is no key$/, /./],
  ['[[rule]]\nuser = "a"\ntheme = "b"\nhasOwnProperty = 1', 'f:4: hasOwnProperty', /^is no key$/, /./],
  ['user = "root"', 'f:1: user', /^is no key$/, /./],
]

const inEtc: readonly Told[] = [
  [
    '[locked]\nthem = "a"',
    'f:2: them',
    /^is no key$/,
    /did you mean theme\? \(tint0ctl config edit --system mends it\)$/,
  ],
  ['locked = 1', 'f:1: locked', /^is no table$/, /\[locked\]/],
  ['[[locked]]\ntheme = "a"', 'f:1: locked', /^is no table$/, /\[locked\]/],
  ['[locked]\ntheme = 1', 'f:2: theme', /^is no text$/, /quotes/],
  ['locked.theme = 1', 'f:1: theme', /^is no text$/, /quotes/],
]

for (const [rows, isSystem] of [
  [inOwn, false],
  [inEtc, true],
] as const)
  for (const [text, subject, problem, hint] of rows)
    test(`${isSystem ? 'in /etc, ' : ''}${JSON.stringify(text).slice(0, 60)} is told as ${subject}`, () => {
      const [first] = understand(text, 'f', isSystem).problems
      assert.equal(first?.subject, subject)
      assert.match(first?.problem ?? '', problem)
      assert.match(first?.hint ?? '', hint)
      assert.match(first?.hint ?? '', /--config= goes without it|edit --system mends it/)
    })

test('all that is wrong is told, from the top, and the rest counts', () => {
  const text =
    'x = 1\nbackground = "red"\nnice = []\n[[rule]]\nuser = "a"\ntitle = 1\ntheme = "x"\n[[rule]]\nuser = "a"\ntheme = "b"\ny = 1'
  const { source, problems } = understand(text, 'f', false)
  assert.deepEqual(
    problems.map(({ subject }) => subject),
    ['f:1: x', 'f:3: nice', 'f:6: title', 'f:11: y'],
  )
  assert.deepEqual([...source.layer.keys()], ['background'])
  // A rule counts as a whole or not at all: without one of its conditions it would hold elsewhere.
  assert.deepEqual(source.rules, [])
})

test('of very many wrong keys the first few are told', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `k${i} = 1`).join('\n')
  const { problems } = understand(text, 'f', false)
  assert.equal(problems.length, 20)
  assert.equal(problems[0]?.subject, 'f:1: k0')
})

test('what may stand in a file does, whatever way it is written', () => {
  const text = `nice = -5
lightweight = true
setenv = "A=1"
property = ["Nice=5"]
rule = [{ user = ["a", "b"], no-tint = true }]
"theme" = 'nord'
locked . 'no-title' = true
`
  const { source, problems } = understand(text, 'f', true)
  assert.deepEqual(problems, [])
  const values = Object.fromEntries([...source.layer].map(([name, { values }]) => [name, values]))
  assert.deepEqual(values, {
    setenv: ['A=1'],
    theme: ['nord'],
    property: ['Nice=5'],
    nice: ['-5'],
    lightweight: ['yes'],
  })
  assert.deepEqual(source.rules[0]?.when, { user: ['a', 'b'] })
  assert.deepEqual(source.rules[0]?.layer.get('no-tint')?.values, ['yes'])
  assert.equal(source.locked.get('no-title')?.origin, 'f:7')
})

for (const isSystem of [false, true])
  test(`a new file ${isSystem ? 'in /etc ' : ''}has every key in a comment, and can be read with or without the #`, () => {
    const text = templateFor(isSystem)
    assert.deepEqual(understand(text, 'f', isSystem), {
      source: { layer: new Map(), rules: [], locked: new Map() },
      problems: [],
    })
    const bare = text.replace(/^# (?=[a-z-]+ = |\[)/gm, '')
    const { problems } = understand(bare, 'f', isSystem)
    assert.deepEqual(problems, [])
    const keys = Object.keys(parse(bare))
    for (const { name } of configurable) assert.ok(keys.includes(name), name)
    assert.equal(text.split('\n')[0]?.startsWith('#:schema ./'), !isSystem)
  })

test('each line of a new file counts as it stands, without the #', async () => {
  const lines = templateFor(false).match(/^# [a-z-]+ = .*$/gm) ?? []
  for (const line of lines.slice(0, configurable.length)) {
    const { source } = understand(line.slice(2), 'f', false)
    const { kind } = await readRequest([], async () => asWritten(source.layer, []))
    assert.equal(kind, 'session', line)
  }
})

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly pattern?: string
}

/** As much of JSON Schema as ours has. */
const isValid = (value: unknown, schema: Schema): boolean => {
  if (schema.anyOf) return schema.anyOf.some((one) => isValid(value, one))
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && new RegExp(schema.pattern ?? '').test(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number'
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value) && value.every((item) => isValid(item, schema.items ?? {}))
    case 'object':
      return (
        typeof value === 'object' &&
        value !== null &&
        Object.entries(value).every(([name, one]) => {
          const own = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined
          return own ? isValid(one, own) : schema.additionalProperties !== false
        })
      )
    default:
      throw new Error(`the schema has ${JSON.stringify(schema)}`)
  }
}

test('the JSON Schema in schema/ is the one that the program has (tint0ctl config schema)', () => {
  const file = new URL('../../schema/config.schema.json', import.meta.url)
  assert.equal(readFileSync(file, 'utf8'), jsonSchema())
})

test('the JSON Schema takes what we take, and refuses the keys and types that we refuse', () => {
  const schema: Schema = JSON.parse(jsonSchema())
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const examples = [...readme.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '')
  assert.ok(examples.length > 0)
  for (const text of [...examples, templateFor(true).replace(/^# (?=[a-z-]+ = |\[)/gm, '')]) {
    assert.deepEqual(understand(text, 'f', true).problems, [])
    assert.ok(isValid(parse(text), schema), text)
  }
  const refused = [...inEtc, ...inOwn].filter(
    ([, , problem]) =>
      /no key|text|true|number|table|NUL/.test(problem.source) && !/TOML/.test(problem.source),
  )
  assert.ok(refused.length > 15)
  for (const [text] of refused) assert.ok(!isValid(parse(text), schema), text)
})
