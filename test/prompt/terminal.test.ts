// The prompt on a real terminal: it is silent exactly while something is asked, whatever happens; and what comes from a terminal that
// is no character of a password is none.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { endAll, type PtyProcess, spawnOnPty } from '../pty-process.ts'
import { answersOf, asked, ending, pause, question, ready, wordsOf } from './asked.ts'

after(endAll)

const ended = async (terminal: PtyProcess): Promise<number | null> => (await terminal.exit).code

describe('at a terminal', { concurrency: 4 }, () => {
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
    const terminal = await asked({ questions: [question, { text: 'Code: ' }] })
    terminal.write('\x04')
    await terminal.until(/^Password: \r\nclosed \.\r\nCode: $/)
    terminal.write('won\x04derland\r')
    await terminal.exit
    assert.deepEqual(answersOf(terminal), ['wonderland'])
    assert.ok(terminal.echoes())
  })

  test('when the time is over it says so, ends the line, and echoes', async () => {
    const terminal = await asked({ timeout: 300 })
    terminal.write('wonder')
    assert.equal(await ended(terminal), 0)
    assert.match(terminal.output().toString(), /^Password: {2}timed out\r\ntimeout \.\r\n/)
    assert.ok(terminal.echoes())
  })

  test('after kill -9 the terminal echoes, and the line is ended', async () => {
    await ready
    // Somebody else has the terminal still.
    const terminal = spawnOnPty(['sh', '-c', 'exec 2>/dev/null; "$@"; sleep 30', 'sh', ...wordsOf({})])
    await terminal.until(/Password: $/)
    const silent = !terminal.echoes()
    // The guardian is a shell that starts meanwhile.
    terminal.write('wond')
    process.kill(
      Number(readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8')),
      'SIGKILL',
    )
    await terminal.until(/^Password: \r+\n$/)
    for (let left = 500; left > 0 && !terminal.echoes(); left--) await pause(20)
    assert.ok(silent && terminal.echoes())
    terminal.kill('SIGKILL')
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
      ['ESC alone, and Enter', 'wonderland\x1b', 'wonderland'],
      ['a sequence without an end, and ^U', '\x1b]wrong\x15wonderland', 'wonderland'],
      ['a sequence without an end, and Enter', 'wonderland\x1bP', 'wonderland'],
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
    await Promise.all(
      [true, false].map(async (unicode) => {
        const terminal = await asked({ feedback: 'dot', unicode })
        terminal.write('ab')
        await terminal.until(unicode ? /Password: ••$/ : /Password: \*\*$/)
        terminal.kill()
      }),
    )
  })

  test('it rings when it asks if it shall, when there is nothing to erase, and else never', async () => {
    const bells = (terminal: PtyProcess) => terminal.output().toString().split('\x07').length - 1
    const [loud, quiet] = await Promise.all([asked({ bell: true }), asked()])
    loud.write('x\r')
    quiet.write('\x7f')
    await quiet.until(ending('\x07'))
    quiet.write('x\r')
    await Promise.all([loud.exit, quiet.exit])
    assert.deepEqual([bells(loud), bells(quiet)], [1, 1])
  })

  test('what is typed before it is asked is no answer', async () => {
    const terminal = await asked({ behind: true })
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
    const questions = ['A', 'B', 'C'].map((name) => ({ text: `Password: ${name}> `, others: ['root'] }))
    const terminal = await asked({ questions })
    for (const [at, [keys, outcome]] of (
      [
        ['\x1b[B', 'switch 1'],
        ['\x1bOA', 'switch -1'],
        ['won\x1b[Bderland\r', `answer ${Buffer.from('wonderland').toString('hex')}`],
      ] as const
    ).entries()) {
      await terminal.until(new RegExp(`\\(↑↓ root\\) ${ending(questions[at]?.text ?? '').source}`))
      terminal.write(keys)
      await terminal.until(new RegExp(`\r\n${outcome}\\.\r\n`))
    }
    await terminal.exit
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
})
