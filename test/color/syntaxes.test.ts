import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Background } from '../../src/color/color.ts'
import { sgrBackground } from '../../src/color/reduce.ts'
import { parseBackground, syntaxes } from '../../src/color/syntaxes.ts'
import { shown } from './judge.ts'

/** The background that is written there. */
const read = (text: string): Background => {
  const parsed = parseBackground(text)
  assert.ok(parsed.ok, `${JSON.stringify(text)}: ${parsed.ok ? '' : parsed.problem}`)
  return parsed.background
}

/** What is wrong with it. */
const refused = (text: string) => {
  const parsed = parseBackground(text)
  assert.ok(!parsed.ok, `${JSON.stringify(text)} was taken`)
  return parsed
}

test('nothing is no tint', () => {
  assert.deepEqual(read(''), { kind: 'none' })
})

test('the examples of all syntaxes are understood, each by its own row', () => {
  assert.ok(syntaxes.length >= 4)
  for (const { name, example, parse } of syntaxes) {
    assert.deepEqual(parse(example), read(example), name)
    assert.equal(typeof parse(example), 'object', name)
    for (const other of syntaxes)
      if (other.parse !== parse) assert.equal(other.parse(example), undefined, name)
  }
})

const sgr = [
  '40',
  '41',
  '47',
  '100',
  '107',
  '1;41',
  '41;1',
  '31;44',
  '44;31',
  '0;44',
  '49;44',
  '48;5;0',
  '48;5;255',
  '048;5;52',
  '48;2;0;0;0',
  '48;2;255;255;255',
  '48;2;60;20;20;1',
  '38;5;1;48;5;2',
  '38;2;1;2;3;41',
  '48;5;49',
  '48;2;0;49;0',
]
for (const text of sgr)
  test(`SGR ${text} sets a background, and is kept as it was written`, () => {
    assert.deepEqual(read(text), { kind: 'sgr', parameters: text })
  })

const noBackground = [
  '0',
  '1',
  '31',
  '37',
  '39',
  '48',
  '49',
  '90',
  '97',
  '108',
  '41;0',
  '44;49',
  '48;5;1;0',
  '38;5;41',
  '38;2;41;42;43',
  '48;5',
  '48;2',
  '48;5;256',
  '48;2;1;2',
  '48;2;1;2;256',
  '48;3;1',
  '48;1;41',
  '41;48',
  '41;999',
  '99999999999999999999',
]
for (const text of noBackground)
  test(`SGR ${text} sets no background, and that is said`, () => {
    const { problem, hint } = refused(text)
    assert.equal(problem, `'${text}' sets no background`)
    assert.match(hint, /48;2;/)
  })

test('a name of CSS is its color, however it is spelled', () => {
  const known = [
    ['magenta', '#ff00ff'],
    ['Red', '#ff0000'],
    ['REBECCAPURPLE', '#663399'],
    ['darkSlateGray', '#2f4f4f'],
    ['maroon', '#800000'],
    ['tan', '#d2b48c'],
  ] as const
  for (const [name, color] of known) {
    const background = read(name)
    assert.ok(background.kind === 'rgb')
    assert.equal(shown(background.rgb), color)
  }
})

test('three digits are six with each written twice', () => {
  assert.deepEqual(read('#a3F'), { kind: 'rgb', rgb: { r: 0xaa, g: 0x33, b: 0xff } })
  assert.deepEqual(read('#000'), { kind: 'rgb', rgb: { r: 0, g: 0, b: 0 } })
  assert.deepEqual(read('#a3F'), read('#AA33ff'))
})

const channel = fc.integer({ min: 0, max: 255 })
const colors = fc.record({ r: channel, g: channel, b: channel }, { noNullPrototype: true })

test('a color written in hexadecimal is read back, in either case', () => {
  fc.assert(
    fc.property(colors, fc.boolean(), (rgb, upper) => {
      assert.deepEqual(read(upper ? shown(rgb).toUpperCase() : shown(rgb)), { kind: 'rgb', rgb })
    }),
  )
})

test('what a color is reduced to is read back as parameters that set a background', () => {
  fc.assert(
    fc.property(colors, fc.constantFrom(24, 8), (rgb, depth) => {
      const parameters = sgrBackground(rgb, depth) ?? ''
      assert.deepEqual(read(parameters), { kind: 'sgr', parameters })
    }),
  )
})

const noColor = [
  ' ',
  ' red',
  'red ',
  'red\n',
  '#',
  '#12',
  '#1234',
  '#12345',
  '#1234567',
  '#12345678',
  '#gggggg',
  'ff0000',
  '0xff0000',
  'rgb(1,2,3)',
  '48:2::1:2:3',
  '48;2;60;20;20m',
  '\x1b[41m',
  ';41',
  '41;',
  '41;;1',
  '-41',
  '+41',
  '4.1',
  '٤١',
  '__proto__',
  'constructor',
  'toString',
  'currentcolor',
  'inherit',
]
for (const text of noColor)
  test(`${JSON.stringify(text)} is no color, and there is a way out`, () => {
    const { problem, hint } = refused(text)
    assert.equal(problem, `'${text}' is no color`)
    assert.match(hint, /^(did you mean [a-z]+\?|write .*#.*)$/)
  })

test('a slip of the fingers is set right', () => {
  const slips = [
    ['rad', 'red'],
    ['magneta', 'magenta'],
    ['Maron', 'maroon'],
    ['darkslategrai', 'darkslategray'],
    ['purpel', 'purple'],
  ] as const
  for (const [text, meant] of slips) assert.equal(refused(text).hint, `did you mean ${meant}?`)
})

test('what is like no name gets the list of what may be written', () => {
  const { hint } = refused('qqqqqqqqqq')
  for (const { name, example } of syntaxes)
    if (example) assert.ok(hint.includes(`${name} (${example})`), name)
})

test('a long text is cut short in the words about it', () => {
  assert.ok(refused('x'.repeat(5000)).problem.length < 80)
})

test('any text whatever is understood or refused in words, and never set into the stream unread', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789;48'), maxLength: 14 })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), digits), (text) => {
      const parsed = parseBackground(text)
      if (!parsed.ok) assert.ok(parsed.problem && parsed.hint)
      else if (parsed.background.kind === 'sgr')
        assert.match(parsed.background.parameters, /^[0-9]+(;[0-9]+)*$/)
    }),
    { numRuns: 1000 },
  )
})
