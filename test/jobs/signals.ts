// Signals that are sent to us reach the command, each once; keys do, too.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { env, firstStatus, pause, running } from '../session/subject.ts'
import type { OuterShell } from './shell.ts'
import { heard, type JobSubject, mark, newListener, quoted } from './subject.ts'

const all = ['TERM', 'ALRM', 'HUP', 'INT', 'QUIT', 'USR1', 'USR2']

/** A command line whose process tells its number first, and is then the program's. */
export const telling = ({ words }: JobSubject, command: readonly string[]): string =>
  `sh -c 'echo "pid $$"; exec "$@"' sh ${quoted([...words, ...command])}`

/** Starts it, and waits until it listens; resolves to our process number and the command's. */
export const listening = async (
  shell: OuterShell,
  subject: JobSubject,
  command: readonly string[],
): Promise<{ readonly own: number; readonly inner: number }> => {
  shell.type(telling(subject, command))
  const [, own] = await shell.next(/pid (\d+)/)
  const [, inner] = await shell.next(/ready (\d+)/, 10_000)
  // It is seen before the handlers of others than the terminal are there.
  await pause(200)
  return { own: Number(own), inner: Number(inner) }
}

/** Whoever sends again what has already come does so soon. */
const settle = () => pause(400)

export const signalJobs = (subject: JobSubject): void => {
  const { claim, inShell } = subject
  // sudo takes SIGALRM for its own timeout.
  const forwarded = all.filter((name) => subject.isTint0 || name !== 'ALRM')
  for (const user of ['root', 'alice'] as const)
    inShell(`${forwarded.join(', ')} sent by kill reach the command once`, { user }, async (shell) => {
      const listener = newListener()
      const { own } = await listening(shell, subject, listener.words)
      for (const name of forwarded) {
        process.kill(own, `SIG${name}`)
        await shell.next(new RegExp(`got ${name} 1`))
      }
      await settle()
      assert.deepEqual(
        heard(shell.shown()),
        forwarded.map((name) => `${name} 1`),
      )
      listener.end()
      await shell.prompt()
      assert.equal(await shell.status(), 7)
    })

  claim('without any terminal, with pipes, they do, too', async () => {
    const listener = newListener()
    const [command = '', ...args] = [...subject.words, ...listener.words]
    const child = spawn(command, args, { env, cwd: '/tmp', detached: true, stdio: 'pipe' })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    const exit = new Promise((resolve) => child.on('close', resolve))
    const until = async (pattern: RegExp) => {
      for (let left = 300; !pattern.test(text); left--, await pause(20))
        if (left === 0) throw new Error(`${pattern} did not come; there was ${JSON.stringify(text)}`)
    }
    try {
      await until(/ready/)
      await pause(200)
      for (const name of forwarded) {
        process.kill(child.pid ?? 0, `SIG${name}`)
        await until(new RegExp(`got ${name} 1`))
      }
      await settle()
      assert.deepEqual(
        heard(text),
        forwarded.map((name) => `${name} 1`),
      )
      listener.end()
      assert.equal(await exit, 7)
    } finally {
      listener.end()
      child.kill('SIGKILL')
    }
  })

  inShell('a new size reaches the command, with one SIGWINCH', {}, async (shell) => {
    const listener = newListener()
    await listening(shell, subject, listener.words)
    shell.screen.process.resize(100, 30)
    await shell.next(/got WINCH 1 30 100/)
    await settle()
    assert.deepEqual(heard(shell.shown()), ['WINCH 1'])
    listener.end()
    await shell.prompt()
    assert.equal(await shell.status(), 7)
  })

  inShell(
    'what the command sends to us does not end it, and comes back to it once at the most',
    {},
    async (shell) => {
      shell.type(`sh -c 'exec "$@" $$' sh ${quoted([...subject.words, ...newListener().words])}`)
      await shell.next(/ready \d+/, 10_000)
      await shell.prompt()
      // Node does not tell who sent a signal: sudo would not send it back.
      const [once, ...more] = heard(shell.shown())
      assert.deepEqual(more, [])
      assert.ok(once === undefined || subject.isTint0, once)
      assert.equal(await shell.status(), 5)
    },
  )

  inShell('^C is one SIGINT, each', {}, async (shell) => {
    const listener = newListener()
    await listening(shell, subject, listener.words)
    for (const count of [1, 2]) {
      shell.press('\x03')
      await shell.next(new RegExp(`got INT ${count}`))
      await settle()
    }
    assert.deepEqual(heard(shell.shown()), ['INT 1', 'INT 2'])
    listener.end()
    await shell.prompt()
    assert.equal(await shell.status(), 7)
  })

  const pipes = [
    ['', ' | cat', 0],
    ['cat | ', ' | cat', 1],
  ] as const
  for (const [before, after, place] of pipes)
    inShell(`^C in "${before}… cmd${after}" ends all of it, with 130`, {}, async (shell) => {
      const seconds = `60${mark()}`
      shell.type(`${before}${subject.typed} sh -c 'echo "re""ady"; exec sleep ${seconds}'${after}`)
      await shell.next(/ready/, 10_000)
      await pause(200)
      shell.press('\x03')
      await shell.prompt()
      shell.type(`echo "were ${firstStatus.replace('0', '*')};"`)
      const [, statuses = ''] = await shell.next(/were ([\d ]+);/)
      assert.equal(statuses.split(' ')[place], '130', statuses)
      await pause(300)
      assert.equal(running(`sleep ${seconds}`), false)
    })
}
