// Our agent before a bus and a polkit that are pretended: who may call it, and what becomes of questions that overlap.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bus, BusError, busErrors, type Call, type Incoming } from '../../src/bus/bus.ts'
import { variant } from '../../src/bus/value.ts'
import type { Authentication, Verdict } from '../../src/polkit/agent.ts'
import { manageUnits, sessionSubject } from '../../src/polkit/authority.ts'
import { whyDenied } from '../../src/polkit/denial.ts'
import { startOurs } from '../../src/polkit/ours.ts'
import type { Scope } from '../../src/polkit/scope.ts'
import { words } from '../../src/polkit/words.ts'

const polkit = ':1.7'
const agentInterface = 'org.freedesktop.PolicyKit1.AuthenticationAgent'

/** A bus on which polkit answers so; what else is called is written down. */
const pretendedBus = (answers: Readonly<Record<string, (call: Call) => unknown>> = {}) => {
  const calls: string[] = []
  let serving: ((call: Incoming) => Promise<void>) | undefined
  const bus: Bus = {
    name: ':1.42',
    passesDescriptors: true,
    call: async (call) => {
      calls.push(call.member)
      if (call.member === 'GetNameOwner') return [polkit]
      return [await answers[call.member]?.(call)]
    },
    listen: () => {},
    serve: (path, answer) => {
      assert.equal(path, '/org/freedesktop/PolicyKit1/AuthenticationAgent')
      serving = answer
      return () => {
        serving = undefined
      }
    },
    closed: new Promise(() => {}),
    close: () => {},
  }
  const send = async (member: string, body: readonly unknown[], more: Partial<Incoming> = {}) => {
    if (!serving) throw new BusError(busErrors.unknownObject, 'nobody is there')
    return serving({ sender: polkit, interface: agentInterface, member, body, ...more })
  }
  const alice = ['unix-user', { uid: variant('u', 1000) }]
  return {
    bus,
    calls,
    begin: (cookie = 'cookie', identities: readonly unknown[] = [alice], action = manageUnits, pid = 1) =>
      send('BeginAuthentication', [
        ...[action, 'message', 'icon', { 'polkit.subject-pid': String(pid) }, cookie, identities],
      ]),
    cancel: (cookie: string) => send('CancelAuthentication', [cookie]),
    send,
    get isServed() {
      return serving !== undefined
    },
  }
}

const scope: Scope = { subject: ['unix-process', { pid: variant('u', 1) }] }
const options = { fallback: false, locale: 'C' }
const isError = (type: string) => (error: unknown) => error instanceof BusError && error.type === type

const start = async (
  stage: ReturnType<typeof pretendedBus>,
  ask: (authentication: Authentication) => Promise<Verdict>,
) => startOurs(stage.bus, [scope], options, ask)

test('it is there before polkit knows of it, and is gone afterwards', async () => {
  const stage = pretendedBus({ RegisterAuthenticationAgentWithOptions: () => assert.ok(stage.isServed) })
  const agent = await start(stage, () => assert.fail('nobody asks'))
  await agent.stop()
  assert.equal(stage.isServed, false)
  assert.equal(stage.calls.at(-1), 'UnregisterAuthenticationAgent')
})

test('whoever is not polkit is refused, whatever it calls; so is what is no method of an agent', async () => {
  const stage = pretendedBus()
  await start(stage, () => assert.fail('nobody may ask'))
  for (const member of ['BeginAuthentication', 'CancelAuthentication', 'Other'])
    for (const sender of [':1.8', ':1.42', 'org.freedesktop.PolicyKit1', ''])
      await assert.rejects(stage.send(member, [], { sender }), isError(busErrors.accessDenied))
  await assert.rejects(stage.send('Other', []), isError(busErrors.unknownMethod))
  await assert.rejects(
    stage.send('BeginAuthentication', [], { interface: 'org.freedesktop.DBus.Peer' }),
    isError(busErrors.unknownMethod),
  )
})

test('another action than ours is refused, and nobody is asked', async () => {
  const stage = pretendedBus()
  await start(stage, () => assert.fail('nobody is asked'))
  await assert.rejects(
    stage.begin('cookie', [], 'org.freedesktop.login1.reboot'),
    isError(busErrors.accessDenied),
  )
})

