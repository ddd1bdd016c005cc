// Door: asks tmux or screen for the name of our window, which ESC k may change and no stack keeps. Their own programs answer;
// where they do not, or not in time, the name is left as the command leaves it.
import { execFile } from 'node:child_process'
import type { Capabilities } from './capabilities.ts'

/** Not the caller's path: any program may have set that. */
const systemPath = '/usr/local/bin:/usr/bin:/bin'

/** Longest wait, in milliseconds: the answer is wanted at the end only. */
const longest = 2000

/** What ESC k must set in the end: the name now, or '' where tmux chooses it; undefined where that is not known. */
export const askForName = async (
  { inTmux, inScreen }: Capabilities,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> => {
  if (inTmux && env.TMUX && env.TMUX_PANE) {
    const format = '#{allow-rename} #{automatic-rename} #{window_name}'
    const answer = await said('tmux', ['display-message', '-p', '-t', env.TMUX_PANE, format], env)
    const [, automatic, name] = /^\S+ (\S+) (.*)$/.exec(answer ?? '') ?? []
    return automatic === '1' ? '' : name
  }
  return inScreen && env.STY ? await said('screen', ['-Q', 'title'], env) : undefined
}

const said = (
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, [...words], { env: { ...env, PATH: systemPath }, timeout: longest }, (error, out) =>
      resolve(error ? undefined : out.trimEnd()),
    )
  })
