// What the manager's answers about a unit that cannot be mean for whether one is authorized.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMachine } from '../../src/backend/machine.ts'
import { mayStart } from '../../src/backend/permission.ts'
import { createSystemd } from '../../src/backend/systemd.ts'
import { type Bus, BusError, type Call } from '../../src/bus/bus.ts'

/** A bus on which each call fails so. */
const failing = (error: Error) => {
  const calls: Call[] = []
  const bus: Bus = {
    name: ':1.1',
    passesDescriptors: true,
    call: async (call) => {
      calls.push(call)
      throw error
    },
    listen: () => {},
    serve: () => () => {},
    closed: new Promise(() => {}),
    close: () => {},
  }
  return { bus, calls }
}

const answer = (name: string, text = '', interactive = false) =>
  mayStart(failing(new BusError(name, text)).bus, interactive)

const dbus = 'org.freedesktop.DBus.Error'
const gone = [`${dbus}.NoReply`, 'Message recipient disconnected from message bus without replying'] as const

test('whatever the manager has against the unit comes after polkit, and so it is granted', async () => {
  for (const name of [
    `${dbus}.PropertyReadOnly`,
    'org.freedesktop.systemd1.BadUnitSetting',
    'org.freedesktop.systemd1.UnitExists',
  ])
    assert.deepEqual(await answer(name), { kind: 'granted' })
})

test('the unit can never be started: its property does not exist', async () => {
  const { bus, calls } = failing(new BusError('org.freedesktop.systemd1.BadUnitSetting', ''))
  await mayStart(bus)
  const [unit, mode, properties] = calls[0]?.body ?? []
  assert.deepEqual([unit, mode], ['tint0-validate.service', 'fail'])
  assert.equal((properties as [[string]])[0][0], 'NoSuchProperty')
})

test('that polkit was restarted while it asked is told from that nobody answered: it is worth asking again', async () => {
  assert.deepEqual(await answer(...gone, true), { kind: 'unanswered', restarted: true })
  assert.deepEqual(await answer(`${dbus}.NoReply`, 'Did not receive a reply', true), { kind: 'unanswered' })
  assert.deepEqual(await answer(`${dbus}.Timeout`, '', true), { kind: 'unanswered' })
  // Nobody was asked yet, so nobody is to be asked again.
  assert.deepEqual(await answer(...gone), { kind: 'unanswered' })
})

test('a password, a refusal, and what nobody knows are three things', async () => {
  assert.deepEqual(await answer(`${dbus}.InteractiveAuthorizationRequired`), { kind: 'password' })
  assert.deepEqual(await answer(`${dbus}.AccessDenied`, 'no'), { kind: 'refused', reason: 'no' })
  assert.deepEqual(await answer('org.example.Odd', 'odd'), { kind: 'unknown', problem: 'odd' })
})

test('of all backends only the system’s manager has polkit asked, and so only it has a bus for an agent', () => {
  assert.notEqual(createSystemd('system').bus, undefined)
  assert.equal(createSystemd('user').bus, undefined)
  assert.equal(createMachine('box').bus, undefined)
})
