// Descriptors over a real socket, into dbus-next's own reader of messages.
import assert from 'node:assert/strict'
import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import net, { type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import dbus from 'dbus-next'
import { createReceiver } from '../../src/bus/receive.ts'
import { sendDescriptors } from '../../src/rights.ts'

const require = createRequire(import.meta.url)
const { marshallMessage } = require('dbus-next/lib/marshall-compat')
const { unmarshalMessages } = require('dbus-next/lib/message')

const message = (member: string, signature: string, body: unknown[]): Buffer =>
  marshallMessage(
    new dbus.Message({
      type: 4,
      serial: 7,
      path: '/a',
      interface: 'an.Interface',
      member,
      signature,
      body,
    } as never),
  )[0]

type Heard = { readonly member: string; readonly body: readonly unknown[] }

/** A pair of connected sockets, of which the receiver and dbus-next have one; `until` resolves with the message of that name. */
const connected = async (
  body: (pair: {
    send(bytes: Buffer, descriptors?: readonly number[]): void
    readonly receive: ReturnType<typeof createReceiver>
    until(member: string): Promise<Heard>
  }) => Promise<void>,
) => {
  const folder = mkdtempSync(join(tmpdir(), 'tint0-receive-'))
  const server = net.createServer().listen(join(folder, 'socket'))
  const near = net.createConnection(join(folder, 'socket'))
  const far = await new Promise<Socket>((resolve) => server.once('connection', resolve))
  const receive = createReceiver(near)
  const heard: Heard[] = []
  let look = () => {}
  unmarshalMessages(near, (one: Heard) => {
    heard.push(one)
    look()
  })
  const { fd } = (far as unknown as { _handle: { fd: number } })._handle
  try {
    await body({
      receive,
      send: (bytes, descriptors = []) =>
        assert.equal(
          descriptors.length > 0 ? sendDescriptors(fd, bytes, descriptors) : sendDescriptors(fd, bytes, []),
          bytes.length,
        ),
      until: (member) =>
        new Promise((resolve) => {
          look = () => {
            const found = heard.find((one) => one.member === member)
            if (found) resolve(found)
          }
          look()
        }),
    })
  } finally {
    near.destroy()
    far.destroy()
    server.close()
    rmSync(folder, { recursive: true })
  }
}

/** How many descriptors of what is sent here are open. */
const open = () =>
  readdirSync('/proc/self/fd')
    .map(linkOf)
    .filter((path) => path.startsWith('/dev/')).length
const linkOf = (fd: string) => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
const zero = openSync('/dev/zero', 'r')
const empty = openSync('/dev/null', 'r')
const isZero = (fd: unknown) => fstatSync(Number(fd)).rdev === fstatSync(zero).rdev

test('a reply brings its descriptor, and what others send is not taken for it, but closed', () =>
  connected(async ({ send, receive, until }) => {
    for (const time of [1, 2]) {
      const before = open()
      send(message('Other', 'h', [empty]), [empty])
      send(message('Plain', 's', ['x'.repeat(100_000)]))
      send(message(`Reply${time}`, 'hs', [zero, 'name']), [zero])
      const { body = [] } = await receive(() => until(`Reply${time}`))
      assert.equal(body[1], 'name')
      assert.ok(isZero(body[0]))
      assert.equal(open(), before + 1)
      closeSync(Number(body[0]))
    }
  }))

test('descriptors that nobody waits for do no harm', () =>
  connected(async ({ send, until, receive }) => {
    const before = open()
    send(message('Other', 'h', [empty]), [empty])
    send(message('Ping', 's', ['x']))
    await until('Ping')
    const { body = [] } = await receive(async () => {
      send(message('Reply', 'h', [zero]), [zero])
      return until('Reply')
    })
    assert.ok(isZero(body[0]))
    closeSync(Number(body[0]))
    send(message('Last', 's', ['x']))
    await until('Last')
    assert.equal(open(), before)
  }))

test('of a message that had begun before, nothing is taken', () =>
  connected(async ({ send, until, receive }) => {
    const other = message('Other', 'h', [empty])
    for (const at of [5, 16, 30]) {
      send(other.subarray(0, at), [empty])
      await new Promise((resolve) => setTimeout(resolve, 30))
      const { body = [] } = await receive(async () => {
        send(other.subarray(at))
        send(message(`Reply${at}`, 'h', [zero]), [zero])
        return until(`Reply${at}`)
      })
      assert.ok(isZero(body[0]))
      closeSync(Number(body[0]))
    }
  }))

test('what rejects leaves no descriptor open, and the connection goes on', () =>
  connected(async ({ send, until, receive }) => {
    const before = open()
    await assert.rejects(
      receive(async () => {
        send(message('Other', 'h', [empty]), [empty])
        await until('Other')
        throw new Error('no')
      }),
      /no/,
    )
    send(message('Last', 's', ['x']))
    await until('Last')
    assert.equal(open(), before)
  }))
