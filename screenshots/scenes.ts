// The scenes, played on the test machine by the real program: prints each as one line of JSON for make.ts to draw.
import { login } from '../test/machine/login.ts'
import type { Screen } from '../test/screen.ts'
import type { Picture } from './draw.ts'

const terminals = {
  dark: { background: '#1c1c21', foreground: '#dcdce0' },
  light: { background: '#fbfaf8', foreground: '#26262b' },
}

interface Scene {
  readonly name: string
  readonly look: keyof typeof terminals
  readonly act: (screen: Screen) => Promise<void>
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Types a line, as a human would, and waits for what it brings. */
const type = async (screen: Screen, text: string, then: RegExp): Promise<void> => {
  const from = screen.process.output().toString('utf8').length
  for (const key of `${text}\r`) {
    screen.process.write(key)
    await pause(5)
  }
  await screen.process.until(then, 10_000, from)
  await pause(200)
}

const password = async (screen: Screen, command: string): Promise<void> => {
  await type(screen, command, /Password: /)
  await type(screen, 'wonderland', /[#] /)
}

const scenes: readonly Scene[] = [
  {
    name: 'session',
    look: 'dark',
    act: async (screen) => {
      await type(screen, 'cd /; id -un', /alice[\s\S]*\$ /)
      await password(screen, 'tint0')
      await type(screen, 'id -un; echo "for $SUDO_USER"', /for alice[\s\S]*# /)
      await type(screen, 'ls --color=always -C', /var[\s\S]*# /)
    },
  },
  {
    name: 'after',
    look: 'dark',
    act: async (screen) => {
      await password(screen, 'tint0')
      await type(screen, 'id -un', /root[\s\S]*# /)
      await type(screen, 'exit', /\$ /)
      await type(screen, 'id -un', /alice[\s\S]*\$ /)
    },
  },
  {
    name: 'light',
    look: 'light',
    act: async (screen) => {
      await password(screen, 'tint0')
      await type(screen, 'systemctl --no-pager status systemd-logind | head -9', /logind.conf[\s\S]*# $/)
    },
  },
  {
    name: 'vim',
    look: 'dark',
    act: async (screen) => {
      await password(screen, 'tint0 --background="#102a4c"')
      await type(screen, "vim -u NONE -N +'syntax on' +'set number hlsearch' /etc/bash.bashrc", /bashrc/)
      await type(screen, '/interactive', /interactive/)
    },
  },
  {
    name: 'tmux',
    look: 'dark',
    act: async (screen) => {
      await type(screen, 'tmux -f /dev/null new -s work bash', /\[work\]/)
      await type(
        screen,
        "tmux set -g terminal-features ',*:RGB'; tmux split-window -h bash; tmux detach",
        /detached/,
      )
      await type(screen, 'tmux attach', /\[work\]/)
      await type(
        screen,
        'clear; tint0ctl tint --background="#102a4c" -- less -X /usr/share/common-licenses/GPL-3',
        /GNU GENERAL/,
      )
      screen.process.write('\x02;')
      await pause(300)
      await password(screen, 'clear; tint0')
      await type(screen, 'id -un; systemctl list-units "tint0*" --no-legend --plain | cat', /root[\s\S]*# /)
    },
  },
  {
    name: 'refused',
    look: 'dark',
    act: async (screen) => {
      for (const words of ['--background=mangenta', 'nosuch', '--no-ask-password id'])
        await type(screen, `tint0 ${words}; echo "status $?"`, /status \d+\r\n[\s\S]*\$ $/)
    },
  },
]

for (const { name, look, act } of scenes) {
  const { background, foreground } = terminals[look]
  const channel = (at: number) => background.slice(at, at + 2).repeat(2)
  const screen = login('alice', 'PATH=/src/bin:/opt/node/bin:$PATH bash', {
    columns: 84,
    rows: 20,
    background: `rgb:${channel(1)}/${channel(3)}/${channel(5)}`,
    title: 'alice',
  })
  await screen.process.until(/\$ /)
  await type(screen, 'clear', /\$ /)
  await act(screen)
  await screen.settled()
  const { cursorX, cursorY } = screen.terminal.buffer.active
  const picture: Picture = {
    cells: screen.cells(),
    title: screen.title(),
    cursor: { x: cursorX, y: cursorY },
    background,
    foreground,
  }
  console.log(JSON.stringify({ name, picture }))
  screen.process.hangUp()
}
process.exit(0)
