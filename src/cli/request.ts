// What was asked for, as a union in which nonsense cannot exist: every value has been checked here, once. What it means on
// this machine (which backend, which account, which directory) is decided later, in commands/.
import { failed, Tint0Error, withWayOut } from '../errors.ts'
import { type AuthRequest, readAuth } from './auth.ts'
import { type LookRequest, readLook } from './look.ts'
import { lookOptions, type OptionName } from './options.ts'
import { lastOf, parse, switchOf, type Written } from './parse.ts'
import type { PresetName } from './sandbox.ts'
import {
  account,
  areaName,
  assignment,
  checked,
  choice,
  fail,
  lightness,
  machineOf,
  niceLevel,
  presetList,
  promptPrefix,
  property,
  reportTarget,
  sliceName,
  unitName,
} from './values.ts'

export type Request =
  | { readonly kind: 'help'; readonly pager: boolean }
  | { readonly kind: 'version' }
  /** Is one authorized, or may become so? */
  | { readonly kind: 'validate'; readonly auth: AuthRequest }
  /** What was authorized is forgotten: from this shell, or in all of the session. */
  | { readonly kind: 'forget'; readonly all: boolean }
  | ({ readonly kind: 'session' } & SessionRequest)

export interface SessionRequest {
  /** A name or a number; undefined is root (or, where the backend has nobody else, the caller). */
  readonly user: string | undefined
  readonly group: string | undefined
  readonly directory: string | undefined
  /** A container; undefined is this machine. */
  readonly machine: string | undefined
  /** NAME=VALUE, or NAME alone for the caller's own value. */
  readonly environment: readonly string[]
  readonly look: LookRequest
  readonly backend: BackendChoice
  readonly unit: string | undefined
  readonly description: string | undefined
  readonly auth: AuthRequest
  readonly streams: StreamChoice
  /** By the login shell of the target, which expands what is written. */
  readonly viaShell: boolean
  /** What $SHELL_PROMPT_PREFIX is to be; '' for none, undefined for the default. */
  readonly promptPrefix: string | undefined
  readonly setting: UnitSetting
  /** Nothing is started, only shown. */
  readonly dryRun: boolean
  /** Where a report in JSON goes: to a descriptor that the caller opened, or a file. */
  readonly report: number | string | undefined
  /** Whether tint0 dies as the command did. */
  readonly exitBySignal: boolean
  /** The command has the caller's own environment and path: nobody becomes somebody else. */
  readonly inherits: boolean
  /** Empty: the caller's shell. */
  readonly command: readonly string[]
}

/** What only a manager can do. */
export interface UnitSetting {
  /** What they set comes before `properties`. */
  readonly sandbox: readonly PresetName[]
  /** NAME=VALUE, in the syntax of unit files. */
  readonly properties: readonly string[]
  readonly slice: string | undefined
  readonly inheritsSlice: boolean
  readonly nice: number | undefined
  /** Whether the session goes without a manager of its user; undefined: as it suits the target. */
  readonly lightweight: boolean | undefined
  readonly area: string | undefined
  readonly empower: boolean
  readonly sameRoot: boolean
}

/** `auto`: a PTY for what is a terminal, the rest as it is; `pty`: for all; `pipe`: as auto, but never raw, nor tinted. */
export type StreamChoice = 'auto' | 'pty' | 'pipe'

export const backendChoices = ['auto', 'system', 'user', 'local'] as const
export type BackendChoice = (typeof backendChoices)[number]

/** What was configured joins what was written. */
export type Configure = (written: Written) => Promise<Written>

const asWritten: Configure = async (written) => written

/** The words behind the program's name, understood. Throws a Tint0Error that names the word at fault and the way out. */
export const readRequest = async (
  words: readonly string[],
  configure: Configure = asWritten,
): Promise<Request> => {
  const written = parse(words)
  if (written.options.has('help')) {
    // Help comes also where the configuration is wrong.
    const settled = await configure(written).catch(() => written)
    return { kind: 'help', pager: !switchOf(settled)('no-pager') }
  }
  if (written.options.has('version')) return { kind: 'version' }
  for (const word of words)
    if (word.includes('\0')) throw failed('arguments', 'one holds a NUL byte', 'leave it out')
  const alone = aloneOf(written)
  if (alone === 'forget') return { kind: 'forget', all: switchOf(written)('remove-timestamp') }
  const settled = await configure(written)
  if (alone === 'validate')
    return { kind: 'validate', auth: await placed(settled, async () => readAuth(settled)) }
  return { kind: 'session', ...(await sessionOf(settled)) }
}

/** What is asked for beside a command, or instead of one. */
const aloneOf = (written: Written): 'validate' | 'forget' | undefined => {
  const has = switchOf(written)
  const [operand] = written.operands
  for (const name of ['validate', 'remove-timestamp'] as const)
    if (has(name) && operand !== undefined)
      return fail(`--${name}`, `does not go with a command, such as ${operand}`, 'leave one of them out')
  if (has('validate')) return 'validate'
  const onlyResets = has('reset-timestamp') && operand === undefined && !has('via-shell') && !has('login')
  return has('remove-timestamp') || onlyResets ? 'forget' : undefined
}

