// --filter=strict, row by row: dropped with it, passed without it, wherever the stream is cut; and what stands around it stays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStream, unadorned } from '../../src/stream/stream.ts'
import { dropped } from '../../src/stream/strict.ts'

/** What a hostile program would write, for each row of the table: all of it goes, or all but `left`. */
const samples: Readonly<Record<string, readonly (readonly [input: string, left?: string])[]>> = {
  'OSC 52': [
    ['\x1b]52;c;aGk=\x07'],
    ['\x1b]52;c;?\x1b\\'],
    ['\x1b]052;p;!\x07'],
    ['\x1b]5\x002\n;c;aGk=\x07'],
    [`\x1b]${'0'.repeat(300)}52;c;aGk=\x07`],
    [`\x1b]52;c;${'A'.repeat(9000)}\x1b\\`],
  ],
  'OSC 5522': [['\x1b]5522;type=read;\x1b\\']],
  t: [['\x1b[21t'], ['\x1b[20t'], ['\x1b[2\x001t'], ['\x1b[021;1t'], ['\xc2\x9b21t']],
  'DCS $q': [
    ['\x1bP$qm\x1b\\'],
    ['\x1bP$q\n echo evil\n\x1b\\'],
    ['\x1bP\x00$\x01qm\x1b\\'],
    [`\x1bP${'0;'.repeat(50)}$qm\x1b\\`],
    [`\x1bP$q${'x'.repeat(9000)}\x1b\\`],
  ],
  'DCS +q': [['\x1bP+q544e\x1b\\'], ['\x1bP1+q544e\x18']],
  'DCS +p': [['\x1bP+p544e\x1b\\']],
  'DCS |': [['\x1bP0;1|17/0a\x1b\\'], ['\x1bP|17/0a\x1a']],
  'DCS !z': [['\x1bP1;0;0!zrm\x1b\\']],
  '*z': [['\x1b[1*z']],
  'DCS p': [['\x1bP1000p%begin 1\n\x1b\\'], ['\x1bPpS(E)\x1b\\']],
  'DCS {': [['\x1bP1;1;1{ @~\x1b\\']],
  '*y': [['\x1b[1;1;1;1;1;1*y']],
  'OSC 50': [['\x1b]50;?\x07'], ['\x1b]50;$(id)\x1b\\']],
  'OSC 1337': [['\x1b]1337;File=name=eA==;inline=0:aGk=\x07'], ['\x1b]1337;CopyToClipboard=\x1b\\']],
  'OSC 5113': [['\x1b]5113;ac=send\x1b\\']],
  'APC G': [['\x1b_Ga=T,t=f;L2V0Yw==\x1b\\'], [`\x1b_Gm=1;${'A'.repeat(9000)}\x1b\\`]],
  'DCS tmux;': [
    ['\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\'],
    ['\x1bP1tmux;\x1b\x1b[21t\x1b\\'],
    ['\x1bP\ntmux;\x1b\x1bP$qm\x1b\x1b\\\x1b\\'],
  ],
  'DCS @': [['\x1bP@kitty-cmd{"cmd":"launch"}\x1b\\']],
  'OSC 46': [['\x1b]46;/etc/evil\x07']],
  'OSC 51': [['\x1b]51;["call","Tapi_x",[]]\x07'], ['\x1b]51;Efind-file x\x1b\\']],
  i: [['\x1b[5i'], ['\x1b[i'], ['\x1b[0i']],
  '?i': [['\x1b[?5i'], ['\x1b[?1i']],
  'ESC %@': [['\x1b%@']],
  'C1 string': [
    ['\xc2\x9d', ''],
    ['\xc2\x9d52;c;aGk=\x07', '52;c;aGk=\x07'],
    ['\xc2\x90$qm', '$qm'],
    ['\xc2\x9fG\xc2\x9e\xc2\x98', 'G'],
  ],
  'too long': [
    [`\x1b[${'0'.repeat(5000)}21t`, `[${'0'.repeat(5000)}21t`],
    [`\x1bP${'0;'.repeat(3000)}$qm`, `P${'0;'.repeat(3000)}$qm`],
    [`\x1b]${'0'.repeat(5000)}52;c;x\x07`, `]${'0'.repeat(5000)}52;c;x\x07`],
  ],
}

const strict = { ...unadorned, strict: true }
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const through = (pieces: readonly Uint8Array[], options = strict): string => {
  const stream = createStream(options)
  return Buffer.concat(pieces.map((piece) => Buffer.from(stream.push(piece)))).toString('latin1')
}

/** Whole, byte by byte, and cut in two wherever that is not too often. */
const cut = (text: string): readonly Uint8Array[][] => {
  const whole = latin1(text)
  const places = Array.from({ length: whole.length - 1 }, (_, i) => i + 1).filter(
    (at) => whole.length < 400 || at < 30 || whole.length - at < 15,
  )
  return [
    [whole],
    Array.from(whole, (byte) => Uint8Array.of(byte)),
    ...places.map((at) => [whole.subarray(0, at), whole.subarray(at)]),
  ]
}

/** What must stay on both sides, and what is no function at all. */
const surroundings = [
  ['before ', ' behind'],
  ['\x1b[31mbefore\x1b[0m', '\x1b[32mbehind\r\n'],
  ['\x1b]8;;http://a/\x1b\\', '\x1b]8;;\x1b\\'],
  ['\xc3\xa9', '\xe6\xbc\xa2'],
] as const

for (const { name, why } of dropped)
  test(`strict drops ${name} (${why}); without it, it passes`, () => {
    const rows = samples[name] ?? []
    assert.ok(rows.length > 0, 'it has a sample')
    for (const [input, left = ''] of rows)
      for (const [before, behind] of surroundings)
        for (const pieces of cut(`${before}${input}${behind}`)) {
          const where = JSON.stringify(
            pieces.slice(0, 2).map((piece) => Buffer.from(piece).toString('latin1')),
          )
          assert.equal(through(pieces), `${before}${left}${behind}`, where)
          assert.equal(through(pieces, unadorned), `${before}${input}${behind}`, where)
        }
  })

test('no row of the table is gone', () => {
  const names = dropped.map(({ name }) => name)
  assert.deepEqual(Object.keys(samples).sort(), names.sort())
})

test('strict passes what is like a row of the table and is none', () => {
  for (const text of [
    '\x1b]5;1;red\x07',
    '\x1b]2;52;title\x07',
    '\x1b]4;52;red\x1b\\',
    '\x1b[22;0t\x1b[23;0t\x1b[18t\x1b[8;24;80t',
    '\x1bPq#0~\x1b\\',
    '\x1bP=1s\x1b\\',
    '\x1b[5I\x1b[1y\x1b[1z',
    '\x1b%G',
    '\x1b_hidden\x1b\\\x1b^private\x1b\\',
    'caf\xc3\xa9 \xc2\xabquoted\xc2\xbb \xc2\x85',
  ])
    for (const pieces of cut(`${text}X`)) assert.equal(through(pieces), `${text}X`)
})

test('what strict drops is not asked for, not counted, and not undone at the end', () => {
  const stream = createStream(strict)
  stream.push(latin1('\x1b[5i\x1b[?5i\x1b%@\x1bP$qm\x1b\\\x1b[21t'))
  assert.equal(stream.owed(), undefined)
  assert.equal(stream.close().length, 0)
})
