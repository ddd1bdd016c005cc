// Where themes are found, which of one name counts, and which are refused, in which words.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { hexOf } from '../../src/color/reduce.ts'
import { syntaxes } from '../../src/color/syntaxes.ts'
import { listThemes, loadTheme, readThemeFile } from '../../src/theme/load.ts'
import { parseTheme } from '../../src/theme/parse.ts'
import { failureOf } from '../failure.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-themes-'))
after(() => rmSync(top, { recursive: true }))

const good = `name = "Mine"
[dark]
root = "#300000"
user = "#303000"
empower = "#000030"
[light]
root = "#ffeeee"
user = "#ffffee"
empower = "#eeeeff"
`

let count = 0
/** The environment of a user with these themes of their own. */
const userWith = (files: Readonly<Record<string, string | Buffer>>) => {
  const home = join(top, String(count++))
  const folder = join(home, 'tint0/themes')
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return { env: { XDG_CONFIG_HOME: home, HOME: '/nowhere' }, folder }
}

test('a theme of the user’s own counts before one of the same name that comes along', () => {
  const { env } = userWith({ 'nord.toml': good })
  assert.equal(loadTheme('nord', env).name, 'Mine')
  assert.equal(loadTheme('nord', {}).name, 'Nord')
  assert.equal(loadTheme('nord', env, 'system').name, 'Nord')
  assert.equal(loadTheme('dracula', env).name, 'Dracula')
})

test('without $XDG_CONFIG_HOME they are in ~/.config; a relative one, and a relative home, are none', () => {
  const { env } = userWith({})
  const home = env.XDG_CONFIG_HOME
  mkdirSync(join(home, '.config/tint0/themes'), { recursive: true })
  writeFileSync(join(home, '.config/tint0/themes/mine.toml'), good)
  assert.equal(loadTheme('mine', { HOME: home }).name, 'Mine')
  assert.equal(loadTheme('mine', { HOME: home, XDG_CONFIG_HOME: 'relative' }).name, 'Mine')
  assert.match(
    failureOf(() => loadTheme('mine', { HOME: home, XDG_CONFIG_HOME: '/nowhere' })).problem,
    /exist/,
  )
  assert.match(failureOf(() => loadTheme('mine', { HOME: '.' })).problem, /does not exist/)
})

test('the list has them all by name, says whose they are, and a wrong one hides what is of its name', () => {
  const { env, folder } = userWith({
    'mine.toml': good,
    'nord.toml': 'name = 3',
    'Bad Name.toml': good,
    'notes.txt': 'x',
    '.mine.toml.swp': 'x',
  })
  const all = listThemes(env)
  assert.deepEqual(
    all.map(({ id }) => id),
    [...all.map(({ id }) => id)].sort(),
  )
  const found = (id: string) => all.filter((one) => one.id === id)
  assert.deepEqual(
    found('mine').map(({ origin, path, theme }) => [origin, path, theme?.name]),
    [['user', join(folder, 'mine.toml'), 'Mine']],
  )
  assert.deepEqual(
    found('nord').map(({ origin, theme, failure }) => [origin, theme, failure?.problem]),
    [['user', undefined, 'is no text']],
  )
  assert.equal(found('Bad Name')[0]?.failure?.problem, 'is no name of a theme')
  assert.equal(found('dracula')[0]?.origin, 'package')
  assert.equal(all.length, listThemes({}).length + 2)
})

test('a theme that is not there is told with the nearest one that is, and where all are', () => {
  assert.deepEqual(
    failureOf(() => loadTheme('darcula', {})),
    {
      subject: 'theme darcula',
      problem: 'does not exist',
      hint: 'did you mean dracula? see tint0ctl themes for all of them',
      status: 125,
    },
  )
  const { env } = userWith({ 'berry.toml': good })
  assert.match(failureOf(() => loadTheme('bery', env)).hint ?? '', /^did you mean berry\?/)
  assert.equal(failureOf(() => loadTheme('qqqqqqqqqq', env)).hint, 'see tint0ctl themes for all of them')
})

