// ^Z, and what else stops a job: the shell has the terminal as it was, and fg goes on.
import assert from 'node:assert/strict'
import { backgroundsOf, linesOf, type Screen, untilShown } from '../screen.ts'
import { pause } from '../session/subject.ts'
import type { OuterShell } from './shell.ts'
import { listening } from './signals.ts'
import { heard, type JobSubject, newListener } from './subject.ts'

export const stopped = /Stopped|suspended/i

/** The shell says that the job has stopped, and the terminal is the shell's again. */
const hasStopped = async (shell: OuterShell, settings?: string): Promise<void> => {
  await shell.next(stopped)
  await shell.prompt()
  if (settings !== undefined) assert.equal(await shell.settings(), settings, 'the settings of the terminal')
  assert.ok(
    await shell.isUntinted(),
    `the look of the terminal: ${shell.screen.title()}\n${shell.screen.text()}`,
  )
}

const wearsTint = ({ screen }: OuterShell): Promise<void> =>
  untilShown(
    screen,
    'the tint',
    () => backgroundsOf(screen).some((color) => color !== undefined) && /^🔴 /.test(screen.title()),
  )

/** What stops it, given our process and the command's. */
const ways: Readonly<Record<string, (shell: OuterShell, own: number, inner: number) => void>> = {
  '^Z': (shell) => shell.press('\x1a'),
  'SIGTSTP sent to us': (_, own) => process.kill(own, 'SIGTSTP'),
  'SIGSTOP sent to the command': (_shell, _own, inner) => process.kill(inner, 'SIGSTOP'),
}

/** (Of these shells dash is the one that does not set the terminal right by itself.) */
const suspensions = [
  ['^Z', 'dash', 'root'],
  ['^Z', 'bash', 'root'],
  ['^Z', 'zsh', 'root'],
  ['^Z', 'bash', 'alice'],
  ['SIGTSTP sent to us', 'dash', 'root'],
  ['SIGSTOP sent to the command', 'dash', 'root'],
] as const

/** Without the last row, where the program may say something else each time. */
const page = (screen: Screen): string => linesOf(screen.cells().slice(0, -1)).join('\n')

export const suspendJobs = (subject: JobSubject): void => {
  const { inShell, typed, isTint0, asks } = subject

  // What the shells do, and who one is, makes no difference to how the command is stopped.
  for (const [way, name, user] of suspensions.filter(([, name]) => asks || name === 'dash'))
    inShell(
      `${way} stops it, twice: the terminal is as before; fg, and one SIGCONT, go on`,
      { shell: name, user },
      async (shell) => {
        const settings = await shell.settings()
        const listener = newListener()
        const { own, inner } = await listening(shell, subject, listener.words)
        for (const count of [1, 2]) {
          if (isTint0) await wearsTint(shell)
          ways[way]?.(shell, own, inner)
          await hasStopped(shell, settings)
          assert.match(await shell.jobs(stopped), /sh -c/)
          shell.type('fg')
          await shell.next(new RegExp(`got CONT ${count}\n`))
        }
        await pause(400)
        assert.deepEqual(heard(shell.shown()), ['CONT 1', 'CONT 2'])
        listener.end()
        await shell.prompt()
        assert.equal(await shell.status(), 7)
        assert.equal(await shell.settings(), settings)
        assert.ok(await shell.isUntinted())
      },
    )

  inShell('^Z in a shell inside stays inside', {}, async (shell) => {
    shell.type(`${typed} bash --norc --noprofile -i`)
    await shell.next(/# $/, 10_000)
    shell.type("PS1='in''ner: '")
    await shell.next(/inner: $/)
    shell.type('sleep 100')
    await pause(500)
    shell.press('\x1a')
    await shell.next(/Stopped[\s\S]*inner: $/)
    shell.type('jobs')
    await shell.next(/Stopped\s+sleep 100[\s\S]*inner: $/)
    shell.type('kill -9 %1; sleep 0.2')
    await shell.next(/Killed[\s\S]*inner: $/)
    shell.type('exit 3')
    await shell.prompt()
    assert.equal(await shell.status(), 3)
  })

  const programs = [
    ['less', 'less /usr/share/common-licenses/GPL-3', 'GNU GENERAL PUBLIC', 'q'],
    ['vim', 'vim -u NONE -N -n /usr/share/common-licenses/GPL-3', 'GNU GENERAL PUBLIC', ':q!\r'],
  ] as const
  for (const [name, command, text, quit] of asks ? programs : programs.slice(0, 1))
    inShell(`^Z in ${name}, and fg: the screen is there again`, {}, async (shell) => {
      const { screen } = shell
      shell.type(`clear; ${typed} ${command}`)
      await untilShown(screen, name, () => screen.text().includes(text))
      await pause(500)
      await screen.settled()
      const before = page(screen)
      assert.equal(screen.terminal.buffer.active.type, 'alternate')
      for (const _ of [1, 2]) {
        shell.press('\x1a')
        await shell.next(stopped)
        await shell.prompt()
        await screen.settled()
        assert.equal(screen.terminal.buffer.active.type, 'normal')
        assert.ok(await shell.isUntinted(), 'untinted')
        shell.type('fg')
        await untilShown(screen, `${name} again`, () => screen.text().includes(text))
        await pause(300)
        await screen.settled()
        assert.equal(screen.terminal.buffer.active.type, 'alternate')
        assert.equal(page(screen), before)
      }
      shell.press(quit)
      await shell.prompt()
      assert.equal(await shell.status(), 0)
    })

  if (asks)
    inShell('in a shell inside, a stopped session of its own stays there', {}, async (shell) => {
      shell.type(`${typed} bash --norc --noprofile -i`)
      await shell.next(/# $/, 10_000)
      shell.type("PS1='in''ner: '")
      await shell.next(/inner: $/)
      const listener = newListener()
      await listening(shell, subject, listener.words)
      shell.press('\x1a')
      await shell.next(/Stopped[\s\S]*inner: $/)
      shell.type('fg')
      await shell.next(/got CONT 1/)
      listener.end()
      await shell.next(/inner: $/)
      shell.type('exit 3')
      await shell.prompt()
      assert.equal(await shell.status(), 3)
    })
}
