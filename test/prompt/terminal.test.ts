// The prompt on a real terminal: it is silent exactly while something is asked, whatever happens; and what comes from a terminal that
// is no character of a password is none.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { endAll, type PtyProcess } from '../pty-process.ts'
import { answersOf, asked, ending, pause, question } from './asked.ts'

after(endAll)

const ended = async (terminal: PtyProcess): Promise<number | null> => (await terminal.exit).code

/** Types keys, one after another, as fast as a machine does. */
const typed = async (keys: string | Uint8Array, options = {}): Promise<string> => {
  const terminal = await asked(options)
  terminal.write(keys)
  terminal.write('\r')
  await terminal.exit
  const answers = answersOf(terminal)
  assert.equal(answers.length, 1, terminal.output().toString())
  return answers[0] ?? ''
}

test('the echo is off while it is asked, and on when there is an answer; the answer is seen nowhere', async () => {
  const terminal = await asked()
  const found = terminal.echoes()
  terminal.write('wonderland\r')
  assert.equal(await ended(terminal), 0)
  assert.equal(found, false)
  assert.ok(terminal.echoes())
  assert.deepEqual(answersOf(terminal), ['wonderland'])
  assert.doesNotMatch(terminal.output().toString(), /wonder/)
  assert.match(terminal.output().toString(), /^Password: \r\nanswer /)
})

/** What is done at the prompt; what is seen behind it; the status. */
const ways: readonly (readonly [
  name: string,
  act: (terminal: PtyProcess) => void,
  seen: string,
  status: number,
])[] = [
  ['^C', ({ write }) => write('\x03'), '\r\nended by SIGINT\r\n', 130],
  ['^C in the middle', ({ write }) => write('wond\x03'), '\r\nended by SIGINT\r\n', 130],
  ['^\\\\', ({ write }) => write('\x1c'), '\r\nended by SIGQUIT\r\n', 131],
  ['SIGTERM', ({ kill }) => kill('SIGTERM'), '\r\nended by SIGTERM\r\n', 143],
  ['SIGHUP', ({ kill }) => kill('SIGHUP'), '\r\nended by SIGHUP\r\n', 129],
]
for (const [name, act, seen, status] of ways)
  test(`${name} ends the line, and gives the terminal back before anything else is said`, async () => {
    const terminal = await asked()
    let echoed: boolean | undefined
    terminal.onData((chunk) => {
      if (chunk.includes('ended')) echoed ??= terminal.echoes()
    })
    act(terminal)
    assert.equal(await ended(terminal), status)
    assert.equal(terminal.output().toString(), `Password: ${seen}`)
    assert.ok(terminal.echoes())
    assert.equal(echoed, true)
  })

test('^D where nothing was typed is no answer; behind something it does nothing', async () => {
  const nothing = await asked()
  nothing.write('\x04')
  await nothing.exit
  assert.match(nothing.output().toString(), /^Password: \r\nclosed \.\r\n/)
  assert.ok(nothing.echoes())
  assert.equal(await typed('won\x04derland'), 'wonderland')
})

test('when the time is over it says so, ends the line, and echoes', async () => {
  const terminal = await asked({ timeout: 300 })
  assert.equal(terminal.echoes(), false)
  terminal.write('wonder')
  assert.equal(await ended(terminal), 0)
  assert.match(terminal.output().toString(), /^Password: {2}timed out\r\ntimeout \.\r\n/)
  assert.ok(terminal.echoes())
})

test('after kill -9 the terminal echoes, and the line is ended', async () => {
  const terminal = await asked()
  const { pid } = terminal
  // The guardian is a shell that starts meanwhile.
  terminal.write('wond')
  process.kill(pid, 'SIGKILL')
  await terminal.exit
  for (let left = 100; left > 0 && !terminal.echoes(); left--) await pause(20)
  assert.ok(terminal.echoes())
})

test('a terminal that is closed ends it', async () => {
  const terminal = await asked()
  const { pid } = terminal
  terminal.hangUp()
  const { code, signal } = await terminal.exit
  assert.ok(code === 129 || code === 0 || signal === 'SIGHUP', `${code} ${signal}`)
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})

test('what the terminal was set to is what it is set to afterwards, also where it was left raw, and ^C ends it even so', async () => {
  const before = (slave: number) => {
    execFileSync('stty', ['raw', '-echo', 'opost', 'onlcr'], { stdio: [slave, 'ignore', 'ignore'] })
  }
  const terminal = await asked({}, { before })
  terminal.write('wonderland\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland'])
  assert.equal(terminal.echoes(), false)
  const other = await asked({}, { before })
  other.write('\x03')
  assert.equal(await ended(other), 130)
})

const erased: readonly (readonly [name: string, keys: string, answer: string])[] = [
  ['backspace takes a character of UTF-8 whole', 'a\u{1f9b8}\x7fbé\x7fc', 'abc'],
  ['backspace takes a combining mark by itself', 'e\u0301\x7fx', 'ex'],
  ['^H erases as well', 'ab\bc', 'ac'],
  ['^U erases all', 'wrong one\x15wonderland', 'wonderland'],
  ['^W erases a word', 'two words \x17three', 'two three'],
  ['NULs are none', 'won\0der\0land', 'wonderland'],
  ['of other alphabets it comes as it is typed', 'пароль-密码-🔑', 'пароль-密码-🔑'],
]

