// The end of a session while the terminal still talks: a program that asked right before it ended, a mouse that moves, a user who
// types. The shell behind reads what the user typed, as far as the kernel allows it, and nothing else.
//
// A known limit: an answer that comes later than the bound (100 ms, four times as long as the first answer took, 1 s at most) is
// typed into the shell; nobody can tell that it is still to come.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { env, pause } from '../session/subject.ts'
import { answerTo, DA1, type Manner, OSC11, usual } from './answering.ts'
import { behind, inShell } from './behind.ts'

after(endAll)

/** What a program asks right before it ends, as printf takes it. */
const questions: readonly (readonly [what: string, asks: string])[] = [
  ['its attributes', '\\033[c'],
  ['its attributes twice', '\\033[c\\033[c'],
  ['its secondary attributes', '\\033[>c'],
  ['where the cursor is', '\\033[6n'],
  ['its background', '\\033]11;?\\007'],
  ['all its colors', '\\033]11;?\\007\\033]10;?\\007\\033]4;1;?\\007'],
  ['whether a mode is on', '\\033[?25$p'],
  ['for a capability', '\\033P+q544e\\033\\\\'],
  ['for its settings', '\\033P$qm\\033\\\\'],
  [
    'everything',
    '\\033[6n\\033]11;?\\007\\033P+q544e\\033\\\\\\033[>c\\033P$qm\\033\\\\\\033]4;1;?\\007\\033[c\\033[?25$p',
  ],
  [
    'everything, and to change its background',
    '\\033]11;#123456\\007\\033[6n\\033]11;?\\007\\033P+q544e\\033\\\\\\033[c',
  ],
]
/** The later ones take time: so not every question is asked then. */
const manners: readonly (readonly [when: string, manner: Manner, every: number])[] = [
  ['at once', { answers: usual }, 1],
  ['60 ms later', { answers: usual, delay: 60 }, 2],
  ['in pieces of one byte', { answers: usual, pace: 3 }, 3],
]
for (const [when, manner, every] of manners)
  test(`a terminal that is asked right before the end and answers ${when} types nothing into the shell`, async (context) => {
    for (const [what, asks] of questions.toReversed().filter((_, turn) => turn % every === 0)) {
      const shell = spawnOnPty(inShell(['--title=', 'printf', asks]), { env, cwd: '/tmp' })
      answerTo(shell, manner)
      assert.deepEqual(await behind(shell), { status: 0, typed: '' }, `asked for ${what}`)
      context.diagnostic(`asked for ${what}`)
    }
  })

test('a command that ends before the terminal has answered leaves none of its answers to the shell', async () => {
  for (const manner of [{ delay: 30 }, { delay: 400 }, { delay: 800 }, { pace: 8 }]) {
    const shell = spawnOnPty(inShell(['--title=', 'true'], 1), { env, cwd: '/tmp' })
    answerTo(shell, { answers: usual, ...manner })
    assert.deepEqual(await behind(shell), { status: 0, typed: '' }, JSON.stringify(manner))
  }
})

test('a terminal that answers nothing is not waited for at the end', async () => {
  const shell = spawnOnPty(inShell(['--background=', '--title=', 'printf', '\\033[6n\\033[c']), {
    env,
    cwd: '/tmp',
  })
  const begun = Date.now()
  assert.deepEqual(await behind(shell), { status: 0, typed: '' })
  assert.ok(Date.now() - begun < 4000)
})

/** Reports that are under way, over and over, until what switches them off was read, and a little longer. */
const reports: readonly (readonly [what: string, on: string, off: string, report: (i: number) => string])[] =
  [
    ['a mouse', '\\033[?1003;1006h', '\x1b[?1003l', (i) => `\x1b[<35;${(i % 80) + 1};${(i % 24) + 1}M`],
    [
      'an old mouse',
      '\\033[?1000h',
      '\x1b[?1000l',
      (i) => `\x1b[M${String.fromCharCode(32 + (i % 4), 33 + (i % 90), 99)}`,
    ],
    ['a mouse of urxvt', '\\033[?1002;1015h', '\x1b[?1002l', (i) => `\x1b[${64 + (i % 3)};${i % 80};7M`],
    [
      'a focus that comes and goes',
      '\\033[?1004h',
      '\x1b[?1004l',
      (i) => (i % 2 === 0 ? '\x1b[I' : '\x1b[O'),
    ],
    ['a size that changes', '\\033[?2048h', '\x1b[?2048l', (i) => `\x1b[48;24;${80 + (i % 9)};400;800t`],
    ['a color scheme that changes', '\\033[?2031h', '\x1b[?2031l', (i) => `\x1b[?997;${1 + (i % 2)}n`],
  ]
