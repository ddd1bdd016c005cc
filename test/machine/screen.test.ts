// GNU screen, which erases without the background color by default and hands OSC 11 on to the terminal outside: seen through a
// reference terminal.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { backgroundsOf, runOnScreen, untilShown } from '../screen.ts'
import { pause, tint0 } from '../session/subject.ts'

const env = {
  PATH: '/usr/sbin:/usr/bin:/bin',
  HOME: '/root',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
}
after(endAll)

const commands = [
  ['a listing', 'clear; ls /; printf "a\\tb\\n"'],
  [
    'lines erased, inserted, deleted',
    'seq 30; printf "\\033[5;5H\\033[K\\033[3L\\033[2M\\033[3@\\033[2P\\033[4X"; tput cup 20 0',
  ],
  [
    'scrolling in a region',
    'clear; printf "\\033[3;8r\\033[8;1H\\n\\n\\n\\033[3;1H\\033M\\033M\\033[r"; tput cup 20 0',
  ],
  ['a full-screen program', 'less -X /usr/share/common-licenses/GPL-3'],
] as const

test('in screen, too, nothing is left untinted, and afterwards all is as before', async () => {
  const screen = runOnScreen(['screen', '-c', '/dev/null', '-T', 'screen-256color', 'bash', '--norc'], {
    env,
  })
  await untilShown(screen, 'the prompt', () => /#/.test(screen.text()))
  screen.process.write(`PS1='mine '; clear; ${tint0} --backend=local --background='48;5;52'\n`)
  await untilShown(screen, 'the shell', () => /root@.*#/.test(screen.text()))
  screen.process.write("PS1='inside '; clear\n")
  await untilShown(screen, 'the prompt inside', () => /^inside/.test(screen.text()))
  for (const [what, command] of commands) {
    screen.process.write(`${command}\n`)
    await pause(700)
    await screen.settled()
    assert.deepEqual(backgroundsOf(screen), [52], `${what}:\n${screen.text()}`)
  }
  screen.process.write('q')
  await pause(300)
  screen.process.write('exit\n')
  await untilShown(screen, 'the prompt', () => /mine\s*$/.test(screen.text()))
  screen.process.write('clear; printf "\\033[44m\\033[K\\033[0m\\n"\n')
  await pause(500)
  await screen.settled()
  assert.deepEqual(backgroundsOf(screen), [undefined], 'and it erases without a background again')
  screen.process.write('exit\n')
  await screen.process.exit
})
