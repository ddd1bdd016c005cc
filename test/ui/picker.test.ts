// The built program's picker on a real PTY, its cells judged by a terminal emulator: the tint exactly where the sample is, and the
// terminal as before, however it ends.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { backgroundsOf, runOnScreen, type Screen, type ScreenOptions, untilShown } from '../screen.ts'
import { pause, scratch, env as shellEnv } from '../session/subject.ts'
import { copyTo } from './copy.ts'

after(endAll)

const program = copyTo(join(scratch, 'copy'), fileURLToPath(new URL('../..', import.meta.url)))

/** A home of its own. Where CI is set it is drawn, too. */
const home = () => {
  const folder = mkdtempSync(join(scratch, 'home-'))
  return {
    config: join(folder, '.config/tint0/config.toml'),
    env: { ...shellEnv, TINT0_CONFIG: undefined, HOME: folder, CI: 'true' },
  }
}

const pick = `${program} themes pick`

/** Behind a line of the shell's, with the status at the end. */
const begin = async (options: ScreenOptions & { readonly env: NodeJS.ProcessEnv }): Promise<Screen> => {
  const screen = runOnScreen(['sh', '-c', `echo mine; ${pick}; echo "status $?"`], {
    background: 'rgb:1010/1010/1010',
    ...options,
  })
  await untilShown(screen, 'the picker', () => /❯/.test(screen.text()))
  return screen
}

const press = async (screen: Screen, keys: string, shown: RegExp): Promise<void> => {
  screen.process.write(keys)
  await untilShown(screen, String(shown), () => shown.test(screen.text()))
}

/** The shell's screen, the cursor, the settings: all as before. */
const assertRestored = async (screen: Screen, status: number) => {
  await untilShown(screen, 'the end', () => screen.text().includes(`status ${status}`))
  assert.match(screen.text(), /^mine\n/)
  assert.equal(screen.terminal.buffer.active.type, 'normal')
  const output = screen.process.output().toString()
  assert.ok(output.lastIndexOf('\x1b[?25h') > output.lastIndexOf('\x1b[?25l'), 'the cursor is seen')
  assert.equal(output.includes('\x1b[3J'), false, 'what was scrolled away is kept')
  assert.equal(screen.process.echoes(), true)
}

/** The sample of 80×24: below its first line, right of the list, above what is said of the theme. */
const sample = { rows: [2, 18], columns: [25, 80] } as const

