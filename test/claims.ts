// What a session promises on any backend, tried on the built program, on a real PTY, with a reference terminal as judge.
// `session.test.ts` tries it on `local`, `machine/session.test.ts` on `system`.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { setWindowSize } from '../src/libc.ts'
import { endAll, type PtyProcess, spawnOnPty } from './pty-process.ts'
import { runOnScreen, type Screen, type ScreenOptions } from './screen.ts'

/** Where the program is: in the checkout, which the test machine has at /src. */
export const tint0 = process.env.TINT0_BIN ?? fileURLToPath(new URL('../bin/tint0', import.meta.url))

export const env = {
  PATH: process.env.PATH,
  HOME: '/root',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
}

/** Of the first command of a pipe, in bash. */
const firstStatus = '$' + '{PIPESTATUS[0]}'

export type Backend = 'local' | 'system'

export const scratch = mkdtempSync(join(tmpdir(), 'tint0-test-'))

/** Declares the claims for one backend. */
export const sessionClaims = (backend: Backend, rounds: number): void => {
  const words = (...rest: string[]) => [tint0, `--backend=${backend}`, ...rest]
  const show = (rest: string[], options: ScreenOptions = {}): Screen =>
    runOnScreen(words(...rest), { env, cwd: '/tmp', ...options })
  const raw = (rest: string[], options: ScreenOptions = {}): PtyProcess =>
    spawnOnPty(words('--background=', ...rest), { env, cwd: '/tmp', ...options })
  const claim = (text: string, body: () => Promise<void>) =>
    test(`${backend}: ${text}`, { timeout: 240_000 }, body)
  after(endAll)

  const statuses: readonly (readonly [script: string, status: number])[] = [
    ['exit 0', 0],
    ['exit 7', 7],
    ['exit 203', 203],
    ['kill -TERM $$', 143],
    ['kill -HUP $$', 129],
    ['kill -INT $$', 130],
    ['kill -KILL $$', 137],
    ['kill -SEGV $$', 139],
  ]
  for (const [script, status] of statuses)
    claim(`sh -c '${script}' gives ${status}`, async () => {
      const screen = show(['sh', '-c', script])
      assert.deepEqual(await screen.process.exit, { code: status, signal: null })
    })

  const refusals: readonly (readonly [
    title: string,
    words: string[],
    status: number,
    line: RegExp,
    env?: NodeJS.ProcessEnv,
  ])[] = [
    ['a command that is not there', ['nosuch-command'], 127, /^tint0: nosuch-command: command not found/],
    ['a file that is not there', ['/no/such/file'], 127, /^tint0: \/no\/such\/file: no such file/],
    ['a file that is no program', ['/etc/passwd'], 126, /^tint0: \/etc\/passwd: is no program/],
    ['a directory as a command', ['/etc'], 126, /^tint0: \/etc: is no program/],
    ['a directory that is not there', ['-D', '/nonexistent', 'true'], 125, /^tint0: \/nonexistent: /],
    [
      'a user that is not there',
      ['-u', 'nobody-such', 'true'],
      125,
      /^tint0: user nobody-such: does not exist/,
    ],
    ['a group that is not there', ['-g', 'no-such-group', 'true'], 125, /no-such-group/],
    ['an unknown option', ['--nonsense', 'true'], 125, /^tint0: --nonsense: is no option/],
    ['an ambiguous option', ['--u', 'true'], 125, /^tint0: --u: may be --user or --unit/],
    ['an option without its value', ['-u'], 125, /^tint0: -u: wants a value/],
    ['a bad color', ['--background=mangenta', 'true'], 125, /'mangenta' is no color; did you mean magenta\?/],
    ['SGR parameters that set no background', ['--background=31', 'true'], 125, /'31' sets no background/],
    ['a bad user number', ['-u', '-1', 'true'], 125, /^tint0: --user: '-1'/],
    ['the user number that means none', ['-u', '4294967295', 'true'], 125, /^tint0: --user: '4294967295'/],
    ['a bad unit name', ['--unit=a b', 'true'], 125, /^tint0: --unit: 'a b'/],
    ['a bad backend', ['--backend=cloud', 'true'], 125, /^tint0: --backend: 'cloud'/],
    ['a bad variable', ['--setenv=1A=b', 'true'], 125, /^tint0: --setenv: '1A=b'/],
    ['a TERM with a slash', ['true'], 125, /^tint0: TERM: '..\/x' is no name/, { ...env, TERM: '../x' }],
    ['an empty command', ['--', ''], 125, /^tint0: command: is empty/],
  ]
  for (const [title, rest, status, line, environment] of refusals)
    claim(`${title} gets one line and ${status}`, async () => {
      const process = raw(rest, { env: environment ?? env })
      assert.deepEqual(await process.exit, { code: status, signal: null })
      const text = plainText(process.output())
      assert.match(text, line)
      assert.equal(text.trimEnd().split('\n').length, 1, text)
    })

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

  claim(
    'the whole area is tinted from the background of the terminal, and the title has the dot',
    async () => {
      const screen = show(['sh', '-c', 'printf "a\\tb\\n\\033[31mred\\033[0m\\n"; echo ready; read x'], {
        background: 'rgb:1e1e/1e1e/1e1e',
      })
      await screen.process.until(/ready\r\n/)
      await screen.settled()
      const cells = screen.cells()
      const colors = new Set(cells.flat().map(({ background }) => background))
      assert.equal(colors.size, 1, [...colors].join(' '))
      assert.match(String([...colors][0]), /^#4[0-9a-f]1[0-9a-f]1[0-9a-f]$/)
      assert.match(screen.title(), /^🔴 sh -c .* on /)
      screen.process.write('\n')
      assert.equal((await screen.process.exit).code, 0)
      await screen.settled()
      assert.equal(screen.title(), 'as before')
      const { cursorY } = screen.terminal.buffer.active
      assert.ok(
        screen
          .cells()
          .slice(cursorY + 1)
          .flat()
          .every(({ background }) => background === undefined),
        'below the cursor all is as before',
      )
    },
  )

  claim('on a light terminal the tint is light', async () => {
    const screen = show(['sh', '-c', 'echo ready; read x'], { background: 'rgb:ffff/ffff/ffff' })
    await screen.process.until(/ready\r\n/)
    await screen.settled()
    assert.match(String(screen.cells()[5]?.[5]?.background), /^#f/)
    screen.process.write('\n')
    await screen.process.exit
  })

  claim('titles that a program sets get the dot', async () => {
    const screen = show(['sh', '-c', 'printf "\\033]0;one\\007\\033]2;two\\033\\\\"; sleep 0.1'])
    await screen.process.exit
    await screen.settled()
    assert.deepEqual(screen.titles.slice(2, 4), ['🔴 one', '🔴 two'])
    assert.equal(screen.title(), 'as before')
  })

  claim(
    'a terminal that answers nothing but DA1 is not waited for, and what was typed meanwhile reaches the command',
    async () => {
      const screen = show(['sh', '-c', 'read x; echo "got $x"'])
      screen.process.write('typed ahead\n')
      await screen.process.until(/got typed ahead/)
      assert.equal((await screen.process.exit).code, 0)
    },
  )

  claim('a terminal that answers nothing at all only delays the start', async () => {
    const process = spawnOnPty(words('sh', '-c', 'read x; echo "got $x"'), { env, cwd: '/tmp' })
    process.write('typed ahead\n')
    await process.until(/got typed ahead/)
    assert.equal((await process.exit).code, 0)
  })

  for (const [name, value] of [
    ['NO_COLOR', '1'],
    ['TERM', 'dumb'],
  ] as const)
    claim(`with ${name}=${value} nothing of ours is in the stream`, async () => {
      const process = raw(['printf', 'plain'], { env: { ...env, [name]: value } })
      await process.exit
      assert.equal(process.output().toString(), 'plain')
    })

  claim(
    'with output that goes elsewhere nothing of ours is in the stream, and line ends are as they were written',
    async () => {
      const file = join(scratch, `out-${backend}`)
      const process = spawnOnPty(['sh', '-c', `exec "$@" >${file}`, 'sh', ...words('printf', 'a\\nb\\n')], {
        env,
        cwd: '/tmp',
      })
      assert.equal((await process.exit).code, 0)
      assert.equal(readFileSync(file, 'utf8'), 'a\nb\n')
      assert.equal(process.output().toString(), '')
    },
  )

  claim('input that comes from elsewhere ends', async () => {
    const file = join(scratch, `in-${backend}`)
    writeFileSync(file, 'one\ntwo')
    const process = spawnOnPty(
      ['sh', '-c', `exec "$@" <${file} | cat`, 'sh', ...words('sh', '-c', 'cat; echo " end"')],
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.equal(process.output().toString(), 'one\r\ntwo end\r\n')
  })

  const lines: readonly (readonly [title: string, shell: string, status: number, output: RegExp])[] = [
    [
      'output to a full device',
      '"$@" >/dev/full',
      125,
      /^tint0: standard output: no space left on device\r\n$/,
    ],
    ['a closed standard input', '"$@" <&-', 125, /^tint0: standard input: is closed.*\r\n$/],
  ]
  for (const [title, shell, status, output] of lines)
    claim(`${title} gets one line and ${status}`, async () => {
      const process = spawnOnPty(['sh', '-c', shell, 'sh', ...words('echo', 'text')], { env, cwd: '/tmp' })
      assert.equal((await process.exit).code, status)
      assert.match(process.output().toString(), output)
    })

  claim('a reader that goes away ends the command, as SIGPIPE would', async () => {
    const process = spawnOnPty(
      ['bash', '-c', `"$@" | head -1; echo ${firstStatus}`, 'bash', ...words('yes')],
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.equal(process.output().toString(), 'y\r\n141\r\n')
  })

  claim('200,000 arguments run, or get one line', async () => {
    const process = spawnOnPty(
      [
        'bash',
        '-c',
        `"$@" $(yes | head -200000) | tail -c 300; exit ${firstStatus}`,
        'bash',
        ...words('echo'),
      ],
      { env, cwd: '/tmp' },
    )
    const { code } = await process.exit
    assert.ok(code === 0 || code === 125 || code === 126, `${code}: ${process.output()}`)
    if (code !== 0)
      assert.equal(process.output().toString().trimEnd().split('\n').length, 1, process.output().toString())
  })

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
    process.kill('SIGTERM')
    assert.equal((await process.exit).code, 143)
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

  claim('a terminal that hangs costs no memory, and ^C still goes through', async () => {
    const process = raw([
      'sh',
      '-c',
      `trap "echo int >${join(scratch, `int-${backend}`)}; exit 3" INT; echo ready; while :; do head -c 100000 /dev/zero | tr "\\0" x; done`,
    ])
    await process.until(/ready\r\n/)
    process.stall()
    await pause(1500)
    const memory = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1])
    const before = memory()
    await pause(1500)
    assert.ok(memory() - before < 4096, `${memory() - before} KiB more`)
    process.write('\x03')
    for (let left = 50; left > 0 && !exists(join(scratch, `int-${backend}`)); left--) await pause(100)
    assert.ok(exists(join(scratch, `int-${backend}`)), '^C arrived while the terminal hung')
    process.resume()
    assert.equal((await process.exit).code, 3)
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

  claim(`in ${rounds} runs of a command that writes 1 MB and exits at once, every byte arrives`, async () => {
    const line = 'x'.repeat(99)
    const expected = createHash('sha256').update(`${line}\n`.repeat(10_486)).digest('hex')
    const lost: string[] = []
    for (let round = 0; round < rounds; round++) {
      const script = `exec "$@" >${join(scratch, `big-${backend}`)}`
      const process = spawnOnPty(
        ['sh', '-c', script, 'sh', ...words('sh', '-c', `yes ${line} | head -10486`)],
        { env, cwd: '/tmp' },
      )
      const { code } = await process.exit
      const sum = createHash('sha256')
        .update(readFileSync(join(scratch, `big-${backend}`)))
        .digest('hex')
      if (code !== 0 || sum !== expected) lost.push(`${round}: ${code}`)
    }
    assert.deepEqual(lost, [])
  })
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What is left of output without control functions. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const controls = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]/g
export const plainText = (output: Buffer): string => output.toString().replace(controls, '')

export const exists = (path: string): boolean => {
  try {
    return readFileSync(path).length >= 0
  } catch {
    return false
  }
}

/** Whether a process with this command line is there. */
export const running = (command: string): boolean => {
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && commandOf(pid) === command)
}

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
  } catch {
    return ''
  }
}
