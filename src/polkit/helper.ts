// Door: polkit's helper, which runs PAM as root and tells polkit the verdict. Since polkit 127 it waits behind a socket; before, it is
// a program with the set-user-ID bit of root's. As libpolkit-agent-1 does, the socket is tried first. What was typed is written
// at once, and wiped; it is in no string, no argument and no environment.
import { spawn } from 'node:child_process'
import { closeSync, statSync, writeSync } from 'node:fs'
import { createConnection } from 'node:net'
import type { Readable } from 'node:stream'
import { openPipe } from '../libc.ts'
import { widePath } from '../paths.ts'
import { hasNoNewPrivileges } from '../proc.ts'
import type { Broken, Helper } from './conversation.ts'
import { type HelperLine, readHelperLine } from './protocol.ts'

const socketPath = '/run/polkit/agent-helper.socket'

/** Where distributions have it: Debian, Fedora and Arch; NixOS; others, and before. */
const programs = [
  '/usr/lib/polkit-1/polkit-agent-helper-1',
  '/run/wrappers/bin/polkit-agent-helper-1',
  '/usr/libexec/polkit-agent-helper-1',
  '/usr/lib/policykit-1/polkit-agent-helper-1',
] as const

/** How it would be reached. */
export type FoundHelper =
  | { readonly kind: 'socket' | 'program'; readonly path: string }
  /** A program that cannot become root. */
  | { readonly kind: 'powerless'; readonly path: string }
  | { readonly kind: 'missing'; readonly path?: undefined }

export const findHelper = (): FoundHelper => {
  if (modeOf(socketPath) !== undefined) return { kind: 'socket', path: socketPath }
  const path = programs.find((one) => modeOf(one) !== undefined)
  if (path === undefined) return { kind: 'missing' }
  return { kind: (modeOf(path) ?? 0) & SETUID ? 'program' : 'powerless', path }
}

/** Starts it for the user of that name. `locale`: variables that choose the language of PAM. */
export const startHelper = async (
  user: string,
  cookie: string,
  locale: Readonly<Record<string, string>>,
): Promise<Helper | Broken> => (await behindSocket(user, cookie)) ?? asProgram(user, cookie, locale)

/** undefined: there is no such socket. */
const behindSocket = (user: string, cookie: string): Promise<Helper | undefined> =>
  new Promise((resolve) => {
    const socket = createConnection(socketPath)
    socket.once('error', () => resolve(undefined))
    socket.once('connect', () => {
      socket.on('error', () => {})
      socket.write(`${user}\n${cookie}\n`)
      resolve({
        next: linesOf([socket]),
        answer: (secret) => {
          const line = lineOf(secret)
          socket.write(line, () => line.fill(0))
        },
        stop: () => socket.destroy(),
      })
    })
  })

const asProgram = (
  user: string,
  cookie: string,
  locale: Readonly<Record<string, string>>,
): Helper | Broken => {
  const program = programs.find((path) => modeOf(path) !== undefined)
  if (program === undefined)
    return {
      kind: 'broken',
      problem: 'polkit’s helper is not there: neither its socket nor polkit-agent-helper-1',
      hint: 'install polkit (in Debian: polkitd), or start polkit-agent-helper.socket',
    }
  if (!((modeOf(program) ?? 0) & SETUID))
    return {
      kind: 'broken',
      problem: `${program} has no set-user-ID bit, and its socket ${socketPath} is not there`,
      hint: 'systemctl enable --now polkit-agent-helper.socket',
    }
  const obstacle = obstacleTo(program)
  if (obstacle) return obstacle
  const [end, begin] = openPipe()
  const child = spawn(program, [user], {
    stdio: [end, 'pipe', 'pipe'],
    env: { ...locale, PATH: widePath },
    cwd: '/',
    // ^C on the terminal is not meant for it.
    detached: true,
  })
  closeSync(end)
  child.on('error', () => {})
  let open = true
  const write = (line: Buffer) => {
    try {
      if (open) writeSync(begin, line)
    } catch {
      // It has ended, which is told by its output.
    }
    line.fill(0)
  }
  write(Buffer.from(`${cookie}\n`))
  return {
    next: linesOf([child.stdout, child.stderr].filter((stream) => stream !== null)),
    answer: (secret) => write(lineOf(secret)),
    stop: () => {
      if (open) closeSync(begin)
      open = false
      child.kill()
    },
  }
}

const SETUID = 0o4000

/** What keeps the bit from giving rights: PAM would then take any password for a wrong one. */
const obstacleTo = (program: string): Broken | undefined => {
  // Who is not in our user namespace is shown as nobody.
  const isRoots = statSync(program).uid === 0
  if (isRoots && !hasNoNewPrivileges()) return undefined
  return {
    kind: 'broken',
    problem: `the helper of polkit cannot become root ${isRoots ? 'where NoNewPrivileges is set' : 'from within a user namespace, such as that of a container'}`,
    hint: 'run tint0 outside of that, or have polkit 127 or newer, whose helper waits behind a socket',
  }
}

const modeOf = (path: string): number | undefined => {
  try {
    return statSync(path).mode
  } catch {
    return undefined
  }
}

const lineOf = (secret: Buffer): Buffer => {
  const line = Buffer.alloc(secret.length + 1, '\n')
  secret.copy(line)
  secret.fill(0)
  return line
}

/** What comes, a line each, of whichever stream; undefined when all have ended. */
const linesOf = (streams: readonly Readable[]): (() => Promise<HelperLine | undefined>) => {
  const lines: HelperLine[] = []
  let waiting: (() => void) | undefined
  let left = streams.length
  const wake = () => waiting?.()
  for (const stream of streams) {
    let rest = ''
    const take = (text: string) => {
      const parts = (rest + text).split('\n')
      rest = (parts.pop() ?? '').slice(0, longestLine)
      lines.push(...parts.map(readHelperLine))
      wake()
    }
    stream.setEncoding('utf8')
    stream.on('data', take)
    stream.on('error', () => {})
    stream.once('close', () => {
      if (rest !== '') take('\n')
      left--
      wake()
    })
  }
  return async () => {
    while (lines.length === 0 && left > 0)
      await new Promise<void>((resolve) => {
        waiting = resolve
      })
    return lines.shift()
  }
}

/** Of one that never ends. */
const longestLine = 65_536
