// Manual pages as roff: every character comes out as it went in, and nothing of a text is taken for a request.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { manFiles } from '../../src/cli/man.ts'
import { type Block, code, item, paragraph, roffOf } from '../../src/cli/man-roff.ts'

const body = (...blocks: readonly Block[]): readonly string[] =>
  roffOf({ name: 'x', number: 1, purpose: 'y', synopsis: ['z'], sections: [{ title: 'S', blocks }] }, '1')
    .split('\n')
    .slice(8, -1)

/** What groff would show of a line of text, as far as we use it. */
const shown = (line: string): string =>
  line
    .replace(/^\\&/, '')
    .replace(/\\f[BIP]|\\\[u([0-9A-F]{4,6})\]|\\\(([a-z]{2})|\\(-)/g, (_, code, name, hyphen) =>
      code ? String.fromCodePoint(Number.parseInt(code, 16)) : hyphen ? '-' : (glyphs[name ?? ''] ?? ''),
    )

const glyphs: Readonly<Record<string, string>> = { rs: '\\', dq: '"', ha: '^', ti: '~', ga: '`', aq: "'" }

test('a page begins with its title, its name and its synopsis', () => {
  const lines = roffOf(
    { name: 'tint0.toml', number: 5, purpose: 'a "file"', synopsis: ['`a-b`', '<c>'], sections: [] },
    '1.2',
  ).split('\n')
  assert.deepEqual(lines, [
    '.TH TINT0.TOML 5 "" "tint0 1.2" "File Formats"',
    '.nh',
    '.ad l',
    '.SH NAME',
    'tint0.toml \\- a \\(dqfile\\(dq',
    '.SH SYNOPSIS',
    '\\fBa\\-b\\fP',
    '.br',
    '\\fIc\\fP',
    '',
  ])
})

test('a hyphen that is typed can be copied, and one between words is a hyphen', () => {
  assert.deepEqual(body(paragraph('well-known: `--a-b=`<c-d>')), [
    'well-known: \\fB\\-\\-a\\-b=\\fP\\fIc\\-d\\fP',
  ])
})

test('what begins a line with a dot or a quote is no request', () => {
  assert.deepEqual(body(paragraph('.host'), code('.so /etc/passwd', "'x")), [
    '\\&.host',
    '.PP',
    '.RS 4',
    '.nf',
    '\\&.so /etc/passwd',
    '\\(aqx',
    '.fi',
    '.RE',
  ])
  assert.deepEqual(body(item("'a'", '.b', "'c")), ['.TP', "\\&'a'", '\\&.b', '.IP', "\\&'c"])
})

test('whatever stands in a text is shown as it is, and is one line', () => {
  const text = fc.string({ unit: 'grapheme' }).map((one) => one.replace(/[`<>\n\p{Cc}]/gu, ' '))
  fc.assert(
    fc.property(text, text, (prose, typed) => {
      const [first = '', ...others] = body(item(prose, `${prose}\`${typed}\``)).slice(1)
      assert.equal(shown(first), prose)
      assert.deepEqual(others.map(shown), [`${prose}${typed}`])
      for (const line of [first, ...others]) assert.doesNotMatch(line, /^[.']|[^\x20-\x7e]/)
    }),
  )
})

test('the pages are ASCII without a line that is empty, blank at its end, or a request that is not ours', () => {
  for (const [name, text] of Object.entries(manFiles())) {
    const lines = text.slice(0, -1).split('\n')
    assert.ok(lines.length > 100, name)
    let isCode = false
    for (const line of lines) {
      if (line === '.nf' || line === '.fi') isCode = line === '.nf'
      if (!isCode) assert.match(line, /^[\x20-\x7e]*[^ ]$/, name)
      if (/^[.']/.test(line)) assert.match(line, /^\.(TH|SH|SS|PP|TP|IP|RS|RE|nf|fi|nh|ad|br)\b/, line)
    }
  }
})
