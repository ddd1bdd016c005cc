// Where the question appears: in the window of a local graphical session, or on the terminal. The window's part is played by this
// file, too, run in alice's session: it is the session's agent, as a desktop's would be.
import assert from 'node:assert/strict'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { connectBus } from '../../src/bus/connect.ts'
import { sessionSubject } from '../../src/polkit/authority.ts'
import { converse } from '../../src/polkit/conversation.ts'
import { startHelper } from '../../src/polkit/helper.ts'
import { startOurs } from '../../src/polkit/ours.ts'
import { ourSession } from '../../src/polkit/session.ts'
import { endAll } from '../pty-process.ts'
import { runOnScreen, type Screen } from '../screen.ts'
import { env, plainText, scratch, tint0 } from '../session/subject.ts'
import { becomes, timeout } from './left.ts'
import { passwords, typed } from './login.ts'
import { ruled } from './rule.ts'

/** A shell of alice's in a session of that type, as a terminal emulator has one. */
const desktop = async (type: 'x11' | 'tty', display = ':0'): Promise<Screen> => {
  const words = [
    '--setenv=TERM=xterm-256color',
    `--setenv=XDG_SESSION_TYPE=${type}`,
    `--setenv=DISPLAY=${display}`,
  ]
  const screen = runOnScreen(
    [
      'systemd-run',
      '--pty',
      '--quiet',
      '--property=User=alice',
      '--property=PAMName=su-l',
      ...words,
      'bash',
      '--norc',
    ],
    { env },
  )
  await screen.process.until(/\$ $/)
  return screen
}

interface Window {
  /** The messages that were shown in it. */
  shown(): readonly string[]
  close(): void
}

/** A window for the session of that shell, at which alice types `password`: this file, begun again there. */
const openWindow = async (screen: Screen, password: string): Promise<Window> => {
  const file = join(scratch, `window-${opened++}`)
  writeFileSync(file, '')
  chmodSync(file, 0o666)
  chmodSync(scratch, 0o755)
  screen.process.write(
    `TINT0_WINDOW=${password} ${process.execPath} ${fileURLToPath(import.meta.url)} >${file} &\n`,
  )
  const lines = () => readFileSync(file, 'utf8').split('\n').slice(0, -1)
  await becomes(() => lines()[0], 'open')
  return { shown: () => lines().slice(1), close: () => screen.process.write('kill %1\n') }
}
let opened = 0

/** The other part that this file plays. */
const beWindow = async (password: string): Promise<void> => {
  const bus = await connectBus('system')
  const session = await ourSession(bus)
  await startOurs(
    bus,
    [{ subject: sessionSubject(session?.id ?? '') }],
    { fallback: false, locale: 'C' },
    (asked) => {
      console.log(asked.message)
      return converse(asked, {
        desk: { ask: async () => ({ kind: 'answer', secret: Buffer.from(password) }), tell: () => {} },
        people: [{ uid: 1000, name: 'alice' }],
        startHelper,
        promptFor: (text) => text,
        tries: 1,
      })
    },
  )
  console.log('open')
}

/** Runs it at the shell's prompt; resolves to what came, up to its status. */
const run = async (screen: Screen, command: string, password?: string): Promise<string> => {
  const from = screen.process.output().length
  screen.process.write(`${command}; echo "status $?"\n`)
  if (password !== undefined) await typed(screen, [`${password}\n`], from)
  await screen.process.until(/status \d+\r\n/, 30_000, from)
  return plainText(screen.process.output().subarray(from))
}

