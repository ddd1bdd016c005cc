// Somebody at a terminal of the test machine: with a session of logind's, as by a login, or without one, as from cron.
import { execFileSync } from 'node:child_process'
import { runOnScreen, type Screen, type ScreenOptions } from '../screen.ts'

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
