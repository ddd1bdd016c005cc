// What every backend must do, whoever starts the command. A new backend calls this from a test of its own.
import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { caller } from '../../src/backend/account.ts'
import type { Backend, End, Launch, Running } from '../../src/backend/backend.ts'
import { outcomeOf } from '../../src/backend/outcome.ts'
import { getTermios } from '../../src/libc.ts'
import { openPty } from '../../src/pty/open.ts'
import type { PtySettings } from '../../src/pty/pty.ts'

const size = { rows: 33, columns: 99, width: 990, height: 660 }

/** Nothing of what only a manager can do. */
export const noSetting = {
  sandbox: [],
  properties: [],
  slice: undefined,
  nice: undefined,
  empower: false,
  lightweight: undefined,
  area: undefined,
  extraGroups: [],
} as const

let count = 0
export const launchOf = (script: string, changes: Partial<Launch> = {}): Launch => ({
  path: '/bin/sh',
  argv: ['sh', '-c', script],
  user: undefined,
  group: undefined,
  asRoot: true,
  directory: '/tmp',
  directoryIsOptional: false,
  environment: ['TERM=xterm', 'ADDED=a b\tc'],
  inherits: false,
  unit: `tint0-contract-${process.pid}-${++count}.service`,
  machine: undefined,
  description: 'a test',
  setting: noSetting,
  caller: caller(),
  ...changes,
})

interface Acts {
  hangUp(): void
  /** Resolves when the command has written something. */
  readonly heard: Promise<void>
}

const openFor = async (backend: Backend, settings: PtySettings) =>
  backend.openPty ? backend.openPty(settings) : openPty(settings)

/** Starts a launch on a PTY of its own and reads it to the end. */
export const run = async (
  backend: Backend,
  launch: Launch,
  act?: (running: Pick<Running, 'begun' | 'kill'> & Acts) => Promise<void>,
  input?: number,
) => {
  const pty = await openFor(backend, { size, termios: undefined, transparent: true, silent: true })
  const chunks: Buffer[] = []
  const heard = new Promise<void>((resolve) => {
    pty.output.start(
      (chunk) => {
        chunks.push(Buffer.from(chunk))
        resolve()
      },
      () => {},
    )
  })
  try {
    const start = await backend.start(launch, {
      pty: { slave: pty.slave, path: pty.path },
      streams: [input, undefined, undefined],
      interactive: false,
    })
    assert.equal(start.kind, 'running')
    if (start.kind !== 'running') throw new Error('unreachable')
    await act?.({ ...start.running, heard, hangUp: () => pty.close() })
    const end = await start.running.ended
    pty.output.stop()
    for (let chunk = pty.readNow(); chunk; chunk = pty.readNow()) chunks.push(Buffer.from(chunk))
    const report = await start.running.report()
    return { end, report, output: Buffer.concat(chunks).toString(), path: pty.path }
  } finally {
    pty.close()
  }
}

