// A conversation with a helper that is pretended, and a user who is: the order of what is said, the tries, and every way it ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { converse, type Helper } from '../../src/polkit/conversation.ts'
import { type HelperLine, readHelperLine } from '../../src/polkit/protocol.ts'
import { words } from '../../src/polkit/words.ts'
import { createDesk } from '../../src/prompt/desk.ts'
import type { Answer, Prompter, Question } from '../../src/prompt/prompt.ts'

const people = [
  { uid: 1000, name: 'alice' },
  { uid: 1001, name: 'bob' },
  { uid: 0, name: 'root' },
]
const ask = 'PAM_PROMPT_ECHO_OFF Password: '

interface Stage {
  /** What helpers say, one script each; '…' waits for an answer, '!' dies, '~' says nothing any more. */
  readonly helpers: readonly (readonly string[])[]
  /** What the user does, one for each question. */
  readonly user?: readonly (string | Answer['kind'] | 1 | -1 | ((give: (text: string) => void) => void))[]
  readonly canceled?: Promise<void>
  readonly names?: readonly string[]
}

/** Resolves to the verdict, and to all that was done, in its order. */
const play = async ({ helpers, user = [], canceled = new Promise(() => {}), names }: Stage) => {
  const done: string[] = []
  const secrets: Buffer[] = []
  const checks: boolean[] = []
  const [scripts, acts] = [[...helpers], [...user]]
  const prompter: Pick<Prompter, 'ask' | 'tell' | 'drop' | 'close'> = {
    ask: async ({ text, echo, others }: Question): Promise<Answer> => {
      done.push(`ask ${text}${echo ? ' (seen)' : ''}${others.length > 0 ? ` or ${others.join(',')}` : ''}`)
      const act = acts.shift()
      const give = (text: string): Answer => {
        const secret = Buffer.from(text)
        secrets.push(secret)
        return { kind: 'answer', secret }
      }
      if (typeof act === 'function') return new Promise((resolve) => act((text) => resolve(give(text))))
      if (act === 1 || act === -1) return { kind: 'switch', step: act }
      if (act === 'closed' || act === 'timeout' || act === 'dropped') return { kind: act }
      if (act === undefined) return new Promise(() => {})
      return give(act)
    },
    tell: (text) => done.push(`tell ${text}`),
    drop: () => done.push('drop'),
    close: () => {},
  }
  const desk = createDesk(
    () => ({ ...prompter, columns: 80 }) as Prompter,
    () => '',
  )
  const verdict = await converse(
    { cookie: 'cookie', canceled, checks: (isIt) => checks.push(isIt) },
    {
      desk,
      people: people.filter(({ name }) => (names ?? ['alice']).includes(name)),
      promptFor: (text, { name }) => (text === 'Password: ' ? `${name}: ` : text),
      tries: 3,
      startHelper: async (name, cookie): Promise<Helper> => {
        assert.equal(cookie, 'cookie')
        done.push(`helper for ${name}`)
        return helperThatSays(scripts.shift() ?? [], done)
      },
    },
  )
  return { verdict, done, secrets, checks }
}

const helperThatSays = (script: readonly string[], done: string[]): Helper => {
  const lines = [...script]
  let answered = () => {}
  let answer = new Promise<void>((resolve) => {
    answered = resolve
  })
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    ended,
    next: async (): Promise<HelperLine | undefined> => {
      const line = lines.shift()
      if (line === '…') {
        await answer
        answer = new Promise((resolve) => {
          answered = resolve
        })
        return readHelperLine(lines.shift() ?? 'FAILURE')
      }
      if (line === '~') return new Promise(() => {})
      if (lines[0] === '!') setImmediate(end)
      if (line === '!' || line === undefined) {
        end()
        return undefined
      }
      return readHelperLine(line)
    },
    answer: (secret) => {
      done.push(`answer ${secret}`)
      secret.fill(0)
      answered()
    },
    stop: () => done.push('stop'),
  }
}

test('words and questions come in the helper’s order, and what is not printable is shown as such', async () => {
  const { verdict, done } = await play({
    helpers: [
      [
        ...[
          'PAM_TEXT_INFO Touch it.',
          ask,
          '…',
          'PAM_ERROR_MSG \\033[31mNo finger',
          'PAM_PROMPT_ECHO_ON Code: ',
        ],
        ...['…', 'SUCCESS'],
      ],
    ],
    user: ['secret', '123456'],
  })
  assert.deepEqual(verdict, { kind: 'granted' })
  assert.deepEqual(done, [
    ...['helper for alice', 'tell Touch it.', 'ask alice: ', 'answer secret', 'tell \\x1b[31mNo finger'],
    ...['ask Code:  (seen)', 'answer 123456', 'stop'],
  ])
})

