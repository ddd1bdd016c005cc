// A prompt below a shell, which reads the terminal before and afterwards: it must never take for commands what was meant for the
// prompt, whatever is pasted; and it has job control.
import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { answersOf, asked, bash, command, ending, pause, question, scratch, shell } from './asked.ts'

after(endAll)

const megabytes = 2

/** What it takes of memory for an answer of one line, in megabytes. */
const usual = (async () => {
  const terminal = await asked()
  terminal.write('wonderland\r')
  const [, memory] = await terminal.until(/memory (\d+) MB/)
  return Number(memory)
})()

/** Pastes, as a terminal emulator does: as fast as it is read. */
const pastes: readonly (readonly [
  name: string,
  text: (pwned: string) => string,
  answer: string | undefined,
])[] = [
  [
    'two megabytes of lines',
    (pwned) => `wonderland\n${`touch ${pwned}\n`.repeat((megabytes << 20) / (pwned.length + 7))}`,
    'wonderland',
  ],
  ['two megabytes without a line', () => 'x'.repeat(megabytes << 20), undefined],
  ['a megabyte of NULs, ^U and ^W', () => '\0\x15\x17'.repeat((1 << 20) / 3), ''],
  ['two lines', (pwned) => `wonderland\ntouch ${pwned}\n`, 'wonderland'],
  ['a line that is too long, and another one', (pwned) => `${'x'.repeat(600)}\ntouch ${pwned}\n`, undefined],
]
for (const [at, [name, text, answer]] of pastes.entries())
  test(`${name}: the first line counts, no more memory is taken, and the shell runs nothing of it`, async () => {
    const pwned = join(scratch, `pwned-${at}`)
    const terminal = await shell()
    // (The machine may be too busy to go on with much of it at once.)
    terminal.write(`${command({ pasteTime: at < 3 ? 1500 : 300 })}\n`)
    await terminal.until(/Password: $/)
    terminal.write(text(pwned))
    if (answer === undefined) {
      if (at === 1) terminal.write('\n')
      await terminal.until(/That is too long; once more, please\.\r\nPassword: $/, 30_000)
      terminal.write('wonderland\n')
    } else if (answer === '') {
      await terminal.until(ending('\x07'))
      terminal.write('\n')
    }
    const [, memory] = await terminal.until(/memory (\d+) MB\r\n/, 60_000)
    await terminal
      .until(/memory \d+ MB\r\nshell> $/, 10_000)
      .catch(() => assert.fail('the shell has taken something for a command'))
    terminal.write('echo "still $((40 + 2))"\n')
    await terminal.until(/still 42\r\nshell> $/)
    terminal.kill('SIGHUP')
    assert.deepEqual(answersOf(terminal), [answer ?? 'wonderland'])
    assert.ok(Number(memory) < (await usual) + 20, `${memory} MB`)
    assert.equal(existsSync(pwned), false)
    assert.ok(terminal.output().length < 20_000, 'nothing of it is shown')
  })

// (bash sets the terminal itself when a job has stopped; others leave it as it is.)
for (const words of [bash, ['sh', '-i']])
  test(`^Z gives the terminal to the shell (${words[0]}), fg asks again, with what was typed before`, async () => {
    const terminal = await shell(words)
    terminal.write(`${command({ feedback: 'asterisk' })}\n`)
    await terminal.until(/Password: $/)
    terminal.write('wonder')
    await terminal.until(/Password: \*{6}$/)
    terminal.write('\x1a')
    await terminal.until(/\*{6}\r\n[\s\S]*Stopped[\s\S]*\nshell> $/)
    assert.ok(terminal.echoes())
    terminal.write('echo "here $((40 + 2))"\n')
    await terminal.until(/here 42\r\nshell> $/)
    terminal.write('fg\n')
    await terminal.until(/Password: \*{6}$/)
    assert.equal(terminal.echoes(), false)
    terminal.write('land\n')
    await terminal.until(/memory[^\n]*\n[^\n]*shell> $/)
    assert.deepEqual(answersOf(terminal), ['wonderland'])
    assert.ok(terminal.echoes())
    terminal.kill('SIGHUP')
  })

test('^Z where no shell could continue us asks again at once, and nothing that is typed then is seen', async () => {
  const terminal = await asked({ feedback: 'asterisk' })
  terminal.write('wonder')
  await terminal.until(/\*{6}$/)
  for (const times of [2, 3]) {
    terminal.write('\x1a')
    await terminal.until(new RegExp(`(Password: \\*{6}(\r\n)?){${times}}$`))
  }
  assert.equal(terminal.echoes(), false)
  terminal.write('land\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland'])
  assert.equal(
    terminal.output().toString().split('answer')[0],
    `${'Password: ******\r\n'.repeat(2)}Password: **********\r\n`,
  )
  assert.ok(terminal.echoes())
})

