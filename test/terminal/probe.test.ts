// The answers to a report's questions, among what is typed, however they are cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createProbeReader } from '../../src/terminal/probe.ts'

const answers = {
  device: '\x1b[>41;379;0c',
  background: '\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\',
  foreground: '\x1b]10;rgb:cdcd/d6d6/f4f4\x07',
  version: '\x1bP>|XTerm(379)\x1b\\',
  trueColor: '\x1bP1+r524742=382F382F38\x1b\\',
  attributes: '\x1b[?64;1;2c',
}
const said = {
  device: '41;379;0',
  background: 'rgb:1e1e/1e1e/2e2e',
  foreground: 'rgb:cdcd/d6d6/f4f4',
  version: 'XTerm(379)',
  trueColor: '1',
  attributes: '64;1;2',
}
const names = Object.keys(answers) as (keyof typeof answers)[]

const read = (text: string, cuts: readonly number[] = []) => {
  const reader = createProbeReader()
  const places = [0, ...cuts.map((cut) => cut % text.length), text.length].sort((a, b) => a - b)
  for (const [i, place] of places.slice(1).entries())
    reader.push(Buffer.from(text.slice(places[i], place), 'latin1'))
  return reader
}

test('every answer is understood, and what is typed between them comes out as it was, wherever it is cut', () => {
  const typing = fc.array(fc.constantFrom('l', 's', ' ', '\r', '\x1b[A', '\x1bOP', 'ü', ';', 'c'), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(
      fc.array(typing, { minLength: 7, maxLength: 7 }),
      fc.array(fc.nat(), { maxLength: 9 }),
      (typed, cuts) => {
        const parts = typed.map((keys) => keys.join(''))
        const text = names.map((name, i) => `${parts[i]}${answers[name]}`).join('') + parts[6]
        const reader = read(text, cuts)
        assert.deepEqual(Object.fromEntries(names.map((name) => [name, reader.said(name)])), said)
        assert.equal(reader.rounds(), 1)
        assert.equal(Buffer.from(reader.typed()).toString('latin1'), parts.join(''))
      },
    ),
  )
})

test('a round is over with each answer to DA1, also where it is the same', () => {
  assert.equal(read(answers.attributes + answers.attributes).rounds(), 2)
})

test('an answer whose end does not come is given back as it was', () => {
  for (const cut of ['\x1b]11;rgb:1e1e', '\x1bP>|XTerm', '\x1b[?6', '\x1b'])
    assert.equal(Buffer.from(read(cut).typed()).toString('latin1'), cut)
  const endless = `\x1bP${'x'.repeat(2000)}`
  assert.equal(Buffer.from(read(endless).typed()).toString('latin1'), endless)
})
