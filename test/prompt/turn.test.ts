// Several questions on one terminal: those of one asker, between which nothing is seen; and those of two, who wait for each other.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { answersOf, asked, command, ending, pause, scratch, shell } from './asked.ts'

after(endAll)

test('between one question and the next the echo stays off: what is typed there is seen nowhere', async () => {
  const terminal = await asked({ questions: [{ text: 'Password: ' }, { text: 'Again: ' }] })
  let echoed = 0
  let isWatched = true
  terminal.onData(() => {
    if (isWatched && terminal.echoes()) echoed++
  })
  terminal.write('wonderland\r')
  await terminal.until(ending('Again: '))
  assert.equal(terminal.echoes(), false)
  isWatched = false
  terminal.write('builder\r')
  assert.equal((await terminal.exit).code, 0)
  assert.deepEqual(answersOf(terminal), ['wonderland', 'builder'])
  assert.equal(echoed, 0)
  assert.ok(terminal.echoes())
})

test('of two that want to ask on one terminal the second waits for the first', async () => {
  const terminal = await shell()
  const first = command({ questions: [{ text: 'First: ' }] })
  const second = command({ questions: [{ text: 'Second: ' }] })
  terminal.write(
    `(${first} & until false; do sleep 0.1; [ -e begun ] && break; done; echo soon; ${second}; wait)\n`,
  )
  await terminal.until(ending('First: '))
  writeFileSync(join(scratch, 'begun'), '')
  await terminal.until(/soon\r\n/)
  await pause(1500)
  assert.match(terminal.output().toString(), /soon\r\n$/)
  terminal.write('wonderland\n')
  await terminal.until(ending('Second: '))
  assert.equal(terminal.echoes(), false)
  terminal.write('builder\n')
  await terminal.until(/shell> $/)
  assert.deepEqual(answersOf(terminal), ['wonderland', 'builder'])
  assert.ok(terminal.echoes())
})
