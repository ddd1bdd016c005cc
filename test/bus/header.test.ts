import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import dbus from 'dbus-next'
import { descriptorCount } from '../../src/bus/header.ts'

const { marshallMessage } = createRequire(import.meta.url)('dbus-next/lib/marshall-compat') as {
  marshallMessage(message: unknown): [Buffer, number[]]
}

/** A signal as dbus-next writes it, in the two parts in which it reads one. */
const parts = (
  signature: string,
  body: unknown[],
  changes: Record<string, string> = {},
): [Buffer, Buffer] => {
  const message = new dbus.Message({
    type: 4,
    serial: 7,
    path: '/a/path',
    interface: 'an.Interface',
    member: 'Member',
    sender: ':1.23',
    destination: ':1.4567',
    signature,
    body,
    ...changes,
  } as never)
  const [bytes] = marshallMessage(message)
  return [bytes.subarray(0, 16), bytes.subarray(16)]
}

test('the descriptors of a message are counted, wherever the field stands', () => {
  assert.equal(descriptorCount(...parts('h', [5])), 1)
  assert.equal(descriptorCount(...parts('hsh', [5, 'x', 6])), 2)
  for (let length = 1; length < 20; length++)
    assert.equal(descriptorCount(...parts('hs', [5, 'pts'], { member: 'M'.repeat(length) })), 1)
})

test('a message without any has none', () => {
  assert.equal(descriptorCount(...parts('s', ['\x09\x01u\x09\x01u\x09\x01u'])), 0)
  assert.equal(descriptorCount(...parts('u', [9])), 0)
})

test('big-endian messages are read, too', () => {
  const start = Buffer.from('42040001000000000000000700000008', 'hex')
  assert.equal(descriptorCount(start, Buffer.from('0901750000000003', 'hex')), 3)
})

test('what is cut off or senseless has none, and does no harm', () => {
  const [start, rest] = parts('h', [5])
  for (let length = 0; length < rest.length; length++) {
    const count = descriptorCount(start, rest.subarray(0, length))
    assert.ok(count === 0 || count === 1)
  }
  for (let at = 0; at < rest.length; at++) {
    const changed = Buffer.from(rest)
    changed[at] = 0xff
    assert.ok(descriptorCount(start, changed) >= 0)
  }
})
