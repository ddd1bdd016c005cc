// The table of findings, at any width.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf } from '../../src/commands/findings.ts'
import type { Finding } from '../../src/ui/finding.ts'
import { drawFindings } from '../../src/ui/ui.tsx'
import { wrapped } from '../../src/ui/wrap.ts'
import { good } from './facts.ts'

const findings = findingsOf({
  ...good,
  machine: {
    ...good.machine,
    polkit: undefined,
    noNewPrivileges: true,
    systemd: { booted: false, version: undefined },
  },
})

/** The words of a text, in order, without what a table puts between them. */
const words = (text: string) => text.split(/\s+/).filter(Boolean)

const ends = (drawn: string, { text, hint }: Finding) =>
  [...words(text), ...(hint ? ['→', ...words(hint)] : [])].every((word) => words(drawn).includes(word))

test('no line is wider than the terminal, no word is broken, and nothing is left out, from 40 columns to 200', async () => {
  for (let columns = 40; columns <= 200; columns += 4) {
    const drawn = await drawFindings(findings, columns, false)
    for (const line of drawn.split('\n')) {
      assert.ok(line.length <= columns, `${columns}: ${line}`)
      assert.doesNotMatch(line, /\s$/)
    }
    for (const finding of findings) assert.ok(ends(drawn, finding), `${columns}: ${finding.subject}`)
  }
})

test('there is a heading for each part, and a mark for each verdict', async () => {
  const lines = (await drawFindings(findings, 80, false)).split('\n')
  assert.deepEqual(
    lines.filter((line) => /^\w/.test(line)),
    ['Machine', 'Terminal', 'tint0'],
  )
  assert.equal(lines.filter((line) => line.startsWith('✗')).length, 4)
  assert.equal(lines.filter((line) => line.startsWith('◦')).length, 2)
})

test('lines are broken between words, and inside one only where it is too long', () => {
  assert.equal(wrapped('one two three', 7), 'one two\nthree')
  assert.equal(wrapped('one', 2), 'on\ne')
  assert.equal(wrapped('a longer-than-that b', 6), 'a\nlonger\n-than-\nthat b')
  assert.equal(wrapped('', 5), '')
})

test('at a width that nothing fits into there is a letter a line, and it ends', () => {
  for (const width of [0, -3]) assert.equal(wrapped('ab c', width), 'a\nb\nc')
})

test('the smallest terminals get a table, too; one that says 0 columns gets that of 80', async () => {
  for (let columns = 1; columns < 40; columns++)
    assert.notEqual(await drawFindings(findings, columns, true), '')
  assert.equal(await drawFindings(findings, 0, false), await drawFindings(findings, 80, false))
})
