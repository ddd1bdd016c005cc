// A request becomes a launch: which program, as whom, where, in which environment. Nothing of the caller's environment goes
// along but TERM, COLORTERM and NO_COLOR, checked, and what --setenv names.

import { isAbsolute, resolve } from 'node:path'
import { type Account, caller, findAccount, insider } from '../backend/account.ts'
import type { Backend, Launch } from '../backend/backend.ts'
import { checkDirectory } from '../backend/executable.ts'
import { quoted } from '../backend/words.ts'
import type { SessionRequest } from '../cli/request.ts'
import { hidesHomes } from '../cli/sandbox.ts'
import { failed, show } from '../errors.ts'
import type { Theme } from '../theme/theme.ts'
import { fromTerminal, passedOn, promptPrefix } from './environment.ts'
import { programOf } from './program.ts'
import { settingOf } from './setting.ts'
import { unitName } from './unit-name.ts'
import type { World } from './world.ts'

/** Decides everything about the command. Throws a Tint0Error for what cannot be. */
export const planLaunch = (
  request: SessionRequest,
  backend: Backend['name'],
  hasTerminal: boolean,
  theme: Theme | undefined,
  world: World,
): Launch => {
  const me = backend === 'local' ? insider() : caller()
  if (request.setting.sameRoot)
    throw failed('--same-root-dir', 'needs systemd 259, whose own run0 has it', 'leave it out')
  const user = targetOf(request, me)
  const asRoot = isRoot(user, backend, me)
  const elsewhere = backend === 'machine'
  const directory = directoryOf(request, world)
  if (directory !== '~' && backend !== 'system' && !elsewhere) checkDirectory(directory)
  const setenv = request.environment.flatMap((text) => passedOn(text, world))
  const program = programOf(request, setenv, user, me, elsewhere, world)
  const { path, argv, words, shell } = program
  const unit = request.unit ?? unitName(path, request.command, world.id)
  return {
    path,
    argv,
    user,
    group: request.group,
    asRoot,
    directory,
    directoryIsOptional:
      request.directory === undefined &&
      (directory === '~' || elsewhere || hidesHomes(request.setting.sandbox)),
    environment: request.inherits
      ? Object.entries(world.env).map(([name, value]) => `${name.replace(/^TINT0_KEPT_/, '')}=${value}`)
      : lastOfEach([
          ...(hasTerminal ? fromTerminal(world.env) : []),
          ...setenv,
          ...(shell ? [`SHELL=${shell}`] : []),
          ...promptPrefix(request, asRoot, theme, world),
          `SUDO_USER=${me.name}`,
          `SUDO_UID=${me.uid}`,
          `SUDO_GID=${me.gid}`,
          `SUDO_COMMAND=${words.join(' ').slice(0, longestCommand)}`,
          `TINT0_SESSION=${unit.replace(/\.service$/, '')}`,
        ]),
    inherits: request.inherits,
    unit,
    machine: request.machine,
    description:
      (request.description && show(request.description)) ??
      `[tint0] ${show(words.map(quoted).join(' ')).slice(0, longestDescription)}`,
    setting: settingOf(request, world),
    caller: me,
  }
}

/** Of two values of a variable the later one counts; a manager takes only one. */
const lastOfEach = (assignments: readonly string[]): readonly string[] => [
  ...new Map(assignments.map((text) => [text.slice(0, text.indexOf('=')), text])).values(),
]

/** sudo(8) cuts SUDO_COMMAND here; a single string of the environment may not be longer than 128 KiB. */
const longestCommand = 4096
const longestDescription = 200

/** Who is only given more rights stays who they are. */
const targetOf = ({ user, setting }: SessionRequest, me: Account): string | undefined =>
  user ?? (setting.empower || setting.area !== undefined ? me.name : undefined)

const directoryOf = (request: SessionRequest, world: World): string => {
  if (request.directory === '~') return '~'
  if (request.directory?.startsWith('~/'))
    throw failed(
      request.directory,
      'is not known here: only ~ alone is the home of the user',
      'write it in full',
    )
  if (request.directory !== undefined)
    return isAbsolute(request.directory)
      ? resolve(request.directory)
      : resolve(world.directory, request.directory)
  return request.user === undefined && request.setting.area === undefined ? world.directory : '~'
}

/** By number, because root may have other names; a name that is none is the backend's to refuse. */
const isRoot = (user: string | undefined, backend: Backend['name'], me: Account): boolean => {
  if (user === undefined) return backend === 'system' || backend === 'machine' || me.uid === 0
  if (user === 'root' || /^\d+$/.test(user)) return user === 'root' || user === '0'
  return backend !== 'machine' && findAccount(user)?.uid === 0
}