const sequences: readonly (readonly [name: string, keys: string])[] = [
  ['arrows', '\x1b[A\x1b[B\x1bOC\x1b[1;5D'],
  ['function keys, of any kind', '\x1bOP\x1b[15~\x1b[[A'],
  ['the brackets of pasted text', '\x1b[200~\x1b[201~'],
  ['a mouse', '\x1b[<0;12;7M\x1b[<0;12;7m\x1b[M !!'],
  ['the focus', '\x1b[I\x1b[O'],
  [
    'late answers',
    '\x1b]11;rgb:1010/2020/3030\x1b\\\x1b]10;rgb:ff/ff/ff\x07\x1bP>|xterm(388)\x1b\\\x1b[?62;22c\x1b[12;40R',
  ],
  ['keys of kitty', '\x1b[97;5u\x1b_Gi=1;OK\x1b\\'],
  ['Alt and a letter, also of more bytes', '\x1bx\x1bé'],
]

test('keys', async (t) => {
  const rows = [
    ...erased,
    ...sequences.map(
      ([name, keys]) => [`no characters: ${name}`, `won${keys}der${keys}land`, 'wonderland'] as const,
    ),
  ]
  const terminal = await asked({ questions: rows.map((_, at) => ({ text: `Password: ${at}> ` })) })
  for (const [at, [name, keys, answer]] of rows.entries())
    await t.test(name, async () => {
      await terminal.until(new RegExp(`Password: ${at}> $`))
      terminal.write(`${keys}\r`)
      await terminal.until(new RegExp(`Password: ${at}> .*answer [0-9a-f]*\\.\\r\n`, 's'))
      assert.equal(answersOf(terminal).at(at), answer)
    })
  await terminal.exit
  assert.equal(answersOf(terminal).length, rows.length)
})

test('ESC alone is none, and swallows nothing that comes later', async () => {
  const terminal = await asked()
  terminal.write('wonder\x1b')
  await pause(400)
  terminal.write('land\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland'])
})

test('a sequence without an end is left by ^U and by Enter', async () => {
  assert.equal(await typed('\x1b]wrong\x15wonderland'), 'wonderland')
  assert.equal(await typed('wonderland\x1bP'), 'wonderland')
})

test('asterisks show how much it is, Tab switches them off and on, and nothing else is shown', async () => {
  const terminal = await asked({ feedback: 'asterisk' })
  terminal.write('wé🦸')
  await terminal.until(/Password: \*\*\*$/)
  terminal.write('\x7f')
  await terminal.until(ending('***\b \b'))
  terminal.write('\t')
  await terminal.until(ending('\b\b  \b\b'))
  terminal.write('x\t')
  await terminal.until(ending('  \b\b***'))
  terminal.write('\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wéx'])
})

test('dots are dots, and asterisks where there is ASCII only', async () => {
  for (const [unicode, mark] of [
    [true, '•'],
    [false, '*'],
  ] as const) {
    const terminal = await asked({ feedback: 'dot', unicode })
    terminal.write('ab')
    await terminal.until(mark === '*' ? /Password: \*\*$/ : /Password: ••$/)
    terminal.write('\r')
    await terminal.exit
  }
})

test('it rings when it asks if it shall, when there is nothing to erase, and else never', async () => {
  const bells = (terminal: PtyProcess) => terminal.output().toString().split('\x07').length - 1
  const loud = await asked({ bell: true })
  loud.write('x\r')
  await loud.exit
  assert.equal(bells(loud), 1)
  const quiet = await asked()
  quiet.write('\x7f')
  await quiet.until(ending('\x07'))
  quiet.write('x\r')
  await quiet.exit
  assert.equal(bells(quiet), 1)
})

test('what is typed before it is asked is no answer', async () => {
  const terminal = await asked({ before: 400 })
  terminal.write('ahead\r')
  await terminal.until(/Password: /)
  terminal.write('wonderland\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland'])
})

test('what is typed for the first question is no answer to the second', async () => {
  const terminal = await asked({ questions: [question, { text: 'Code: ' }] })
  terminal.write('wonderland\r123456\r')
  await terminal.until(/Code: $/)
  terminal.write('654321\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland', '654321'])
})

test('a question that may be seen is answered visibly; what would act on the terminal is escaped', async () => {
  const terminal = await asked({ questions: [{ text: 'Password: ', echo: true }] })
  terminal.write('漢x\x01\x7f\x7f\x7fbob')
  await terminal.until(/bob$/)
  terminal.write('\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['bob'])
  assert.match(terminal.output().toString(), /漢x\\x01/)
  assert.ok(terminal.output().toString().includes('\b\b  \b\bbob'), 'a wide character is two cells')
})

test('the arrows choose another one who could be asked, as long as nothing is typed', async () => {
  for (const [keys, step] of [
    ['\x1b[B', '1'],
    ['\x1bOA', '-1'],
  ] as const) {
    const terminal = await asked({ questions: [{ text: 'Password: ', others: ['root'] }] })
    assert.match(terminal.output().toString(), /^\(↑↓ root\) Password: $/)
    terminal.write(keys)
    await terminal.exit
    assert.match(terminal.output().toString(), new RegExp(`\r\nswitch ${step}\\.\r\n`))
  }
  assert.equal(
    await typed('won\x1b[Bderland', { questions: [{ text: 'Password: ', others: ['root'] }] }),
    'wonderland',
  )
})

test('a question that is longer than the terminal is wide has as many asterisks as its last row has room for', async () => {
  for (const [columns, most] of [
    [20, 9],
    [0, 69],
  ] as const) {
    const terminal = await asked(
      { feedback: 'asterisk', questions: [{ text: `${columns ? 'x'.repeat(20) : ''}Password: ` }] },
      { columns, rows: columns ? 24 : 0 },
    )
    terminal.write('y'.repeat(200))
    await terminal.until(/\*$/)
    await pause(100)
    terminal.write('\r')
    await terminal.exit
    assert.equal(terminal.output().toString().split('*').length - 1, most)
    assert.deepEqual(answersOf(terminal), ['y'.repeat(200)])
  }
})
