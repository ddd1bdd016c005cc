// Door: descriptors that come with a D-Bus reply. libuv reads a socket without recvmsg(2), and so the kernel closes them. While
// one is waited for, the socket is therefore read here, and what comes is put where Node would have put it; dbus-next then
// finds the descriptors as its native module would have handed them over (ARCHITECTURE.md, "Descriptors").
import { closeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { receiveDescriptors, untilReadable } from '../libc.ts'

/** What is used of Node's inside; the test of containers notices if that changes. */
interface Inside {
  readonly _handle: { readonly fd: number; reading: boolean; readStop(): void }
  _read?: () => void
  read?: (size: number, ...rest: unknown[]) => unknown
}

/** How long it is waited for something to read, each time, in milliseconds. */
const wait = 50

/** What `ask` resolves to, on a connection whose socket is read with descriptors meanwhile. If it rejects, what came is closed. */
export const receiving = async <T>(socket: Socket, ask: () => Promise<T>): Promise<T> => {
  const descriptors: number[] = []
  const resume = takeOver(socket, descriptors)
  let waiting = true
  const reply = ask().finally(() => {
    waiting = false
  })
  reply.catch(() => {})
  try {
    while (waiting) {
      const { fd } = (socket as unknown as Inside)._handle
      const got = receiveDescriptors(fd)
      if (got?.bytes.length === 0) socket.destroy()
      else if (got) {
        descriptors.push(...got.descriptors)
        socket.push(got.bytes)
      }
      await Promise.race([reply, untilReadable(fd, wait)])
    }
    return await reply
  } catch (error) {
    for (const fd of descriptors) closeSync(fd)
    throw error
  } finally {
    resume()
  }
}

/** Keeps Node from reading, and hands `descriptors` over with every message; returns what makes it as before. */
const takeOver = (socket: Socket, descriptors: readonly number[]): (() => void) => {
  const inside = socket as unknown as Inside
  const { read } = socket
  inside._handle.readStop()
  inside._handle.reading = false
  inside._read = () => {}
  // dbus-next reads the second part of a message, in which the numbers of its descriptors stand, with an argument more.
  inside.read = (size, ...rest) => {
    const data: unknown = read.call(socket, size)
    return data && rest.length > 0 ? { data, fds: descriptors } : data
  }
  return () => {
    delete inside._read
    delete inside.read
    if (!socket.destroyed) socket.read(0)
  }
}
