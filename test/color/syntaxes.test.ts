import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Background } from '../../src/color/color.ts'
import { sgrBackground } from '../../src/color/reduce.ts'
import { parseBackground, syntaxes, written } from '../../src/color/syntaxes.ts'
import { difference, hex, shown } from './judge.ts'

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
  assert.ok(syntaxes.length >= 11)
  for (const row of syntaxes) {
    assert.deepEqual(row.read(row.example), { ok: true, value: read(row.example) }, row.name)
    for (const other of syntaxes)
      if (other !== row) assert.equal(other.read(row.example), undefined, `${row.name}, by ${other.name}`)
  }
})

test('what a row understands it can write, and what it writes means the same', () => {
  for (const { name, example, write } of syntaxes) {
    const text = write(read(example))
    assert.notEqual(text, undefined, name)
    assert.deepEqual(read(text ?? '-'), read(example), `${name}: ${text}`)
  }
})

const kinds: readonly (readonly [text: string, background: Background])[] = [
  ['palette:52', { kind: 'palette', entry: 52 }],
  ['palette:0', { kind: 'palette', entry: 0 }],
  ['palette:255', { kind: 'palette', entry: 255 }],
  ['hue:200', { kind: 'hue', hue: 200 }],
  ['hue:360', { kind: 'hue', hue: 0 }],
  ['hue:-20.5deg', { kind: 'hue', hue: 339.5 }],
  ['theme:dark-2', { kind: 'theme', name: 'dark-2' }],
  ['red/20%', { kind: 'mix', rgb: hex('#ff0000'), share: 0.2 }],
  ['#ff0000 / 7%', { kind: 'mix', rgb: hex('#ff0000'), share: 0.07 }],
  ['rgb(255 0 0)/100%', { kind: 'mix', rgb: hex('#ff0000'), share: 1 }],
  ['palette:196/.5%', { kind: 'mix', rgb: hex('#ff0000'), share: 0.005 }],
  ['rgb(255, 136, 0)', { kind: 'rgb', rgb: hex('#ff8800') }],
  ['rgb(255 136 0)', { kind: 'rgb', rgb: hex('#ff8800') }],
  ['rgb(100% 0% none)', { kind: 'rgb', rgb: hex('#ff0000') }],
  ['rgba(1,2,3)', { kind: 'rgb', rgb: hex('#010203') }],
  ['hsl(120deg 100% 25%)', { kind: 'rgb', rgb: hex('#008000') }],
  ['hsl(240, 100%, 50%)', { kind: 'rgb', rgb: hex('#0000ff') }],
  ['hsl(0.5turn 100% 50%)', { kind: 'rgb', rgb: hex('#00ffff') }],
  ['oklch(1 0 0)', { kind: 'rgb', rgb: hex('#ffffff') }],
  ['oklch(62.8% 0.2577 29.23)', { kind: 'rgb', rgb: hex('#ff0000') }],
]
for (const [text, background] of kinds)
  test(`${text} is understood`, () => {
    assert.deepEqual(read(text), background)
  })

