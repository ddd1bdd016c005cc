// What tint0 -k asks of a polkit that is made up here: everything that is kept for us goes, or it is said that something stays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bus, BusError, busErrors, type Call } from '../../src/bus/bus.ts'
import { variant } from '../../src/bus/value.ts'
import { forgetOurs, onlyThisOnce } from '../../src/commands/forget.ts'
import { failureIn } from '../failure.ts'

/** A polkit that keeps these for us; of those that are `fast` it lets none be revoked. */
const polkitWith = (kept: string[], { fast = [] as string[], version = '127', hung = false } = {}) => {
  const state = { hung, revoked: [] as string[] }
  const answers: Readonly<Record<string, (call: Call) => readonly unknown[]>> = {
    CheckAuthorization: () => {
      const [id] = kept
      return [[id !== undefined, false, id === undefined ? {} : { 'polkit.temporary_authorization_id': id }]]
    },
    RevokeTemporaryAuthorizationById: ({ body }) => {
      const id = String(body?.[0])
      state.revoked.push(id)
      if (fast.includes(id)) throw new BusError(busErrors.failed, 'cannot be revoked')
      kept.splice(kept.indexOf(id), 1)
      return []
    },
    Get: () => [variant('s', version)],
  }
  const bus: Bus = {
    name: ':1.1',
    passesDescriptors: true,
    call: async (call) =>
      state.hung ? new Promise<never>(() => {}) : (answers[call.member]?.(call) ?? assert.fail(call.member)),
    listen: () => {},
    serve: () => () => {},
    closed: new Promise(() => {}),
    close: () => {},
  }
  return { bus, state, kept }
}

test('each of several authorizations is revoked, and none is left', async () => {
  const { bus, state, kept } = polkitWith(['tmpauthz1', 'tmpauthz2', 'tmpauthz3'])
  await forgetOurs(bus)
  assert.deepEqual(state.revoked, ['tmpauthz1', 'tmpauthz2', 'tmpauthz3'])
  assert.deepEqual(kept, [])
})

test('what polkit does not revoke is told, also behind one that it does; but before 127 it ends with us anyhow', async () => {
  const { problem } = await failureIn(forgetOurs(polkitWith(['1', '2'], { fast: ['2'] }).bus))
  assert.match(problem, /^polkit keeps it/)
  await forgetOurs(polkitWith(['1', '2'], { fast: ['2'], version: '126' }).bus)
})

test('new ones without end are not waited for', async () => {
  const endless = polkitWith(Array.from({ length: 1000 }, (_, i) => String(i)))
  assert.match((await failureIn(forgetOurs(endless.bus))).problem, /^polkit keeps it/)
})

test('a command that runs is not lost to a polkit that says nothing any more: it is told that it may be kept', async () => {
  const { bus, state } = polkitWith([])
  const said: string[] = []
  const world = { complain: (text: string) => said.push(text), sleep: async () => {} }
  const running = await onlyThisOnce(
    bus,
    async () => {
      state.hung = true
      return 'running'
    },
    world,
  )
  assert.equal(running, 'running')
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /^tint0: authorization: may be kept: polkit did not answer; /)
})
