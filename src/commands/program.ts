// Which program a request means: a command, looked up here, or a shell.
import { isAbsolute, resolve } from 'node:path'
import { type Account, findAccount } from '../backend/account.ts'
import { findExecutable, findOwnExecutable } from '../backend/executable.ts'
import type { SessionRequest } from '../cli/request.ts'
import { failed } from '../errors.ts'
import type { World } from './world.ts'

export interface Program {
  readonly path: string
  readonly argv: readonly string[]
  /** What was asked for, for titles and logs. */
  readonly words: readonly string[]
  /** The shell, where no command was given; undefined where one was. */
  readonly shell: string | undefined
}

/** Throws a Tint0Error for what is not there. */
export const programOf = (
  request: SessionRequest,
  setenv: readonly string[],
  user: string | undefined,
  me: Account,
  /** In a container: what is there is for its manager to find. */
  elsewhere: boolean,
  world: World,
): Program => {
  const find = request.inherits ? findOwnExecutable : findExecutable
  const found = (name: string) =>
    elsewhere ? absolute(name, world) : find(absolute(name, world), world.env.PATH ?? '')
  const { command } = request
  if (request.viaShell && elsewhere)
    throw failed('--via-shell', 'does not know the users of a container', 'name a shell there as the command')
  if (request.viaShell) {
    const path = found(loginShell(user, me))
    const line = command.map(escaped).join(' ')
    const argv = command.length === 0 ? [`-${baseName(path)}`] : [`-${baseName(path)}`, '-c', line]
    return { path, argv, words: command.length === 0 ? [path] : [path, '-c', line], shell: undefined }
  }
  if (command.length === 0) {
    const path = found(shellOf(setenv, elsewhere ? [] : [world.env.SHELL, me.shell]))
    return { path, argv: [request.inherits ? path : `-${baseName(path)}`], words: [path], shell: path }
  }
  const path = found(command[0] ?? '')
  return { path, argv: command, words: [path, ...command.slice(1)], shell: undefined }
}

/** Of the target: of root, where nobody is named. */
const loginShell = (user: string | undefined, me: Account): string => {
  const account = findAccount(user ?? 'root') ?? (user === undefined ? me : undefined)
  if (!account) throw failed(`user ${user}`, 'does not exist', 'see getent passwd')
  return account.shell
}

/** As sudo(8) writes a command for -i: the shell sees each word as one, but variables of the target are filled in. */
const escaped = (word: string): string =>
  word === '' ? "''" : word.replace(/\n/g, "'\n'").replace(/[^\p{L}\p{N}_$\n'-]/gu, (c) => `\\${c}`)

/** A relative path means what it means to the caller, wherever the command will run. */
const absolute = (command: string, world: World): string =>
  command.includes('/') && !isAbsolute(command) ? resolve(world.directory, command) : command

/** The first of them that is one: what --setenv says, else what is usual there. */
const shellOf = (setenv: readonly string[], usual: readonly (string | undefined)[]): string => {
  const asked = setenv.findLast((text) => text.startsWith('SHELL='))?.slice('SHELL='.length)
  return [asked, ...usual].find((shell) => shell && isAbsolute(shell)) ?? '/bin/sh'
}

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
