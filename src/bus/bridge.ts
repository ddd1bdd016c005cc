// Door: the way to the bus of a container, through systemd-stdio-bridge(1). To be let in there one must come from inside, with
// the numbers that users have there; so it enters the namespaces of the container, which a program with threads, as Node is,
// cannot. What goes over its descriptor 3 is passed on, with descriptors, as if it were the bus's socket.
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { widePath } from '../paths.ts'

export interface Bridge {
  readonly socket: Socket
  /** When it has ended: why, in its own words. */
  readonly problem: Promise<string>
}

/** Starts one to a container; it ends with the socket. */
export const bridgeTo = (machine: string): Bridge => {
  const script = 'exec systemd-stdio-bridge "--machine=$0" <&3 >&3 3>&-'
  const child = spawn('/bin/sh', ['-c', script, machine], {
    // Node makes a pair of Unix sockets for a pipe, which goes both ways.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { PATH: widePath },
    // ^C on the terminal is not meant for it.
    detached: true,
  })
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  const problem = new Promise<string>((resolve) => {
    const tell = () => resolve(words.trim().split('\n').at(-1) || 'systemd-stdio-bridge ended')
    child.once('close', tell)
    child.once('error', tell)
  })
  return { socket: child.stdio[3] as Socket, problem }
}