const claims = (): void => {
  after(endAll)
  test('in a graphical session its window asks, with a name that tells; --auth=tty asks here', {
    timeout,
  }, async () => {
    const screen = await desktop('x11')
    const window = await openWindow(screen, passwords.alice)
    try {
      const first = await run(screen, `${tint0} id -u`)
      assert.match(first, /^0\r$/m)
      assert.doesNotMatch(first, /Password/)
      assert.equal(window.shown().length, 1)
      assert.match(window.shown()[0] ?? '', /tint0-id-/)
      const second = await run(screen, `${tint0} --auth=tty id -u`, passwords.alice)
      assert.match(second, /^0\r$/m)
      const third = await run(screen, `${tint0} --auth=gui id -u`)
      assert.match(third, /^0\r$/m)
      assert.equal(window.shown().length, 2)
    } finally {
      window.close()
      screen.process.kill('SIGHUP')
    }
  })

  test('what was typed wrong in the window is refused, and not asked once more here', {
    timeout,
  }, async () => {
    const screen = await desktop('x11')
    const window = await openWindow(screen, 'wrong')
    try {
      const text = await run(screen, `${tint0} id -u`)
      assert.match(text, /^tint0: authorization: not granted[^\n]*\r$/m)
      assert.match(text, /status 126/)
      assert.doesNotMatch(text, /Password/)
    } finally {
      window.close()
      screen.process.kill('SIGHUP')
    }
  })

  test('where there is no window, though there could be, the terminal asks; --auth=gui says that there is none', {
    timeout,
  }, async () => {
    const screen = await desktop('x11')
    try {
      assert.match(await run(screen, `${tint0} id -u`, passwords.alice), /^0\r$/m)
      const text = await run(screen, `${tint0} --auth=gui id -u`)
      assert.match(text, /^tint0: authorization: [^\n]*\r$/m)
      assert.match(text, /status 126/)
    } finally {
      screen.process.kill('SIGHUP')
    }
  })

  test('in a session without a display the terminal asks, also where somebody else would', {
    timeout,
  }, async () => {
    const screen = await desktop('tty')
    const window = await openWindow(screen, passwords.alice)
    try {
      assert.match(await run(screen, `${tint0} id -u`, passwords.alice), /^0\r$/m)
      assert.deepEqual(window.shown(), [])
    } finally {
      window.close()
      screen.process.kill('SIGHUP')
    }
  })

  test(
    'tint0ctl auth shows what the window got, for whom, and how long still; -K has it forgotten',
    { timeout },
    () =>
      ruled('alice', 'AUTH_ADMIN_KEEP', async () => {
        const screen = await desktop('x11')
        const window = await openWindow(screen, passwords.alice)
        const auth = `${tint0}ctl auth`
        try {
          // Before version 127 polkit keeps it no longer than this process lives.
          await run(screen, `${tint0} sleep 1000 </dev/null >/dev/null 2>&1 & true`)
          const text = await run(
            screen,
            `for i in {1..100}; do ${auth} | grep given && break; sleep 0.1; done`,
          )
          const line =
            /^\r?org\.freedesktop\.systemd1\.manage-units: given to tint0 .* \((\d+)\) on pts\/\d+ of alice, \d+ s ago, for (4 min \d+|5 min 0) s still\r$/m
          assert.match(text, line)
          const json = await run(screen, `${auth} --json`)
          const { kept } = JSON.parse(/^\{.*^\}/ms.exec(json)?.[0] ?? '{}')
          assert.equal(kept.length, 1)
          assert.equal(kept[0].pid, Number(line.exec(text)?.[1]))
          // polkit's five minutes, of which it may round one end.
          assert.ok([299, 300, 301].includes(kept[0].until - kept[0].since))
          assert.ok(kept[0].secondsLeft > 200 && kept[0].secondsLeft <= 300)
          assert.match(await run(screen, `${tint0} -K`), /\$ status 0\r\n$|^status 0\r$/m)
          assert.match(await run(screen, auth), /^nothing is kept\r$/m)
        } finally {
          screen.process.write('kill %2\n')
          window.close()
          screen.process.kill('SIGHUP')
        }
      }),
  )
}

const { TINT0_WINDOW: window } = process.env
if (window === undefined) claims()
else await beWindow(window)
