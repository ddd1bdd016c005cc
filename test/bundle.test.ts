// What is loaded at every start is only what every start needs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import '../scripts/ready.mjs'

const bundle = (name: string) => readFileSync(join(import.meta.dirname, '../dist', name), 'latin1')

/** Each with a text that it cannot be without, and a bundle that is loaded late and has it. */
const late: readonly (readonly [what: string, text: RegExp, where: string])[] = [
  ['the names of CSS', /rebeccapurple/, 'color-syntaxes.bundle.cjs'],
  ['the functions of CSS', /\^hsla\?/, 'color-syntaxes.bundle.cjs'],
  ['the ways to write a color', /palette:52/, 'color-syntaxes.bundle.cjs'],
  ['the words about them', /goes wrong at character/, 'color-syntaxes.bundle.cjs'],
  ['TOML', /Invalid TOML/, 'config-file.bundle.cjs'],
  ['valibot', /vendor:"valibot"/, 'config-file.bundle.cjs'],
  ["the configuration's reader", /give it a key such as background/, 'config-file.bundle.cjs'],
  ["the themes' reader", /is no key of a theme/, 'theme-load.bundle.cjs'],
  ['React', /react\.transitional\.element/, 'ui-ui.mjs'],
  ['Ink', /ink-virtual-text/, 'ui-ui.mjs'],
  ['our agent', /BeginAuthentication/, 'commands-agents.bundle.cjs'],
  ['what it says', /Sorry, try again/, 'commands-agents.bundle.cjs'],
  ['the prompt on the terminal', /no terminal to ask on/, 'commands-agents.bundle.cjs'],
  ['how it is typed at', /too long; once more/, 'commands-agents.bundle.cjs'],
  ['answers from elsewhere', /That is no password/, 'commands-agents.bundle.cjs'],
  ['what is said before', /so says tint0/, 'commands-introduction.bundle.cjs'],
]
for (const [what, text, where] of late)
  test(`${what}: loaded where it is wanted, by neither program at its start`, () => {
    for (const program of ['tint0', 'tint0ctl'])
      assert.ok(!text.test(bundle(`${program}.bundle.cjs`)), program)
    assert.ok(text.test(bundle(where)), `it is looked for in vain, for it is not in ${where} either`)
  })