/** The same for tint0ctl tint: a command of one's own, that only looks otherwise. */
export const readTintRequest = async (
  words: readonly string[],
  configure: Configure = asWritten,
): Promise<SessionRequest> => ({
  ...(await sessionOf(await configure(parse(words, lookOptions, 'see tint0ctl --help')))),
  backend: 'local',
  inherits: true,
})

/** What is asked for by these options. Throws a Tint0Error whose subject is the option at fault, or the place where it stands. */
export const sessionOf = (written: Written): Promise<SessionRequest> =>
  placed(written, async () => readSession(written))

/** A failure whose subject is an option becomes one of where that was configured, if it was. */
export const placed = async <T>({ origins }: Written, read: () => Promise<T>): Promise<T> => {
  try {
    return await read()
  } catch (error) {
    const name = error instanceof Tint0Error ? /^--([a-z-]+)$/.exec(error.failure.subject)?.[1] : undefined
    const origin = origins?.get(name as OptionName)
    if (!(error instanceof Tint0Error) || origin === undefined) throw error
    const failure = { ...error.failure, subject: origin.subject }
    throw new Tint0Error(origin.wayOut === undefined ? failure : withWayOut(failure, origin.wayOut))
  }
}

const readSession = async (written: Written): Promise<SessionRequest> => {
  const last = lastOf(written)
  const has = switchOf(written)
  const setting = readSetting(written)
  return {
    ...targetOf(written),
    directory:
      checked(last('chdir'), notEmpty('--chdir', 'name a directory')) ?? (has('login') ? '~' : undefined),
    environment: (written.options.get('setenv') ?? []).map(assignment),
    look: await readLook(written),
    backend: checked(last('backend'), choice('--backend', backendChoices)) ?? 'auto',
    unit: checked(last('unit'), unitName),
    description: last('description'),
    auth: readAuth(written),
    streams: has('pty') === has('pipe') ? 'auto' : has('pty') ? 'pty' : 'pipe',
    viaShell: has('via-shell') || has('login'),
    promptPrefix: has('no-prompt-mark') ? '' : checked(last('shell-prompt-prefix'), promptPrefix),
    setting,
    dryRun: has('dry-run'),
    report: checked(last('json'), reportTarget),
    exitBySignal: has('exit-by-signal'),
    inherits: false,
    command: commandOf(written),
  }
}

/** As whom and where it runs. Who it is is more than a property: the look and the directory depend on it. */
export const targetOf = (written: Written): Pick<SessionRequest, 'machine' | 'user' | 'group'> => {
  const last = lastOf(written)
  const set = (name: string) =>
    written.options
      .get('property')
      ?.findLast((text) => text.startsWith(name))
      ?.slice(name.length) || undefined
  return {
    machine: machineOf(last('machine'), last('backend')),
    user: checked(last('user') ?? set('User='), account('--user')),
    group: checked(last('group') ?? set('Group='), account('--group')),
  }
}

const notEmpty =
  (option: string, hint: string) =>
  (text: string): string =>
    text || fail(option, 'is empty', hint)

const readSetting = (written: Written): UnitSetting => {
  const last = lastOf(written)
  const has = switchOf(written)
  const slice = checked(last('slice'), sliceName)
  const inheritsSlice = has('slice-inherit')
  const lightweight = checked(last('lightweight'), lightness)
  const area = checked(last('area'), areaName) || undefined
  // Both are about the session, of which there is none in a slice of one's own.
  if ((slice !== undefined || inheritsSlice) && (lightweight !== undefined || area !== undefined))
    return fail(
      area === undefined ? '--lightweight' : '--area',
      'has no meaning in a slice of your choice, where there is no session',
      'leave it out, or --slice',
    )
  return {
    sandbox: (written.options.get('sandbox') ?? []).flatMap(presetList),
    properties: (written.options.get('property') ?? []).map(property),
    slice,
    inheritsSlice,
    nice: checked(last('nice'), niceLevel),
    lightweight,
    area,
    empower: has('empower'),
    sameRoot: has('same-root-dir'),
  }
}

/** The look alone, for tint0ctl filter: no operand makes sense there. */
export const readFilterRequest = async (
  words: readonly string[],
  configure: Configure = asWritten,
): Promise<LookRequest> => {
  const written = parse(words, lookOptions, 'see tint0ctl --help')
  const [operand] = written.operands
  if (operand !== undefined)
    return fail(operand, 'is too much: filter reads standard input', 'write tint0ctl filter <FILE')
  const title = lastOf(written)('title')
  if (title !== undefined && title !== '')
    return fail(
      '--title',
      'filter sets none of its own',
      'leave it out, or write --title= to leave titles alone',
    )
  const settled = await configure(written)
  return placed(settled, () => readLook(settled))
}

const commandOf = ({ operands }: Written): readonly string[] =>
  operands[0] === '' ? fail('command', 'is empty', 'name a program') : operands