/** Declares the tests; `make` gives a fresh backend each time. */
export const backendContract = (name: string, make: () => Backend): void => {
  const tried = async (launch: Launch, act?: Parameters<typeof run>[2], input?: number) => {
    const backend = make()
    backend.prepare()
    try {
      return await run(backend, launch, act, input)
    } finally {
      backend.release()
    }
  }
  const ends: readonly (readonly [string, End])[] = [
    ['exit 0', { kind: 'exited', status: 0 }],
    ['exit 7', { kind: 'exited', status: 7 }],
    ['exit 203', { kind: 'exited', status: 203 }],
    ['kill -TERM $$', { kind: 'killed', signal: 15 }],
    ['kill -HUP $$', { kind: 'killed', signal: 1 }],
    ['kill -KILL $$', { kind: 'killed', signal: 9 }],
  ]
  for (const [script, expected] of ends)
    test(`${name}: '${script}' ends as ${JSON.stringify(expected)}`, async () => {
      const { end } = await tried(launchOf(script))
      assert.deepEqual(end, expected)
    })

  test(`${name}: the command is on the PTY, which is its controlling terminal, with the size it was given`, async () => {
    const { output, path } = await tried(
      launchOf('tty; stty size; (tty) 0</dev/tty; test -t 1 && test -t 2 && echo all'),
    )
    assert.deepEqual(output.split('\n'), [path, '33 99', '/dev/tty', 'all', ''])
  })

  test(`${name}: the terminal settings are those that the PTY got before`, async () => {
    const pty = openPty({ size, termios: undefined, transparent: false, silent: false })
    const changed = Buffer.from(getTermios(pty.slave) ?? [])
    changed[17] = 7 // c_cc[VINTR]: ^G
    pty.close()
    const backend = make()
    const other = await openFor(backend, { size, termios: changed, transparent: false, silent: false })
    const chunks: Buffer[] = []
    other.output.start(
      (chunk) => chunks.push(Buffer.from(chunk)),
      () => {},
    )
    const start = await backend.start(launchOf('stty -a'), {
      pty: { slave: other.slave, path: other.path },
      streams: [undefined, undefined, undefined],
      interactive: false,
    })
    if (start.kind !== 'running') throw new Error(start.kind)
    await start.running.ended
    other.output.stop()
    for (let chunk = other.readNow(); chunk; chunk = other.readNow()) chunks.push(Buffer.from(chunk))
    other.close()
    backend.release()
    assert.match(Buffer.concat(chunks).toString(), /intr = \^G/)
  })

  test(`${name}: the environment is fresh, but for what the launch adds`, async () => {
    process.env.TINT0_LEAK = 'leaked'
    const { output } = await tried(launchOf('env; echo "[$ADDED]"'))
    delete process.env.TINT0_LEAK
    assert.doesNotMatch(output, /leaked/)
    assert.match(output, /^TERM=xterm$/m)
    assert.match(output, /^\[a b\tc\]$/m)
    for (const name of ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG'])
      assert.match(output, new RegExp(`^${name}=.`, 'm'))
  })

  test(`${name}: no descriptor but 0, 1 and 2 reaches the command`, async () => {
    const { output } = await tried(launchOf('exec ls -1 /proc/self/fd'))
    // 3 is the one by which ls reads the directory.
    assert.deepEqual(output.split('\n'), ['0', '1', '2', '3', ''])
  })

  test(`${name}: the command runs in the directory it was given`, async () => {
    assert.equal((await tried(launchOf('pwd', { directory: '/usr/lib' }))).output, '/usr/lib\n')
  })

  test(`${name}: a directory that is not there is an error, or / where nobody asked for it`, async () => {
    const launch = launchOf('pwd', { directory: '/no/such/directory' })
    try {
      const { end } = await tried(launch)
      assert.equal(outcomeOf(end, launch).status, 125)
    } catch (error) {
      assert.match(String(error), /no such directory/)
    }
  })

  test(`${name}: arguments arrive as they are`, async () => {
    const odd = ['$HOME', '%n', 'a b', "'", '"', '\\', '\n', '\t', '', '*', 'é', '-']
    const { output } = await tried(launchOf('', { argv: ['sh', '-c', 'printf "%s\\0" "$@"', 'sh', ...odd] }))
    assert.deepEqual(output.split('\0'), [...odd, ''])
  })

  test(`${name}: an input that is no terminal arrives as it is, from where it stood, and has an end`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tint0-contract-'))
    const bytes = Buffer.from('first\nx\x03\x04\x13\r\n\0\xff', 'latin1')
    writeFileSync(join(folder, 'input'), bytes)
    const input = openSync(join(folder, 'input'), 'r')
    readSync(input, Buffer.alloc(6))
    const script =
      'od -An -c; cat; (tty) 0</dev/tty; test -t 1 && test -t 2 && echo both; ls -1 /proc/self/fd'
    const { end, output } = await tried(launchOf(script), undefined, input)
    closeSync(input)
    rmSync(folder, { recursive: true })
    assert.deepEqual(end, { kind: 'exited', status: 0 })
    assert.deepEqual(
      output.split('\n').map((line) => line.trim()),
      ['x 003 004 023  \\r  \\n  \\0 377', '/dev/tty', 'both', '0', '1', '2', '3', ''],
    )
  })

  test(`${name}: closing the PTY hangs up, and ends a command that does not mind`, async () => {
    const { end } = await tried(launchOf('echo; sleep 100'), async ({ begun, heard, hangUp }) => {
      await Promise.all([begun, heard])
      hangUp()
    })
    assert.deepEqual(end, { kind: 'killed', signal: 1 })
  })

  test(`${name}: kill ends what ignores the hang-up`, async () => {
    const { end } = await tried(
      launchOf('trap "" HUP; echo; sleep 100 & wait; sleep 100'),
      async ({ heard, hangUp, kill }) => {
        await heard
        hangUp()
        await new Promise((resolve) => setTimeout(resolve, 200))
        assert.equal(await kill(), true)
      },
    )
    assert.deepEqual(end, { kind: 'killed', signal: 9 })
  })

  test(`${name}: ten commands later no descriptor of ours is left open`, async () => {
    const open = () => readdirSync('/proc/self/fd').length
    await tried(launchOf('true'))
    const before = open()
    for (let i = 0; i < 10; i++) await tried(launchOf('true'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.ok(open() <= before, `${open()} descriptors, and ${before} before`)
  })
}
