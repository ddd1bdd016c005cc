// Which functions a terminal answers: behind those the end of a session is waited for, so that no answer is typed into the shell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStream, unadorned } from '../../src/stream/stream.ts'

/** How many answers to DA1 are owed after a program that wrote `text`; undefined: nothing was asked. */
const owedAfter = (text: string): number | undefined => {
  const stream = createStream(unadorned)
  stream.push(Buffer.from(text, 'latin1'))
  return stream.owed()
}

const asking: readonly (readonly [what: string, ...texts: string[]])[] = [
  ['its attributes', '\x1b[>c', '\x1b[=c', '\x1b[>q'],
  ['its state and the cursor', '\x1b[5n', '\x1b[6n', '\x1b[?6n', '\x1b[?996n'],
  ['a mode', '\x1b[?25$p', '\x1b[4$p'],
  ['the keyboard', '\x1b[?u', '\x1b[?4m'],
  [
    'a setting, a capability',
    '\x1bP$qm\x1b\\',
    '\x1bP+q544e\x1b\\',
    '\x1b[1$w',
    '\x1b[x',
    '\x1b[#|',
    '\x1b[#R',
  ],
  ['its size, the title', '\x1b[14t', '\x1b[18t', '\x1b[21t', '\x1b["v'],
  ['a color', '\x1b]11;?\x07', '\x1b]4;7;?\x1b\\', '\x1b]21;background=?\x07'],
  ['the clipboard, a pointer, a cell', '\x1b]52;c;?\x07', '\x1b]22;?\x07', '\x1b]1337;ReportCellSize\x07'],
  ['an image, and kitty', '\x1b_Gi=1,a=q;AAAA\x1b\\', '\x1b[?1;1S', '\x1bP@kitty-cmd{}\x1b\\'],
]
for (const [what, ...texts] of asking)
  test(`a program that asks the terminal for ${what} is not the last to write`, () => {
    for (const text of texts) assert.equal(owedAfter(text), 0, JSON.stringify(text))
  })

test('each question for the primary attributes is owed an answer', () => {
  assert.equal(owedAfter('\x1b[c'), 1)
  assert.equal(owedAfter('\x1b[c\x1b[0c'), 2)
  assert.equal(owedAfter('\x1bZ'), 1, 'DECID, which is answered like one')
})

test('an answer that came is not owed any more: several in one piece count, and what only looks like one does not', () => {
  const owed = (asks: string, ...answers: string[]) => {
    const stream = createStream(unadorned)
    stream.push(Buffer.from(asks))
    for (const answer of answers) stream.answered(Buffer.from(answer))
    return stream.owed()
  }
  assert.equal(owed('\x1b[c', '\x1b[?62;22c'), 0)
  assert.equal(owed('\x1b[c\x1b[c', '\x1b[?62;22c\x1b[?62;22c'), 0)
  assert.equal(owed('\x1b[c', '\x1b[?62;22c', '\x1b[?62;22c'), 0)
  assert.equal(owed('\x1b[?25$p\x1b[c', '\x1b[?25;1$yc'), 1)
  assert.equal(owed('\x1b[>c\x1b[c', '\x1b[>41;379;0c'), 1)
})

test('a program that asks nothing is not waited for', () => {
  for (const text of [
    'text\r\n\x1b[31mred\x1b[m',
    '\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H\x1b[?1049l',
    '\x1b]0;what?\x07\x1b]11;#123\x07\x1b]1337;File=:AA?\x07',
    '\x1b[22;0t\x1b[8;24;80t\x1b[>4;2m\x1b[>1u\x1b[<u',
    '\x1bPq~\x1b\\\x1b[?1000h\x1b[?1000l',
  ])
    assert.equal(owedAfter(text), undefined, JSON.stringify(text))
})

test('a terminal that reports by itself is waited for as long as it does', () => {
  for (const mode of [9, 1000, 1002, 1003, 1004, 2031, 2048]) {
    assert.equal(owedAfter(`\x1b[?${mode}h`), 0)
    assert.equal(owedAfter(`\x1b[?${mode}h\x1b[?${mode}l`), undefined)
  }
})
