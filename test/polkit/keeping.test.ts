// Each thing that polkit asks for before it knows us again, alone and together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeepingFacts, reasonsNotToKeep } from '../../src/polkit/keeping.ts'
import { goodStanding } from '../ui/facts.ts'

const good: KeepingFacts = goodStanding
const { us } = good
const here = { active: true, local: true }
const keepsNothing = { any: 'auth_admin', inactive: 'auth_admin', active: 'auth_admin' } as const

test('where all holds, there is no reason', () => {
  assert.deepEqual(reasonsNotToKeep(good), [])
})

/** In polkit's order. */
const table: readonly (readonly [change: Partial<KeepingFacts>, reason: RegExp])[] = [
  [{ version: '126' }, /before 127/],
  [{ version: '0.105' }, /before 127/],
  [{ retains: false, session: undefined }, /no session/],
  [{ retains: false, session: { active: true, local: false } }, /no seat/],
  [{ retains: false, session: { active: false, local: true } }, /foreground/],
  [{ retains: false, session: here, policy: keepsNothing }, /policy of systemd/],
  [{ retains: false, session: here }, /a rule of polkit’s/],
  [{ us: { ...us, hasTerminal: false, isOnPty: false, sharesTerminal: false } }, /no terminal/],
  [{ us: { ...us, isOnPty: false } }, /no pseudoterminal/],
  [{ us: { ...us, sharesTerminal: false } }, /by a shell/],
  [{ us: { ...us, parent: 1 } }, /by a shell/],
  [{ us: { ...us, sharesJob: true } }, /by a script/],
  [{ tellsProcess: false }, /ProcessFD/],
  [{ us: { ...us, sharesGroup: false } }, /another control group/],
  [{ us: { ...us, isUnified: false } }, /version 1/],
]
for (const [change, reason] of table)
  test(`one reason alone: ${reason.source}, of ${JSON.stringify(change).slice(0, 60)}`, () => {
    const found = reasonsNotToKeep({ ...good, ...change })
    assert.deepEqual(
      found.map(({ text }) => reason.test(text)),
      [true],
      JSON.stringify(found),
    )
    assert.ok(found[0]?.hint)
  })

test('all together come in polkit’s order, each once', () => {
  const worst: KeepingFacts = {
    version: '126',
    retains: false,
    policy: keepsNothing,
    session: undefined,
    us: {
      parent: 1,
      sharesTerminal: false,
      sharesJob: false,
      sharesGroup: false,
      hasTerminal: true,
      isOnPty: false,
      isUnified: false,
    },
    tellsProcess: false,
  }
  const expected = [
    /before 127/,
    /no session/,
    /no pseudo/,
    /by a shell/,
    /ProcessFD/,
    /another/,
    /version 1/,
  ]
  const found = reasonsNotToKeep(worst)
  assert.equal(found.length, expected.length)
  for (const [at, reason] of expected.entries()) assert.match(found[at]?.text ?? '', reason)
})

test('what a rule keeps is kept in any session, or none', () => {
  for (const session of [undefined, { active: false, local: false }, { active: true, local: false }])
    assert.deepEqual(reasonsNotToKeep({ ...good, retains: true, session }), [])
})

test('what is not known is no reason', () => {
  assert.deepEqual(
    reasonsNotToKeep({
      ...good,
      version: undefined,
      retains: undefined,
      tellsProcess: undefined,
      policy: undefined,
    }),
    [],
  )
})