for (const [what, on, off, report] of reports)
  test(`the reports of ${what} that are under way at the end are not typed into the shell`, async () => {
    const shell = spawnOnPty(
      inShell(['--title=', 'sh', '-c', `stty -echo; printf "${on}ready"; sleep 0.3`]),
      {
        env,
        cwd: '/tmp',
      },
    )
    answerTo(shell, { answers: usual, delay: 20 })
    await shell.until(/ready/)
    let i = 0
    const timer = setInterval(() => {
      if (!shell.output().includes(off)) shell.write(Buffer.from(report(i++), 'latin1'))
    }, 2)
    const told = await behind(shell)
    clearInterval(timer)
    assert.ok(i > 20, `${i} reports`)
    assert.deepEqual(told, { status: 0, typed: '' })
  })

/** Whether the kernel lets what was read too much be put back (TIOCSTI). */
const putsBack = (): boolean => {
  try {
    return readFileSync('/proc/sys/dev/tty/legacy_tiocsti', 'utf8').trim() === '1'
  } catch {
    return true
  }
}

/** A session whose command asks at its end; `before` and `behind` are typed around the terminal's last answer. */
const typing = async (before: string, last: string, later: string): Promise<string> => {
  const shell = spawnOnPty(inShell(['--title=', 'printf', '\\033[6nasked']), { env, cwd: '/tmp' })
  const answers = { [DA1]: usual[DA1] ?? '', [OSC11]: usual[OSC11] ?? '' }
  const asked = answerTo(shell, { answers: { [OSC11]: answers[OSC11] ?? '', '\x1b[6n': '' } })
  let times = 0
  let seen = 0
  shell.onData(() => {
    const output = shell.output().toString('latin1')
    for (let at = output.indexOf(DA1, seen); at >= 0; at = output.indexOf(DA1, seen)) {
      seen = at + DA1.length
      shell.write(++times === 1 ? (answers[DA1] ?? '') : `${before}${last}${later}`)
    }
  })
  const { typed } = await behind(shell)
  assert.equal(times, 2)
  assert.ok(asked.size > 0)
  return typed
}

test('what is typed behind the last answer stays for the shell', async () => {
  assert.equal(await typing('', `\x1b[12;40R${usual[DA1]}`, 'later'), 'later')
})

test('what is typed before the last answer is put back, where the kernel allows it', async () => {
  const typed = await typing('sooner\x1b[12;40R', `${usual[DA1]}`, '')
  assert.ok(typed === 'sooner' || (typed === '' && !putsBack()), typed)
})

test('of what is typed between answers, the answers are taken out', async () => {
  if (putsBack())
    assert.equal(await typing('a\x1b[12;40Rb\x1bP1+r544e=78\x1b\\c', `${usual[DA1]}`, ''), 'abc')
})

test('a last answer of which only half comes is not typed, as far as it came', async () => {
  assert.equal(await typing('\x1b[12;40R', '\x1b]11;rgb:1e1e/1e', ''), '')
  assert.equal(await typing('', '\x1b[?62;2', ''), '')
  assert.equal(await typing('', '\x1bP1+r5', ''), '')
})

test('a last answer of 4000 bytes is not typed', async () => {
  assert.equal(await typing(`\x1b]11;${'x'.repeat(4000)}\x07`, `${usual[DA1]}`, ''), '')
})

test('what the user types while the command ends reaches the shell', async () => {
  const shell = spawnOnPty(
    inShell(['--title=', 'sh', '-c', 'stty -echo; printf "\\033[6nready"; sleep 0.3'], 1),
    { env, cwd: '/tmp' },
  )
  answerTo(shell, { answers: usual, delay: 10 })
  await shell.until(/ready/)
  await pause(100)
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (const letter of letters) {
    shell.write(letter)
    await pause(20)
  }
  const { typed } = await behind(shell)
  // What is put back stands behind what came meanwhile.
  assert.ok(letters.endsWith([...typed].sort().join('')) || !putsBack(), typed)
  assert.ok(typed.length >= 4, typed)
})
