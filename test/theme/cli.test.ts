// tint0ctl themes, as it is run: what a terminal shows, and what a pipe gets.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endAll } from '../pty-process.ts'
import { backgroundsOf, linesOf, runOnScreen, type ScreenOptions } from '../screen.ts'
import { env, tint0 } from '../session/subject.ts'

const ctl = `${tint0}ctl`
const top = mkdtempSync(join(tmpdir(), 'tint0-cli-'))
after(() => {
  endAll()
  rmSync(top, { recursive: true })
})
const folder = join(top, 'tint0/themes')
mkdirSync(folder, { recursive: true })
const home = { ...env, XDG_CONFIG_HOME: top }
const packaged = fileURLToPath(new URL('../../themes', import.meta.url))

const text = `name = "My \\"own\\" \u200b"
[dark]
root = "#300000"
user = "#303030"
empower = ""
[light]
root = "#ffd0d0"
user = "#666666"
empower = "palette:3"
`
const mine = join(folder, 'mine.toml')
writeFileSync(mine, text)

const piped = (...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(ctl, ['themes', ...words], { env: home, encoding: 'utf8' })
  return { stdout, stderr, status, lines: stdout.split('\n').slice(0, -1) }
}

const onScreen = async (words: string[], options: ScreenOptions = {}) => {
  const screen = runOnScreen([ctl, 'themes', ...words], { env: home, columns: 140, rows: 40, ...options })
  const { code } = await screen.process.exit
  await screen.settled()
  return { screen, code, lines: linesOf(screen.cells()) }
}

const esc = String.fromCharCode(27)

test('a pipe gets a line for each theme, its name first, and no control character', () => {
  for (const words of [[], ['list'], ['pick']]) {
    const { stdout, lines, status } = piped(...words)
    assert.equal(status, 0)
    assert.ok(!stdout.includes(esc))
    assert.ok(lines.length >= 15)
    assert.ok(lines.some((line) => /^dracula +Dracula +blood/.test(line)))
    assert.ok(lines.some((line) => /^mine +My "own" \\u\{200b\} +yours$/.test(line)))
  }
})

test('a terminal gets patches of the colors: dark ones, then light ones', async () => {
  const { screen, lines, code } = await onScreen(['list'])
  assert.equal(code, 0)
  const row = lines.findIndex((line) => / dracula +Dracula/.test(line))
  assert.ok(row >= 0)
  assert.deepEqual(backgroundsOf(screen, [row, row + 1]), [
    ...['#5e201f', undefined, '#3d304f', '#512e00', '#ffe2de', '#f4e6ff', '#ffe8cb'],
  ])
})

test('with 256 colors they are of those; with NO_COLOR, and on a terminal without colors, there are none', async () => {
  const few = await onScreen(['list'], { env: { ...home, COLORTERM: '', TERM: 'screen-256color' } })
  const row = few.lines.findIndex((line) => / dracula +Dracula/.test(line))
  assert.ok(backgroundsOf(few.screen, [row, row + 1]).includes(52))
  for (const change of [{ NO_COLOR: '1' }, { TERM: 'dumb', COLORTERM: '' }]) {
    const { screen, lines } = await onScreen(['list'], { env: { ...home, ...change } })
    assert.deepEqual(backgroundsOf(screen), [undefined])
    assert.ok(!screen.process.output().includes(`${esc}[`))
    assert.ok(lines.some((line) => /^dracula +Dracula/.test(line)))
  }
})

test('a wrong theme is listed with what is wrong', () => {
  const wrong = join(folder, 'wrong.toml')
  writeFileSync(wrong, text.replace('[light]', '[lihgt]'))
  const { lines } = piped()
  rmSync(wrong)
  assert.ok(
    lines.some((line) => /^wrong .*is wrong: .*wrong\.toml:6: lihgt: is no key of a theme$/.test(line)),
  )
})

