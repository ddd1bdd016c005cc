// A hundred thousand texts that may be no color: each is understood or refused in words, at once, and nothing else happens.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBackground, syntaxes } from '../../src/color/syntaxes.ts'
import { seeded } from './promises.ts'

const seeds = [
  ...syntaxes.map(({ example }) => example),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'rgb(1,2,3)/20%', 'hsl(none 1% 1% / none)'],
  ...[
    '((((((((',
    'rgb(rgb(rgb(1)))',
    '#',
    '///////',
    'palette:palette:1',
    'hue:-0',
    'oklch(1e308 1e308 1e308)',
  ],
  ...[
    '\u{1f534}',
    'ＲＧＢ(1,2,3)',
    '\u0130',
    '\u202e#fff',
    '\ud800',
    '\0',
    '٤١',
    'theme:../../etc',
    'calc(1 + 1)',
  ],
]
const pieces = [
  ...'#();,/%:.+-eE0159afxgh \t\n',
  'none',
  'deg',
  'rgb(',
  ')',
  '48;2;',
  '1e999',
  '\u{1f4a9}',
  '\x1b[41m',
]

const mutate = (random: () => number): string => {
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  let text = any(seeds)
  for (let changes = Math.floor(random() * 5); changes > 0; changes--) {
    const at = Math.floor(random() * (text.length + 1))
    const end = at + Math.floor(random() * 4)
    const way = random()
    if (way < 0.4) text = text.slice(0, at) + any(pieces) + text.slice(at)
    else if (way < 0.7) text = text.slice(0, at) + text.slice(end)
    else if (way < 0.8) text = text.slice(0, at) + any(seeds) + text.slice(end)
    else if (way < 0.9) text = text.toUpperCase()
    else text = text.slice(0, at) + text.slice(at, end).repeat(Math.floor(random() * 40)) + text.slice(end)
  }
  return text
}

const isChannel = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255

const judge = (text: string) => {
  const parsed = parseBackground(text)
  if (!parsed.ok) {
    assert.ok(parsed.problem !== '' && parsed.hint !== '', text)
    assert.ok([...parsed.problem].length < 250, parsed.problem)
    assert.ok(!/[\p{Cc}\u202e]/u.test(parsed.problem + parsed.hint), JSON.stringify(parsed))
    return false
  }
  const { background } = parsed
  if (background.kind === 'rgb' || background.kind === 'mix')
    assert.ok(Object.values(background.rgb).every(isChannel), `${text}: ${JSON.stringify(background)}`)
  if (background.kind === 'mix') assert.ok(background.share >= 0 && background.share <= 1, text)
  if (background.kind === 'hue') assert.ok(background.hue >= 0 && background.hue < 360, text)
  if (background.kind === 'palette') assert.ok(isChannel(background.entry), text)
  if (background.kind === 'sgr') assert.match(background.parameters, /^[0-9]+(;[0-9]+)*$/)
  if (background.kind === 'theme') assert.match(background.name, /^[a-z0-9][a-z0-9-]{0,63}$/)
  return true
}

test('100000 changed examples are understood or refused in words; no object is changed by it', () => {
  const before = Reflect.ownKeys(Object.prototype).length
  const random = seeded(5)
  let understood = 0
  for (let i = 0; i < 100_000; i++) if (judge(mutate(random))) understood++
  assert.equal(Reflect.ownKeys(Object.prototype).length, before)
  assert.ok(understood > 10_000 && understood < 90_000, `${understood} were understood`)
})

test('a megabyte is refused as quickly as a line', () => {
  const slowest = (texts: readonly string[]) => {
    const begun = process.cpuUsage().user
    for (const text of texts) judge(text)
    return process.cpuUsage().user - begun
  }
  const long = [
    '1',
    ';',
    '1;',
    '(',
    'rgb(',
    'a',
    '#f',
    ' ',
    '/',
    '0.',
    'e1',
    '%',
    'palette:',
    '\u{1f4a9}',
    '-',
    ',',
  ]
  const lines = long.map((piece) => piece.repeat(250 / piece.length))
  slowest(lines)
  // Of the same order: no more than what it takes to look at how long it is.
  const line = Math.max(slowest(lines), 1000)
  const huge = slowest(long.map((piece) => piece.repeat(1_000_000 / piece.length)))
  assert.ok(huge < line * 100, `${huge} µs, and ${line} µs for lines`)
})
