// What is known to go wrong where a stream is rewritten with less care (in run0 and its like), row by row: W1 to W30, as far as
// the stream decides it. The name says what the user sees instead.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStream, type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { bytes, render, rewriting, tint, tinted } from './judge.ts'

const T = `\x1b[${tint}m`
const marking: StreamOptions = { ...unadorned, titleMark: '🔴 ', title: 'x', escK: true }

const latin1 = (text: string) => Buffer.from(text, 'latin1')
/** What comes out, one character a byte. */
const through = (input: string, options: StreamOptions = rewriting): string =>
  Buffer.from(createStream(options).push(latin1(input))).toString('latin1')
/** What is written when the program has ended. */
const endOf = (input: string, options: StreamOptions = unadorned): string => {
  const stream = createStream(options)
  stream.open()
  stream.push(latin1(input))
  return Buffer.from(stream.close()).toString()
}

/** Each input, and what comes out; without that, just the input. */
const rewritten = (claim: string, rows: readonly (readonly [input: string, output?: string])[]) =>
  test(claim, () => {
    for (const [input, output = input] of rows) assert.equal(through(input), output, JSON.stringify(input))
  })

/** Each program's screen is the untinted one, with the tint where the background was the default. */
const shown = (claim: string, programs: readonly string[]) =>
  test(claim, async () => {
    for (const program of programs) {
      const stream = createStream({ ...rewriting, ...marking, tint: rewriting.tint, title: undefined })
      stream.open()
      const open = Buffer.from(stream.paint())
      const screen = await render(bytes('\x1b[H', open, stream.push(latin1(program))))
      const without = await render(bytes('\x1b[H', latin1(program)))
      assert.deepEqual(screen.cursor, without.cursor, JSON.stringify(program))
      assert.deepEqual(screen.cells, tinted(without.cells), JSON.stringify(program))
    }
  })

