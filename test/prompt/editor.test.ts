// What is typed at a prompt, against a model that has strings.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createEditor, newSecret } from '../../src/prompt/editor.ts'

const keys = { erase: 0x7f, kill: 0x15, word: 0x17, end: 0x04 }
const longest = 24

/** The same by text: a list of characters, each a byte and its followers. */
const model = () => {
  let chars: Buffer[] = []
  let over = false
  const size = () => chars.reduce((sum, { length }) => sum + length, 0)
  const cut = (to: number) => {
    chars = chars.slice(0, to)
    if (chars.length === 0) over = false
  }
  const add = (byte: number) => {
    const last = chars.at(-1)
    if ((byte & 0xc0) === 0x80 && last) chars[chars.length - 1] = Buffer.concat([last, Buffer.from([byte])])
    else chars.push(Buffer.from([byte]))
  }
  return {
    type: (byte: number) => {
      if (byte === 0x7f || byte === 8) return cut(Math.max(0, chars.length - 1))
      if (byte === 0x15) return cut(0)
      if (byte === 0x17) {
        const left = Buffer.concat(chars)
          .toString('latin1')
          .replace(/[^ ]* *$/, '')
        chars = []
        for (const before of Buffer.from(left, 'latin1')) add(before)
        return cut(chars.length)
      }
      if (byte === 0 || byte === 4 || byte === 9) return
      if (size() === longest) {
        over = true
        return
      }
      add(byte)
    },
    bytes: () => Buffer.concat(chars),
    isOver: () => over,
  }
}

const typedBytes = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 10 && byte !== 13),
    fc.constantFrom(0x7f, 0x15, 0x17, 0x20, 0x04, 0x00, 0x09),
    fc.integer({ min: 0x80, max: 0xff }),
  ),
  { maxLength: 120 },
)

test('any bytes: it has what a model has, no more than fits, and never a part of what was too much', () => {
  fc.assert(
    fc.property(typedBytes, (bytes) => {
      const editor = createEditor(longest, keys)
      const expected = model()
      for (const byte of bytes) {
        editor.type(byte)
        expected.type(byte)
        assert.equal(editor.overflown, expected.isOver())
      }
      assert.deepEqual(editor.take(), expected.bytes())
      assert.deepEqual([editor.length(), editor.take().length], [0, 0])
    }),
    { numRuns: 2000 },
  )
})

test('characters of UTF-8 are erased one by one, and counted as such', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.nat(8), (text, erased) => {
      const chars = [...text].filter((char) => (char.codePointAt(0) ?? 0) > 0x20 && char !== '\x7f')
      const editor = createEditor(511, keys)
      for (const byte of Buffer.from(chars.join(''))) editor.type(byte)
      assert.equal(editor.length(), chars.length)
      for (let left = erased; left > 0; left--) editor.type(0x7f)
      assert.equal(editor.text(), chars.slice(0, Math.max(0, chars.length - erased)).join(''))
    }),
  )
})

test('511 bytes are an answer, 512 are none until all of it is erased', () => {
  const editor = createEditor(511, keys)
  for (let left = 511; left > 0; left--) assert.equal(editor.type(0x78), 'changed')
  assert.equal(editor.overflown, false)
  assert.equal(editor.type(0x78), 'refused')
  editor.type(0x7f)
  assert.equal(editor.overflown, true, 'the beginning of it is not what was meant')
  editor.type(0x15)
  assert.equal(editor.overflown, false)
})

test('the special characters are those of the terminal; one that is none means nothing', () => {
  const editor = createEditor(8, { erase: 0x23, kill: 0x40, word: 0, end: 0 })
  for (const byte of Buffer.from('ab#c')) editor.type(byte)
  assert.equal(editor.text(), 'ac')
  editor.type(0x40)
  assert.equal(editor.text(), '')
  assert.equal(editor.type(0), 'ignored')
  assert.equal(editor.type(4), 'changed')
})

const isEmpty = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)

test('what is erased, taken or wiped is nowhere in its memory any more', () => {
  const rows: readonly (readonly [
    name: string,
    act: (editor: ReturnType<typeof createEditor>) => unknown,
  ])[] = [
    ['^U', (editor) => editor.type(keys.kill)],
    ['^W', (editor) => editor.type(keys.word)],
    ['backspace', (editor) => Array.from('wonderland', () => editor.type(keys.erase))],
    ['take', (editor) => editor.take()],
    ['wipe', (editor) => editor.wipe()],
  ]
  for (const [name, act] of rows) {
    const bytes = newSecret(16)
    const editor = createEditor(16, keys, bytes)
    for (const byte of Buffer.from('wonderland')) editor.type(byte)
    assert.equal(bytes.toString('latin1', 0, 10), 'wonderland')
    act(editor)
    assert.ok(isEmpty(bytes), name)
  }
})

test('what was taken is a copy of its own', () => {
  const editor = createEditor(16, keys)
  for (const byte of Buffer.from('wonderland')) editor.type(byte)
  const secret = editor.take()
  assert.equal(secret.toString(), 'wonderland')
  assert.equal(secret.buffer.byteLength, secret.length, 'in memory of its own, not in a pool')
  assert.equal(editor.text(), '')
})