test('show: all of it, on the terminal’s own background, too, which is asked for and leaves no trace', async () => {
  const { screen, lines, code } = await onScreen(['show', 'solarized'], { background: 'rgb:1e1e/1e1e/1e1e' })
  const shown = lines.join('\n')
  assert.equal(code, 0)
  assert.match(shown, /^license +MIT$/m)
  assert.match(shown, /^source +https:\/\/github\.com\/altercation\/solarized$/m)
  assert.match(shown, /^excepted +light contrast, dark contrast 256$/m)
  assert.match(shown, /^on this terminal, #1e1e1e:$/m)
  assert.match(shown, /^ +root +# apt upgrade +#4e1310 +#4e1310 +contrast 9\.5:1, 4\.6:1 with its own text/m)
  const at = lines.findIndex((line) => line.startsWith('  root'))
  assert.ok(backgroundsOf(screen, [at, at + 1]).includes('#4e1310'))
  assert.ok(screen.process.echoes(), 'the terminal is as it was')
})

test('show: a terminal that does not say its background is not made up', async () => {
  const { lines } = await onScreen(['show', 'tint0'])
  assert.ok(!lines.some((line) => line.startsWith('on this terminal')))
  const { stdout, status } = piped('show', 'mine')
  assert.equal(status, 0)
  assert.ok(!stdout.includes(esc) && stdout.includes('mine, "My "own" \\u{200b}"'))
  assert.match(stdout, /^ {2}empower +palette:3 +the terminal's own$/m)
})

test('show: a theme that is not there is 125, with the nearest', () => {
  const { stderr, status, stdout } = piped('show', 'minne')
  assert.deepEqual([status, stdout], [125, ''])
  assert.equal(
    stderr,
    'tint0ctl: theme minne: does not exist; did you mean mine? see tint0ctl themes for all of them\n',
  )
})

test('check: figures for each role, scheme and number of colors; 1 where a promise is broken', () => {
  const { lines, status, stdout } = piped('check', mine)
  assert.equal(status, 1)
  assert.ok(!stdout.includes(esc))
  const line = (start: string) => lines.find((one) => one.replace(/ +/g, ' ').startsWith(start)) ?? ''
  assert.match(line('dark 24-bit root'), /#300000 +12\.\d:1 +– +0\.\d{3} +0\.\d{3} +good$/)
  assert.match(line('dark 24-bit empower'), / – +– +– +– +– +no tint$/)
  assert.match(line('light 24-bit user'), /#666666 +2\.8:1 .*fails: text wants 4\.5:1$/)
  assert.match(line('light 16 empower'), /the terminal's own$/)
  assert.match(stdout, /^My "own" .*: \d of 18 fail: see themes\/README\.md$/m)
})

test('check: 0 where all is well, 125 for what is no theme, and what others could have written is told', async () => {
  for (const file of ['tint0', 'solarized', join(packaged, 'nord.toml')]) {
    const { status, stdout } = piped('check', file)
    assert.equal(status, 0, stdout)
    assert.match(stdout, /: all is well$/m)
  }
  const { status, stderr } = piped('check', '/etc/passwd')
  assert.equal(status, 125)
  assert.match(stderr, /^tint0ctl: \/etc\/passwd:1: is no TOML: [^\n]+; [^\n]+\n$/)
  const open = join(top, 'open.toml')
  writeFileSync(open, text)
  spawnSync('chmod', ['666', open])
  assert.match(
    piped('check', open).stdout,
    /^it would not be loaded: .*open\.toml can be written by others; chmod/m,
  )
  const { screen, lines } = await onScreen(['check', mine])
  const row = lines.findIndex((line) => /^dark +24-bit +root/.test(line))
  assert.ok(backgroundsOf(screen, [row, row + 1]).includes('#300000'))
})

test('check: 1, and why, for a good theme in a file that none is looked for in', () => {
  const good = readFileSync(join(packaged, 'nord.toml'), 'utf8')
  for (const [file, why] of [
    ['My Theme.toml', 'is no name of a theme; use small letters, digits and dashes, at most 64'],
    ['mine', 'has no name that ends in .toml; call it mine.toml'],
  ] as const) {
    const path = join(top, file)
    writeFileSync(path, good, { mode: 0o600 })
    const { lines, status } = piped('check', path)
    assert.equal(status, 1)
    assert.deepEqual(lines.slice(-2), ['Nord: its colors are well', `it would not be loaded: ${path} ${why}`])
  }
})

test('a command that is run with a theme has its tint for this terminal, and its mark', async () => {
  const isRoot = process.geteuid?.() === 0
  for (const [background, tint] of [
    ['rgb:2828/2a2a/3636', isRoot ? '#5e201f' : '#3d304f'],
    ['rgb:ffff/ffff/ffff', isRoot ? '#ffe2de' : '#f4e6ff'],
  ] as const) {
    const screen = runOnScreen([ctl, 'tint', '--theme=dracula', 'sh', '-c', 'echo here; read x'], {
      env: home,
      background,
    })
    await screen.process.until(/here\r/)
    await screen.settled()
    assert.deepEqual(backgroundsOf(screen), [tint])
    assert.match(screen.title(), isRoot ? /^🧛 sh -c/ : /^🦇 sh -c/)
    screen.process.write('\n')
    assert.equal((await screen.process.exit).code, 0)
  }
})

test('what a session runs has nothing of themes in it: they are loaded late', () => {
  const read = (name: string) =>
    readFileSync(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)), 'latin1')
  assert.ok(read('theme-load.bundle.cjs').includes('is no key of a theme'))
  for (const name of ['tint0.bundle.cjs', 'tint0ctl.bundle.cjs'])
    assert.ok(!/is no key of a theme|Invalid TOML/.test(read(name)), name)
})