test('a name that leads out of the folder is none', () => {
  for (const id of ['../themes/nord', '/etc/passwd', 'nord.toml', '', '.', 'Nord', 'a\0b', '-x'])
    assert.equal(failureOf(() => loadTheme(id, {})).problem, 'does not exist', id)
})

test('a theme that others could have written is refused, and what is no file is, without waiting', () => {
  const { env, folder } = userWith({
    'open.toml': good,
    'large.toml': `${good}#${'x'.repeat(64 * 1024)}`,
    'latin.toml': Buffer.from([...Buffer.from(good), 0x23, 0xe4]),
  })
  const problem = (id: string) => failureOf(() => loadTheme(id, env)).problem
  chmodSync(join(folder, 'open.toml'), 0o666)
  mkdirSync(join(folder, 'folder.toml'))
  execFileSync('mkfifo', ['-m', '600', join(folder, 'fifo.toml')])
  symlinkSync('/dev/zero', join(folder, 'zero.toml'))
  assert.equal(problem('open'), 'can be written by others')
  assert.equal(problem('folder'), 'is a folder')
  assert.equal(problem('fifo'), 'is no regular file')
  assert.equal(problem('zero'), 'is no regular file')
  assert.equal(problem('large'), 'is larger than 64 KiB')
  assert.equal(problem('latin'), 'is not UTF-8')
  chmodSync(join(folder, 'open.toml'), 0o644)
  assert.equal(loadTheme('open', env).name, 'Mine')
  chmodSync(folder, 0o777)
  assert.equal(problem('open'), 'can be written by others')
  assert.equal(readThemeFile(join(folder, 'open.toml')).id, 'open')
})

const change = (from: string, to: string) => {
  assert.ok(good.includes(from))
  return good.replace(from, to)
}

/** What is changed, then what is said: file and line, problem, hint. */
const wrong: readonly (readonly [text: string, place: string, problem: string, hint: RegExp])[] = [
  [change('name', 'nmae'), 'f:1: nmae', 'is no key of a theme', /^did you mean name\?$/],
  [change('[dark]', '[drak]'), 'f:2: drak', 'is no key of a theme', /^did you mean dark\?$/],
  [change('empower', 'enpower'), 'f:5: dark.enpower', 'is no key of a theme', /^did you mean empower\?$/],
  [change('name = "Mine"', 'colour = 1'), 'f:1: colour', 'is no key of a theme', /^here are name, summary, /],
  [change('name = "Mine"', ''), 'f:1: name', 'is missing', /^write name = /],
  [change('empower = "#000030"', ''), 'f:2: dark.empower', 'is missing', /hue:25/],
  [change('"#300000"', '"rad"'), 'f:3: dark.root', "is wrong: 'rad' is no color", /^did you mean red\?$/],
  [change('"#ffffee"', '48'), 'f:8: light.user', 'is no text', /hue:25/],
  [change('"#ffffee"', '1979-05-27'), 'f:8: light.user', 'is no text', /hue:25/],
  [change('"#300000"', '"theme:nord"'), 'f:3: dark.root', 'refers to a theme', /the color itself/],
  [
    change('[dark]', '[dark]\nbackground = "red"'),
    'f:3: dark.background',
    'is no color as #rrggbb',
    /#1e1e2e/,
  ],
  [`${good}[title]\nmark = { rot = "x" }`, 'f:11: title.mark.rot', 'is no key of a theme', /mean root\?$/],
  [`${good}[title.mark]\nroot = "\\u001b[2J"`, 'f:11: title.mark.root', 'holds a control character', /text/],
  [`${good}[title]\nmark = "a\\u202eb"`, 'f:11: title.mark', 'holds a control character', /text/],
  [`${good}[title]\nmark = ["x"]`, 'f:11: title.mark', 'is no text', /text/],
  [`${good}[title]\nmark = "${'x'.repeat(33)}"`, 'f:11: title.mark', 'is longer than 32 characters', /text/],
  [
    `${good}[title]\ntemplate = "{cwd}"`,
    'f:11: title.template',
    'names something else than {command}, {user} and {host}',
    /./,
  ],
  [
    `${good}[prompt]\nmark = "$(id) "`,
    'f:11: prompt.mark',
    'holds one of $ ` \\ %, which a shell would expand',
    /text/,
  ],
  [change('name', 'tint = "off"\nname'), 'f:1: tint', 'is neither rewrite nor dynamic', /./],
  [change('name', 'license = "?"\nname'), 'f:1: license', 'is no SPDX expression', /spdx\.org/],
  [change('name', 'source = "javascript:x"\nname'), 'f:1: source', 'is no address', /https:/],
  [
    change('name', 'exceptions = ["dark"]\nname'),
    'f:1: exceptions.0',
    'names no promise of a theme',
    /light contrast/,
  ],
  [change('"Mine"', '"\\u0007"'), 'f:1: name', 'holds a control character', /./],
  [change('name', '__proto__.x = 1\nname'), 'f:1: __proto__', 'is no key of a theme', /^here are /],
  [change('name', 'constructor = 1\nname'), 'f:1: constructor', 'is no key of a theme', /^here are /],
  [change('name', 'toString = 1\nname'), 'f:1: toString', 'is no key of a theme', /^here are /],
  [
    change('name', 'x = 99999999999999999999\nname'),
    'f:1',
    'is no TOML: integer value cannot be represented losslessly',
    /./,
  ],
  [`${good}background = `, 'f:10', 'is no TOML: invalid value', /quotes/],
  [`${good}[dark]`, 'f:10', 'is no TOML: trying to redefine an already defined table or value', /./],
  ['dark = 1\nname = "x"', 'f:1: dark', 'is no table', /^write \[dark\]/],
]

