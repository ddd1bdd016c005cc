// Door: polkit's helper, which runs PAM as root and tells polkit the verdict. Since polkit 127 it waits behind a socket; before, it is
// a program with the set-user-ID bit of root's. As libpolkit-agent-1 does, the socket is tried first. What was typed is written
// at once, and wiped; it is in no string, no argument and no environment.
import { spawn } from 'node:child_process'
import { closeSync, statSync, writeSync } from 'node:fs'
import { createConnection, Socket } from 'node:net'
import { openPipe } from '../libc.ts'
import { widePath } from '../paths.ts'
import { hasNoNewPrivileges } from '../proc.ts'
import { newSecret, wipe } from '../prompt/editor.ts'
import { type Broken, broken, type Helper } from './conversation.ts'
import { type HelperLine, readHelperLine } from './protocol.ts'
import { helperSocket, words } from './words.ts'

/** Where distributions have it: Debian, Fedora and Arch; NixOS; others, and before. */
const programs = [
  '/usr/lib/polkit-1/polkit-agent-helper-1',
  '/run/wrappers/bin/polkit-agent-helper-1',
  '/usr/libexec/polkit-agent-helper-1',
  '/usr/lib/policykit-1/polkit-agent-helper-1',
] as const

/** How it would be reached. */
export type FoundHelper =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'program'; readonly path: string }
  /** A program that cannot become root. */
  | { readonly kind: 'powerless'; readonly path: string }
  | { readonly kind: 'missing'; readonly path?: undefined }

export const findHelper = (): FoundHelper =>
  modeOf(helperSocket) === undefined ? findProgram() : { kind: 'socket', path: helperSocket }

const findProgram = (): Exclude<FoundHelper, { kind: 'socket' }> => {
  for (const path of programs) {
    const mode = modeOf(path)
    if (mode !== undefined) return { kind: mode & SETUID ? 'program' : 'powerless', path }
  }
  return { kind: 'missing' }
}

/** Starts it for the user of that name. */
export const startHelper = async (user: string, cookie: string): Promise<Helper | Broken> =>
  (await behindSocket(user, cookie)) ?? asProgram(user, cookie)

/** undefined: there is no such socket. */
const behindSocket = (user: string, cookie: string): Promise<Helper | undefined> =>
  new Promise((resolve) => {
    const socket = createConnection(helperSocket)
    socket.once('error', () => resolve(undefined))
    socket.once('connect', () => {
      socket.on('error', () => {})
      socket.write(`${user}\n${cookie}\n`)
      resolve({
        ...linesOf(socket),
        answer: (secret) => {
          const line = lineOf(secret)
          socket.write(line, () => wipe(line))
        },
        stop: () => socket.destroy(),
      })
    })
  })

const asProgram = (user: string, cookie: string): Helper | Broken => {
  const { kind, path: program } = findProgram()
  if (program === undefined) return broken(words.helperMissing())
  if (kind === 'powerless') return broken(words.helperWithoutRoot(program))
  const obstacle = obstacleTo(program)
  if (obstacle !== undefined) return broken(words.helperPowerless(obstacle))
  const [end, begin] = openPipe()
  // One pipe for its words and its complaints: so they come in their order.
  const [output, told] = openPipe()
  const child = spawn(program, [user], {
    stdio: [end, told, told],
    // It clears it anyway, and so PAM speaks English.
    env: { PATH: widePath },
    cwd: '/',
    // ^C on the terminal is not meant for it.
    detached: true,
  })
  closeSync(end)
  closeSync(told)
  child.on('error', () => {})
  const stream = new Socket({ fd: output, readable: true, writable: false })
  let open = true
  const write = (line: Buffer) => {
    try {
      if (open) writeSync(begin, line)
    } catch {
      // It has ended, which is told by its output.
    }
    wipe(line)
  }
  write(Buffer.from(`${cookie}\n`))
  return {
    ...linesOf(stream),
    answer: (secret) => write(lineOf(secret)),
    stop: () => {
      if (open) closeSync(begin)
      open = false
      stream.destroy()
      // It is root's: it notices by its input, or its output. Nobody waits for that.
      child.kill()
      child.unref()
    },
  }
}

const SETUID = 0o4000

/** What keeps the bit from giving rights: PAM would then take any password for a wrong one. */
const obstacleTo = (program: string): string | undefined => {
  // Who is not in our user namespace is shown as nobody.
  if (statSync(program).uid !== 0) return 'from within a user namespace, such as that of a container'
  return hasNoNewPrivileges() ? 'where NoNewPrivileges is set' : undefined
}

const modeOf = (path: string): number | undefined => {
  try {
    return statSync(path).mode
  } catch {
    return undefined
  }
}

const lineOf = (secret: Buffer): Buffer => {
  const line = newSecret(secret.length + 1)
  line.set(secret)
  line[secret.length] = 10
  wipe(secret)
  return line
}

/** What comes, a line each, and when it has ended. No more is read than somebody takes. */
const linesOf = (stream: Socket): Pick<Helper, 'next' | 'ended'> => {
  const lines: HelperLine[] = []
  let [rest, over] = ['', false]
  let waiting: (() => void) | undefined
  const take = (text: string) => {
    const parts = (rest + text).split('\n')
    rest = (parts.pop() ?? '').slice(0, longestLine)
    lines.push(...parts.map(readHelperLine))
    if (lines.length > most) stream.pause()
    waiting?.()
  }
  stream.setEncoding('utf8')
  stream.on('data', take)
  stream.on('error', () => {})
  const ended = new Promise<void>((resolve) => {
    stream.once('close', () => {
      if (rest !== '') take('\n')
      over = true
      waiting?.()
      resolve()
    })
  })
  return {
    ended,
    next: async () => {
      while (lines.length === 0 && !over)
        await new Promise<void>((resolve) => {
          waiting = resolve
        })
      const line = lines.shift()
      if (lines.length === 0) stream.resume()
      return line
    },
  }
}

/** Of one that never ends, and of those that wait. */
const longestLine = 65_536
const most = 100
