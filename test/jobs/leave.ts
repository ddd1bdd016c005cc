// The ways to leave a session that does not end: ^] three times, and the terminal's own end.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { spawnOnPty } from '../pty-process.ts'
import { runOnScreen, type Screen } from '../screen.ts'
import { env, pause, running } from '../session/subject.ts'
import { type JobSubject, mark } from './subject.ts'

const leaveKey = '\x1d'

/** What is left, by the number of seconds that its last command sleeps, and by its unit. */
const isGone = async (seconds: string, milliseconds: number): Promise<void> => {
  const state = () =>
    execFileSync('systemctl', ['show', '--property=ActiveState', '--value', `job-${seconds}.service`], {
      encoding: 'utf8',
    }).trim()
  for (const end = Date.now() + milliseconds; ; await pause(50)) {
    const left = [
      running(`sleep ${seconds}`) && 'the command',
      state() !== 'inactive' && `the unit: ${state()}`,
    ]
    if (!left.some(Boolean)) return
    assert.ok(Date.now() < end, `left: ${left}`)
  }
}

export const leaveJobs = (subject: JobSubject): void => {
  const { claim, inShell, words, isTint0, asks } = subject

  /** Runs a script, in which $S stands for a number of seconds that nobody else sleeps. */
  const begin = async (
    script: string,
  ): Promise<{ screen: Screen; seconds: string; termios: string | undefined }> => {
    const seconds = `70${mark()}`
    const screen = runOnScreen(
      [...words, `--unit=job-${seconds}`, 'sh', '-c', script.replaceAll('$S', seconds)],
      {
        env,
        cwd: '/tmp',
        background: 'rgb:1010/1010/1010',
      },
    )
    const termios = screen.process.termios()?.toString('hex')
    await screen.process.until(/ready/)
    await pause(300)
    return { screen, seconds, termios }
  }

  const left = async (
    { screen, seconds, termios }: Awaited<ReturnType<typeof begin>>,
    isStalled = false,
  ): Promise<void> => {
    const slow = setTimeout(() => screen.process.kill(), 10_000)
    assert.deepEqual(await screen.process.exit, { code: 130, signal: null })
    clearTimeout(slow)
    assert.equal(screen.process.termios()?.toString('hex'), termios)
    await isGone(seconds, 1000)
    // What a stalled terminal did not take, the guardian writes when it can.
    if (isStalled) return
    await screen.settled()
    assert.equal(screen.title(), 'as before')
    assert.equal(screen.terminal.buffer.active.type, 'normal')
  }

  const scripts = [
    ['', 'printf "\\033[?1049h"; echo ready; exec sleep $S'],
    [', also from what ignores SIGHUP', 'trap "" HUP; echo ready; sleep $S'],
    [
      ', also from what ignores SIGHUP, SIGTERM and SIGINT',
      'trap "" HUP TERM INT; echo ready; while :; do sleep $S; done',
    ],
  ] as const
  if (isTint0)
    for (const [which, script] of asks ? scripts : scripts.slice(1))
      claim(`^] three times leaves, with 130 and a whole terminal${which}`, async () => {
        const begun = await begin(script)
        begun.screen.process.write(leaveKey.repeat(3))
        await left(begun)
      })

  if (isTint0) {
    claim('^] three times, one after the other, leaves', async () => {
      const begun = await begin('echo ready; exec sleep $S')
      for (let i = 0; i < 3; i++, await pause(100)) begun.screen.process.write(leaveKey)
      await left(begun)
    })

    if (asks)
      inShell(
        '^] three times leaves what ignores SIGHUP, and may not be killed by us',
        { user: 'alice' },
        async (shell) => {
          const seconds = `70${mark()}`
          const settings = await shell.settings()
          shell.type(`${words.join(' ')} sh -c 'trap "" HUP; echo re""ady; sleep ${seconds}; true'`)
          await shell.next(/ready/, 10_000)
          await pause(300)
          shell.press(leaveKey.repeat(3))
          await shell.prompt()
          assert.equal(await shell.status(), 130)
          assert.equal(await shell.settings(), settings)
          assert.ok(await shell.isUntinted())
          execFileSync('sh', ['-c', `pkill -f '^sleep ${seconds}' || true`])
        },
      )

    claim('^] three times leaves a session whose output is stalled', async () => {
      const begun = await begin('sleep $S & echo ready; sleep 1; exec yes')
      begun.screen.process.stall()
      await pause(1500)
      begun.screen.process.write(leaveKey.repeat(3))
      await left(begun, true)
    })

    claim('^] three times leaves a command that does not read', async () => {
      const begun = await begin('stty raw -echo; echo ready; exec sleep $S')
      begun.screen.process.write('x'.repeat(100_000))
      await pause(500)
      begun.screen.process.write(leaveKey.repeat(3))
      await left(begun)
    })
  }

  /** What the command reads, a byte a line. */
  const bytes = `$|=1; system "stty raw -echo"; print "ready\\r\\n"; printf "<%02x>\\r\\n", ord $c while sysread STDIN, $c, 1 and $c ne "q"`
  const keyed = [
    ['^] twice reaches the command', [leaveKey.repeat(2), 'x', 'q'], 0, '1d 1d 78'],
    [
      '^] three times in more than a second reaches the command',
      [leaveKey, leaveKey, leaveKey, 'q'],
      700,
      '1d 1d 1d',
    ],
    [
      '^] three times, but with another key between, reaches the command',
      [leaveKey.repeat(2), 'x', leaveKey, 'q'],
      0,
      '1d 1d 78 1d',
    ],
  ] as const
  for (const [text, keys, gap, expected] of asks ? keyed : keyed.slice(0, 1))
    claim(text, async () => {
      const process = spawnOnPty([...words, 'perl', '-e', bytes], { env, cwd: '/tmp' })
      await process.until(/ready/)
      for (const key of keys) {
        process.write(key)
        await pause(gap || 50)
      }
      assert.deepEqual(await process.exit, { code: 0, signal: null })
      const read = [
        ...process
          .output()
          .toString()
          .matchAll(/<(..)>/g),
      ].map(([, byte]) => byte)
      assert.equal(read.join(' '), expected)
    })

  if (!isTint0) return
  // (sudo stays.)
  claim('a terminal that is closed ends all, though the leader of its session ignores SIGHUP', async () => {
    const seconds = `70${mark()}`
    const asJob = `trap '' HUP; sh -c 'echo "pid $$"; exec "$@"' sh "$@"; exec sleep 8`
    const outer = spawnOnPty(
      [
        'sh',
        '-c',
        asJob,
        'sh',
        ...words,
        ...(isTint0 ? [`--unit=job-${seconds}`] : []),
        'sh',
        '-c',
        `echo ready; exec sleep ${seconds}`,
      ],
      {
        env,
        cwd: '/tmp',
      },
    )
    const [, own] = await outer.until(/pid (\d+)/)
    await outer.until(/ready/)
    await pause(300)
    outer.hangUp()
    const isThere = () => {
      try {
        return process.kill(Number(own), 0)
      } catch {
        return false
      }
    }
    for (let left = 60; left > 0 && isThere(); left--) await pause(50)
    assert.equal(isThere(), false, 'we are still there')
    await isGone(seconds, 100)
    outer.kill()
  })
}
