// Answers from standard input, and from a program: a line each, not a byte more of what is the command's, and nothing in part.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type AskOptions, longest, pause, question, ready, scratch, wordsOf } from './asked.ts'

interface Outcome {
  readonly output: string
  readonly errors: string
  readonly status: number | null
}

/** Asks; `input` is written at once; the input stays open if it shall. */
const ask = async (
  options: AskOptions & { readonly source: 'stdin' | 'askpass' },
  { input = '', open = false, askpass = '', signal = '' } = {},
): Promise<Outcome> => {
  await ready
  const [node = '', ...args] = wordsOf(options)
  const child = spawn(node, args, { env: { PATH: process.env.PATH, SUDO_ASKPASS: askpass }, cwd: scratch })
  const [output, errors]: Buffer[][] = [[], []]
  child.stdout.on('data', (chunk) => output?.push(chunk))
  child.stderr.on('data', (chunk) => {
    errors?.push(chunk)
    if (signal !== '' && String(chunk).includes('Password')) child.kill(signal as NodeJS.Signals)
  })
  child.stdin.on('error', () => {})
  child.stdin.write(input)
  if (!open) child.stdin.end()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    // Who it has left behind may still have them.
    for (const stream of [child.stdout, child.stderr]) stream.destroy()
  }, longest)
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  return {
    output: Buffer.concat(output ?? []).toString(),
    errors: Buffer.concat(errors ?? []).toString(),
    status,
  }
}

/** What was answered, and what is left. */
const seen = ({ output }: Outcome): string[] =>
  output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('memory'))
    .map((line) =>
      line.replace(/^(answer|rest) ([0-9a-f]*)\.?$/, (_, word, hex) => `${word} ${Buffer.from(hex, 'hex')}`),
    )

const inputs: readonly (readonly [
  name: string,
  input: string,
  questions: number,
  seen: readonly string[],
])[] = [
  ['one line, and the rest is left', 'wonderland\nrest\nof it', 1, ['answer wonderland', 'rest rest\nof it']],
  ['a line for each question', 'one\ntwo\nrest', 2, ['answer one', 'answer two', 'rest rest']],
  ['an empty line is an empty answer', '\nrest', 1, ['answer ', 'rest rest']],
  ['no end of the line at the end', 'wonderland', 1, ['answer wonderland', 'rest ']],
  ['nothing', '', 1, ['closed .', 'rest ']],
  ['of ten megabytes no part', 'x'.repeat(10 << 20), 1, ['closed .']],
  ['of a line with a NUL no part', 'wonderland\0x\nrest', 1, ['closed .']],
  ['511 bytes', `${'x'.repeat(511)}\n`, 1, [`answer ${'x'.repeat(511)}`, 'rest ']],
]
describe('from standard input', { concurrency: 4 }, () => {
  for (const [name, input, questions, expected] of inputs)
    test(`${name}`, async () => {
      const texts = Array.from({ length: questions }, () => question)
      const outcome = await ask({ source: 'stdin', questions: texts }, { input })
      const found = seen(outcome)
      assert.deepEqual(
        found.slice(0, expected.length).map((line) => line.replace(/\n$/, '')),
        expected,
      )
      assert.equal(outcome.errors.split('Password: \n').length - 1, questions, outcome.errors)
      if (expected[0] === 'closed .' && input !== '') assert.match(outcome.errors, /That is no password/)
    })

  test('it is waited for no longer than that', async () => {
    const outcome = await ask({ source: 'stdin', timeout: 200 }, { input: 'wonder', open: true })
    assert.match(outcome.output, /^timeout \.\n/)
  })

  test('a signal ends the line, and the program', async () => {
    const outcome = await ask({ source: 'stdin' }, { open: true, signal: 'SIGTERM' })
    assert.equal(outcome.status, 143)
    assert.equal(outcome.errors, 'Password: \n')
  })
})

const script = (name: string, text: string, mode = 0o755): string => {
  const path = join(scratch, name)
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, mode)
  return path
}

/** The system may take a moment to clear away whoever has been killed. */
const untilGone = async (pid: number): Promise<void> => {
  for (let left = 250; left > 0 && existsSync(`/proc/${pid}`); left--) await pause(20)
  const isGone = !existsSync(`/proc/${pid}`)
  if (!isGone) process.kill(pid, 'SIGKILL')
  assert.ok(isGone)
}