test('a wrong answer is asked for again, with another helper and the same cookie, three times in all', async () => {
  const wrong = [ask, '…', 'FAILURE']
  const { verdict, done } = await play({ helpers: [wrong, wrong, wrong], user: ['a', 'b', 'c'] })
  assert.deepEqual(verdict, { kind: 'wrong' })
  assert.equal(done.filter((one) => one === 'helper for alice').length, 3)
  assert.equal(done.filter((one) => one === 'stop').length, 3)
  assert.equal(done.filter((one) => one === 'tell Sorry, try again.').length, 2)
})

test('the third answer may be the right one', async () => {
  const wrong = [ask, '…', 'FAILURE']
  const { verdict } = await play({
    helpers: [wrong, wrong, [ask, '…', 'SUCCESS']],
    user: ['a', 'b', 'c'],
  })
  assert.deepEqual(verdict, { kind: 'granted' })
})

test('another person is chosen round and round, and costs no try', async () => {
  const wrong = [ask, '…', 'FAILURE']
  const { verdict, done } = await play({
    helpers: [[ask, '~'], [ask, '~'], [ask, '~'], [ask, '~'], wrong, wrong, wrong],
    user: [1, 1, 1, -1, 'a', 'b', 'c'],
    names: ['alice', 'bob', 'root'],
  })
  assert.deepEqual(verdict, { kind: 'wrong' })
  assert.deepEqual(
    done.filter((one) => one.startsWith('helper')).map((one) => one.split(' ')[2]),
    ['alice', 'bob', 'root', 'alice', 'root', 'root', 'root'],
  )
  assert.ok(done.includes('ask bob:  or alice,root'))
})

for (const kind of ['closed', 'timeout'] as const)
  test(`an answer that is ${kind} is the end, and the helper is stopped`, async () => {
    const { verdict, done } = await play({ helpers: [[ask, '~']], user: [kind] })
    assert.deepEqual(verdict, { kind })
    assert.equal(done.at(-1), 'stop')
  })

test('when polkit has no more use for it nobody waits for an answer, nor for the helper', async () => {
  for (const script of [[ask, '~'], ['~']]) {
    let cancel = () => {}
    const canceled = new Promise<void>((resolve) => {
      cancel = resolve
    })
    if (script[0] === '~') cancel()
    const { verdict, done } = await play({ helpers: [script], user: [() => cancel()], canceled })
    assert.deepEqual(verdict, { kind: 'canceled' })
    assert.equal(done.at(-1), 'stop')
  }
})

test('a helper that dies while it asks is replaced, and the question stands', async () => {
  const { verdict, done } = await play({
    helpers: [
      [ask, '!'],
      [ask, '…', 'SUCCESS'],
    ],
    user: [(give) => setTimeout(give, 50, 'secret')],
  })
  assert.deepEqual(verdict, { kind: 'granted' })
  assert.deepEqual(done, [
    ...['helper for alice', 'ask alice: ', 'stop', 'helper for alice', 'answer secret', 'stop'],
  ])
})

test('where every helper dies it is told, after three', async () => {
  for (const script of [['!'], [ask, '!'], []]) {
    const { verdict, done } = await play({ helpers: [script, script, script, script] })
    assert.deepEqual(verdict, { kind: 'broken', ...words.helperEnded() })
    assert.equal(done.filter((one) => one.startsWith('helper')).length, 3)
  }
})

test('a helper that fails before it asks is broken, and PAM’s last word is told', async () => {
  for (const [script, expected] of [
    [['FAILURE'], words.pamNeverAsked('')],
    [
      ['polkit-agent-helper-1: pam_authenticate failed: Authentication failure', 'FAILURE'],
      words.pamNeverAsked('pam_authenticate failed: Authentication failure'),
    ],
    [['PAM_ERROR_MSG Not today', 'FAILURE'], words.pamRefused()],
    [['PAM_TEXT_INFO Touch it.', 'FAILURE'], words.pamRefused()],
    [['PAM_ERROR_MSG needs to be setuid root', 'FAILURE'], words.helperKeptDown()],
  ] as const) {
    const { verdict, done } = await play({ helpers: [script] })
    assert.deepEqual(verdict, { kind: 'broken', ...expected })
    assert.equal(done.filter((one) => one.startsWith('helper')).length, 1)
  }
})

