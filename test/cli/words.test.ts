// Nothing of the tables is forgotten in what is made from them: help, manual, completions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import manifest from '../../package.json' with { type: 'json' }
import { type CompanionRow, companionCommands } from '../../src/cli/companion.ts'
import { completionsFor, type Shell, shells } from '../../src/cli/completions.ts'
import { offers, sources } from '../../src/cli/completions-values.ts'
import { companionHelp, helpText } from '../../src/cli/help.ts'
import { manFiles } from '../../src/cli/man.ts'
import { optionTexts } from '../../src/cli/man-options.ts'
import type { OptionRow } from '../../src/cli/option.ts'
import { options } from '../../src/cli/options.ts'
import { presetNames } from '../../src/cli/sandbox.ts'
import { shellInit } from '../../src/cli/shell-init.ts'
import { syntaxes } from '../../src/color/syntaxes.ts'
import { conditions, configurable } from '../../src/config/config.ts'
import { systemFile } from '../../src/config/files.ts'
import { variableOf } from '../../src/config/variables.ts'

const rows: readonly OptionRow[] = options
const shown = rows.filter(({ hidden }) => !hidden)
const companions: readonly CompanionRow[] = companionCommands
/** As it is read: without the marks of roff. */
const manual = (name: string): string =>
  (manFiles()[name] ?? '')
    .replaceAll(/\\f[BIP]|\\&/g, '')
    .replaceAll('\\-', '-')
    .replaceAll('\\(aq', "'")
const names = Object.keys(shells) as readonly Shell[]

test('every option is in the manual, with its letter, its value and all spellings', () => {
  const page = manual('tint0.1')
  for (const { name, short, value, also = [] } of rows) {
    const rest = value ? `=${value}` : ''
    const terms = page.split('\n').filter((line) => line.includes(`--${name}${rest}`) && line.startsWith('-'))
    assert.equal(terms.length, 1, `--${name}`)
    for (const other of also) assert.ok(terms[0]?.includes(`--${other}${rest}`), other)
    if (short) assert.ok(terms[0]?.startsWith(`-${short}${value ? ` ${value}` : ''}, --`), terms[0])
  }
})

test('what the manual says of an option is whole sentences, and more than nothing', () => {
  for (const [name, texts] of Object.entries(optionTexts))
    for (const text of texts) assert.match(text, /^[A-Z`].{10,}\.$/, name)
})

test('every color syntax, preset, and group of options is in the manual', () => {
  for (const { example } of syntaxes) {
    assert.ok(manual('tint0.1').includes(`.TP\n${example || "''"}\n`), example)
    assert.ok(manual('tint0ctl.1').includes(`.TP\n${example || "''"}\n`), example)
  }
  for (const name of presetNames) assert.ok(manual('tint0.1').includes(`.TP\n${name}\n`), name)
})

test('every key, every condition of rules and the file of the administrator is in tint0.toml(5)', () => {
  const page = manual('tint0.toml.5')
  for (const name of [...configurable.map((row) => row.name), ...conditions])
    assert.ok(page.includes(`.TP\n${name}\n`), name)
  assert.ok(page.includes(systemFile))
  assert.ok(page.includes(variableOf({ name: 'no-tint' })), 'the example of a variable')
  assert.ok(manual('tint0.1').includes(variableOf({ name: 'theme' })))
})

test('every command of tint0ctl is in its help and its manual, with its actions and switches', () => {
  const page = manual('tint0ctl.1')
  for (const { name, text, actions = [], switches = [] } of companions) {
    assert.match(companionHelp(), new RegExp(`^  ${name} .*${text}$`, 'm'))
    assert.match(page, new RegExp(`^\\.TP\\n${name}\\b`, 'm'))
    for (const one of actions) assert.ok(page.includes(`${one.name}${one.value ? ` ${one.value}` : ''}: `))
    for (const { name: one, value, text: of } of switches)
      assert.ok(page.includes(`--${one}${value ? `=${value}` : ''}: ${of}`), one)
  }
})

test('the help of tint0ctl fits 80 columns, as that of tint0 does', () => {
  for (const line of `${companionHelp()}${helpText()}`.split('\n')) assert.ok(line.length <= 80, line)
})

test('every option that the help names, every command and every action is in each shell’s completions', () => {
  for (const shell of names) {
    const text = completionsFor(shell)
    for (const { name, short } of shown) {
      const long = shell === 'fish' ? `-l ${name}` : `--${name}`
      assert.match(text, new RegExp(`${long}(?![\\w-])`), `${shell}: ${name}`)
      const letter = { bash: `[${short}]=`, zsh: `{-${short}`, fish: `-s ${short} ` }[shell]
      if (short) assert.ok(text.includes(letter), `${shell}: -${short}`)
    }
    for (const { name, actions = [] } of companions) {
      assert.ok(text.includes(offered[shell]('', name)), `${shell}: ${name}`)
      for (const action of actions)
        assert.ok(text.includes(offered[shell](name, action.name)), `${shell}: ${name} ${action.name}`)
    }
  }
})

/** How a word is offered behind a command of tint0ctl, or, with none, as one. */
const offered: Readonly<Record<Shell, (command: string, word: string) => string>> = {
  // There and in zsh all of them stand in one list.
  bash: (command, word) => {
    const row = companions.find(({ name }) => name === command)
    const words = (row ? row.actions : companions)?.map(({ name }) => name) ?? []
    return words.includes(word) ? `_tint0_offer_to "$cur" ${words.join(' ')}` : word
  },
  zsh: (command, word) => {
    const row = companions.find(({ name }) => name === command)
    const text = (row ? row.actions : companions)?.find(({ name }) => name === word)?.text
    return `'${word}:${text}'`
  },
  fish: (command, word) => `-n ${command ? `'__tint0ctl_at ${command}'` : '__tint0ctl_at'} -a ${word} `,
}

test('hidden options are understood by bash, so that what follows them is completed', () => {
  for (const { name, also = [] } of rows)
    for (const one of [name, ...also]) assert.ok(completionsFor('bash').includes(`[${one}]=`), one)
})

test('every value that is known beforehand is in each shell’s completions, and every source is found there', () => {
  for (const shell of names) {
    const text = completionsFor(shell)
    for (const offer of Object.values(offers))
      if (offer.kind === 'words')
        for (const word of offer.words) assert.ok(text.includes(word), `${shell}: ${word}`)
    for (const { example } of syntaxes) assert.ok(text.includes(example), `${shell}: ${example}`)
  }
  for (const source of sources) assert.ok(completionsFor('bash').includes(`    ${source}) _tint0_`), source)
})

test('every action of shell-init has its lines', () => {
  const row = companions.find(({ name }) => name === 'shell-init')
  assert.deepEqual(
    Object.keys(shellInit),
    row?.actions?.map(({ name }) => name),
  )
})

test('the package names all pages of the manual', () => {
  assert.deepEqual(
    manifest.man,
    Object.keys(manFiles()).map((name) => `./dist/man/${name}`),
  )
})
