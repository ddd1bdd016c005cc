// Somebody at a terminal of the test machine: with a session of logind's, as by a login, or without one, as from cron.
import { execFileSync } from 'node:child_process'
import { runOnScreen, type Screen, type ScreenOptions } from '../screen.ts'
import { pause } from '../session/subject.ts'

export const passwords = { alice: 'wonderland', bob: 'builder' } as const

export type User = keyof typeof passwords

const environment = (options: ScreenOptions): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  ...options.env,
})

/** The words that run others with the rights of the user, without a session. */
export const as = (user: User | 'root' | 'polkitd', ...words: string[]): readonly string[] => [
  ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'],
  ...words,
]

/** (su's -c would take the controlling terminal away.) `command` is for the user's shell; it runs in a login session with a terminal that answers. */
export const login = (user: User, command: string, options: ScreenOptions = {}): Screen =>
  runOnScreen(['su', '--whitelist-environment=COLORTERM,TERM', '-', user, '--session-command', command], {
    ...options,
    env: environment(options),
  })

/** The same with the rights of the user, but no session. */
export const withoutSession = (user: User | 'root', command: string, options: ScreenOptions = {}): Screen =>
  runOnScreen(as(user, 'bash', '-c', command), {
    ...options,
    env: {
      ...environment(options),
      HOME: user === 'root' ? '/root' : `/home/${user}`,
      USER: user,
      LOGNAME: user,
      SHELL: '/bin/bash',
    },
  })

/** The number of a user, which is also that of the user's group. */
export const idOf = (user: User): number => Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }))

/** Whoever asks may prompt first, and then turn the echo off, and flush: who types faster than a human must wait. */
export const silent = async ({ process }: Screen): Promise<void> => {
  for (let left = 500; left > 0 && process.echoes(); left--) await pause(10)
}

/** What tint0 asks with, unless it is told otherwise; behind it the cursor stands. */
export const prompt = /Password for (alice|bob|root): /

/** Resolves when a password is asked for, behind the first `from` bytes; to the number of those before the answer. */
export const asked = async (screen: Screen, from = 0, pattern = prompt): Promise<number> => {
  const found = await screen.process.until(pattern, 30_000, from)
  await silent(screen)
  return from + found.index + found[0].length
}

/** Types these keys, each time a password is asked for, behind the first `from` bytes. */
export const typed = async (screen: Screen, keys: readonly string[], from = 0): Promise<void> => {
  for (const key of keys) {
    from = await asked(screen, from)
    screen.process.write(key)
  }
}

/** Types a password when it is asked for, as often as there are passwords. */
export const answer = (screen: Screen, ...words: string[]): Promise<void> =>
  typed(
    screen,
    words.map((word) => `${word}\n`),
  )

/** Of tint0, of run0 and of sudo. */
const anyPrompt = /Password(?: for [a-z]+)?: /g

/** From now on types the password whenever one is asked for. */
export const answerAlways = (screen: Screen, password: string): void => {
  let answered = 0
  screen.process.onData(async () => {
    const asked = [...screen.process.output().toString().matchAll(anyPrompt)].length
    if (asked <= answered) return
    answered = asked
    await silent(screen)
    screen.process.write(`${password}\n`)
  })
}
