// The scenes, played on the test machine by the real program: prints each as one line of JSON for make.ts to draw.
import { readdirSync } from 'node:fs'
import { hexOf } from '../src/color/reduce.ts'
import { readThemeFile } from '../src/theme/load.ts'
import type { Theme } from '../src/theme/theme.ts'
import { login } from '../test/machine/login.ts'
import { ruleFor } from '../test/machine/rule.ts'
import type { Screen } from '../test/screen.ts'
import type { Picture } from './draw.ts'

const terminals = {
  dark: { background: '#1c1c21', foreground: '#dcdce0' },
  light: { background: '#fbfaf8', foreground: '#26262b' },
}

interface Colors {
  readonly background: string | undefined
  readonly foreground: string | undefined
}

interface Scene {
  readonly name: string
  readonly look: keyof typeof terminals
  /** Instead of those of the look. */
  readonly colors?: Colors
  readonly size?: { readonly columns: number; readonly rows: number }
  readonly env?: Readonly<Record<string, string | undefined>>
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

/** Whether the cursor is off (DECTCEM). */
const isHidden = (screen: Screen): boolean =>
  /\?25([hl])(?!.*\?25[hl])/s.exec(screen.process.output().toString())?.[1] === 'l'

const password = async (screen: Screen, command: string): Promise<void> => {
  await type(screen, command, /Password for alice: $/)
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
    name: 'htop',
    look: 'dark',
    act: async (screen) => {
      await password(screen, 'tint0 --background="oklch(0.27 0.06 145)"')
      screen.process.write('htop\r')
      await screen.process.until(/F10/)
      await pause(1500)
    },
  },
  {
    name: '256',
    look: 'dark',
    env: { TERM: 'konsole-256color', COLORTERM: undefined },
    act: async (screen) => {
      await password(screen, 'tint0')
      await type(screen, 'echo $TERM; tput colors; ls --color=always -C /', /var[\s\S]*# /)
    },
  },
  {
    name: 'doctor',
    look: 'dark',
    size: { columns: 100, rows: 32 },
    act: (screen) => type(screen, 'tint0ctl doctor', /Node[\s\S]*\$ $/),
  },
  {
    name: 'picker',
    look: 'dark',
    size: { columns: 100, rows: 26 },
    act: async (screen) => {
      screen.process.write('tint0ctl themes pick\r')
      await screen.process.until(/Nord/)
      for (let row = 0; row < 4; row++) {
        screen.process.write('\x1b[B')
        await pause(150)
      }
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
    name: 'prompt',
    look: 'dark',
    size: { columns: 84, rows: 9 },
    act: async (screen) => {
      await type(screen, 'tint0 --password-feedback=dot apt-get upgrade', /Password for alice: $/)
      await type(screen, 'wrong', /again[\s\S]*Password for alice: $/)
      for (const key of 'wonder') screen.process.write(key)
      await screen.process.until(/•{6}$/)
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

/** Each theme on a dark and on a light terminal, or on the palette that it follows: what themes.svg is made of. */
const themed = (theme: Theme): Scene[] =>
  (['dark', 'light'] as const).map(
    (look): Scene => ({
      name: `theme-${theme.id}-${look}`,
      look,
      colors: {
        background: theme[look].background && hexOf(theme[look].background),
        foreground: theme[look].foreground && hexOf(theme[look].foreground),
      },
      size: { columns: 52, rows: 7 },
      act: async (screen) => {
        await type(screen, `tint0 --theme=${theme.id}`, /# $/)
        await type(screen, 'ls --color /', /var[\s\S]*# $/)
      },
    }),
  )

/** Only these, where there are any. */
const only = process.argv.slice(2)
const themes = readdirSync('/src/themes')
  .filter((file) => file.endsWith('.toml'))
  .sort()
  .map((file) => readThemeFile(`/src/themes/${file}`))
const all = [...scenes, ...themes.flatMap(themed)]
const chosen = all.filter(({ name }) => only.length === 0 || only.some((word) => name.startsWith(word)))
const removeRule = chosen.some(({ name }) => name.startsWith('theme-'))
  ? await ruleFor('bob', 'YES')
  : undefined

for (const { name, look, colors, size, env, act } of chosen) {
  const background = colors?.background ?? terminals[look].background
  const foreground = colors?.foreground ?? terminals[look].foreground
  const channel = (at: number) => background.slice(at, at + 2).repeat(2)
  // Nobody asks bob for a password, where it is about something else.
  const who = name.startsWith('theme-') ? 'bob' : 'alice'
  const screen = login(who, 'PATH=/src/bin:/opt/node/bin:$PATH bash', {
    columns: 84,
    rows: 20,
    ...size,
    env: { ...env },
    background: `rgb:${channel(1)}/${channel(3)}/${channel(5)}`,
    title: who,
  })
  await screen.process.until(/\$ /)
  await type(screen, 'clear', /\$ /)
  await act(screen)
  await screen.settled()
  const { cursorX, cursorY } = screen.terminal.buffer.active
  const picture: Picture = {
    cells: screen.cells(),
    title: screen.title(),
    cursor: isHidden(screen) ? undefined : { x: cursorX, y: cursorY },
    background,
    foreground,
  }
  console.log(JSON.stringify({ name, picture }))
  screen.process.hangUp()
}
await removeRule?.()
process.exit(0)