test('an account that is refused after the right answer is not asked again', async () => {
  const { verdict, done } = await play({
    helpers: [
      [
        ...[
          ask,
          '…',
          'PAM_ERROR_MSG You are required to change your password immediately (password expired).',
        ],
        'FAILURE',
      ],
    ],
    user: ['right'],
  })
  assert.deepEqual(verdict, { kind: 'broken', ...words.passwordExpired('') })
  assert.equal(done.filter((one) => one.startsWith('ask')).length, 1)
})

test('a helper that floods is stopped, whatever it says', async () => {
  for (const line of ['PAM_TEXT_INFO x', 'x']) {
    const { verdict, done } = await play({ helpers: [Array(10_000).fill(line)] })
    assert.deepEqual(verdict, { kind: 'broken', ...words.helperFloods() })
    assert.ok(done.length < 300)
    assert.equal(done.at(-1), 'stop')
  }
})

test('where polkit names nobody, and where no helper can be started, that is told', async () => {
  assert.deepEqual((await play({ helpers: [], names: [] })).verdict, {
    kind: 'broken',
    ...words.nobodyNamed(),
  })
  const verdict = await converse(
    { cookie: 'cookie', canceled: new Promise(() => {}), checks: () => {} },
    {
      desk: { ask: () => assert.fail('nobody is asked'), tell: () => assert.fail('nothing is told') },
      people,
      promptFor: (text) => text,
      tries: 3,
      startHelper: async () => ({ kind: 'broken', ...words.helperMissing() }),
    },
  )
  assert.deepEqual(verdict, { kind: 'broken', ...words.helperMissing() })
})

test('it is told when an answer is being checked, and when it is not', async () => {
  for (const [end, verdict] of [
    ['SUCCESS', 'granted'],
    ['!', 'broken'],
  ] as const) {
    const one = await play({ helpers: [[ask, '…', 'PAM_TEXT_INFO Hm.', '~']], user: ['a'], canceled: soon() })
    assert.equal(one.verdict.kind, 'canceled')
    assert.deepEqual(transitions(one.checks), [false, true, false])
    const { checks, ...other } = await play({
      helpers: Array(3).fill([ask, '…', end]),
      user: ['a', 'b', 'c'],
    })
    assert.equal(other.verdict.kind, verdict)
    assert.deepEqual(transitions(checks).slice(0, 3), [false, true, false])
    assert.equal(checks.at(-1), false)
  }
})

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 50))
const transitions = (all: readonly boolean[]) => all.filter((one, at) => one !== all[at - 1])

test('where nobody can be asked the helper is stopped, and whoever was to ask says why', async () => {
  for (const say of [ask, 'PAM_TEXT_INFO x']) {
    const done: string[] = []
    const fail = () => {
      throw new Error('there is no terminal')
    }
    const asking = converse(
      { cookie: 'cookie', canceled: new Promise(() => {}), checks: () => {} },
      {
        desk: { ask: async () => fail(), tell: fail },
        people,
        promptFor: (text) => text,
        tries: 3,
        startHelper: async () => helperThatSays([say, '~'], done),
      },
    )
    await assert.rejects(asking, /no terminal/)
    assert.deepEqual(done, ['stop'])
  }
})

test('of many who could be asked a few are named, and none acts on the terminal', async () => {
  const others = async (...names: string[]) => {
    let seen: readonly string[] = []
    await converse(
      { cookie: 'cookie', canceled: new Promise(() => {}), checks: () => {} },
      {
        desk: {
          ask: async ({ others }) => {
            seen = others
            return { kind: 'closed' }
          },
          tell: () => {},
        },
        people: ['alice', ...names].map((name, uid) => ({ uid, name })),
        promptFor: (text) => text,
        tries: 3,
        startHelper: async () => helperThatSays([ask, '~'], []),
      },
    )
    return seen
  }
  assert.deepEqual(await others('a', 'b', 'c', 'd'), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await others('a', 'b', 'c', 'd', 'e'), ['a', 'b', 'c', '... 2 more'])
  assert.deepEqual(await others('\x1b[31mred'), ['\\x1b[31mred'])
})

test('of what was typed nothing is left', async () => {
  const { secrets } = await play({
    helpers: [
      [ask, '…', 'FAILURE'],
      [ask, '…', 'SUCCESS'],
    ],
    user: ['one', 'two'],
  })
  assert.equal(secrets.length, 2)
  for (const secret of secrets) assert.ok(secret.every((byte) => byte === 0))
})