test('capital letters and the blanks of CSS around it make no difference', () => {
  for (const { example } of syntaxes) {
    assert.deepEqual(read(example.toUpperCase()), read(example))
    assert.deepEqual(read(` \t${example}\n`), read(example))
  }
  assert.equal(parseBackground('\u00a0red').ok, false)
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
  '41;48',
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

test('every color is the same again in every way to write one', () => {
  fc.assert(
    fc.property(colors, (rgb) => {
      const background = { kind: 'rgb', rgb } as const
      for (const { name, write } of syntaxes) {
        const text = write(background)
        if (text !== undefined) assert.deepEqual(read(text), background, `${name}: ${text}`)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a mix, a hue and an entry are the same again', () => {
  const other: fc.Arbitrary<Background> = fc.oneof(
    fc.record({
      kind: fc.constant('mix' as const),
      rgb: colors,
      share: fc.integer({ min: 0, max: 10000 }).map((n) => n / 10000),
    }),
    fc.record({
      kind: fc.constant('hue' as const),
      hue: fc.integer({ min: 0, max: 35999 }).map((n) => n / 100),
    }),
    fc.record({ kind: fc.constant('palette' as const), entry: fc.integer({ min: 0, max: 255 }) }),
  )
  fc.assert(
    fc.property(other, (background) => {
      assert.deepEqual({ ...read(written(background) ?? '-') }, { ...background })
    }),
  )
})

test('of the default nothing can be written; a color has its best known name, else its digits', () => {
  assert.equal(written({ kind: 'auto' }), undefined)
  assert.equal(written({ kind: 'rgb', rgb: hex('#ff00ff') }), 'magenta')
  assert.equal(written({ kind: 'rgb', rgb: hex('#808080') }), 'gray')
  assert.equal(written({ kind: 'rgb', rgb: hex('#3c1414') }), '#3c1414')
})

test('a color that no screen can show is the nearest that one can', () => {
  const background = read('oklch(70% 0.4 145)')
  assert.ok(background.kind === 'rgb')
  assert.ok(background.rgb.g > 150 && background.rgb.r < 60, shown(background.rgb))
  assert.ok(difference(background.rgb, hex('#00ff00')) < 0.25)
})

test('what a color is reduced to is read back as parameters that set a background', () => {
  fc.assert(
    fc.property(colors, fc.constantFrom(24, 8, 4), (rgb, depth) => {
      const parameters = sgrBackground(rgb, depth) ?? ''
      assert.deepEqual(read(parameters), { kind: 'sgr', parameters })
    }),
  )
})

const noColor = [
  '-',
  '\u0661',
  '-41',
  '+41',
  '__proto__',
  'constructor',
  'toString',
  'currentcolor',
  'inherit',
  'transparent',
  '\u00a0',
  'hwb(1 2 3)',
  'hue',
  'red red',
]
for (const text of noColor)
  test(`${JSON.stringify(text)} is no color, and there is a way out`, () => {
    const { problem, hint } = refused(text)
    assert.equal(problem, `'${text}' is no color`)
    assert.match(hint, /^(did you mean [a-z]+\?|write .*#.*)$/)
  })

/** Each with the place that is named, and what is said of it. */
const places: readonly (readonly [text: string, at: number, part: string, why: string])[] = [
  ['rgb(300, 0, 0)', 5, '300', 'red goes from 0 to 255'],
  ['rgb(0, 300, 300)', 8, '300', 'green goes from 0 to 255'],
  ['rgb(1 2 101%)', 9, '101%', 'blue goes from 0% to 100%'],
  ['rgb(1 2 -3)', 9, '-3', 'blue goes from 0 to 255'],
  ['rgb(1,,2,3)', 7, ',', 'one too many'],
  ['rgb(1,2)', 8, ')', 'blue is missing'],
  ['rgb()', 5, ')', 'red is missing'],
  ['rgb(1 2 3 4)', 11, '4', 'one too many'],
  ['rgb(1 2 3 / 20%)', 11, '/ 20%', 'transparent'],
  ['rgba(1, 2, 3, 0.5)', 13, ', 0.5', 'transparent'],
  ['RGB(1 , 2,FOO)', 11, 'FOO', 'no number, and should be blue'],
  ['rgb(1,2,3) x', 12, 'x', 'too much'],
  ['rgb(1 2 3deg)', 9, '3deg', 'an angle'],
  ['hsl(20%, 3,4)', 5, '20%', 'no angle'],
  ['hsl(20 30% 400%)', 12, '400%', 'the lightness goes from'],
  ['hsl(1e99 1 1)', 5, '1e99', 'no angle'],
  ['oklch(.5 .9 20)', 10, '.9', 'the chroma goes from 0 to 0.5'],
  ['oklch(5 .1 20)', 7, '5', 'the lightness goes from 0 to 1'],
  ['#12g', 4, 'g', 'no hexadecimal digit'],
  ['#1234', 5, '4', 'transparent'],
  ['#12345678', 8, '78', 'transparent'],
  ['48;2;300;1;1', 6, '300', '255 is the most'],
  ['48;5;256', 6, '256', '255 is the most'],
  ['48;3;1', 4, '3', 'stands 5 or 2'],
  ['41;999', 4, '999', 'no SGR parameter'],
  ['41;;1', 4, ';', 'no number before it'],
  [';41', 1, ';', 'no number before it'],
  ['48;2;60;20;20m', 14, 'm', 'numbers with semicolons'],
  ['48:2::1:2:3', 3, ':', 'numbers with semicolons'],
  ['0xff0000', 2, 'xff', 'numbers with semicolons'],
  ['palette:256', 9, '256', 'from 0 to 255'],
  ['palette:x', 9, 'x', 'no number'],
  ['palette: -1', 10, '-1', 'no number'],
  ['red/120%', 5, '120%', '100% is the most'],
  ['red/x', 5, 'x', 'no share'],
  ['red/20', 5, '20', 'no share'],
  ['/20%', 1, '/', 'no color before it'],
  ['rad/20%', 1, 'rad', 'no color'],
  ['rgb(300 0 0)/20%', 5, '300', 'red goes from'],
  ['41/20%', 1, '41', 'not the same on every terminal'],
  ['palette:1/20%', 1, 'palette:1', 'not the same on every terminal'],
  ['hue:x', 5, 'x', 'no angle'],
  ['theme:a_b', 7, 'a_b', 'no name of a theme'],
]
for (const [text, at, part, why] of places)
  test(`of ${text} it is said that ${part} is wrong, and why`, () => {
    const { problem } = refused(text)
    assert.ok(problem.startsWith(`'${text}' goes wrong at character ${at}: '${part}' `), problem)
    assert.ok(problem.includes(why), problem)
  })

const ends: readonly (readonly [text: string, why: string])[] = [
  ['rgb(1,2,3', 'a closing parenthesis is missing'],
  ['48;5', 'behind 48;5 a number must follow'],
  ['48;2;1;2', 'behind 48;2 three numbers must follow'],
  ['41;', 'a number is missing'],
  ['palette:', 'something is missing behind the colon'],
  ['theme:', 'something is missing behind the colon'],
  ['red/', 'a share is missing'],
]
for (const [text, why] of ends)
  test(`of ${text} it is said what is missing at its end`, () => {
    assert.equal(refused(text).problem, `'${text}' goes wrong at its end: ${why}`)
  })

test('the digits of a color that has too few or too many are counted', () => {
  for (const [text, count] of [
    ['#', 0],
    ['#12', 2],
    ['#12345', 5],
    ['#1234567', 7],
  ])
    assert.equal(refused(String(text)).problem, `'${text}' has ${count} digits; a color has three or six`)
})

test('a slip of the fingers is set right', () => {
  const slips = [
    ['rad', 'red'],
    ['magneta', 'magenta'],
    ['Maron', 'maroon'],
    ['darkslategrai', 'darkslategray'],
    ['purpel', 'purple'],
    ['rad/20%', 'red'],
    ['pallete:5', 'palette:5'],
    ['thme:dracula', 'theme:dracula'],
    ['hu:20', 'hue:20'],
    ['rgbb(1,2,3)', 'rgb(1,2,3)'],
    ['okclh(1 0 0)', 'oklch(1 0 0)'],
    ['hsk(1 2 3)', 'hsl(1 2 3)'],
    ['ff0000', '#ff0000'],
    ['3c1', '#3c1'],
  ] as const
  for (const [text, meant] of slips) assert.equal(refused(text).hint, `did you mean ${meant}?`)
})

test('what is like no name gets the list of what may be written', () => {
  const { hint } = refused('qqqqqqqqqq')
  for (const { name, example } of syntaxes)
    if (example) assert.ok(hint.includes(`${name} (${example})`), name)
})

test('a long text is cut short in the words about it, and a control function in it is harmless', () => {
  for (const text of [
    'x'.repeat(5000),
    '\u{1f4a9}'.repeat(100),
    `rgb(${'1'.repeat(100)} 2 3)`,
    `#${'f'.repeat(99)}`,
  ])
    assert.ok([...refused(text).problem].length < 160, refused(text).problem)
  const { problem, hint } = refused('\x1b[41m')
  assert.equal(problem, "'\\x1b[41m' is no color")
  assert.ok(hint)
  assert.ok(!/\p{Cc}/u.test(JSON.stringify(refused('pallete:\x1b]0;x\x07'))))
})
