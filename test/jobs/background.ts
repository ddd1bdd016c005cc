// bg, & and fg: what is in the background runs on as far as it can without the terminal, and waits where it cannot.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { pause } from '../session/subject.ts'
import { type JobSubject, mark, newFile } from './subject.ts'
import { stopped } from './suspend.ts'

const ticking = (last: number) => `sh -c 'for i in $(seq ${last}); do echo tick $i; sleep 0.2; done'`

export const backgroundJobs = (subject: JobSubject): void => {
  const { inShell, name, typed, asks } = subject

  inShell('^Z, bg: it runs on, and is seen; fg, ^C: it ends', {}, async (shell) => {
    shell.type(`${typed} ${ticking(200)}`)
    await shell.next(/tick 2\n/, 10_000)
    shell.press('\x1a')
    await shell.next(stopped)
    await shell.prompt()
    const last = Number([...shell.shown().matchAll(/tick (\d+)/g)].at(-1)?.[1])
    await pause(600)
    assert.doesNotMatch(shell.shown(), new RegExp(`tick ${last + 2}\n`), 'it stands still')
    shell.type('bg')
    await shell.next(new RegExp(`tick ${last + 3}\n`))
    shell.type('fg')
    await shell.next(new RegExp(`tick ${last + 8}\n`))
    shell.press('\x03')
    await shell.prompt()
    assert.equal(await shell.status(), 130)
  })

  // (zsh sends no SIGCONT to a job that runs: one has to look whether one is in front. sudo does not.)
  for (const shell of name === 'system' ? (['dash', 'zsh'] as const) : (['dash'] as const))
    inShell(
      '& starts it at once, and what it prints is shown; fg, and it can be typed to',
      { shell },
      async (shell) => {
        const file = newFile()
        const script = `echo "be""gun"; until [ -e ${file} ]; do sleep 0.1; done; read line; echo "re""ad $line"; exit 4`
        shell.type(`${typed} sh -c '${script}' &`)
        await shell.next(/begun/, 10_000)
        shell.type('')
        await shell.prompt()
        await shell.jobs(/running/i)
        shell.type('fg')
        await pause(1000)
        shell.type('a line')
        writeFileSync(file, '')
        await shell.next(/read a line\n/)
        await shell.prompt()
        assert.equal(await shell.status(), 4)
      },
    )

  inShell('& on what reads the terminal waits; fg, and it reads', {}, async (shell) => {
    shell.type(`${typed} cat &`)
    // It reads a terminal of ours; what it waits for there cannot be told.
    await shell.jobs(subject.isTint0 ? /running/i : stopped)
    shell.type('fg')
    await pause(300)
    shell.type('a line')
    await shell.next(/a line\na line\n/)
    shell.press('\x04')
    await shell.prompt()
    assert.equal(await shell.status(), 0)
  })

  if (asks)
    inShell('& on what wants a password stops; fg, and it asks', { user: 'alice' }, async (shell) => {
      shell.type(`${typed} id -u &`)
      await shell.jobs(stopped)
      shell.type('fg')
      await shell.next(/Password[^:]*: [\s\S]*\n0\n/, 10_000)
      await shell.prompt()
      assert.equal(await shell.status(), 0)
    })

  inShell('stty tostop: & on what writes stops; fg, and it writes', {}, async (shell) => {
    const word = `out${mark()}`
    shell.type('stty tostop')
    await shell.prompt()
    shell.type(`${typed} sh -c 'echo "${word.slice(0, 3)}""${word.slice(3)}"; exit 6' &`)
    await shell.jobs(stopped)
    assert.doesNotMatch(shell.shown(), new RegExp(word))
    shell.type('fg')
    await shell.next(new RegExp(`${word}\n`))
    await shell.prompt()
    assert.equal(await shell.status(), 6)
  })
}