test('users may be asked, groups may not: polkit has made users of them', async () => {
  const stage = pretendedBus()
  let users: readonly number[] = []
  await start(stage, async (authentication) => {
    users = authentication.users
    return { kind: 'granted' }
  })
  await stage.begin('cookie', [
    ['unix-group', { gid: variant('u', 27) }],
    ['unix-user', { uid: variant('u', 1001) }],
    ['unix-netgroup', { name: variant('s', 'admins') }],
    ['unix-user', { uid: variant('u', 0) }],
  ])
  assert.deepEqual(users, [1001, 0])
})

const replies: readonly (readonly [verdict: Verdict, error: string | undefined])[] = [
  [{ kind: 'granted' }, undefined],
  // Tried in vain is answered, as by any agent.
  [{ kind: 'wrong' }, undefined],
  [{ kind: 'broken', problem: 'x' }, undefined],
  ...(['closed', 'timeout', 'canceled'] as const).map(
    (kind) => [{ kind }, 'org.freedesktop.PolicyKit1.Error.Cancelled'] as const,
  ),
]
for (const [verdict, error] of replies)
  test(`polkit is told of ${verdict.kind} by ${error ? 'an error' : 'a reply'}`, async () => {
    const stage = pretendedBus()
    await start(stage, async () => verdict)
    if (error) await assert.rejects(stage.begin(), isError(error))
    else await stage.begin()
  })

test('a second question takes the place of the first; Cancel ends that whose cookie it has, and no other', async () => {
  const stage = pretendedBus()
  const ended: string[] = []
  const agent = await start(stage, async ({ cookie, canceled }) => {
    await canceled
    ended.push(cookie)
    return { kind: 'canceled' }
  })
  const [first, second] = [stage.begin('first'), stage.begin('second')]
  await assert.rejects(first)
  assert.deepEqual(ended, ['first'])
  await stage.cancel('first')
  await stage.cancel('nobody’s')
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(ended, ['first'])
  await stage.cancel('second')
  await assert.rejects(second)
  const third = stage.begin('third')
  await agent.stop()
  await assert.rejects(third)
  assert.deepEqual(ended, ['first', 'second', 'third'])
})

test('where polkit takes no agent it is not served either, and polkit’s reason comes out', async () => {
  const refuse = () => {
    throw new BusError(
      'org.freedesktop.PolicyKit1.Error.Failed',
      'An authentication agent already exists for the given subject',
    )
  }
  const stage = pretendedBus({ RegisterAuthenticationAgentWithOptions: refuse })
  await assert.rejects(
    start(stage, () => assert.fail('nobody asks')),
    /already exists/,
  )
  assert.equal(stage.isServed, false)
})

test('of a session’s agent only what is asked about our own process is answered', async () => {
  const stage = pretendedBus()
  let asked = 0
  await startOurs(stage.bus, [{ subject: sessionSubject('1'), only: 7 }], options, async () => {
    asked++
    return { kind: 'granted' }
  })
  await assert.rejects(stage.begin('cookie', [], manageUnits, 8))
  assert.equal(asked, 0)
  await stage.begin('cookie', [], manageUnits, 7)
  assert.equal(asked, 1)
})