rewritten('W1: a background of the program goes on behind a line feed and a carriage return', [
  ['\x1b[44mA\nB\rC\r\nD'],
])
rewritten('W2: a bright background is a background, also behind a reset', [
  ['\x1b[0;30;102mX'],
  ['\x1b[0;107mX'],
])
rewritten('W3: a background with colons is a background', [['\x1b[0;48:2::1:2:3mX'], ['\x1b[0;48:5:20mX']])
rewritten('W4: a reset with leading zeros is a reset', [
  ['\x1b[049mX', `\x1b[049m${T}X`],
  ['\x1b[000mX', `\x1b[000m${T}X`],
])
rewritten('W5: the keyboard settings that vim writes arrive as they are', [
  ['\x1b[>4;mX', `\x1b[>4;m${T}X`],
  ['\x1b[>4;0mX', `\x1b[>4;0m${T}X`],
  ['\x1b[44m\x1b[>4;2mX', '\x1b[44m\x1b[>4;2m\x1b[44mX'],
])
rewritten(
  'W6: images, questions and what goes through tmux arrive as they are, line feeds and resets in them',
  [
    ['\x1bPq#0~\n-\r\n~\x1b\\X'],
    ['\x1bP$qm\x1b\\X'],
    ['\x1b_Ga=T;AA\nAA\x1b\\X'],
    ['\x1b^pri\nvate\x1b\\X'],
    ['\x1bXsta\nrt\x1b\\X'],
    ['\x1bPtmux;\x1b\x1b[0m\n\x1b\x1b[0m\x1b\\X'],
  ],
)
shown('W7: a prompt behind a title that 9C ends is where the terminal shows it', [
  '\x1b]0;t\x9cprompt$ \x07X',
  '\x1b]0;t\x9cprompt$ \x1b[0mX',
])
test('W8: behind a string that never ends text does not wait longer than the terminal needs to show it', () => {
  assert.equal(through('\x1b]52;c;AA\x1b[0mX'), `\x1b]52;c;AA\x1b[0m${T}X`)
  for (const head of ['\x1bPq', '\x1b_G', '\x1b^', '\x1bX'])
    assert.equal(through(`${head}text and no end`), `${head}text and no end`)
  assert.equal(through(`\x1b]777;${'x'.repeat(300)}`).length, 306)
})
rewritten('W9: a reset that ends an unfinished title is followed by the tint', [
  ['\x1b]0;t\x1b[0mX', `\x1b]0;t\x1b[0m${T}X`],
])
rewritten('W10: a reset behind a function that was broken off is followed by the tint', [
  ['\x1b\x1b[0mX', `\x1b\x1b[0m${T}X`],
  ['\x1b[31\x1b[0mX', `\x1b[31\x1b[0m${T}X`],
])
rewritten('W11: a line feed inside a function executes, and the function acts; CAN and SUB end it', [
  ['\x1b[3\n1mX'],
  ['\x1b[\n0mX', `\x1b[\n0m${T}X`],
  ['\x1b[4\x184mX'],
  ['\x1b[4\x1a4mX'],
])
rewritten('W12: raw C1 is text, as the stream is UTF-8; where U+009B may be a CSI the tint comes again', [
  ['\x9b0mX'],
  ['\x9d0;t\x9cX'],
  ['\x90q\x9cX'],
  ['\xc2\x9b0mX', `\xc2\x9b0m${T}X`],
])
shown('W13: what was saved comes back with its own background, and what was not, with the tint', [
  '\x1b[44m\x1b7\x1b[0mA\x1b8B',
  '\x1b7\x1b[44mA\x1b8B',
  '\x1b[44m\x1b[s\x1b[0mA\x1b[uB',
  '\x1b[44m\x1b[?1048h\x1b[0mA\x1b[?1048lB',
  '\x1b[44m\x1b[?1049h\x1b[0mA\x1b[?1049lB',
  '\x1b[44m\x1b7\x1b[?1049h\x1b8A\x1b[?1049lB',
  '\x1b[44m\x1b7\x1b[!pA\x1b8B',
  '\x1b[44m\x1b[?1049h\x1b[?1049h\x1b[0mA\x1b8B',
  '\x1b8A\x1b[uB',
])
rewritten('W13: so it is with the stack of xterm', [
  ['\x1b[44m\x1b[#{\x1b[0mA\x1b[#}B', `\x1b[44m\x1b[#{\x1b[0m${T}A\x1b[#}\x1b[44mB`],
  ['\x1b[#p\x1b[44mA\x1b[#qB', `\x1b[#p\x1b[44mA\x1b[#q${T}B`],
])
rewritten('W14: each kind of soft reset is followed by the tint', [
  ['\x1b[0!pX', `\x1b[0!p${T}X`],
  ['\x1b[!pX', `\x1b[!p${T}X`],
  ['\x1b[62"pX', `\x1b[62"p${T}X`],
  ['\x1b[62;1"pX', `\x1b[62;1"p${T}X`],
])
shown('W15: what is erased, scrolled in or jumped over is tinted, too', [
  'a\tb\x1b[5Cc\r\n\x1b[0mline\x1b[K\r\n\x1b[2Jx',
  `\x1b[0m${'line\r\n'.repeat(15)}`,
  '\x1b[41mred\x1b[K\x1b[0m\r\nplain\x1b[K',
  `${'line\r\n'.repeat(5)}\x1b[3;5H\x1b[0m\x1b[2L\x1b[M\x1b[3@\x1b[2P\x1b[4X\x1b[1J`,
  '\x1b[2;4r\x1b[4;1H\x1b[0m\n\n\x1b[2;1H\x1bM\x1b[r',
])
shown('W16: the alternate screen is tinted as a whole, and so is what is there when it is left', [
  'main\x1b[?1049hA',
  'main\x1b[?1049h\x1b[44m\x1b[2J\x1b[0mA\x1b[?1049lB',
  'main\x1b[?1047h\x1b[2JA\x1b[?1047lB',
  '\x1b[?1049h\x1b[41mA\x1b[?1049l\x1b[K',
])
test('W17: the colors that a program set are given back, and its theme is what it stands on meanwhile', () => {
  assert.equal(
    endOf('\x1b]10;#fff\x07\x1b]11;#123\x07\x1b]12;red\x07'),
    '\x1b]110\x1b\\\x1b]111\x1b\\\x1b]112\x1b\\',
  )
  assert.equal(endOf('\x1b]11;#123\x07\x1b]111\x07'), '')
})
rewritten('W18: reverse video swaps what is there, and nothing is added to it', [
  ['\x1b[7mX\x1b[27mY'],
  ['\x1b[0;7mX', `\x1b[0;7m${T}X`],
])
test('W19: a terminal of few colors gets the tint that it can show, and no other', () => {
  for (const parameters of ['48;5;52', '41'])
    assert.equal(
      through('\x1b[0mX', { ...rewriting, tint: { kind: 'rewrite', parameters, color: undefined } }),
      `\x1b[0m\x1b[${parameters}mX`,
    )
})
const dot = Buffer.from('🔴 ').toString('latin1')
test('W20, W21: every title gets the dot once, whichever way it is set, and a long one, too', () => {
  for (const head of ['\x1b]0;', '\x1b]1;', '\x1b]2;', '\x1bk'])
    assert.equal(
      through(`${head}one\x1b\\${head}${dot}one\x1b\\`, marking),
      `${head}${dot}one\x1b\\`.repeat(2),
    )
  for (const length of [200, 3000, 50_000])
    assert.equal(
      through(`\x1b]0;${'t'.repeat(length)}\x07X`, marking),
      `\x1b]0;${dot}${'t'.repeat(200)}\x07X`,
    )
})
test('W22: the titles of window and icon come back both; where none can be saved an empty one is left', () => {
  const open = Buffer.from(createStream(marking).open()).toString()
  assert.equal(open, '\x1b[22;0t\x1b]2;🔴 x\x1b\\')
  assert.equal(endOf('', marking), '\x1b[23;0t')
  assert.equal(endOf('', { ...marking, titleAfter: '' }), '\x1b]2;\x1b\\')
})
test('W24: a program that changed nothing costs no settings, no colors of the user, and nothing below the cursor', () => {
  assert.equal(endOf('text\n'), '')
  assert.equal(endOf('text\n', rewriting), '\x1b[0m\x1b[J')
  assert.equal(endOf('one\r\ntwo\x1b[A', rewriting), '\x1b[0m')
})
test('W25: what a program leaves switched on is switched off, and nothing else', () => {
  const left =
    '\x1b[?1049h\x1b[?1000;1006h\x1b[?1004h\x1b[?2004h\x1b[?25l\x1b[?2026h\x1b[>1u\x1b[4 q\x1b]22;hand\x07'
  assert.equal(
    endOf(left),
    '\x1b[?2026l\x1b[<1u\x1b[?1049l\x1b[?1000l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[0 q\x1b]22;\x1b\\',
  )
})
test('W26: what would be written for us if we were killed gives the same things back', () => {
  const stream = createStream({ ...marking, tint: rewriting.tint })
  stream.open()
  stream.push(latin1('\x1b[?1049h\x1b[?1000h\x1b[?25l\x1b]11;#123\x07'))
  const will = stream.lastWill() ?? ''
  for (const undone of ['\x1b[?1049l', '\x1b[?1000l', '\x1b[?25h', '\x1b]111\x1b\\', '\x1b[0m', '\x1b[23;0t'])
    assert.ok(will.includes(undone), JSON.stringify(undone))
})
test('W27: short lines cost nothing', () => {
  assert.equal(through('x\r\n'.repeat(1000)).length, 3000)
})
test('W30: no line is added behind the last one', () => {
  for (const text of ['no end of line', 'text\r\n', '\x1b[2J\x1b[H', '\x1b[5;1H'])
    assert.doesNotMatch(endOf(text, rewriting), /[\r\n]/)
})
