// Whose numbers stand outside of a user namespace for those inside, by uid_map of user_namespaces(7).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { outerId } from '../src/proc.ts'

const whole = '         0          0 4294967295\n'

test('without a namespace everybody has the same number outside', () => {
  fc.assert(fc.property(fc.nat({ max: 4294967294 }), (id) => outerId(id, whole) === id))
})

test('root of unshare -Ur is the user who called it, and nobody else is there', () => {
  const map = '         0       1000          1\n'
  assert.equal(outerId(0, map), 1000)
  assert.equal(outerId(1, map), undefined)
  assert.equal(outerId(65534, map), undefined)
})

test('in a container of podman’s the others are those of /etc/subuid', () => {
  const map = '         0       1000          1\n         1     100000      65536\n'
  assert.equal(outerId(0, map), 1000)
  assert.equal(outerId(1, map), 100000)
  assert.equal(outerId(33, map), 100032)
  assert.equal(outerId(65536, map), 165535)
  assert.equal(outerId(65537, map), undefined)
})

test('before a map is written nobody has a number', () => {
  assert.equal(outerId(65534, ''), undefined)
  assert.equal(outerId(0, '\n'), undefined)
})