/** Until what was begun in the background is done. */
const settled = async () => {
  for (let turns = 20; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
}
const wide: Scope = { subject: sessionSubject('1'), only: 7 }
const narrow: Scope = { subject: ['unix-process', { pid: variant('u', 7) }] }

test('the first other question ends a session’s agent: from then on it is its process’s', async () => {
  for (const [action, pid] of [
    [manageUnits, 8],
    ['org.freedesktop.login1.reboot', 7],
  ] as const) {
    const subjects: unknown[] = []
    const note = ({ member, body }: Call) => subjects.push([member, body?.[0]])
    const stage = pretendedBus({
      RegisterAuthenticationAgentWithOptions: note,
      UnregisterAuthenticationAgent: note,
    })
    const agent = await startOurs(stage.bus, [wide, narrow], options, async () => ({ kind: 'granted' }))
    assert.equal(agent.moves, 0)
    await assert.rejects(stage.begin('cookie', [], action, pid))
    await settled()
    assert.equal(agent.moves, 1)
    // Ours is still answered, others are not, and it happens once.
    await stage.begin('cookie', [], manageUnits, 7)
    await assert.rejects(stage.begin('cookie', [], action, pid))
    await agent.stop()
    assert.deepEqual(subjects, [
      ['RegisterAuthenticationAgentWithOptions', wide.subject],
      ['RegisterAuthenticationAgentWithOptions', narrow.subject],
      ['UnregisterAuthenticationAgent', wide.subject],
      ['UnregisterAuthenticationAgent', narrow.subject],
    ])
  }
})

test('an answer that is being checked is not lost to another’s question', async () => {
  const stage = pretendedBus()
  let finish = () => {}
  const agent = await startOurs(stage.bus, [wide, narrow], options, async ({ checks }) => {
    checks(true)
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    checks(false)
    return { kind: 'granted' }
  })
  const ours = stage.begin('cookie', [], manageUnits, 7)
  assert.deepEqual([agent.isBusy, agent.isChecking], [true, true])
  await assert.rejects(stage.begin('other', [], manageUnits, 8))
  await settled()
  assert.equal(agent.moves, 0)
  finish()
  await ours
  assert.deepEqual([agent.isBusy, agent.isChecking], [false, false])
})

test('what is being asked when another asks is ended by us at once, so that no answer goes to what polkit ends; one that came first stays', async () => {
  for (const answers of [false, true]) {
    let check = (_: boolean) => {}
    let left: unknown
    let isEnded = false
    const stage = pretendedBus({
      RegisterAuthenticationAgentWithOptions: () => check(answers),
      UnregisterAuthenticationAgent: ({ body }) => {
        left = body?.[0]
      },
    })
    const agent = await startOurs(stage.bus, [wide, narrow], options, async ({ canceled, checks }) => {
      check = checks
      await canceled.then(() => {
        isEnded = true
      })
      return { kind: 'canceled' }
    })
    const ours = stage.begin('cookie', [], manageUnits, 7).catch(() => {})
    await assert.rejects(stage.begin('other', [], manageUnits, 8))
    await settled()
    // (polkit has canceled nothing here.)
    assert.equal(isEnded, !answers)
    assert.deepEqual(left, answers ? narrow.subject : wide.subject)
    assert.equal(agent.moves, answers ? 0 : 1)
    await Promise.race([ours, settled()])
  }
})

test('where polkit takes no other agent it remains the session’s', async () => {
  let registered = 0
  const stage = pretendedBus({
    RegisterAuthenticationAgentWithOptions: () => {
      if (registered++ > 0) throw new BusError(busErrors.failed, 'no')
    },
  })
  const agent = await startOurs(stage.bus, [wide, narrow], options, async () => ({ kind: 'granted' }))
  await assert.rejects(stage.begin('other', [], manageUnits, 8))
  await settled()
  assert.equal(agent.moves, 0)
  assert.ok(!stage.calls.includes('UnregisterAuthenticationAgent'))
  await stage.begin('cookie', [], manageUnits, 7)
})

test('a polkit that is silent when it ends is not waited for', async () => {
  const stage = pretendedBus({ UnregisterAuthenticationAgent: () => new Promise(() => {}) })
  const agent = await start(stage, () => assert.fail('nobody asks'))
  const up = setTimeout(() => {}, 10_000)
  await agent.stop()
  clearTimeout(up)
  assert.equal(stage.isServed, false)
})

test('a polkit that is gone when it ends does not matter', async () => {
  const stage = pretendedBus({
    UnregisterAuthenticationAgent: () => {
      throw new BusError(busErrors.noService, 'gone')
    },
  })
  const agent = await start(stage, () => assert.fail('nobody asks'))
  await agent.stop()
  assert.equal(stage.isServed, false)
})

const actions = (...ids: readonly string[]) => ids.map((id) => [id, '', '', '', '', '', 1, 1, 4, {}])
const denials: readonly (readonly [name: string, answer: () => unknown, expected: unknown])[] = [
  ['a rule', () => actions('other', manageUnits), words.ruleSaysNo('Access denied')],
  ['no such action', () => actions('other'), words.actionUnknown()],
  [
    'no polkit',
    () => {
      throw new BusError(busErrors.noService, 'The name is not activatable')
    },
    words.polkitAway('The name is not activatable'),
  ],
  ['a polkit that is silent', () => new Promise(() => {}), words.polkitSilent()],
]
for (const [name, answer, expected] of denials)
  test(`of a refusal by ${name} that is told`, async () => {
    const { bus } = pretendedBus({ EnumerateActions: answer })
    // (What is waited for keeps nobody up but us.)
    const up = setTimeout(() => {}, 10_000)
    assert.deepEqual(await whyDenied(bus, words.ruleSaysNo('Access denied'), 100), expected)
    clearTimeout(up)
  })
