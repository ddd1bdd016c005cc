// Real shells in tmux, which counts the cells of a character as terminals do: what stands before the prompt, and whether the line
// can be edited there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shellInit } from '../../src/cli/shell-init.ts'
import type { ShellName } from './shells.ts'

export interface Pane {
  readonly home: string
  /** Types a line, and Enter. */
  enter(line: string): void
  keys(...names: string[]): void
  text(): string
  /** Cells left of the cursor. */
  column(): number
  /** Resolves when the lowest line that is not empty matches. */
  until(pattern: RegExp): Promise<void>
  end(): void
}

/** Where its lines go, and how the shell is called so that it reads them. */
const kinds: Readonly<Record<ShellName | 'login bash', readonly [file: string, words: readonly string[]]>> = {
  bash: ['.bashrc', ['bash', '-i']],
  'login bash': ['.bash_profile', ['bash', '-l']],
  zsh: ['.zshrc', ['zsh', '-i']],
  fish: ['.config/fish/config.fish', ['fish', '-i']],
}

let count = 0
const living = new Set<() => void>()

/** Ends what a failed test left running; for an `after` hook. */
export const endPanes = (): void => {
  for (const end of living) end()
}

/** A shell whose startup file has `before`, our lines twice, and `behind`. */
export const startPane = (
  kind: keyof typeof kinds,
  mark: string | undefined,
  before: string,
  behind = '',
  ours: string = shellInit[kind === 'login bash' ? 'bash' : kind],
  files: Readonly<Record<string, string>> = {},
): Pane => {
  const home = mkdtempSync(join(tmpdir(), 'tint0-prompt-'))
  const [file, words] = kinds[kind]
  mkdirSync(join(home, '.config/fish'), { recursive: true })
  writeFileSync(join(home, file), [before, ours, ours, behind, ''].join('\n'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text)
  const socket = `tint0-prompt-${process.pid}-${count++}`
  const env = { HOME: home, ZDOTDIR: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', cwd: home, env })
  const marked = mark === undefined ? [] : ['-e', `SHELL_PROMPT_PREFIX=${mark}`]
  tmux('new-session', '-d', '-x', '60', '-y', '12', ...marked, ...words)
  const end = () => {
    living.delete(end)
    const shell = tmux('display', '-p', '#{pane_pid}').trim()
    tmux('kill-server')
    // It writes its history there when it is hung up.
    execFileSync('sh', ['-c', 'while [ -e "/proc/$0/exe" ]; do sleep 0.02; done', shell], { timeout: 30_000 })
    rmSync(home, { recursive: true, force: true })
  }
  living.add(end)
  const text = () => tmux('capture-pane', '-p').trimEnd()
  return {
    home,
    enter: (line) => {
      tmux('send-keys', '-l', `${line}\r`)
    },
    keys: (...names) => {
      tmux('send-keys', ...names)
    },
    text,
    column: () => Number(tmux('display', '-p', '#{cursor_x}')),
    until: async (pattern) => {
      for (let left = 300; left > 0; left--) {
        if (pattern.test(text().split('\n').at(-1) ?? '')) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`${pattern} did not come; there was:\n${text()}`)
    },
    end,
  }
}
