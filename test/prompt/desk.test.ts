// A question that stands while polkit and systemd come and go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDesk } from '../../src/prompt/desk.ts'
import type { Answer, Prompter, Question } from '../../src/prompt/prompt.ts'

/** Who asks waits for the answer. */
const forever = new Promise<never>(() => {})

const question = (text: string): Question => ({ text, echo: false, others: [] })

/** A prompter that writes down what it is told to do. */
const stage = (introduction = '') => {
  const done: string[] = []
  let answer: ((answer: Answer) => void) | undefined
  const prompter: Prompter = {
    ask: ({ text }) => {
      done.push(`ask ${text}`)
      return new Promise((resolve) => {
        answer = resolve
      })
    },
    tell: (text) => done.push(`tell ${text}`),
    drop: () => {
      done.push('drop')
      answer?.({ kind: 'dropped' })
    },
    suspend: () => done.push('suspend'),
    resume: () => done.push('resume'),
    close: () => {
      done.push('close')
      answer?.({ kind: 'dropped' })
    },
    columns: 42,
  }
  const desk = createDesk(
    () => {
      done.push('open')
      return prompter
    },
    (columns) => introduction && `${introduction} ${columns}`,
  )
  const give = (text: string) => {
    const secret = Buffer.from(text)
    answer?.({ kind: 'answer', secret })
    return secret
  }
  return { desk, done, give }
}

test('nothing is opened before there is something to ask, and what is said before is said once', async () => {
  const { desk, done, give } = stage('for you:')
  assert.equal(desk.isUsed, false)
  const first = desk.ask(question('A'), forever)
  assert.ok(desk.isUsed && desk.isAsking)
  give('x')
  await first
  assert.equal(desk.isAsking, false)
  const second = desk.ask(question('B'), forever)
  give('y')
  await second
  assert.deepEqual(done, ['open', 'tell for you: 42', 'ask A', 'ask B'])
})

test('the same question asked again is the one that stands there, and who asked last has the answer', async () => {
  const { desk, done, give } = stage()
  const first = desk.ask(question('A'), forever)
  const second = desk.ask(question('A'), forever)
  give('secret')
  assert.deepEqual(
    (await Promise.all([first, second])).map((answer) =>
      answer.kind === 'answer' ? answer.secret.toString() : answer.kind,
    ),
    ['dropped', 'secret'],
  )
  assert.deepEqual(done, ['open', 'ask A'])
})

test('another question takes its place', async () => {
  const { desk, done, give } = stage()
  const first = desk.ask(question('A'), forever)
  const second = desk.ask({ ...question('A'), others: ['root'] }, forever)
  assert.deepEqual(await first, { kind: 'dropped' })
  give('secret')
  assert.equal((await second).kind, 'answer')
  assert.deepEqual(done, ['open', 'ask A', 'drop', 'ask A'])
})

test('the same words are not told twice in a row; after a question they are', async () => {
  const { desk, done, give } = stage()
  desk.tell('Touch it.')
  desk.tell('Touch it.')
  const answer = desk.ask(question('A'), forever)
  give('x')
  await answer
  desk.tell('Touch it.')
  assert.deepEqual(done, ['open', 'tell Touch it.', 'ask A', 'tell Touch it.'])
})

test('closed, it asks and tells nothing any more, and is closed once', async () => {
  const { desk, done } = stage()
  const answer = desk.ask(question('A'), forever)
  desk.close()
  assert.deepEqual(await answer, { kind: 'dropped' })
  desk.close()
  desk.tell('late')
  assert.deepEqual(await desk.ask(question('B'), forever), { kind: 'dropped' })
  assert.deepEqual(done, ['open', 'ask A', 'close'])
})

test('what comes late is wiped', async () => {
  const { desk, give } = stage()
  desk.ask(question('A'), forever)
  desk.close()
  const { desk: other, give: giveOther } = stage()
  const first = other.ask(question('A'), forever)
  const late = giveOther('secret')
  other.close()
  await first
  await new Promise((resolve) => setImmediate(resolve))
  assert.ok(late.every((byte) => byte === 0))
  give('x')
})

const settled = () => new Promise((resolve) => setImmediate(resolve))
const isWiped = (secret: Buffer) => secret.every((byte) => byte === 0)
const wordsOf = (answer: Answer) => (answer.kind === 'answer' ? answer.secret.toString() : answer.kind)

test('who asks may go while somebody is typing: the question stands, and who asks it next has the answer', async () => {
  const { desk, done, give } = stage()
  assert.deepEqual(await desk.ask(question('A'), Promise.resolve()), { kind: 'dropped' })
  assert.ok(desk.isAsking)
  const next = desk.ask(question('A'), forever)
  give('secret')
  assert.equal(wordsOf(await next), 'secret')
  assert.equal(desk.isAsking, false)
  assert.deepEqual(done, ['open', 'ask A'])
})

test('an answer that comes when who asked has just gone is for who asks next', async () => {
  const { desk, done, give } = stage()
  let go = () => {}
  const first = desk.ask(
    question('A'),
    new Promise<void>((resolve) => {
      go = resolve
    }),
  )
  go()
  give('secret')
  // Whichever of the two it hears of first.
  const found = wordsOf(await first)
  if (found === 'dropped') assert.equal(wordsOf(await desk.ask(question('A'), forever)), 'secret')
  else assert.equal(found, 'secret')
  assert.deepEqual(done, ['open', 'ask A'])
})

test('of two who ask the same, the second keeps the question when the first goes', async () => {
  const { desk, give } = stage()
  let go = () => {}
  const gone = new Promise<void>((resolve) => {
    go = resolve
  })
  const first = desk.ask(question('A'), gone)
  const second = desk.ask(question('A'), forever)
  go()
  assert.equal(wordsOf(await first), 'dropped')
  assert.ok(desk.isAsking)
  give('secret')
  assert.equal(wordsOf(await second), 'secret')
})

test('an answer that nobody took is wiped: when it is closed, and when another question takes its place', async () => {
  for (const next of ['close', 'other'] as const) {
    const { desk, give } = stage()
    await desk.ask(question('A'), Promise.resolve())
    const secret = give('secret')
    await settled()
    assert.ok(desk.isAsking && !isWiped(secret), 'it waits for who asks next')
    if (next === 'close') desk.close()
    else {
      const other = desk.ask(question('B'), forever)
      give('other')
      assert.equal(wordsOf(await other), 'other')
    }
    await settled()
    assert.ok(isWiped(secret), next)
  }
})

test('unused, it opens nothing to be suspended or closed', () => {
  const { desk, done } = stage()
  desk.suspend()
  desk.resume()
  desk.close()
  assert.deepEqual(done, [])
})
