// alice at a real tmux, seen through a reference terminal: what its panes look like with the tint, and after it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { backgroundsOf, runOnScreen, type Screen, untilShown } from '../screen.ts'
import { pause, tint0 } from '../session/subject.ts'
import { passwords } from './login.ts'

const env = {
  PATH: '/usr/sbin:/usr/bin:/bin',
  HOME: '/home/alice',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
}
const asAlice = ['runuser', '-u', 'alice', '--', 'tmux', '-L', 'test', '-f', '/dev/null']
const tmux = (...words: string[]): string =>
  execFileSync(asAlice[0] ?? '', [...asAlice.slice(1), ...words], { encoding: 'utf8', cwd: '/', env })
const title = (pane = '0') => tmux('display', '-p', '-t', `:.${pane}`, '#{pane_title}').trim()
const type = (text: string, pane = '0') => tmux('send-keys', '-t', `:.${pane}`, '-l', `${text}\r`)

after(() => {
  tmux('kill-server')
  endAll()
})

const attach = (...words: string[]): Screen =>
  runOnScreen([...asAlice, ...words], { env, cwd: '/', background: 'rgb:1010/1010/1010' })

test('in tmux the pane of root is tinted to its last cell, and has the dot in its title', async () => {
  const screen = attach('new-session', '-x', '80', '-y', '24', 'bash', '--norc')
  await untilShown(screen, 'the prompt', () => /\$/.test(screen.text()))
  tmux('set', '-g', 'terminal-features', ',*:RGB')
  tmux('set', '-g', 'set-titles', 'on')
  tmux('select-pane', '-T', 'as before')
  tmux('detach-client')
  await screen.process.exit
  const again = attach('attach')
  type(`PS1='mine '; clear; ${tint0}`)
  await untilShown(again, 'the question', () => /Password for alice:/.test(again.text()))
  await pause(300)
  type(passwords.alice)
  await untilShown(again, 'the shell', () => /root@.*#/.test(again.text()))
  assert.match(title(), /^🔴 /)
  await untilShown(again, 'one tint', () => /^#3d/.test(String(backgroundsOf(again, [0, 23]))))
  assert.equal(backgroundsOf(again, [0, 23]).length, 1)
  assert.match(again.title(), /🔴/, 'set-titles hands the dot on to the terminal outside')
  again.process.hangUp()
  await again.process.exit
})

test('after detaching and attaching, without true color, the pane is tinted still', async () => {
  tmux('set', '-gu', 'terminal-features')
  const screen = attach('attach')
  await untilShown(screen, 'the shell', () => /root@.*#/.test(screen.text()))
  const [color, ...others] = backgroundsOf(screen, [0, 23])
  assert.deepEqual([typeof color, others], ['number', []], 'one of the 256 colors')
  screen.process.hangUp()
  await screen.process.exit
})

test('two panes wear two tints at once, and a third none; a full-screen program and a resize leave no hole', async () => {
  tmux('set', '-g', 'terminal-features', ',*:RGB')
  const screen = attach('attach')
  await untilShown(screen, 'the shell', () => /root@.*#/.test(screen.text()))
  tmux('split-window', '-h', '-d', 'bash', '--norc')
  tmux('split-window', '-v', '-d', '-t', ':.1', 'bash', '--norc')
  type(`${tint0}ctl tint --background=#101050 -- less -X /usr/share/common-licenses/GPL-3`, '1')
  await untilShown(screen, 'less', () => /GNU GENERAL PUBLIC/.test(screen.text()))
  const pane = (index: number) => {
    const format = '#{pane_top} #{pane_height} #{pane_left} #{pane_width}'
    const [top = 0, height = 0, left = 0, width = 0] = tmux('display', '-p', '-t', `:.${index}`, format)
      .split(' ')
      .map(Number)
    return backgroundsOf(screen, [top, top + height], [left, left + width])
  }
  assert.match(String(pane(0)), /^#3d/)
  assert.deepEqual(pane(1), ['#101050'])
  assert.deepEqual(pane(2), [undefined])
  tmux('resize-pane', '-t', ':.0', '-x', '55')
  await pause(500)
  await screen.settled()
  assert.match(String(pane(0)), /^#3d/)
  assert.deepEqual(pane(1), ['#101050'])
  type('stty size', '0')
  await untilShown(screen, 'the size', () => /^23 55 /m.test(screen.text()))
  tmux('send-keys', '-t', ':.1', 'q')
  await untilShown(screen, 'the end', () => pane(1)[0] === undefined)
  assert.deepEqual(pane(1), [undefined])
  tmux('kill-pane', '-t', ':.2')
  tmux('kill-pane', '-t', ':.1')
  screen.process.hangUp()
  await screen.process.exit
})

test('at the end the title and the background are as before', async () => {
  const screen = attach('attach')
  type('exit')
  await untilShown(screen, 'the prompt of alice', () => title() === 'as before')
  await untilShown(screen, 'no tint', () => backgroundsOf(screen, [0, 23]).length === 1)
  assert.deepEqual(backgroundsOf(screen, [0, 23]), [undefined])
  screen.process.hangUp()
  await screen.process.exit
})

test('a pane that is respawned under tint0 is given back, and the command is hung up', async () => {
  const screen = attach('attach')
  type(`${tint0}ctl tint --background=#101050 -- sleep 54321`)
  await untilShown(screen, 'the tint', () => backgroundsOf(screen, [0, 23])[0] === '#101050')
  tmux('respawn-pane', '-k', 'bash', '--norc')
  await untilShown(screen, 'a shell', () => /\$/.test(screen.text()))
  type('clear; pgrep -f "sleep 5432[1]" || echo none')
  await untilShown(screen, 'no command', () => /^none/m.test(screen.text()))
  await untilShown(screen, 'no tint', () => backgroundsOf(screen, [0, 23])[0] === undefined)
  assert.deepEqual(backgroundsOf(screen, [0, 23]), [undefined])
  assert.doesNotMatch(title(), /🟡/)
  screen.process.hangUp()
  await screen.process.exit
})

test('tmux inside a tinted session is tinted, but for its status line', async () => {
  const inner = [
    `${tint0}ctl`,
    'tint',
    '--background=#401010',
    '--',
    'tmux',
    '-L',
    'inner',
    '-f',
    '/dev/null',
  ]
  const screen = runOnScreen([...inner, 'new-session', 'bash', '--norc'], { env, cwd: '/' })
  await untilShown(screen, 'the prompt', () => /#/.test(screen.text()))
  await untilShown(screen, 'the tint', () => backgroundsOf(screen, [0, 23])[0] === '#401010')
  screen.process.write('ls /; printf "\\033[44m blue \\033[0m\\n"\n')
  await untilShown(screen, 'the listing', () => /blue/.test(screen.text()))
  assert.deepEqual(new Set(backgroundsOf(screen, [0, 23])), new Set(['#401010', 4]))
  assert.deepEqual(backgroundsOf(screen, [23, 24]), [2])
  screen.process.write('exit\n')
  await screen.process.exit
  await screen.settled()
  assert.deepEqual(backgroundsOf(screen, [23, 24]), [undefined])
})
