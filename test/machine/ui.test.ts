// The screens of tint0ctl, in a real tmux at three sizes, driven by keys: what is on them is kept as text in
// test/fixtures/screens. `SCREENS=write … machine.ts test ui` writes it anew; then read it, and see what has changed.
//
// Versions are masked: what follows "version ", and numbers with a dot but for contrasts, become V, with one blank behind it where
// there were several.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { runOnScreen, type Screen, untilShown } from '../screen.ts'
import { copyTo } from '../ui/copy.ts'

const sizes = [
  [40, 12],
  [80, 24],
  [120, 40],
] as const

const screens = '/src/test/fixtures/screens'

/** The program with our themes only: those that come along may become more. */
const copy = '/tmp/tint0-screens'
const home = `${copy}/home`
const config = `${home}/.config/tint0/config.toml`

const env = {
  PATH: '/opt/node/bin:/usr/sbin:/usr/bin:/bin',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
}
const words = [
  'runuser',
  '-u',
  'alice',
  '--',
  'env',
  `HOME=${home}`,
  'tmux',
  '-L',
  'screens',
  '-f',
  '/dev/null',
]
const tmux = (...rest: string[]): string =>
  execFileSync(words[0] ?? '', [...words.slice(1), ...rest], { encoding: 'utf8', cwd: '/', env })

before(() => {
  mkdirSync(home, { recursive: true })
  execFileSync('chown', ['alice', home])
  copyTo(copy, '/src')
})

after(() => {
  endAll()
  rmSync(copy, { recursive: true })
})

/** A window of that size, with a shell whose prompt is a dollar. */
const open = async (columns: number, rows: number): Promise<Screen> => {
  const start = ['new-session', "exec env PS1='$ ' bash --norc", ';', 'set', '-g', 'status', 'off']
  const screen = runOnScreen([...words, ...start], {
    env,
    cwd: '/',
    columns,
    rows,
    background: 'rgb:1010/1010/1414',
  })
  await untilShown(screen, 'the prompt', () => /^\$/m.test(screen.text()))
  return screen
}

const close = async (screen: Screen) => {
  tmux('kill-server')
  await screen.process.exit
}

/** What the window shows; `whole`: with what was scrolled away. */
const shown = (whole = false) => tmux('capture-pane', '-p', ...(whole ? ['-S', '-'] : [])).trimEnd()

const until = async (screen: Screen, what: RegExp, whole = false) => {
  await untilShown(screen, String(what), () => what.test(shown(whole)))
}

const keys = (...names: string[]) => tmux('send-keys', ...names)

/** Compares what is shown with what is kept under this name, or keeps it. */
const compare = (name: string, whole = false) => {
  const file = `${screens}/${name}.txt`
  const text = `${masked(shown(whole))}\n`
  if (process.env.SCREENS === 'write') writeFileSync(file, text)
  assert.equal(text, readFileSync(file, 'utf8'), name)
}

const masked = (text: string) =>
  text
    .replace(/(?<=version )\S+|(?<!contrast )(?<![\w.])v?\d+\.\d[\w.~+-]*/g, 'V')
    .replace(/(?<=V) {2,}(?=\S)/g, ' ')
    // Which of polkit’s conditions are not met depends on the kernel’s control groups, too.
    .replace(/(?<=^. password)\s(.|\n)*?(?=^✓ container)/m, ' depends on the machine\n')

for (const [columns, rows] of sizes) {
  const size = `${columns}x${rows}`

  test(`doctor at ${size}`, async () => {
    rmSync(config, { force: true })
    const screen = await open(columns, rows)
    keys('clear; ', `${copy}/bin/tint0ctl doctor; echo "status $?"`, 'Enter')
    await until(screen, /^status 0\n\$/m, true)
    compare(`doctor-${size}`, true)
    await close(screen)
  })

  test(`the picker at ${size}: down, search, the other background and role, all again, the end; Enter writes it`, async () => {
    rmSync(config, { force: true })
    const screen = await open(columns, rows)
    keys('clear; ', `${copy}/bin/tint0ctl themes pick; echo "status $?"`, 'Enter')
    await until(screen, /❯ no theme/)
    compare(`picker-${size}-begin`)
    keys('Down', 'j')
    await until(screen, /❯ Berry/)
    compare(`picker-${size}-down`)
    keys('/', 'b', 'l', 'u', 'e')
    await until(screen, /^\/blue/m)
    compare(`picker-${size}-search`)
    keys('Enter')
    await until(screen, /^↑↓/m)
    keys('d', 'r')
    await until(screen, /user · (on )?light/)
    compare(`picker-${size}-light`)
    keys('Escape')
    await until(screen, / 26\/26/)
    keys('Home', 'PageDown', 'k', 'G', 'Enter')
    await until(screen, /^status 0\n\$/m)
    compare(`picker-${size}-written`)
    assert.equal(readFileSync(config, 'utf8'), 'theme = "ocean"\n')
    await close(screen)
  })
}

test('q leaves the picker without a change, and so does a window that gets smaller and larger', async () => {
  rmSync(config, { force: true })
  const screen = await open(80, 24)
  keys('clear; ', `${copy}/bin/tint0ctl themes pick; echo "status $?"`, 'Enter')
  await until(screen, /❯ no theme/)
  for (const [columns, rows] of [
    [40, 12],
    [80, 24],
  ] as const) {
    tmux('resize-window', '-x', String(columns), '-y', String(rows))
    const same = masked(readFileSync(`${screens}/picker-${columns}x${rows}-begin.txt`, 'utf8')).trimEnd()
    await untilShown(screen, `${columns}×${rows}`, () => shown() === same)
  }
  keys('q')
  await until(screen, /^status 0\n\$/m)
  assert.equal(existsSync(config), false)
  await close(screen)
})
