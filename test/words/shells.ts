// Real shells on a PTY, in a home of their own, with the completions of tint0: what is typed, and what stands there after Tab.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOnScreen, type Screen } from '../screen.ts'

export type ShellName = 'bash' | 'zsh' | 'fish'

export interface Shell {
  readonly home: string
  readonly screen: Screen
  /** The command line after the keys, once the shell has answered them. */
  after(keys: string): Promise<string>
  end(): Promise<void>
}

const prompt = 'P>'

/** A home with themes of which some have an evil name, files that have, too, and a package: programs with a theme beside them. */
const createHome = (bin: string): string => {
  const home = mkdtempSync(join(tmpdir(), 'tint0-words-'))
  const themes = join(home, '.config/tint0/themes')
  mkdirSync(themes, { recursive: true })
  for (const name of ['zz-mine', '$(touch pwned)', '`touch pwned`', 'zz-;touch pwned', "zz-'$(touch pwned)'"])
    writeFileSync(join(themes, `${name}.toml`), '')
  for (const name of ['file one', 'x$(touch pwned)', 'x;touch pwned']) writeFileSync(join(home, name), '')
  for (const name of ['folder', 'package/bin', 'package/themes'])
    mkdirSync(join(home, name), { recursive: true })
  for (const name of ['tint0', 'tint0ctl'])
    writeFileSync(join(home, 'package/bin', name), `#!/bin/sh\nexec ${bin}/${name} "$@"\n`, { mode: 0o755 })
  writeFileSync(join(home, 'package/themes/zp-packaged.toml'), '')
  return home
}

/** As untilShown does, but for many short waits. */
const untilShown = async (screen: Screen, what: string, found: () => boolean): Promise<void> => {
  for (let left = 1000; left > 0; left--) {
    await screen.settled()
    if (found()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`${what} did not come; there was:\n${screen.text()}`)
}

/** Whether a name of a file was run. */
export const wasRun = (home: string): boolean => readdirSync(home).includes('pwned')

/** What a startup file says beside that, and how the shell is called. */
const kinds: Readonly<Record<ShellName, (home: string, more: string) => readonly string[]>> = {
  bash: (home, more) => {
    writeFileSync(join(home, 'rc'), `PS1='${prompt} '; bind 'set enable-bracketed-paste off'\n${more}\n`)
    return ['bash', '--noprofile', '--rcfile', join(home, 'rc'), '-i']
  },
  zsh: (home, more) => {
    writeFileSync(join(home, '.zshrc'), `PROMPT='${prompt} '; unset zle_bracketed_paste\n${more}\n`)
    return ['zsh', '-o', 'no_global_rcs', '-i']
  },
  fish: (home, more) => {
    mkdirSync(join(home, '.config/fish'), { recursive: true })
    const plain = `set -g fish_greeting; set -g fish_autosuggestion_enabled 0\nfunction fish_prompt; echo -n '${prompt} '; end`
    writeFileSync(join(home, '.config/fish/config.fish'), `${plain}\n${more}\n`)
    return ['fish', '-i']
  },
}

/** `more` stands in its startup file; `bin` has tint0 and tint0ctl. */
export const startShell = async (name: ShellName, more: string, bin: string): Promise<Shell> => {
  const home = createHome(bin)
  const env = {
    HOME: home,
    ZDOTDIR: home,
    PATH: `${home}/package/bin:/opt/node/bin:/usr/local/bin:/usr/bin:/bin`,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  }
  const screen = runOnScreen(kinds[name](home, more), { env, cwd: home, columns: 160, rows: 40 })
  const isEmpty = () => screen.text().trim() === prompt
  await untilShown(screen, 'the prompt', isEmpty)
  const line = () =>
    screen
      .text()
      .split('\n')
      .findLast((text) => text.startsWith(prompt))
      ?.slice(prompt.length + 1) ?? ''
  const type = async (keys: string) => {
    screen.process.write('\x15\x0c')
    await untilShown(screen, 'an empty line', isEmpty)
    screen.process.write(keys)
  }
  return {
    home,
    screen,
    after: async (keys) => {
      await type(keys)
      // The shell reads in turn: the letter comes when Tab is done.
      screen.process.write('Q')
      await untilShown(screen, `an answer to ${JSON.stringify(keys)}`, () => line().endsWith('Q'))
      return line().slice(0, -1)
    },
    end: async () => {
      screen.process.kill()
      await screen.process.exit
      rmSync(home, { recursive: true, force: true })
    },
  }
}
