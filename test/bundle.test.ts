// What is loaded at every start is only what every start needs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import '../scripts/ready.mjs'

const bundle = (name: string) =>
  readFileSync(join(import.meta.dirname, '../dist', `${name}.bundle.cjs`), 'latin1')

/** Each with a text that it cannot be without, and a bundle that is loaded late and has it; undefined: none yet. */
const late: readonly (readonly [what: string, text: RegExp, where: string | undefined])[] = [
  ['the names of CSS', /rebeccapurple/, 'color-syntaxes'],
  ['the functions of CSS', /\^hsla\?/, 'color-syntaxes'],
  ['the ways to write a color', /palette:52/, 'color-syntaxes'],
  ['the words about them', /goes wrong at character/, 'color-syntaxes'],
  ['TOML', /Invalid TOML/, 'config-file'],
  ['valibot', /vendor:"valibot"|kind:"schema"/, undefined],
  ['React', /react\.element|react\.transitional\.element/, undefined],
]
for (const [what, text, where] of late)
  test(`${what}: loaded where it is wanted, by neither program at its start`, () => {
    for (const program of ['tint0', 'tint0ctl']) assert.ok(!text.test(bundle(program)), program)
    if (where)
      assert.ok(text.test(bundle(where)), `it is looked for in vain, for it is not in ${where} either`)
  })
