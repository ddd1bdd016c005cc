// Door: polkit's own text agent, pkttyagent(1), around one authorization. It prompts on the controlling terminal by itself,
// so the relay must be off the keyboard while it runs; it may leave the echo off, so the caller restores the terminal after.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import type { Readable } from 'node:stream'
import { failed } from '../errors.ts'
import { processField } from '../proc.ts'
import type { Agent } from './agent.ts'

/**
 * Registers a text agent for this process, and resolves when polkit knows it. With `fallback`, an agent that the session
 * has already (a window) is preferred; but polkit then does without any where there is no session.
 * Throws a Tint0Error where there is no terminal to ask on, or no pkttyagent.
 */
export const startAgent = async ({ fallback }: { readonly fallback: boolean }): Promise<Agent> => {
  // The time of the start, field 22, makes a process number unmistakable.
  const subject = `${process.pid},${processField(22)}`
  const agent = find('pkttyagent')
  if (!agent)
    throw failed(
      'password',
      'pkttyagent, which would ask for it, is not there',
      'install polkit (in Debian: polkitd)',
    )
  const words = [agent, '--process', subject, '--notify-fd', '3', ...(fallback ? ['--fallback'] : [])]
  // If we are killed, nobody else would end it, and it would go on reading the terminal.
  const setpriv = find('setpriv')
  const [command = agent, ...args] = setpriv ? [setpriv, '--pdeathsig', 'TERM', '--', ...words] : words
  const child = spawn(
    command,
    args,
    // Closed on our side when registered; any other end is a failure.
    { stdio: ['inherit', 'inherit', 'ignore', 'pipe'] },
  )
  const gone = new Promise<number | string>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (status, signal) => resolve(status ?? signal ?? 0))
  })
  const notify = child.stdio[3] as Readable | null | undefined
  const registered = new Promise<void>((resolve) => {
    notify?.once('close', resolve)
    notify?.resume()
  })
  const early = await Promise.race([registered.then(() => undefined), gone])
  // pkttyagent closes the descriptor on its way out, too: an exit right behind it is a failure.
  if (early !== undefined || child.exitCode !== null)
    throw failed(
      'password',
      early === 127 || early === undefined
        ? 'there is no terminal to ask on'
        : `pkttyagent could not ask for it (${early})`,
      'run tint0 in a terminal, or let polkit allow it without one',
    )
  return {
    stop: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Not by PATH: what is asked for a password must not be chosen by a variable. */
const find = (name: string): string | undefined =>
  ['/usr/bin', '/bin', '/run/current-system/sw/bin']
    .map((directory) => `${directory}/${name}`)
    .find((path) => existsSync(path))
