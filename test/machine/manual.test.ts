// The manual pages as man(1) shows them, and as mandoc(1) checks them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import type { OptionRow } from '../../src/cli/option.ts'
import { options } from '../../src/cli/options.ts'

const folder = '/src/dist/man'
const pages = ['tint0.1', 'tint0ctl.1', 'tint0.toml.5']

const man = (page: string, columns: number, locale = 'C.UTF-8') =>
  spawnSync('man', ['--warnings=all', '-l', `${folder}/${page}`], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', MANWIDTH: String(columns), LC_ALL: locale, MANPAGER: 'cat', TERM: 'dumb' },
  })

test('groff has nothing to warn of, at 80 and at 120 columns, and no line is longer', () => {
  for (const page of pages)
    for (const columns of [80, 120]) {
      const { stdout, stderr, status } = man(page, columns)
      assert.equal(stderr, '', page)
      assert.equal(status, 0)
      assert.ok(stdout.split('\n').length > 50, page)
      for (const line of stdout.split('\n')) assert.ok(line.length <= columns, `${page}: ${line}`)
    }
})

test('mandoc has nothing to warn of but that pages have no date', () => {
  for (const page of pages) {
    const { stdout, stderr } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', `${folder}/${page}`], {
      encoding: 'utf8',
    })
    const lines = `${stdout}${stderr}`.trim().split('\n')
    assert.equal(lines.length, 1, lines.join('\n'))
    assert.match(lines[0] ?? '', /missing date/)
  }
})

test('each option can be read and copied from the page, in UTF-8 and in ASCII', () => {
  for (const locale of ['C.UTF-8', 'C']) {
    const lines = man('tint0.1', 120, locale).stdout.split('\n')
    for (const { name, short, value } of options as readonly OptionRow[]) {
      const found = lines.filter((line) =>
        new RegExp(`^ {7}(-\\w( [A-Z=]+)?, )?--${name}(?![\\w-])[^ .]*(, --\\S+)*( [A-Z].*)?$`).test(line),
      )
      assert.equal(found.length, 1, `--${name}`)
      if (value) assert.ok(found[0]?.includes(`--${name}=${value}`), found[0])
      if (short) assert.ok(found[0]?.startsWith(`       -${short}`), found[0])
    }
  }
})

test('man finds the sections of the whatis database: a name and a purpose', () => {
  for (const page of pages) {
    const { stdout } = spawnSync('lexgrog', [`${folder}/${page}`], { encoding: 'utf8' })
    assert.match(stdout, /: "tint0[a-z.]* - [a-z0-9 ,]+"\n$/i)
  }
})
