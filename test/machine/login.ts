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

/** (su's -c would take the controlling terminal away.) `command` is for the user's shell; it runs in a login session with a terminal that answers. */
export const login = (user: User, command: string, options: ScreenOptions = {}): Screen =>
  runOnScreen(['su', '--whitelist-environment=COLORTERM,TERM', '-', user, '--session-command', command], {
    ...options,
    env: environment(options),
  })

/** The same with the rights of the user, but no session. */
export const withoutSession = (user: User | 'root', command: string, options: ScreenOptions = {}): Screen =>
  runOnScreen(
    ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--', 'bash', '-c', command],
    {
      ...options,
      env: {
        ...environment(options),
        HOME: user === 'root' ? '/root' : `/home/${user}`,
        USER: user,
        LOGNAME: user,
        SHELL: '/bin/bash',
      },
    },
  )

/** The number of a user, which is also that of the user's group. */
export const idOf = (user: User): number => Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }))

/** polkit's agent prompts first, and then turns the echo off, and flushes: who types faster than a human must wait. */
export const silent = async ({ process }: Screen): Promise<void> => {
  for (let left = 100; left > 0 && process.echoes(); left--) await pause(10)
}

/** From now on types the password whenever one is asked for. */
export const answerAlways = (screen: Screen, password: string): void => {
  let answered = 0
  screen.process.onData(async () => {
    const asked = screen.process.output().toString().split('Password: ').length - 1
    if (asked <= answered) return
    answered = asked
    await silent(screen)
    screen.process.write(`${password}\n`)
  })
}
