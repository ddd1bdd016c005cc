// A request becomes a launch: which program, as whom, where, in which environment. Nothing of the caller's environment goes
// along but TERM, COLORTERM and NO_COLOR, checked, and what --setenv names.

import { isAbsolute, resolve } from 'node:path'
import { type Account, caller, findAccount } from '../backend/account.ts'
import type { Backend, Launch } from '../backend/backend.ts'
import { checkDirectory, findExecutable, findOwnExecutable } from '../backend/executable.ts'
import type { SessionRequest } from '../cli/request.ts'
import { failed, show } from '../errors.ts'
import type { World } from './world.ts'

/** Decides everything about the command. Throws a Tint0Error for what cannot be. */
export const planLaunch = (request: SessionRequest, backend: Backend['name'], world: World): Launch => {
  const me = caller()
  const elsewhere = backend === 'machine'
  const directory = directoryOf(request, world)
  if (directory !== '~' && backend !== 'system' && !elsewhere) checkDirectory(directory)
  const setenv = request.environment.flatMap((text) => passedOn(text, world))
  const usual = elsewhere ? [] : [world.env.SHELL, me.shell]
  const shell = request.command.length === 0 ? shellOf(setenv, usual) : undefined
  const find = request.inherits ? findOwnExecutable : findExecutable
  const named = absolute(shell ?? request.command[0] ?? '', world)
  // What is in a container is for its manager to find.
  const path = elsewhere ? named : find(named, world.env.PATH ?? '')
  const argv = shell ? [request.inherits ? shell : `-${baseName(shell)}`] : request.command
  const unit = request.unit ?? `tint0-${slug(baseName(path))}-${world.id}.service`
  const words = shell ? [shell] : [path, ...request.command.slice(1)]
  return {
    path,
    argv,
    user: request.user,
    group: request.group,
    asRoot: isRoot(request.user, backend, me),
    directory,
    directoryIsOptional: request.directory === undefined && (directory === '~' || elsewhere),
    environment: request.inherits
      ? Object.entries(world.env).map(([name, value]) => `${name.replace(/^TINT0_KEPT_/, '')}=${value}`)
      : [
          ...fromTerminal(world.env),
          ...setenv,
          ...(shell ? [`SHELL=${shell}`] : []),
          `SUDO_USER=${me.name}`,
          `SUDO_UID=${me.uid}`,
          `SUDO_GID=${me.gid}`,
          `SUDO_COMMAND=${words.join(' ').slice(0, longestCommand)}`,
          `TINT0_SESSION=${unit.replace(/\.service$/, '')}`,
        ],
    inherits: request.inherits,
    unit,
    machine: request.machine,
    description:
      request.description ?? `[tint0] ${show(words.map(quoted).join(' ')).slice(0, longestDescription)}`,
    caller: me,
  }
}

/** sudo(8) cuts SUDO_COMMAND here; a single string of the environment may not be longer than 128 KiB. */
const longestCommand = 4096
const longestDescription = 200

const directoryOf = (request: SessionRequest, world: World): string => {
  if (request.directory === '~') return '~'
  if (request.directory !== undefined)
    return isAbsolute(request.directory)
      ? resolve(request.directory)
      : resolve(world.directory, request.directory)
  return request.user === undefined ? world.directory : '~'
}

/** By number, because root may have other names; a name that is none is the backend's to refuse. */
const isRoot = (user: string | undefined, backend: Backend['name'], me: Account): boolean => {
  if (user === undefined) return backend === 'system' || backend === 'machine' || me.uid === 0
  if (user === 'root' || /^\d+$/.test(user)) return user === 'root' || user === '0'
  return backend !== 'machine' && findAccount(user)?.uid === 0
}

/** A relative path means what it means to the caller, wherever the command will run. */
const absolute = (command: string, world: World): string =>
  command.includes('/') && !isAbsolute(command) ? resolve(world.directory, command) : command

const passedOn = (text: string, { env }: World): readonly string[] => {
  if (text.includes('=')) return [text]
  const value = env[text]
  // Node has changed what is not UTF-8, and D-Bus takes nothing else.
  if (value?.includes('\ufffd'))
    throw failed('--setenv', `the value of ${text} is not UTF-8`, 'give it another')
  return value === undefined ? [] : [`${text}=${value}`]
}

/** The first of them that is one: what --setenv says, else what is usual there. */
const shellOf = (setenv: readonly string[], usual: readonly (string | undefined)[]): string => {
  const asked = setenv.findLast((text) => text.startsWith('SHELL='))?.slice('SHELL='.length)
  return [asked, ...usual].find((shell) => shell && isAbsolute(shell)) ?? '/bin/sh'
}

/** What describes the terminal, and nothing else; TERM becomes a file's name in terminfo, so a path in it is refused. */
const fromTerminal = (env: World['env']): readonly string[] => {
  const term = env.TERM || 'dumb'
  if (!/^[A-Za-z0-9][A-Za-z0-9+._-]{0,63}$/.test(term))
    throw failed('TERM', `'${term}' is no name of a terminal`, 'set it to one, e.g. TERM=xterm-256color')
  const colorTerm = env.COLORTERM ?? ''
  return [
    `TERM=${term}`,
    ...(/^[A-Za-z0-9._-]{1,32}$/.test(colorTerm) ? [`COLORTERM=${colorTerm}`] : []),
    ...(env.NO_COLOR ? ['NO_COLOR=1'] : []),
  ]
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What a unit's name may hold, so that `systemctl list-units` and a password prompt can be read. */
const slug = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'command'

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
