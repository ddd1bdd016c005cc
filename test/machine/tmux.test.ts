// alice at a real tmux: what the user of a terminal multiplexer sees, as tmux itself tells it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { pause, tint0 } from '../session/subject.ts'
import { passwords } from './login.ts'

const tmux = (...words: string[]): string =>
  execFileSync('runuser', ['-u', 'alice', '--', 'tmux', '-f', '/dev/null', ...words], {
    encoding: 'utf8',
    cwd: '/',
    env: {
      PATH: '/usr/sbin:/usr/bin:/bin',
      HOME: '/home/alice',
      SHELL: '/bin/bash',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
    },
  })
const title = () => tmux('display', '-p', '#{pane_title}').trim()
/** The screen with its SGR, ESC written as ␛. */
const screen = () => tmux('capture-pane', '-p', '-e', '-N').replaceAll('\x1b', '␛')
const type = (text: string) => tmux('send-keys', '-l', `${text}\r`)

const until = async (what: string, found: () => boolean): Promise<void> => {
  for (let left = 100; left > 0; left--) {
    if (found()) return
    await pause(100)
  }
  assert.fail(`${what} did not come; there was ${title()}:\n${screen()}`)
}

before(() => {
  tmux('new-session', '-d', '-x', '80', '-y', '24', 'bash', '--norc')
  tmux('select-pane', '-T', 'as before')
})
after(() => tmux('kill-server'))

/** The tint as tmux was given it. */
const tinted = /␛\[48;[25];[\d;]+m/

test('in tmux the shell of root is tinted, and the pane has the dot in its title', async () => {
  type(`PS1='mine '; clear; ${tint0}`)
  await until('the prompt', () => /Password:/.test(screen()))
  await pause(300)
  type(passwords.alice)
  await until('the shell', () => /root@.*#/.test(screen()))
  assert.match(title(), /^🔴 /)
  const rows = screen().split('\n').slice(0, 24)
  const first = rows.findIndex((row) => tinted.test(row))
  assert.ok(first >= 0, screen())
  assert.match(rows[first] ?? '', tinted)
  // A row that nothing is written to goes on in the color of the one before.
  assert.ok(
    rows.slice(first).every((row) => !/␛\[(?:0;)?49m|␛\[0?m/.test(row)),
    screen(),
  )
})

test('a resize of the pane is seen inside', async () => {
  type('stty size')
  await until('24 80', () => /^24 80\s*$/m.test(tmux('capture-pane', '-p')))
  tmux('resize-window', '-x', '120', '-y', '40')
  type('stty size')
  await until('40 120', () => /^40 120\s*$/m.test(tmux('capture-pane', '-p')))
  tmux('resize-window', '-x', '80', '-y', '24')
})

test('a full-screen program inside is tinted, too, and leaves the shell as it was', async () => {
  type('less -X /usr/share/common-licenses/GPL-3')
  await until('less', () => /GNU GENERAL PUBLIC/.test(screen()))
  assert.match(screen(), tinted)
  type('q')
  await until('the shell', () => /# *$/.test(tmux('capture-pane', '-p').trimEnd()))
})

test('at the end the title and the background are as before', async () => {
  type('exit')
  await until('the prompt of alice', () => title() === 'as before')
  type('clear')
  await until('an empty screen', () => /^mine *$/.test(tmux('capture-pane', '-p').trim()))
  assert.doesNotMatch(screen(), tinted)
})
