// What a title may be made of, and that no text takes long to look through.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLook } from '../src/cli/look.ts'
import { parse } from '../src/cli/parse.ts'
import { wrongPart } from '../src/template.ts'
import { failureIn } from './failure.ts'

test('the first part that stands for nothing is told; braces that hold none are text', () => {
  assert.equal(wrongPart('{command} as {user} on {host}'), undefined)
  assert.equal(wrongPart('{user} {cwd} {x}'), '{cwd}')
  assert.equal(wrongPart('{}'), '{}')
  assert.equal(wrongPart('{{user}} { } x{'), '{ }')
  assert.equal(wrongPart('{ {user} }'), undefined)
})

test('a text of ten times the braces takes about ten times as long, not a hundred times', () => {
  const time = (count: number): number => {
    const text = '{'.repeat(count)
    const times = Array.from({ length: 5 }, () => {
      const from = process.hrtime.bigint()
      wrongPart(text)
      return Number(process.hrtime.bigint() - from)
    })
    return Math.min(...times)
  }
  assert.ok(time(30_000) < 40 * time(3_000))
})

test('a title has an end', async () => {
  const look = (title: string) => readLook(parse([`--title=${title}`]))
  assert.equal((await look('x'.repeat(1000))).title?.length, 1000)
  assert.equal((await failureIn(look('x'.repeat(1001)))).problem, 'is longer than 1000 characters')
})
