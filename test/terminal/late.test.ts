// The built program, and a terminal that takes its time: what it answers late, or when we are gone, must not be typed into the
// user's shell.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { answerTo, OSC11, usual } from '../hostile/answering.ts'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { env, tint0 } from '../session/subject.ts'

after(endAll)

const ctl = `${tint0}ctl`
const home = { ...env, HOME: '/nonexistent' }

/** Runs it on a terminal that answers so late, and waits for what is left to the shell. */
const leftAfter = async (words: string, delay: number): Promise<string> => {
  const pty = spawnOnPty(
    ['bash', '-c', `${ctl} ${words} >/dev/tty; echo "status $?"; read -t 2 -n 1 left; echo "left '$left'"`],
    { env: home },
  )
  const asked = answerTo(pty, { answers: usual, delay })
  const [, left = ''] = await pty.until(/left '(.*)'/, 20_000)
  assert.ok(asked.size > 0, 'it was asked')
  assert.match(pty.output().toString(), /status 0/)
  assert.equal(pty.echoes(), true)
  assert.doesNotMatch(pty.output().toString(), /\^\[/, 'nothing was echoed')
  return left
}

test('answers that are too late to be of use are waited for, and none is left for the shell', async () => {
  const cases = [
    ['themes show nord', 1300],
    ['themes show nord', 2400],
    ['doctor', 2400],
  ] as const
  const left = await Promise.all(cases.map(([words, delay]) => leftAfter(words, delay)))
  assert.deepEqual(left, ['', '', ''])
})

test('a signal that ends it while it waits for the terminal leaves the terminal as it was', async () => {
  await Promise.all(
    (['SIGHUP', 'SIGQUIT', 'SIGTERM', 'SIGINT'] as const).map(async (signal) => {
      const pty = spawnOnPty([ctl, 'themes', 'show', 'nord'], { env: home })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is what is looked for
      await pty.until(/\x1b\[c/)
      assert.equal(pty.echoes(), false)
      // Which makes no signal meanwhile, and is one all the same.
      if (signal === 'SIGINT') pty.write('\x03')
      else pty.kill(signal)
      assert.equal((await pty.exit).signal, signal)
      assert.equal(pty.echoes(), true, signal)
      assert.ok(!pty.output().includes(OSC11), 'a terminal that says nothing is asked no more')
    }),
  )
})

test('a terminal that is hung up before it has answered ends it as a hang-up does', async () => {
  await Promise.all(
    ['themes show nord', 'doctor', 'themes show nord', 'doctor'].map(async (words) => {
      const pty = spawnOnPty([ctl, ...words.split(' ')], { env: home })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is what is looked for
      await pty.until(/\x1b\[c/)
      pty.hangUp()
      assert.deepEqual(await pty.exit, { code: null, signal: 'SIGHUP' })
    }),
  )
})
