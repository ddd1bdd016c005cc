// What the command finds around it: environment, terminal, settings; and what it cannot reach.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setWindowSize } from '../../src/libc.ts'
import { spawnOnPty } from '../pty-process.ts'
import { env, plainText, type Subject, scratch } from './subject.ts'

/** Declares them for one backend. */
export const contextClaims = ({ backend, claim, raw, show, words }: Subject): void => {
  claim('nothing of the environment reaches the command but what is named', async () => {
    const leaky = {
      ...env,
      LEAK: 'leak',
      LD_PRELOAD: '',
      BASH_ENV: '/x',
      DISPLAY: ':9',
      NODE_OPTIONS: '',
      PASSED: 'on',
      XDG_CONFIG_HOME: '/x',
    }
    const screen = raw(['--setenv=SET=1', '--setenv=PASSED', '--setenv=UNSET', 'env'], { env: leaky })
    await screen.exit
    const variables = new Map(
      plainText(screen.output())
        .split('\r\n')
        .filter((line) => /^\w+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    for (const name of [
      'LEAK',
      'LD_PRELOAD',
      'BASH_ENV',
      'DISPLAY',
      'NODE_OPTIONS',
      'XDG_CONFIG_HOME',
      'UNSET',
    ])
      assert.equal(variables.has(name), false, name)
    const expected = {
      SET: '1',
      PASSED: 'on',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      SUDO_USER: userInfo().username,
      SUDO_UID: String(userInfo().uid),
      SUDO_GID: String(userInfo().gid),
      SUDO_COMMAND: '/usr/bin/env',
    }
    for (const [name, value] of Object.entries(expected)) assert.equal(variables.get(name), value, name)
    assert.match(variables.get('TINT0_SESSION') ?? '', /^tint0-env-[0-9a-f]{8}$/)
  })

  claim('the first program sees the size of the terminal, and a resize is seen inside', async () => {
    const screen = show(
      ['bash', '-c', 'stty size; trap "stty size; exit 5" WINCH; echo ready; while :; do sleep 0.1; done'],
      { columns: 91, rows: 27 },
    )
    await screen.process.until(/27 91\r\nready/)
    screen.process.resize(120, 40)
    await screen.process.until(/40 120/)
    assert.equal((await screen.process.exit).code, 5)
  })

  claim('the size in pixels is passed on, too', async () => {
    const script = 'ioctl(STDIN, 0x5413, my $s = "\\0" x 8); print join(",", unpack("S4", $s)), "\\n"'
    const size = { rows: 30, columns: 100, width: 900, height: 540 }
    const process = raw(['perl', '-e', script], { before: (slave) => setWindowSize(slave, size) })
    await process.exit
    assert.match(process.output().toString(), /30,100,900,540/)
  })

  claim("the caller's own terminal settings hold inside", async () => {
    const process = spawnOnPty(
      ['sh', '-c', `stty intr ^G erase ^H -ixon; exec "$@"`, 'sh', ...words('stty', '-a')],
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.match(process.output().toString(), /intr = \^G/)
    assert.match(process.output().toString(), /erase = \^H/)
    assert.match(process.output().toString(), /-ixon/)
  })

  claim('a program inside cannot type into the terminal outside', async () => {
    const program = join(scratch, `push-${backend}.pl`)
    writeFileSync(
      program,
      'for (split //, "echo injected\\n") { ioctl(STDIN, 0x5412, $_) } print "pushed\\n"',
    )
    const process = spawnOnPty(
      ['sh', '-c', '"$@"; read -t 1 x; echo "read:[$x]"', 'bash', ...words('perl', program)].map((word) =>
        word === 'sh' ? 'bash' : word,
      ),
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.match(process.output().toString(), /read:\[\]/)
  })

  claim('a closed standard input is an empty one', async () => {
    const process = spawnOnPty(['bash', '-c', '"$@" <&-', 'bash', ...words('--background=', 'wc', '-c')], {
      env,
      cwd: '/tmp',
    })
    assert.equal((await process.exit).code, 0)
    assert.match(plainText(process.output()), /^0\r\n$/)
  })
}
