// What signals do to tint0 and to the command.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { type PtyProcess, spawnOnPty } from '../pty-process.ts'
import { env, pause, plainText, running, type Subject, scratch } from './subject.ts'

/** Stops what a shell runs in the foreground of its terminal, as kill -STOP would. */
const stop = (shell: PtyProcess): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(parent) === shell.pid) process.kill(Number(pid), 'SIGSTOP')
    } catch {}
}

/** Declares them for one backend. */
export const signalClaims = ({ claim, raw, show, words }: Subject): void => {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)
    claim(`${signal} ends the command, gives the terminal back, and gives 128 + its number`, async () => {
      const mark = `${Date.now()}`.slice(-7)
      const screen = show([
        'sh',
        '-c',
        `printf "\\033[?1049h\\033[?25l\\033[?1000h"; echo ready; sleep 9${mark}`,
      ])
      const before = screen.process.termios()?.toString('hex')
      await screen.process.until(/ready\r\n/)
      assert.notEqual(screen.process.termios()?.toString('hex'), before, 'the terminal is raw meanwhile')
      screen.process.kill(signal)
      const number = { SIGTERM: 15, SIGHUP: 1, SIGINT: 2, SIGQUIT: 3 }[signal]
      assert.deepEqual(await screen.process.exit, { code: 128 + number, signal: null })
      await screen.settled()
      assert.equal(screen.process.termios()?.toString('hex'), before)
      assert.equal(screen.title(), 'as before')
      assert.equal(screen.terminal.buffer.active.type, 'normal')
      assert.equal(screen.terminal.modes.mouseTrackingMode, 'none')
      assert.ok(screen.process.output().includes('\x1b[?25h'))
      assert.equal(running(`sleep 9${mark}`), false)
    })

  claim('what ignores the hang-up is killed after a grace', async () => {
    const mark = `${Date.now()}`.slice(-7)
    const process = raw(['sh', '-c', `trap "" HUP TERM INT; echo ready; while :; do sleep 8${mark}; done`])
    await process.until(/ready\r\n/)
    process.hangUp()
    assert.equal((await process.exit).code, 129)
    assert.equal(running(`sleep 8${mark}`), false)
  })

  claim('^C and ^Z typed go to the command, not to us', async () => {
    const process = raw([
      'sh',
      '-c',
      'trap "echo caught; exit 9" INT; echo ready; while :; do sleep 0.1; done',
    ])
    await process.until(/ready\r\n/)
    process.write('\x1a')
    process.write('\x03')
    await process.until(/caught/)
    assert.equal((await process.exit).code, 9)
  })

  claim('a signal that ends other programs at once ends us with the terminal given back', async () => {
    const screen = show(['sh', '-c', 'echo ready; sleep 100'])
    const before = screen.process.termios()?.toString('hex')
    await screen.process.until(/ready\r\n/)
    screen.process.kill('SIGUSR2')
    assert.deepEqual(await screen.process.exit, { code: 128 + 12, signal: null })
    assert.equal(screen.process.termios()?.toString('hex'), before)
  })

  claim('a second signal, while a stalled terminal is given back, does not leave it raw', async () => {
    const screen = show(['sh', '-c', 'echo ready; exec yes'])
    const before = screen.process.termios()?.toString('hex')
    await screen.process.until(/ready\r\n/)
    screen.process.stall()
    await pause(500)
    screen.process.kill('SIGTERM')
    await pause(300)
    screen.process.kill('SIGHUP')
    assert.equal((await screen.process.exit).code, 129)
    assert.equal(screen.process.termios()?.toString('hex'), before)
  })

  claim('a terminal that is closed ends the command, and us by its hang-up', async () => {
    const mark = `${Date.now()}`.slice(-7)
    const screen = show(['sh', '-c', `echo ready; sleep 7${mark}`])
    await screen.process.until(/ready\r\n/)
    screen.process.hangUp()
    assert.deepEqual(await screen.process.exit, { code: 129, signal: null })
    assert.equal(running(`sleep 7${mark}`), false)
  })

  claim('stopped and brought back by a shell, the terminal is raw again', async () => {
    const shell = spawnOnPty(['bash', '--norc', '-i'], { env: { ...env, PS1: '$ ' }, cwd: '/tmp' })
    await shell.until(/\$ /)
    shell.write(`${words('--background=', 'sh', '-c', "'echo $((40+2)); exec cat'").join(' ')}\n`)
    await shell.until(/42\r\n/)
    const raw = shell.termios()?.toString('hex')
    stop(shell)
    await shell.until(/Stopped[\s\S]*\$ $/)
    shell.write('fg\n')
    await shell.until(/\$ fg\r\n/)
    for (let left = 50; left > 0 && shell.termios()?.toString('hex') !== raw; left--) await pause(100)
    assert.equal(shell.termios()?.toString('hex'), raw)
    shell.write('\x04')
    await shell.until(/\$ $/)
    shell.write('exit 5\n')
    assert.equal((await shell.exit).code, 5)
  })

  claim('in the background it does not wait where it does not need the terminal', async () => {
    const script = `x=$(timeout 20 "$@" 2>&1); echo "timeout: $x"; set -m; "$@" >${scratch}/aside & wait $!; cat ${scratch}/aside`
    const process = spawnOnPty(['bash', '-c', script, 'bash', ...words('echo', 'it ran')], {
      env,
      cwd: '/tmp',
    })
    await process.exit
    assert.match(process.output().toString(), /^timeout: it ran\r\n(\[1\].*\r\n)?it ran\r\n$/)
  })

  for (const delay of [600, 1500])
    claim(
      `a terminal that does not answer is entered once at most, and left as often (${delay} ms)`,
      async () => {
        const process = spawnOnPty(words('sh', '-c', 'echo ready; sleep 20'), { env, cwd: '/tmp' })
        await pause(delay)
        process.kill('SIGTERM')
        await process.exit
        const count = (text: string) => process.output().toString().split(text).length - 1
        assert.equal(count('\x1b[22;0t'), count('\x1b[23;0t'))
        assert.ok(count('\x1b[22;0t') <= 1)
      },
    )

  claim('with --pty what is piped in goes on after a stop', async () => {
    const script =
      '(sleep 2; echo hello) | "$@" sh -c \'echo a; sleep 0.3; kill -STOP $$; cat; echo end\'; echo "status $?"'
    const process = spawnOnPty(['bash', '-c', script, 'bash', ...words('--pty', '--background=')], {
      env,
      cwd: '/tmp',
    })
    await process.exit
    assert.match(plainText(process.output()).replaceAll('\r', ''), /^a\nhello\nend\nstatus 0\n$/)
  })
}
