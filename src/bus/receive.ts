// Door: descriptors that come with a D-Bus reply. libuv reads a socket without recvmsg(2), and so the kernel closes them. While
// one is waited for, the socket is therefore read here, and what comes is put where Node would have put it; dbus-next then
// finds the descriptors as its native module would have handed them over. Anybody may send us a signal with descriptors of
// his: each message gets those that came with it, and no other's; and where there are none, dbus-next must not stumble.
import { closeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { untilReadable } from '../libc.ts'
import { receiveDescriptors } from '../rights.ts'
import { descriptorCount } from './header.ts'

/** What is used of Node's inside; `bus/receive` and the test of containers notice if that changes. */
interface Inside {
  readonly _handle: { readonly fd: number; reading: boolean; readStop(): void }
  _read?: () => void
  read: (size: number, ...rest: unknown[]) => unknown
}

/** Of dbus-next's replies, what matters here. */
export interface Reply {
  readonly body?: readonly unknown[]
}

/** Resolves to what `ask` does, which is done while descriptors are received. What is not in the reply's body is closed. */
export type Receive = <T extends Reply | null>(ask: () => Promise<T>) => Promise<T>

/** How long it is waited for something to read, each time, in milliseconds. */
const wait = 50

/** To be called before dbus-next reads the socket. */
export const createReceiver = (socket: Socket): Receive => {
  const inside = socket as unknown as Inside
  const messages = divide(socket)
  return async (ask) => {
    const { fd } = inside._handle
    const received: number[] = []
    messages.begin(received)
    inside._handle.readStop()
    inside._handle.reading = false
    inside._read = () => {}
    let pending = true
    const reply = ask().finally(() => {
      pending = false
    })
    reply.catch(() => {})
    let kept: readonly unknown[] = []
    try {
      while (pending && !socket.destroyed) {
        const got = receiveDescriptors(fd)
        if (got?.bytes.length === 0) socket.destroy()
        else if (got) {
          received.push(...got.descriptors)
          socket.push(got.bytes)
        }
        await Promise.race([reply, untilReadable(fd, wait)])
      }
      const answer = await reply
      kept = answer?.body ?? []
      return answer
    } finally {
      messages.end()
      for (const fd of received) if (!kept.includes(fd)) closeSync(fd)
      delete inside._read
      // The stream believes that a read is under way.
      if (!socket.destroyed) socket._read(0)
    }
  }
}

/** Hands every message its own descriptors: those in `received`, in the order of the messages, or none. */
const divide = (socket: Socket) => {
  const read = socket.read.bind(socket)
  let received: readonly number[] | undefined
  let handed = 0
  let start: Buffer | undefined
  /** Of what Node has read by itself the descriptors are gone: so many bytes are still to be taken, or this message began so. */
  let bytes = 0
  let without = false
  // dbus-next reads a message in two parts, the second one with an argument more, and takes an object for data and descriptors.
  ;(socket as unknown as Inside).read = (size, ...rest) => {
    const data: Buffer | null = read(size)
    if (!data) return data
    if (rest.length === 0) {
      start = data
      without = bytes > 0
    }
    bytes = Math.max(0, bytes - data.length)
    if (rest.length === 0) return data
    const count = received && start && !without ? descriptorCount(start, data) : 0
    const fds = received?.slice(handed, handed + count) ?? []
    handed += count
    start = undefined
    return { data, fds: forgiving(fds) }
  }
  return {
    begin: (descriptors: readonly number[]) => {
      received = descriptors
      handed = 0
      bytes = socket.readableLength
      without = start !== undefined
    },
    end: () => {
      received = undefined
    },
  }
}

/** dbus-next throws for a number that is beyond the list: nobody shall be able to end us by that. */
const forgiving = (fds: readonly number[]): readonly number[] =>
  new Proxy(fds, {
    get: (list, name) => (name === 'length' ? Number.POSITIVE_INFINITY : (list[Number(name)] ?? -1)),
  })