test('the sample has the tint to its last cell, and nothing else has it; what is above it has the real background', async () => {
  const screen = await begin(home())
  await press(screen, '/berry\r', /1\/1/)
  assert.match(screen.text(), /^Themes · for root · on dark #101010 \(yours\) · 1\/1/)
  assert.deepEqual(backgroundsOf(screen, sample.rows, sample.columns), ['#401010'])
  assert.deepEqual(backgroundsOf(screen, [0, 2]), [undefined])
  assert.deepEqual(backgroundsOf(screen, [0, 24], [0, 25]), [undefined])
  assert.deepEqual(backgroundsOf(screen, [18, 24]), [undefined])
  const cells = screen.cells()[2]?.slice(25) ?? []
  const [, ...prompt] = cells.slice('[root]'.length)
  assert.deepEqual(
    [prompt[0], prompt[9]].map((cell) => [cell?.char, cell?.foreground, cell?.attributes]),
    [
      ['r', 1, 'b'],
      [':', undefined, ''],
    ],
  )
  screen.process.write('q')
  await screen.process.exit
})

test('r shows the tint of another role, and d the other scheme on its own background, with its own text color', async () => {
  const screen = await begin(home())
  await press(screen, '/berry\rr', /for user/)
  assert.deepEqual(backgroundsOf(screen, sample.rows, sample.columns), ['#403010'])
  await press(screen, '\tr', /for root/)
  await press(screen, 'd', /on light #ffffff \(not yours\)/)
  assert.deepEqual(backgroundsOf(screen, sample.rows, sample.columns), ['#ffe0e0'])
  assert.deepEqual(backgroundsOf(screen, [1, 2], sample.columns), ['#ffffff'])
  assert.equal(screen.cells()[2]?.[25]?.foreground, '#202020')
  screen.process.write('q')
  await screen.process.exit
})

test('on a light background it is the light scheme, and d goes to the dark one of the theme', async () => {
  const screen = await begin({ ...home(), background: 'rgb:fafa/fafa/fafa' })
  await press(screen, '/berry\r', /on light #fafafa \(yours\) · 1\/1/)
  assert.deepEqual(backgroundsOf(screen, sample.rows, sample.columns), ['#ffe0e0'])
  await press(screen, 'd', /on dark #101014/)
  assert.deepEqual(backgroundsOf(screen, [1, 2], sample.columns), ['#101014'])
  assert.deepEqual(backgroundsOf(screen, sample.rows, sample.columns), ['#401010'])
  screen.process.write('q')
  await screen.process.exit
})

test('with 256 colors it is one of them; without colors, or with NO_COLOR, none, and the reason is said', async () => {
  for (const [change, backgrounds, said] of [
    [{ TERM: 'rxvt-256color', COLORTERM: '' }, [52], /#401010|#5f0000/],
    [{ TERM: 'xterm-mono', COLORTERM: '' }, [undefined], /no tint: this terminal has no colors/],
    [{ NO_COLOR: '1' }, [undefined], /colors are off \(NO_COLOR\)/],
  ] as const) {
    const { env } = home()
    const screen = await begin({ env: { ...env, ...change } })
    await press(screen, '/berry\r', /1\/1/)
    assert.deepEqual(backgroundsOf(screen, [3, 12], sample.columns), backgrounds)
    assert.match(screen.text(), said)
    screen.process.write('q')
    await screen.process.exit
  }
})

test('Enter writes the theme to the configuration, keeps what is there, and says so on the screen of the shell', async () => {
  const { config, env } = home()
  mkdirSync(dirname(config), { recursive: true })
  writeFileSync(config, '# mine\ntitle = "{command}"\n', { mode: 0o600 })
  const screen = await begin({ env })
  await press(screen, '/ocean\r', /1\/1/)
  screen.process.write('\r')
  await assertRestored(screen, 0)
  assert.match(screen.text(), /^theme = "ocean" was written to \S+$/m)
  assert.match(
    readFileSync(config, 'utf8'),
    /^# mine\n(title = "\{command\}"\ntheme = "ocean"|theme = "ocean"\ntitle)/,
  )
  const again = await begin({ env })
  assert.match(again.text(), /❯ Ocean •/, 'and is where it begins the next time')
  again.process.write('q')
  await again.process.exit
})

test('where something else is stronger than the theme, that is said', async () => {
  const { config, env } = home()
  mkdirSync(dirname(config), { recursive: true })
  writeFileSync(config, 'background = "magenta"\n', { mode: 0o600 })
  const screen = await begin({ env })
  await press(screen, '/ocean\r', /1\/1/)
  screen.process.write('\r')
  await assertRestored(screen, 0)
  assert.match(screen.text().replaceAll('\n', ''), /stronger than its colors: \S+config\.toml:\d/)
})

test('keys that come at once, arrows among them, all count, up to the one that ends it', async () => {
  const { config, env } = home()
  const screen = await begin({ env })
  screen.process.write('G\x1b[Ak\x1b[B\x1b[B\rqq')
  await assertRestored(screen, 0)
  assert.equal(readFileSync(config, 'utf8'), 'theme = "ocean"\n')
})

test('Esc, ^C and SIGTERM leave without a change, and everything as it was', async () => {
  for (const [end, status] of [
    ['\x1b', 0],
    ['\x03', 130],
    ['SIGTERM', 143],
  ] as const) {
    const { config, env } = home()
    const screen = await begin({ env })
    await press(screen, 'j', /❯ (?!no theme)/)
    if (end === 'SIGTERM') spawnSync('pkill', ['-TERM', '-P', String(screen.process.pid)])
    else screen.process.write(end)
    await assertRestored(screen, status)
    assert.equal(existsSync(config), false)
  }
})

test('after a change of size it looks as if it had begun in that size', async () => {
  const { env } = home()
  const screen = await begin({ env })
  await press(screen, '/gray\rjjj', /4\/22/)
  screen.terminal.resize(40, 12)
  screen.process.resize(40, 12)
  const fresh = await begin({ env, columns: 40, rows: 12 })
  await press(fresh, '/gray\rjjj', /4\/22/)
  await untilShown(screen, 'the same', () => screen.text() === fresh.text())
  assert.deepEqual(screen.cells(), fresh.cells())
  fresh.process.write('q')
  await fresh.process.exit
  screen.process.write('q')
  await assertRestored(screen, 0)
})

test('answers that come when it no longer waits for them press no key', async () => {
  const { config, env } = home()
  const pty = spawnOnPty([program, 'themes', 'pick'], { env })
  await pty.until(/Themes/)
  pty.write(
    '\x1b[>41;379;0c\x1b[?64;1;2c\x1b]11;rgb:dddd/dddd/dddd\x1b\\\x1bP>|qqq\x1b\\\x1bP1+r524742\x1b\\',
  )
  await pause(300)
  assert.equal(pty.output().includes('\x1b[?1049l'), false, 'it goes on')
  pty.write('r')
  await pty.until(/user/)
  assert.doesNotMatch(pty.output().toString(), /empower|Enter: done/)
  pty.write('\x03')
  assert.equal((await pty.exit).code, 130)
  assert.equal(existsSync(config), false)
})

test('where there is no terminal it lists the themes', () => {
  const { env } = home()
  const { stdout, status } = spawnSync(program, ['themes', 'pick'], { env, encoding: 'utf8' })
  assert.equal(status, 0)
  assert.match(stdout, /^berry +Berry +red as can be$/m)
})
