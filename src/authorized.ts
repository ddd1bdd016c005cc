// tint0 -n -v, and nothing else: whether one is authorized, or would have to be asked. Whoever draws a prompt wants to know that each
// time: so this is a program of its own, without all that the other needs, and bin/tint0 chooses it. It says nothing, reads no
// configuration (which tells how one is asked, and how a session looks: nobody is asked here, and there is none), and asks the
// manager what a session would.
import { connect, type Socket } from 'node:net'
import process, { env, exit } from 'node:process'
import { startCall, startMode } from './backend/manager.ts'
import { impossible, objections } from './backend/permission.ts'
import { socketPaths, systemAddress } from './bus/address.ts'
import { broker } from './bus/bus.ts'
import {
  callMessage,
  ERROR,
  firstMessage,
  greeting,
  METHOD_RETURN,
  type WireCall,
  type WireMessage,
  welcomeLength,
} from './bus/wire.ts'

// Without a listener it opens Node's inspector to every user of this machine.
process.on('SIGUSR1', () => {})

/** In milliseconds: a prompt had better be drawn than be right. */
const longest = 5000

/** Resolves to the reply, which may be an error. */
type Ask = (call: WireCall) => Promise<WireMessage>

/** Never resolves where the bus is none: then the socket is closed. */
const talkTo = (socket: Socket): { readonly welcome: Promise<void>; readonly ask: Ask } => {
  let unread: Buffer = Buffer.alloc(0)
  let heard: () => void = () => {}
  socket.on('data', (chunk: Buffer) => {
    unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk])
    heard()
  })
  /** What `find` finds in what has come, once it is there; what it takes of that is gone then. */
  const next = <T extends { readonly length: number }>(find: (bytes: Buffer) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      heard = () => {
        const found = find(unread)
        if (!found) return
        heard = () => {}
        unread = unread.subarray(found.length)
        resolve(found)
      }
      heard()
    })
  let serial = 0
  socket.write(greeting)
  return {
    welcome: next((bytes) => {
      const length = welcomeLength(bytes)
      if (length === 0) socket.destroy()
      return length ? { length } : undefined
    }).then(() => {}),
    ask: async (call) => {
      socket.write(callMessage(++serial, call))
      // Calls are made one after the other, so the next reply is this one's; signals may come between.
      for (;;) {
        const message = await next(firstMessage)
        if (message.type === METHOD_RETURN || message.type === ERROR) return message
      }
    },
  }
}

const isAuthorized = async (socket: Socket): Promise<boolean> => {
  const { welcome, ask } = talkTo(socket)
  await welcome
  await ask({ ...broker, member: 'Hello' })
  const { type, error } = await ask({
    ...startCall,
    body: (write) => {
      write.text(impossible.unit)
      write.text(startMode)
      write.array(() => {
        write.text(impossible.property)
        write.signature('s')
        write.text('')
      })
      write.array(() => {})
    },
  })
  return type === METHOD_RETURN || objections.has(error)
}

setTimeout(() => exit(1), longest)
const tryNext = ([path, ...others]: readonly string[]): void => {
  if (path === undefined) exit(1)
  const socket = connect(decodeURIComponent(path))
  socket.on('error', () => {})
  socket.once('close', () => tryNext(others))
  socket.once('connect', () => {
    isAuthorized(socket).then(
      (yes) => exit(yes ? 0 : 1),
      () => exit(1),
    )
  })
}
tryNext(socketPaths(systemAddress(env)))
