// The tint by the terminal's own default background, and the colors of the terminal in general: who changes them, who asks for
// them, and what they are in the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStream, type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { bytes, rewriting } from './judge.ts'

const dynamic: StreamOptions = {
  ...unadorned,
  tint: { kind: 'dynamic', color: '#401010' },
  background: '#1e1e1e',
}
const asking: StreamOptions = { ...rewriting, background: '#1e1e1e' }

/** What comes out for a whole program, from the tint on, and at the end. */
const session = (program: string, options = dynamic) => {
  const stream = createStream(options)
  stream.open()
  const shown = bytes(stream.push(Buffer.from(program))).toString()
  return { shown, end: bytes(stream.close()).toString(), stream }
}
const tint = '\x1b]11;#401010\x1b\\'

const keeps: readonly (readonly [claim: string, program: string, shown: string])[] = [
  [
    'SGR, erasures and the alternate screen are not touched',
    'a\x1b[0m\x1b[2J\x1b[?1049hb',
    'a\x1b[0m\x1b[2J\x1b[?1049hb',
  ],
  ['what resets the background is followed by the tint', 'a\x1b]111\x1b\\b', `a\x1b]111\x1b\\${tint}b`],
  ['ended by BEL, too', 'a\x1b]111\x07b', `a\x1b]111\x07${tint}b`],
  ['so is a full reset', 'a\x1bcb', `a\x1bc${tint}b`],
  ['and what pops colors in kitty', 'a\x1b[#Qb', `a\x1b[#Q${tint}b`],
  ['a background that a program sets is its own', 'a\x1b]11;#00ff00\x07b', 'a\x1b]11;#00ff00\x07b'],
  ['and its question goes to the terminal, which knows', 'a\x1b]11;?\x07b', 'a\x1b]11;?\x07b'],
]
for (const [claim, program, shown] of keeps)
  test(`dynamic: ${claim}`, () => {
    assert.equal(session(program).shown, `${tint}${shown}`)
  })

test('dynamic: at the end the background is reset, once, whoever set it', () => {
  for (const program of ['x', 'x\x1b]11;#00ff00\x07', 'x\x1b]111\x07'])
    assert.equal(session(program).end, '\x1b]111\x1b\\', JSON.stringify(program))
  assert.deepEqual([...session('x').stream.originals()], [['11', '#1e1e1e']])
})

test('dynamic: a command that writes nothing changes nothing', () => {
  const stream = createStream(dynamic)
  stream.open()
  assert.equal(stream.close().length, 0)
})

test('a color that a program changes is asked for before, once', () => {
  const { shown, end, stream } = session('\x1b]4;7;#fff;8;#eee\x07\x1b]4;7;#ddd\x07\x1b]10;#abc\x07x', {
    ...asking,
    tint: undefined,
  })
  assert.equal(
    shown,
    '\x1b]4;7;?\x1b\\\x1b]4;8;?\x1b\\\x1b]4;7;#fff;8;#eee\x07\x1b]4;7;#ddd\x07\x1b]10;?\x1b\\\x1b]10;#abc\x07x',
  )
  const typed =
    'l\x1b]4;7;rgb:aaaa/bbbb/cccc\x1b\\s\x1b]4;8;rgb:1234/0000/0000\x07\x1b]10;rgb:ffff/ffff/ffff\x1b\\\r'
  assert.equal(
    bytes(stream.answered(Buffer.from(typed))).toString(),
    'ls\r',
    'the answers are ours, the rest is the command’s',
  )
  assert.deepEqual(
    [...stream.originals()],
    [
      ['4;7', '#aabbcc'],
      ['4;8', 'rgb:1234/0000/0000'],
      ['10', '#ffffff'],
    ],
  )
  assert.equal(end, '\x1b]104;7;8\x1b\\\x1b]110\x1b\\')
})

test('of a terminal that answers no questions, no color is asked for', () => {
  assert.equal(session('\x1b]4;7;#fff\x07x', unadorned).shown, '\x1b]4;7;#fff\x07x')
})

test('answers come back in any pieces, and one that a program asked for is the program’s', () => {
  for (const size of [1, 2, 3, 100]) {
    const { stream } = session('\x1b]4;7;?\x07\x1b]4;7;#fff\x07', { ...asking, tint: undefined })
    const answer = Buffer.from('a\x1b]4;7;rgb:0000/0000/0000\x1b\\b\x1b]4;7;rgb:0000/0000/0000\x1b\\c')
    let got = ''
    for (let at = 0; at < answer.length; at += size)
      got += bytes(stream.answered(answer.subarray(at, at + size))).toString()
    // An ESC that comes alone is taken for the key.
    const key = size === 1 ? '\x1b' : ''
    assert.equal(got, `a\x1b]4;7;rgb:0000/0000/0000\x1b\\b${key}c`, `in pieces of ${size}`)
  }
})

test('a program that asks for the background is told what it stands on', () => {
  const { shown, stream } = session('\x1b]11;?\x07x', asking)
  assert.ok(shown.includes('\x1b]11;?\x07'))
  const answer = Buffer.from('\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\')
  assert.equal(bytes(stream.answered(answer)).toString(), '\x1b]11;rgb:4040/1010/1010\x1b\\')
  assert.equal(bytes(stream.answered(answer)).toString(), answer.toString(), 'only once for a question')
})

test('a program that set the background itself is told what it set, until it resets it', () => {
  const { stream } = session('\x1b]11;#00ff00\x07\x1b]11;?\x07x', asking)
  const green = Buffer.from('\x1b]11;rgb:0000/ffff/0000\x1b\\')
  assert.equal(bytes(stream.answered(green)).toString(), green.toString())
  stream.push(Buffer.from('\x1b]111\x07\x1b]11;?\x07'))
  assert.match(bytes(stream.answered(green)).toString(), /4040/)
})

test('what is typed goes through as it is, while answers are awaited, too', () => {
  const { stream } = session('\x1b]11;?\x07', asking)
  for (const typed of ['\x1b', '\x1b[A', '\x1b]', '\x1b]x', '\x1bOP', 'é'])
    assert.equal(
      bytes(stream.answered(Buffer.from(typed)), stream.answered(Buffer.from('z'))).toString(),
      `${typed}z`,
    )
})

test('a color that is only reset is asked for, too, and is afterwards as it was', () => {
  const { shown, stream } = session('\x1b]112\x07\x1b]104;1;2\x07x', { ...asking, tint: undefined })
  assert.equal(shown, '\x1b]12;?\x1b\\\x1b]112\x07\x1b]4;1;?\x1b\\\x1b]4;2;?\x1b\\\x1b]104;1;2\x07x')
  stream.answered(Buffer.from('\x1b]12;rgb:aaaa/bbbb/cccc\x1b\\'))
  assert.deepEqual([...stream.originals()], [['12', '#aabbcc']])
})