const programs: readonly (readonly [name: string, script: string, seen: string])[] = [
  ['its first line', 'echo wonderland; echo more', 'answer wonderland'],
  ['without a newline', 'printf wonderland', 'answer wonderland'],
  ['only a newline', 'echo', 'answer '],
  ['nothing', 'exit 0', 'closed .'],
  ['its question is its argument', 'echo "<$1>"', 'answer <Password: >'],
  ['it fails, whatever it says', 'echo wonderland; exit 1', 'closed .'],
  ['it is killed', 'echo wonderland; kill -9 $$', 'closed .'],
  ['too long a line', "head -c 600 /dev/zero | tr '\\0' x", 'closed .'],
  ['a NUL', "printf 'wonderland\\0x\\n'", 'closed .'],
  ['without end', 'echo wonderland; exec yes', 'closed .'],
  [
    'it leaves somebody behind who has its output',
    'echo wonderland; sleep 20 2>&- & exit 0',
    'answer wonderland',
  ],
  ['it cannot be started', '', 'closed .'],
]
describe('from a program', { concurrency: 4 }, () => {
  for (const [at, [name, text, expected]] of programs.entries())
    test(`${name}`, async () => {
      const askpass = script(`ask-${at}`, text)
      if (text === '') writeFileSync(askpass, '#!/nonexistent/interpreter\n')
      const outcome = await ask({ source: 'askpass' }, { askpass })
      assert.deepEqual(seen(outcome), [expected])
      if (/long|NUL/.test(name)) assert.match(outcome.errors, /That is no password/)
    })

  /** How one that does not end takes it that it shall. */
  const stubborn: readonly (readonly [name: string, trap: string, before: string])[] = [
    ['it hears nothing', '', ''],
    ['it has written something before', '', 'printf wonder'],
    ['it writes something then', 'echo canceled', ''],
    ['it has closed its output', '', 'exec >&-'],
  ]
  for (const [at, [name, trap, before]] of stubborn.entries())
    for (const way of ['the time is over', 'we end'])
      test(`one that hangs is killed when ${way}: ${name}`, async () => {
        const pid = join(scratch, `pid-${at}-${way.length}`)
        const loop = 'echo Password >&2; while :; do sleep 0.1; done'
        const askpass = script(
          `hangs-${at}-${way.length}`,
          `trap '${trap}' TERM; echo $$ >${pid}; ${before}\n${loop}`,
        )
        const outcome = await (way === 'we end'
          ? ask({ source: 'askpass' }, { askpass, signal: 'SIGTERM' })
          : ask({ source: 'askpass', timeout: 500 }, { askpass }))
        if (way === 'we end') assert.equal(outcome.status, 143)
        else assert.match(outcome.output, /^timeout \.\n/)
        await untilGone(Number(readFileSync(pid, 'utf8')))
      })

  test('one that hangs is ended with us', async () => {
    const pid = join(scratch, 'pid-waits')
    const askpass = script('waits', `echo $$ >${pid}; echo Password >&2; exec sleep 1234.5`)
    const outcome = await ask({ source: 'askpass' }, { askpass, signal: 'SIGTERM' })
    assert.equal(outcome.status, 143)
    await untilGone(Number(readFileSync(pid, 'utf8')))
  })

  const unfit: readonly (readonly [name: string, path: string, words: RegExp])[] = [
    ['none', '', /--askpass: no program is named/],
    ['a relative path', 'ask', /--askpass: SUDO_ASKPASS is 'ask', which is no absolute path/],
    [
      'one that is not there',
      '/nonexistent/ask',
      /SUDO_ASKPASS is '\/nonexistent\/ask', which cannot be executed/,
    ],
    ['a folder', '/tmp', /SUDO_ASKPASS is '\/tmp', which cannot be executed/],
  ]
  for (const [name, askpass, words] of unfit)
    test(`${name} is said to be none`, async () => {
      const outcome = await ask({ source: 'askpass' }, { askpass })
      assert.match(outcome.errors, words)
      assert.equal(outcome.status, 125)
    })
})
