// Door: dbus-next, and Node's Unix socket with descriptors added. dbus-next passes descriptors only through a native module
// that needs a compiler and breaks on newer Nodes; sendmsg(2) on the socket that Node already has does without. Descriptors
// are sent only after Hello was answered: before that the broker reads without recvmsg and loses them.

import net, { type Socket } from 'node:net'
import { env, getuid } from 'node:process'
import dbus from 'dbus-next'
import { failed } from '../errors.ts'
import { outerUser } from '../proc.ts'
import { sendDescriptors } from '../rights.ts'
import { socketPaths, systemAddress, userAddress } from './address.ts'
import { bridgeTo } from './bridge.ts'
import { type Bus, BusError, broker, busErrors, type Incoming, isBusError, type Signal } from './bus.ts'
import { createReceiver, type Reply } from './receive.ts'
import { withVariants } from './value.ts'

const { Message, Variant } = dbus

/**
 * Connects to the system's or the user's bus; resolves when Hello was answered. Throws a Tint0Error where there is no
 * bus, or where it does not let us in.
 */
export const connectBus = async (which: 'system' | 'user'): Promise<Bus> => {
  const address = which === 'system' ? systemAddress(env) : userAddress(env, ourNumber())
  let problem = 'that is no address of a Unix socket'
  for (const path of socketPaths(address))
    try {
      return await connect(decodeURIComponent(path))
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
  throw failed(
    `${which} bus`,
    `cannot be reached at ${address}: ${problem}`,
    which === 'system'
      ? 'start dbus, or run the command here with --backend=local'
      : 'log in with a session of your own, or set DBUS_SESSION_BUS_ADDRESS',
  )
}

/** As the machine has it, which made our folder. */
const ourNumber = (): number => {
  const inside = getuid?.() ?? 0
  return outerUser(inside) ?? inside
}

/**
 * Connects to the system bus of a container, by its name; resolves when Hello was answered. Rejects with the words of who
 * would have been between.
 */
export const connectMachine = async (machine: string): Promise<Bus> => {
  const bridge = bridgeTo(machine)
  try {
    return await connect(bridge.socket)
  } catch {
    throw new Error(await bridge.problem)
  }
}

const connect = async (to: string | Socket): Promise<Bus> => {
  const bus = dialled(to)
  const socket = bus._connection.stream
  withoutNumber(socket)
  withDescriptors(socket)
  const receive = createReceiver(socket)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', resolve)
    bus.once('error', reject)
    closed.then(() => reject(new Error('the bus closed the connection')))
  })
  bus.removeAllListeners('error')
  // A broken connection shows as `closed`, and as the rejection of what is under way.
  bus.on('error', () => socket.destroy())
  return {
    get name() {
      return bus.name ?? ''
    },
    get passesDescriptors() {
      return socket.supportsUnixFd === true
    },
    call: async ({ interactive, receives, ...call }) => {
      const message = new Message({
        ...call,
        body: withVariants(call.body ?? [], (signature, value) => new Variant(signature, value)),
        flags: interactive ? 4 : 0,
      } as never)
      const lost = closed.then(() => {
        throw new BusError(busErrors.disconnected, 'the bus closed the connection')
      })
      try {
        const ask = () => Promise.race([bus.call(message) as Promise<Reply | null>, lost])
        const reply = await (receives ? receive(ask) : ask())
        return reply?.body ?? []
      } catch (error) {
        const { type, text, message } = error as { type?: string; text?: string; message: string }
        throw isBusError(error) ? error : new BusError(type ?? busErrors.failed, text ?? message)
      }
    },
    listen: (rules, hear) => {
      bus.on('message', (message: Signal & { type: number; destination?: string }) => {
        // What is sent to us alone is no signal that we asked for: anybody may send that.
        if (message.type === 4 && !message.destination) hear(message)
      })
      for (const rule of rules) {
        const message = new Message({ ...broker, member: 'AddMatch', signature: 's', body: [rule] })
        bus.call(message).catch(() => socket.destroy())
      }
    },
    serve: (path, answer) => {
      const handle = (message: Incoming & { readonly path: string }) => {
        if (message.path !== path) return false
        const reply = (made: unknown) => !socket.writable || bus.send(made)
        answer(message)
          .then(
            () => reply(Message.newMethodReturn(message as never)),
            (error) => {
              const { type, message: text } = isBusError(error) ? error : failure
              reply(Message.newError(message as never, type, text))
            },
          )
          // Who gets no answer gives up when the connection ends, and that it is about to.
          .catch(() => socket.destroy())
        return true
      }
      bus.addMethodHandler(handle)
      return () => bus.removeMethodHandler(handle)
    },
    closed,
    close: () => {
      bus.disconnect()
      socket.destroy()
    },
  }
}

