// What programs in JavaScript write, spelled by the library that they write it with: the screen is the untinted one, with
// the tint, and nothing of it stays switched on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import xterm from '@xterm/headless'
import escapes from 'ansi-escapes'
import { createStream } from '../../src/stream/stream.ts'
import { bytes, render, rewriting, tinted } from './judge.ts'

const options = { ...rewriting, titleMark: '🔴 ', title: 'x' }
const screenful = Array.from({ length: 9 }, (_, i) => `line ${i} ${'x'.repeat(i * 3)}`).join('\r\n')

const writes: readonly (readonly [name: string, text: string])[] = [
  ['cursorTo', escapes.cursorTo(3, 4)],
  ['cursorMove', escapes.cursorMove(-5, -2)],
  ['cursorUp', escapes.cursorUp(3)],
  ['cursorNextLine', escapes.cursorNextLine],
  ['cursorPrevLine', escapes.cursorPrevLine],
  ['cursorSavePosition', `${escapes.cursorSavePosition}\x1b[41mred${escapes.cursorRestorePosition}`],
  ['eraseLines', escapes.eraseLines(4)],
  ['eraseLine', escapes.eraseLine],
  ['eraseEndLine', escapes.cursorBackward(4) + escapes.eraseEndLine],
  ['eraseStartLine', escapes.eraseStartLine],
  ['eraseDown', escapes.cursorTo(0, 2) + escapes.eraseDown],
  ['eraseUp', escapes.cursorTo(9, 5) + escapes.eraseUp],
  ['eraseScreen', escapes.eraseScreen],
  ['scrollUp', escapes.scrollUp.repeat(3)],
  // Not scrollDown (CSI T): the judge, alone of those known, scrolls in lines of the default background, whatever is set.
  ['clearScreen', escapes.clearScreen],
  ['clearTerminal', escapes.clearTerminal],
  ['clearViewport', escapes.clearViewport],
  ['link', escapes.link('words', 'https://example.org/')],
  ['enterAlternativeScreen', escapes.enterAlternativeScreen],
  ['exitAlternativeScreen', `${escapes.enterAlternativeScreen}there${escapes.exitAlternativeScreen}`],
  ['synchronizedOutput', escapes.synchronizedOutput('at once')],
]

for (const [name, text] of writes)
  for (const [where, before] of [
    ['by itself', ''],
    ['after a background of its own', '\x1b[44mblue\x1b[0m\r\n'],
    ['with a background of its own', '\x1b[42m'],
  ] as const)
    test(`${name} ${where}: the screen is the untinted one, with the tint`, async () => {
      const input = bytes(screenful, before, text, 'then\ttext\r\nmore')
      const stream = createStream(options)
      const shown = await render(bytes('\x1b[H', stream.open(), Buffer.from(stream.push(input))))
      const without = await render(bytes('\x1b[H', input))
      assert.deepEqual(shown.cursor, without.cursor)
      assert.deepEqual(shown.cells, tinted(without.cells))
    })

test('what a program leaves switched on is switched off for it', async () => {
  const stream = createStream(options)
  const left = bytes(escapes.enterAlternativeScreen, escapes.cursorHide, escapes.beginSynchronizedOutput)
  const written = bytes(stream.open(), Buffer.from(stream.push(left)), stream.close()).toString()
  for (const off of [escapes.exitAlternativeScreen, escapes.cursorShow, escapes.endSynchronizedOutput])
    assert.ok(written.lastIndexOf(off) > written.indexOf(left.toString().slice(-8)), JSON.stringify(off))
  const terminal = new xterm.Terminal({ allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(written, resolve))
  assert.equal(terminal.buffer.active.type, 'normal')
  terminal.dispose()
})
