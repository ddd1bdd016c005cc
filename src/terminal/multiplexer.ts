// Door: what only tmux's or screen's own program can tell or do. The name of our window in tmux, which ESC k may change and no
// stack keeps (screen is not asked: it shows its answer, and holds all output meanwhile); and screen's background color erase, which is off by default and without which a tint has holes. They run as the
// caller, on the caller's own server; where they fail or are not there, the session goes on without.
import { execFile } from 'node:child_process'
import { widePath } from '../paths.ts'
import type { Capabilities } from './capabilities.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Longest wait, in milliseconds. */
const longest = 1000

/** What ESC k must set in the end: the name now, or '' where tmux chooses it; undefined where that is not known. */
export const askForName = async ({ inTmux }: Capabilities, env: Environment): Promise<string | undefined> => {
  if (!inTmux || !env.TMUX || !env.TMUX_PANE) return undefined
  const format = '#{?automatic-rename,auto,kept} #{window_name}'
  const answer = await said(env, 'tmux', 'display-message', '-p', '-t', env.TMUX_PANE, format)
  const [, way, name] = /^(\S+) (.*)$/s.exec(answer ?? '') ?? []
  return way === 'auto' ? '' : name
}

/** Switches screen's background color erase, for our window; false where there is no screen to be told. */
export const switchErase = async (on: boolean, env: Environment): Promise<boolean> => {
  if (!env.STY || !env.WINDOW) return false
  return (await said(env, 'screen', '-p', env.WINDOW, '-X', 'bce', on ? 'on' : 'off')) !== undefined
}

/** What the program printed; undefined where it failed. */
export const said = (env: Environment, program: string, ...words: string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, words, { env: { ...env, PATH: widePath }, timeout: longest }, (error, out) =>
      resolve(error ? undefined : out.trimEnd()),
    )
  })
