// What the quick program writes is what dbus-next would, and what it reads is what dbus-next writes.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import dbus from 'dbus-next'
import { callMessage, firstMessage, METHOD_RETURN, welcomeLength } from '../../src/bus/wire.ts'

const { marshallMessage } = createRequire(import.meta.url)('dbus-next/lib/marshall-compat') as {
  marshallMessage(message: unknown): [Buffer, number[]]
}

const bytesOf = (message: object): Buffer => marshallMessage(new dbus.Message(message as never))[0]

/** It ends the message. */
const bodyOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.length - bytes.readUInt32LE(4))

const call = {
  destination: 'org.freedesktop.PolicyKit1',
  path: '/org/freedesktop/PolicyKit1/Authority',
  interface: 'org.freedesktop.PolicyKit1.Authority',
  member: 'CheckAuthorization',
}

test('a call has a header that is found, and a body that begins where it must, however long its names are', () => {
  for (let length = 1; length < 20; length++) {
    const bytes = callMessage(7, {
      ...call,
      member: 'M'.repeat(length),
      signature: 's',
      body: (write) => write.text('tüte'),
    })
    const message = firstMessage(bytes)
    assert.equal(message?.length, bytes.length)
    assert.equal(message?.text(), 'tüte')
  }
})

test('what polkit is asked is, byte by byte, the body that dbus-next writes', () => {
  for (const name of [':1.1', ':1.12', ':1.123', ':1.1234', ':1.12345']) {
    const ours = callMessage(2, {
      ...call,
      signature: '(sa{sv})sa{ss}us',
      body: (write) => {
        write.text('system-bus-name')
        write.array(() => {
          write.text('name')
          write.signature('s')
          write.text(name)
        })
        write.text('an.action')
        write.array(() => {})
        write.uint(0)
        write.text('')
      },
    })
    const theirs = bytesOf({
      ...call,
      serial: 2,
      signature: '(sa{sv})sa{ss}us',
      body: [['system-bus-name', { name: new dbus.Variant('s', name) }], 'an.action', {}, 0, ''],
    })
    assert.deepEqual(bodyOf(ours), bodyOf(theirs))
  }
})

test('a reply is read when all of it is there, and not before, with what comes behind it left', () => {
  const reply = bytesOf({
    type: METHOD_RETURN,
    serial: 3,
    replySerial: 2,
    destination: ':1.5',
    signature: '(bba{ss})',
    body: [[true, false, { 'polkit.result': 'yes' }]],
  })
  for (let length = 0; length < reply.length; length++)
    assert.equal(firstMessage(reply.subarray(0, length)), undefined)
  const message = firstMessage(Buffer.concat([reply, reply.subarray(0, 9)]))
  assert.deepEqual([message?.type, message?.length], [METHOD_RETURN, reply.length])
  assert.equal(message?.uint(0), 1)
})

test('a reply is read in either order of bytes', () => {
  const reply = Buffer.from([0x42, 2, 0, 1, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 2, 0x68, 0x69, 0, 0])
  const message = firstMessage(reply)
  assert.deepEqual([message?.type, message?.length, message?.uint(0), message?.text()], [2, 24, 2, 'hi'])
})

test('we are let in, or not, or do not know yet', () => {
  for (const [answer, length] of [
    ['', undefined],
    ['DATA\r\nOK 1234', undefined],
    ['DATA\r\nOK 1234\r\nl', 15],
    ['OK 1234\r\n', 9],
    ['REJECTED EXTERNAL\r\n', 0],
    ['DATA\r\nREJECTED EXTERNAL\r\n', 0],
    ['ERROR\r\n', 0],
  ] as const)
    assert.equal(welcomeLength(Buffer.from(answer)), length, answer)
})
