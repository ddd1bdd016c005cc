import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText } from '../../src/cli/help.ts'
import { groups, type OptionRow } from '../../src/cli/option.ts'
import { options } from '../../src/cli/options.ts'

const rows: readonly OptionRow[] = (options as readonly OptionRow[]).filter(({ hidden }) => !hidden)
const lines = helpText().split('\n')

test('every option stands on exactly one line of the help, with its letter, its value and its text', () => {
  for (const { name, short, value, text } of rows) {
    const found = lines.filter((line) => new RegExp(`^ +(-\\w, )?--${name}(?![\\w-])`).test(line))
    assert.equal(found.length, 1, `--${name}`)
    const [line = ''] = found
    assert.ok(line.endsWith(` ${text}`), line)
    assert.equal(line.includes(`--${name}=${value}`), value !== undefined, line)
    assert.equal(/^ +-(\w), /.exec(line)?.[1], short, line)
  }
})

test('the help names no option that is not in the table', () => {
  const named = lines.flatMap((line) => [...line.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => name ?? ''))
  assert.deepEqual(
    named.filter((name) => !rows.some((row) => row.name === name)),
    [],
  )
})

test('options stand under the title of their group', () => {
  const title = (name: string) => {
    const at = lines.findIndex((line) => new RegExp(`--${name}(?![\\w-])`).test(line))
    return lines.slice(0, at).findLast((line) => /^\S.*:$/.test(line))
  }
  for (const { name, group } of rows) assert.equal(title(name), `${groups[group]}:`, `--${name}`)
})

test('all texts of options begin in the same column', () => {
  const columns = rows.map(({ text }) => lines.find((line) => line.endsWith(` ${text}`))?.lastIndexOf(text))
  assert.deepEqual(new Set(columns).size, 1, String(columns))
})

test('the help fits 80 columns and 56 lines (more than a screen has goes through a pager), and ends in exactly one newline', () => {
  for (const line of lines) assert.ok(line.length <= 80, line)
  assert.ok(lines.length - 1 <= 56, `${lines.length - 1} lines`)
  assert.match(helpText(), /[^\n]\n$/)
})

test('the help tells the exit statuses that are ours', () => {
  for (const status of ['125', '126', '127', '128+n']) assert.ok(helpText().includes(status), status)
})

test('the help holds no tab, no control character and no blank at the end of a line', () => {
  assert.doesNotMatch(helpText().replaceAll('\n', ''), /\p{Cc}/u)
  assert.doesNotMatch(helpText(), /[ \t]$/m)
})