test('stopped by a signal that it does not hear of, it asks again in a new line, once', async () => {
  const terminal = await asked({ feedback: 'asterisk' })
  terminal.write('wonder')
  await terminal.until(/\*{6}$/)
  await pause(200)
  terminal.kill('SIGSTOP')
  for (let left = 3; left > 0; left--) terminal.kill('SIGCONT')
  await terminal.until(/\*{6}\r\nPassword: \*{6}$/)
  terminal.write('land\r')
  await terminal.exit
  assert.equal(
    terminal.output().toString().split('answer')[0],
    'Password: ******\r\nPassword: **********\r\n',
  )
  assert.deepEqual(answersOf(terminal), ['wonderland'])
})

test('where the echo cannot be switched off, nothing secret is asked', async () => {
  // Who started it has ended, so nobody can bring it to the front: the terminal refuses it.
  const terminal = await shell()
  terminal.write(`(${command()} &)\n`)
  await terminal.until(/closed \.\r\n/)
  assert.doesNotMatch(terminal.output().toString(), /Password: \r?\n|Password: $/)
  terminal.kill('SIGHUP')
})

test('in the background it waits until it is in front', async () => {
  const terminal = await shell()
  terminal.write(`${command()} &\n`)
  await terminal.until(/shell> $/)
  terminal.write('echo "mine $((40 + 2))"\n')
  await terminal.until(/mine 42\r\nshell> /)
  const isStopped = () => /Stopped/.test(terminal.output().toString())
  for (let left = 50; left > 0 && !isStopped(); left--) {
    terminal.write('jobs\n')
    await pause(100)
  }
  assert.ok(isStopped())
  assert.ok(terminal.echoes())
  const from = terminal.output().toString().length
  terminal.write('fg\n')
  await terminal.until(/Password: $/, 10_000, from)
  terminal.write('wonderland\n')
  await terminal.until(/memory[^\n]*\nshell> $/)
  assert.deepEqual(answersOf(terminal), ['wonderland'])
  terminal.kill('SIGHUP')
})

test('the secret is in no argument and no environment of what is started to give the terminal back', async () => {
  const terminal = await asked({ feedback: 'asterisk' })
  terminal.write('wonderland')
  await terminal.until(/\*{10}$/)
  const { pid } = terminal
  const read = (of: string | number, file: string) => readFileSync(`/proc/${of}/${file}`, 'latin1')
  const guardian = read(pid, `task/${pid}/children`)
    .trim()
    .split(' ')
    .find((child) => read(child, 'cmdline').includes('tint0-guardian'))
  assert.ok(guardian)
  const seen = [pid, guardian].flatMap((of) => ['cmdline', 'environ'].map((file) => read(of, file)))
  assert.ok(seen.every((text) => text.length > 0 && !text.includes('wonder')))
  terminal.write('\r')
  await terminal.exit
  assert.deepEqual(answersOf(terminal), ['wonderland'])
})

/** Which of the texts are in the memory of a process, where that can be written to. */
const foundIn = (pid: number, texts: readonly string[]): string[] => {
  const found = new Set<string>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
    const [start, size] = [Number.parseInt(from, 16), Number.parseInt(to, 16) - Number.parseInt(from, 16)]
    if (!(size > 0 && size < 64 << 20)) continue
    const bytes = Buffer.allocUnsafe(size)
    try {
      const there = bytes.subarray(0, readSync(memory, bytes, 0, size, start))
      for (const text of texts) if (there.includes(text)) found.add(text)
    } catch {
      // What is only reserved cannot be read.
    }
  }
  closeSync(memory)
  return [...found]
}

test('what is pasted behind an answer, in however many pieces, is nowhere in memory', async () => {
  const terminal = await asked({ pasteTime: 300, questions: [question, { text: 'Code: ' }] })
  // Each piece is shorter than the one before it, and would leave the end of that.
  terminal.write(`open\r${'x'.repeat(200)}first-of-paste`)
  await pause(100)
  terminal.write(`${'x'.repeat(100)}second-of-paste`)
  await terminal.until(/Code: $/)
  terminal.write('stands-there')
  const texts = ['first-of-paste', 'second-of-paste', 'stands-there']
  let found: string[] = []
  for (let left = 100; left > 0 && found.length === 0; left--) found = foundIn(terminal.pid, texts)
  assert.deepEqual(found, ['stands-there'])
  terminal.write('\x15\r')
  await terminal.exit
})