/** Of a bug of ours nobody else learns more. */
const failure = new BusError(busErrors.failed, 'it could not be answered')

/** dbus-next takes `socket=` for a plain Node socket, where `path=` would look for the native module. */
const dialled = (to: string | Socket): Internals => {
  if (typeof to === 'string')
    return dbus.sessionBus({ ...dialling, busAddress: `unix:socket=${to}` }) as unknown as Internals
  // It makes the socket itself, at once, by this function: so it gets the one that is there.
  const { createConnection } = net
  net.createConnection = () => to
  try {
    return dbus.sessionBus({ ...dialling, busAddress: 'unix:socket=given' }) as unknown as Internals
  } finally {
    net.createConnection = createConnection
    to.emit('connect')
  }
}

/** Of the other ways to be let in there is none on a bus of today, and it would tell us about itself only. */
const dialling = { authMethods: ['EXTERNAL'] } as object

/** What dbus-next (pinned in the lockfile) has inside; every test on a bus notices if that changes. */
interface Internals {
  readonly name: string | null
  readonly _connection: { readonly stream: DescriptorSocket }
  call(message: unknown): Promise<unknown>
  send(message: unknown): void
  addMethodHandler(handler: (message: never) => boolean): void
  removeMethodHandler(handler: (message: never) => boolean): void
  on(event: string, listener: (...args: never[]) => void): void
  once(event: string, listener: (...args: never[]) => void): void
  removeAllListeners(event: string): void
  disconnect(): void
}

type DescriptorSocket = Socket & { supportsUnixFd?: boolean }

/**
 * Lets the kernel tell the bus whose the connection is, as sd-bus does. dbus-next would send our number, and where the bus has us by
 * another one, as from within a user namespace, it would not let us in. dbus-next must not see that the bus asks for it.
 */
const withoutNumber = (socket: Socket): void => {
  const [write, read] = [socket.write.bind(socket), socket.read.bind(socket)]
  let question = 'DATA\r\n'
  socket.write = ((chunk: unknown, ...rest: never[]) =>
    typeof chunk === 'string' && chunk.startsWith('AUTH EXTERNAL ')
      ? write('AUTH EXTERNAL\r\nDATA\r\n')
      : write(chunk as string, ...rest)) as typeof socket.write
  // It reads byte by byte until it is let in.
  socket.read = (...size) => {
    let data: Buffer | null = read(...size)
    while (data && question !== '') {
      if (data[0] === question.charCodeAt(0)) {
        question = question.slice(1)
        data = read(...size)
      } else question = ''
    }
    return data
  }
}

/**
 * Teaches a socket the convention by which dbus-next hands over descriptors: it writes `{ data, fds }` once
 * `supportsUnixFd` is set and the server has agreed.
 */
const withDescriptors = (socket: DescriptorSocket): void => {
  const write = socket.write.bind(socket)
  const handle = () => (socket as unknown as { _handle: { fd: number } })._handle.fd
  socket.supportsUnixFd = true
  socket.write = ((chunk: Uint8Array | string | { data: Buffer; fds: number[] }, ...rest: never[]) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) return write(chunk, ...rest)
    if (chunk.fds.length === 0) return write(chunk.data)
    const sent = socket.writableLength === 0 ? sendDescriptors(handle(), chunk.data, chunk.fds) : -1
    if (sent < 0) {
      socket.destroy(new Error('the file descriptors could not be sent'))
      return false
    }
    return sent === chunk.data.length || write(chunk.data.subarray(sent))
  }) as typeof socket.write
}
