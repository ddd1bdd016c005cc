// A hostile terminal at the start of a session: answers that come late, torn, huge, wrong, never, or unasked. The command starts
// all the same, gets what was typed and no answer, and nothing of it is typed into the shell behind.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { env, pause } from '../session/subject.ts'
import { answerTo, DA1, type Manner, OSC11, usual } from './answering.ts'
import { behind, inShell, residentOf, tint0In } from './behind.ts'

after(endAll)

/** How much longer the start may take than with a terminal that answers at once, in milliseconds: half of it is waited for answers. */
const mostDelay = 2500

/** Reads a line without echo, and tells what it got, in hexadecimal. */
const reader = [
  'sh',
  '-c',
  'stty -echo; printf "ready\\n"; read -r line; printf "got <%s>\\n" "$(printf %s "$line" | od -An -tx1 -v | tr -d " \\n")"',
]
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')

interface Start {
  /** Milliseconds from the start to the command's first word. */
  readonly started: number
  /** What the command read, in hexadecimal. */
  readonly got: string
  readonly typed: string
  readonly status: number
  /** KiB, when the command had started. */
  readonly resident: number
}

/** A session with `early` typed before anything is asked, and `late` when the command has been running for `wait` ms. */
const start = async (manner: Manner, early = 'early ', late = 'late\n', wait = 300): Promise<Start> => {
  const shell = spawnOnPty(inShell(['--title=', ...reader]), { env, cwd: '/tmp' })
  const begun = Date.now()
  answerTo(shell, manner)
  shell.write(early)
  const pid = await tint0In(shell)
  await shell.until(/ready/)
  const started = Date.now() - begun
  await pause(wait)
  const resident = residentOf(pid)
  shell.write(late)
  const [, got = ''] = await shell.until(/got <([0-9a-f]*)>/)
  return { ...(await behind(shell)), started, got, resident }
}

/** How much later the command started than with a terminal that answers at once; a machine that is busy gets a second try. */
const delayOf = async (session: Start, manner: Manner): Promise<number> => {
  const { started } = await usually()
  const delay = session.started - started
  return delay < mostDelay ? delay : (await start(manner, '', '\n')).started - started
}

let prompt: Promise<Start> | undefined
/** With a terminal that answers at once. */
const usually = () => {
  prompt ??= start({ answers: usual })
  return prompt
}

const manners: readonly (readonly [what: string, manner: Manner, wait?: number])[] = [
  ['at once', { answers: usual }],
  ['after 50 ms', { answers: usual, delay: 50 }],
  ['after 400 ms', { answers: usual, delay: 400 }],
  ['after 3 s, when the command has long been running', { answers: usual, delay: 3000 }, 3500],
  ['in pieces of one byte, 5 ms apart', { answers: usual, pace: 5 }],
  ['with another color than there is', { answers: { ...usual, [OSC11]: '\x1b]11;garbage\x07' } }],
  ['with an empty color', { answers: { ...usual, [OSC11]: '\x1b]11;\x1b\\' } }],
  ['the last question only', { answers: { [DA1]: '\x1b[?6c' } }],
  ['nothing', { answers: {} }],
  ['the first question only', { answers: { [OSC11]: usual[OSC11] ?? '' } }],
]
for (const [what, manner, wait] of manners)
  test(`a terminal that answers ${what}: the command starts in time and reads what was typed, and nothing else`, async (context) => {
    const session = await start(manner, 'early ', 'late\n', wait)
    const delay = await delayOf(session, manner)
    context.diagnostic(`${delay} ms later than with one that answers at once`)
    assert.equal(session.got, hex('early late'))
    assert.deepEqual({ status: session.status, typed: session.typed }, { status: 0, typed: '' })
    assert.ok(delay < mostDelay, `${delay} ms later`)
  })

const strange: readonly (readonly [what: string, manner: Manner])[] = [
  ['a color of a megabyte', { answers: { ...usual, [OSC11]: `\x1b]11;${'x'.repeat(1_000_000)}\x1b\\` } }],
  ['10000 attributes', { answers: { ...usual, [DA1]: `\x1b[?${'1;'.repeat(10_000)}c` }, again: usual }],
  ['a color that never ends', { answers: { [OSC11]: `\x1b]11;${'x'.repeat(3000)}`, [DA1]: '' } }],
]
for (const [what, manner] of strange)
  test(`a terminal that answers with ${what}: the command starts in time, the shell gets nothing, memory stays`, async (context) => {
    const { resident } = await usually()
    const session = await start(manner, '', '\n', 1000)
    const delay = await delayOf(session, manner)
    context.diagnostic(`${delay} ms later, ${session.resident - resident} KiB more`)
    assert.deepEqual({ status: session.status, typed: session.typed }, { status: 0, typed: '' })
    assert.ok(delay < mostDelay, `${delay} ms later`)
    assert.ok(session.resident - resident < 16_384, `${session.resident - resident} KiB more`)
  })

test('what looks like half an answer was typed, and reaches the command byte by byte', async () => {
  const keys = '\x1b[A\x1b]1\x1b[?1\x1bOP'
  const session = await start({ answers: usual }, keys)
  assert.equal(session.got, hex(`${keys}late`))
})

test('answers that nobody asked for go to the command, which may know why; the shell gets none', async () => {
  const shell = spawnOnPty(inShell(['--title=', ...reader]), { env, cwd: '/tmp' })
  answerTo(shell, { answers: usual })
  await shell.until(/ready/)
  shell.write('\x1b[?62;22c\x1b]11;rgb:0000/0000/0000\x07')
  await pause(100)
  shell.write('x\n')
  const [, got] = await shell.until(/got <([0-9a-f]*)>/)
  assert.equal(got, hex('\x1b[?62;22c\x1b]11;rgb:0000/0000/0000\x07x'))
  assert.deepEqual(await behind(shell), { status: 0, typed: '' })
})
