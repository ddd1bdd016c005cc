// An interactive shell with job control at a terminal, and somebody who types into it.

import { answerAlways, login, passwords } from '../machine/login.ts'
import { backgroundsOf, runOnScreen, type Screen } from '../screen.ts'
import { env, pause, plainText } from '../session/subject.ts'

export type ShellName = 'bash' | 'dash' | 'zsh'

export interface OuterShell {
  readonly screen: Screen
  /** Types this, and Enter. */
  type(line: string): void
  /** Types these bytes. */
  press(bytes: string): void
  /** Waits until what was shown, behind what was waited for last, matches. */
  next(pattern: RegExp, milliseconds?: number): Promise<RegExpExecArray>
  /** Waits for the prompt. */
  prompt(): Promise<void>
  /** The status of the last command, asked for at the prompt. */
  status(): Promise<number>
  /** The settings of the terminal, as stty says them, asked for at the prompt. */
  settings(): Promise<string>
  /** What `jobs` says, asked for at the prompt, as soon as it matches. */
  jobs(pattern: RegExp): Promise<string>
  /** All that was shown so far, without control functions. */
  shown(): string
  /** Whether the terminal looks as before there was a session; asked for at the prompt. */
  isUntinted(): Promise<boolean>
}

const shells: Readonly<Record<ShellName, readonly string[]>> = {
  bash: ['bash', '--norc', '--noprofile', '-i'],
  dash: ['dash', '-i'],
  zsh: ['zsh', '-f', '-i', '-o', 'no_prompt_sp'],
}

const background = 'rgb:1010/1010/1010'

/** As both users, on a terminal that answers. */
export const openShell = async (user: 'root' | 'alice', name: ShellName): Promise<OuterShell> => {
  const screen =
    user === 'root'
      ? runOnScreen(shells[name], { env, cwd: '/tmp', background })
      : login(user, `exec ${shells[name].join(' ')}`, { background })
  if (user !== 'root') answerAlways(screen, passwords[user])
  const shell = onScreen(screen)
  await shell.next(/[$#%>] $/)
  // (So that the echo does not look like the prompt.)
  shell.type(`PS1='ou''ter: '`)
  await shell.prompt()
  return shell
}

const onScreen = (screen: Screen): OuterShell => {
  let from = 0
  const shown = () => plainText(screen.process.output()).replaceAll('\r', '')
  const next = async (pattern: RegExp, milliseconds = 10_000): Promise<RegExpExecArray> => {
    for (const end = Date.now() + milliseconds; ; await pause(20)) {
      const found = pattern.exec(shown().slice(from))
      if (found) {
        from += found.index + found[0].length
        return found
      }
      if (Date.now() > end)
        throw new Error(
          `${pattern} did not come; there was ${JSON.stringify(shown().slice(from).slice(-400))}`,
        )
    }
  }
  const press = (bytes: string) => screen.process.write(bytes)
  const type = (line: string) => press(`${line}\r`)
  const prompt = async () => {
    await next(/outer: $/)
  }
  const asked = async (line: string, pattern: RegExp): Promise<string> => {
    type(line)
    const [, answer = ''] = await next(pattern)
    await prompt()
    return answer
  }
  return {
    screen,
    type,
    press,
    next,
    prompt,
    shown,
    status: async () => Number(await asked('echo "is $?;"', /is (\d+);/)),
    settings: () => asked('echo "set $(stty -g);"', /set ([0-9a-f:]+);/),
    jobs: async (pattern) => {
      for (let left = 40; ; left--) {
        const said = await asked('echo "[[[";jobs;echo "]]]"', /\[\[\[\n([\s\S]*?)\]\]\]/)
        if (pattern.test(said)) return said
        if (left === 0) throw new Error(`jobs says ${JSON.stringify(said)}`)
        await pause(150)
      }
    },
    isUntinted: async () => {
      type('clear')
      await prompt()
      await screen.settled()
      const colors = backgroundsOf(screen)
      return colors.length === 1 && colors[0] === undefined && screen.title() === 'as before'
    },
  }
}
