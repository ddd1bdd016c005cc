// What the terminal answers is picked out of what was typed, byte by byte.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReplyReader, QUESTIONS } from '../../src/terminal/replies.ts'
import { gray, hex } from '../color/judge.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const background = '\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\'
const foreground = '\x1b]10;rgb:d0/d0/d0\x07'
const kind = '\x1b[>84;0;0c'
const attributes = '\x1b[?62;22c'

test('both colors, the kind and the attributes are asked for in one go, the attributes last', () => {
  assert.equal(Buffer.from(QUESTIONS).toString(), '\x1b]11;?\x1b\\\x1b]10;?\x1b\\\x1b[>c\x1b[c')
})

test('the answers are read in any order and in any pieces; the rest was typed', () => {
  for (const answers of [
    [background, foreground, kind],
    [foreground, kind, background],
    [kind, background, foreground],
  ])
    for (const size of [1, 2, 3, 7, 1000]) {
      const reader = createReplyReader()
      const all = bytes(`a${answers.join('b')}c\x1b[A${attributes}`)
      for (let at = 0; at < all.length; at += size) reader.push(all.subarray(at, at + size))
      assert.deepEqual(reader.background(), hex('#1e1e1e'))
      assert.deepEqual(reader.foreground(), gray(0xd0))
      assert.equal(reader.kind(), 84)
      assert.ok(reader.done())
      assert.equal(Buffer.from(reader.typed()).toString('latin1'), 'abbc\x1b[A')
    }
})

test('a color that is none is an answer all the same, and tells nothing', () => {
  const reader = createReplyReader()
  reader.push(bytes(`\x1b]10;garbage\x07\x1b]11;\x1b\\${attributes}`))
  assert.deepEqual([reader.foreground(), reader.background()], [undefined, undefined])
  assert.equal(reader.typed().length, 0)
})

test('what begins like an answer and is none was typed', () => {
  const keys = '\x1b]12;rgb:0/0/0\x07\x1b]1\x1b]10\x1b[10;5R'
  const reader = createReplyReader()
  reader.push(bytes(`${keys}${attributes}`))
  assert.equal(Buffer.from(reader.typed()).toString('latin1'), keys)
})

test('a terminal that answers for its attributes first owes the colors still, each once', () => {
  const reader = createReplyReader()
  reader.push(bytes(`${kind}${attributes}`))
  const rest = (text: string) => Buffer.from(reader.strip(bytes(text))).toString('latin1')
  assert.equal(rest(`x${background}y`), 'xy')
  assert.equal(rest(background), background, 'the second one is for the command, which asked')
  assert.equal(rest(`${kind}${attributes}`), `${kind}${attributes}`)
  assert.equal(rest(foreground), '')
  assert.equal(rest(foreground), foreground)
})

test('when all is answered nothing is taken any more', () => {
  const reader = createReplyReader()
  reader.push(bytes(`${background}${foreground}${kind}${attributes}`))
  const more = bytes(`${background}${foreground}${attributes}`)
  assert.equal(reader.strip(more), more)
})
