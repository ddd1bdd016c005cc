import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { options } from '../../src/cli/options.ts'
import { readRequest } from '../../src/cli/request.ts'
import { presetNames, presetProperties, presets } from '../../src/cli/sandbox.ts'
import { failureIn } from '../failure.ts'

const sandboxOf = async (...words: string[]) => {
  const request = await readRequest(words)
  return request.kind === 'session' ? request.setting.sandbox : undefined
}

test('presets add up, by several options or with commas', async () => {
  assert.deepEqual(await sandboxOf('--sandbox=private', '--sandbox', 'readonly'), ['private', 'readonly'])
  assert.deepEqual(await sandboxOf('--sandbox=no-network,private'), ['no-network', 'private'])
  for (const text of ['', 'nobody', 'private,', 'readonly private', 'Private', 'toString'])
    assert.equal((await failureIn(sandboxOf(`--sandbox=${text}`))).subject, '--sandbox', text)
})

test('what a preset sets is an assignment, and is set once', async () => {
  const all = presetProperties([...presetNames, ...presetNames])
  assert.deepEqual(all, [...new Set(all)])
  for (const { properties } of Object.values(presets))
    for (const text of properties) {
      assert.match(text, /^[A-Z]\w+=\S/)
      assert.ok(all.includes(text))
    }
})

test('the help names every preset, and README shows each with what it sets', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const help = options.find(({ name }) => name === 'sandbox')?.text ?? ''
  for (const [name, { text, properties }] of Object.entries(presets)) {
    assert.ok(help.includes(name), name)
    assert.ok(readme.includes(`| \`${name}\` | ${text} | \`${properties.join('`, `')}\` |`), name)
  }
})

test('where a report goes is a file, or a descriptor that is not the input', async () => {
  const target = async (text: string) => {
    const request = await readRequest([`--json=${text}`])
    return request.kind === 'session' ? request.report : undefined
  }
  assert.deepEqual(await Promise.all(['3', '1', './3', 'a b', '-1', '3x'].map(target)), [
    3,
    1,
    './3',
    'a b',
    '-1',
    '3x',
  ])
  for (const text of ['', '0', '00', '99999999999'])
    assert.equal((await failureIn(target(text))).subject, '--json')
})
