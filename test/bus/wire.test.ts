// What the quick program writes is what dbus-next would, and what it reads is what dbus-next writes.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import dbus from 'dbus-next'
import { startCall } from '../../src/backend/manager.ts'
import { callMessage, ERROR, firstMessage, METHOD_RETURN, welcomeLength } from '../../src/bus/wire.ts'

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
    assert.deepEqual(bytes.subarray(-10), Buffer.from('\x05\0\0\0tüte\0'))
  }
})

test('what the manager is asked is, byte by byte, the body that dbus-next writes', () => {
  for (const name of ['a', 'ab', 'abc.service', 'abcd.service']) {
    const ours = callMessage(2, {
      ...startCall,
      body: (write) => {
        write.text(name)
        write.text('fail')
        write.array(() => {
          write.text('NoSuchProperty')
          write.signature('s')
          write.text('')
        })
        write.array(() => {})
      },
    })
    const theirs = bytesOf({
      ...startCall,
      serial: 2,
      body: [name, 'fail', [['NoSuchProperty', new dbus.Variant('s', '')]], []],
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
  assert.equal(message?.error, '')
})

test('an error is known by its name, whatever else the header says', () => {
  for (const name of ['org.freedesktop.systemd1.UnitExists', 'a.b', 'a.bc', 'a.bcd', 'a.bcde'])
    for (const sender of ['org.freedesktop.systemd1', ':1.1', ':1.12']) {
      const bytes = bytesOf({
        type: ERROR,
        serial: 3,
        replySerial: 2,
        destination: ':1.5',
        sender,
        errorName: name,
        signature: 's',
        body: ['Unit is there'],
      })
      assert.equal(firstMessage(bytes)?.error, name)
    }
})

test('a reply is read in either order of bytes', () => {
  const field = [4, 1, 0x73, 0, 0, 0, 0, 3, 0x61, 0x2e, 0x62, 0]
  const head = [0x42, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, field.length]
  const message = firstMessage(Buffer.from([...head, ...field, 0, 0, 0, 0, 0, 0, 0, 2, 0x68, 0x69, 0, 0]))
  assert.deepEqual([message?.type, message?.length, message?.error], [ERROR, 40, 'a.b'])
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
