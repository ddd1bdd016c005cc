// A hostile program on a real PTY: whatever it writes, nothing is typed into the shell behind, our memory does not grow with it,
// and the terminal is given back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { runOnScreen, type Screen } from '../screen.ts'
import { env, pause } from '../session/subject.ts'
import { type Behind, behind, inShell, program, residentOf, tint0In } from './behind.ts'

/** What our memory may grow by, and what Node's differs by from run to run, in KiB. */
const growth = 4096
const noise = 2048

interface Session extends Behind {
  /** KiB, when the program had written all. */
  readonly resident: number
  readonly screen: Screen
  readonly milliseconds: number
}

/** A session of a program in JavaScript, from the first byte until the shell has looked for what was typed to it. */
const sessionOf = async (script: string, options: readonly string[] = []): Promise<Session> => {
  const { words, ran } = program(script)
  const started = Date.now()
  const screen = runOnScreen(inShell(['--title=t', ...options, ...words]), {
    env,
    cwd: '/tmp',
    background: 'rgb:1e1e/1e1e/1e1e',
  })
  const found = screen.process.termios()?.toString('hex')
  const pid = await tint0In(screen.process)
  await ran()
  await pause(200)
  await screen.settled()
  const resident = residentOf(pid)
  screen.process.write('\n')
  const told = await behind(screen.process)
  await screen.settled()
  assert.equal(screen.process.termios()?.toString('hex'), found, 'the settings are as they were found')
  return { ...told, resident, screen, milliseconds: Date.now() - started }
}

/** Megabytes of one text. */
const repeated = (text: string, megabytes: number) =>
  `for (let i = 0; i < ${megabytes * 16}; i++) write(${JSON.stringify(text)}.repeat(${Math.floor(65536 / text.length)}))`

const counted = (count: number, text: string) =>
  `for (let i = 0; i < ${count}; i += 100) write(Array.from({ length: 100 }, (_, j) => \`${text}\`.replace('N', i + j)).join(''))`

const floods: readonly (readonly [what: string, script: string])[] = [
  ['an OSC that never ends', `write('\\x1b]777;'); ${repeated('x', 1)}`],
  ['a clipboard that never ends', `write('\\x1b]52;c;'); ${repeated('QUJD', 1)}`],
  ['a DCS that never ends', `write('\\x1bPq'); ${repeated('~\n', 1)}`],
  ['an APC that never ends', `write('\\x1b_G'); ${repeated('AAAA', 1)}`],
  ['what goes through tmux and never ends', `write('\\x1bPtmux;'); ${repeated('\x1b\x1b]0;x', 1)}`],
  ['nothing but ESC', repeated('\x1b', 1)],
  ['strings in strings', repeated('\x1b]\x1bP\x1b_\x1b^\x1bX\x1b[', 1)],
  ['a CSI with ten megabytes of parameters', `write('\\x1b['); ${repeated('1;', 10)}; write('m')`],
  [
    'a title of a megabyte, with control characters',
    `write('\\x1b]2;'); ${repeated('t\n\x01\x7f\x9b', 1)}; write('\\x07')`,
  ],
  ['a title that never ends', `write('\\x1b]0;'); ${repeated('t', 2)}`],
  ['colors of 100000 palette entries', counted(100_000, '\\x1b]4;N;#123456\\x07')],
  ['a million pushes of the keyboard', repeated('\x1b[>1u', 5)],
  ['100000 contexts', counted(100_000, `\\x1b]3008;start=${'c'.repeat(56)}N\\x1b\\\\`)],
  ['100000 names of colors', counted(100_000, '\\x1b]21;nameN=red\\x07')],
  ['100000 private modes', counted(100_000, '\\x1b[?7N;1000;1006;25h')],
  ['saved and alternate screens', repeated('\x1b7\x1b[?1049h\x1b[44m\x1b[#{\x1b[?1049l', 0.25)],
]

let plain = 0

before(async () => {
  // The first may find caches cold.
  const both = [await sessionOf(repeated('x', 1)), await sessionOf(repeated('\x1b[31mx\x1b[0m', 1))]
  plain = Math.max(...both.map(({ resident }) => resident))
})
after(endAll)

for (const [what, script] of floods)
  test(`${what}: nothing is typed into the shell, memory stays, and the terminal is given back`, async (context) => {
    const first = await sessionOf(script)
    // Node collects its garbage when it likes: what stays is there the next time, too.
    const again = first.resident - plain < growth + noise ? first : await sessionOf(script)
    const { status, typed, resident, screen } = again
    context.diagnostic(`${resident - plain} KiB more than for plain text`)
    assert.deepEqual({ status, typed }, { status: 0, typed: '' })
    assert.ok(resident - plain < growth + noise, `${resident - plain} KiB more than for plain text`)
    assert.equal(screen.title(), 'as before')
    assert.equal(screen.terminal.buffer.active.type, 'normal')
    assert.equal(screen.terminal.modes.mouseTrackingMode, 'none')
    // Not inside of a string, and without colors.
    await new Promise<void>((resolve) => screen.terminal.write('\r\nhere it is', resolve))
    assert.ok(screen.text().endsWith('here it is'))
    const end = screen
      .cells()
      .flat()
      .filter(({ char }) => char === 't' || char === 's')
    assert.ok(
      end.slice(-2).every(({ background, attributes }) => background === undefined && attributes === ''),
    )
    for (const title of screen.titles) assert.doesNotMatch(title, /\p{Cc}/u)
  })

test('what changes with every write does not pile up on its way to the guardian', async (context) => {
  const { typed, resident } = await sessionOf(`
for (let i = 0; i < 299; i++) write('\\x1b]21;' + String(i).padStart(32, 'c') + '=red\\x07')
const end = Date.now() + 2000
for (let i = 0; Date.now() < end; i++) write('\\x1b]21;x=' + (i % 2 ? 'red' : '') + '\\x07' + 'y'.repeat(i % 50))`)
  context.diagnostic(`${resident - plain} KiB more than for plain text`)
  assert.equal(typed, '')
  // All that is written there is garbage in the end, but it is much.
  assert.ok(resident - plain < 6 * growth, `${resident - plain} KiB more than for plain text`)
})

test('a string that never ends is ended also where nothing else is written at the end', async () => {
  const { typed, screen } = await sessionOf("write('before\\x1b]777;' + 'never ends'.repeat(60))", [
    '--background=',
    '--title=',
  ])
  assert.equal(typed, '')
  await new Promise<void>((resolve) => screen.terminal.write('\r\nhere it is', resolve))
  assert.ok(screen.text().endsWith('here it is'), screen.text())
})

test('with --filter=strict nothing reaches the terminal that can be used against it, and text does', async () => {
  const evil =
    '\\x1b]52;c;aGk=\\x07\\x1b]\\x005\\x002;c;aGk=\\x07\\x1b[21t\\x1bP$qm\\x1b\\\\\\x1b[5i\\xc2\\x9d52;c;aGk=\\x07'
  const { typed, screen } = await sessionOf(`write('before${evil}behind')`, ['--filter=strict'])
  const output = screen.process.output().toString('latin1')
  assert.equal(typed, '')
  assert.ok(output.includes('before52;c;aGk=\x07behind'))
  for (const text of [']52', '5\x00', '[21t', '$q', '[5i', '\x9d'])
    assert.ok(!output.includes(text), JSON.stringify(text))
})