test('what is wrong with a theme is named by file, line and key, with the way out', () => {
  for (const [text, place, problem, hint] of wrong) {
    const failure = failureOf(() => parseTheme('f', 'f', text))
    assert.deepEqual([failure.subject, failure.problem], [place, problem], text)
    assert.match(failure.hint ?? '', hint, text)
  }
})

test('what may be left out may be left out, and all that may be written is read', () => {
  const least = parseTheme('f', 'f', good)
  assert.deepEqual(
    [least.summary, least.license, least.source, least.tint, least.title],
    ['', '', undefined, undefined, undefined],
  )
  assert.deepEqual(least.titleMark, { root: undefined, user: undefined, empower: undefined })
  const head =
    'summary = "s"\nlicense = "MIT OR Apache-2.0"\nsource = "https://x.example/y"\ntint = "dynamic"\n'
  const tail = '[title]\nmark = "# "\ntemplate = "{user}@{host}"\n[prompt.mark]\nroot = ""\nuser = "🧑‍🚀 "\n'
  const most = parseTheme('f', 'f', head + change('[light]', '[light]\nbackground = "#FDF6E3"') + tail)
  assert.deepEqual(
    [most.summary, most.license, most.source, most.tint, most.title],
    ['s', 'MIT OR Apache-2.0', 'https://x.example/y', 'dynamic', '{user}@{host}'],
  )
  assert.deepEqual(most.titleMark, { root: '# ', user: '# ', empower: '# ' })
  assert.deepEqual(most.promptMark, { root: '', user: '🧑‍🚀 ', empower: undefined })
  assert.equal(most.light.background && hexOf(most.light.background), '#fdf6e3')
})

test('the theme that the ways to write a color give as an example is there', () => {
  const examples = syntaxes.flatMap(({ example }) => /^theme:(.*)/.exec(example)?.[1] ?? [])
  assert.equal(examples.length, 1)
  for (const id of examples) assert.equal(loadTheme(id, {}).id, id)
})
