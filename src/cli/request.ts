// What was asked for, as a union in which nonsense cannot exist: every value has been checked here, once. What it means on
// this machine (which backend, which account, which directory) is decided later, in commands/.
import type { Background } from '../color/color.ts'
import { parseBackground } from '../color/syntaxes.ts'
import { failed } from '../errors.ts'
import { type OptionName, options } from './options.ts'
import { parse, type Written } from './parse.ts'

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
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
  readonly askPassword: boolean
  /** A terminal also for the input, where the caller's is none. */
  readonly pty: boolean
  /** The command has the caller's own environment and path: nobody becomes somebody else. */
  readonly inherits: boolean
  /** Empty: the caller's shell. */
  readonly command: readonly string[]
}

/** What it is to look like. */
export interface LookRequest {
  readonly background: Background
  readonly tint: TintChoice
  /** The window's title, with {command}, {user} and {host} to be filled in; '' leaves titles alone. */
  readonly title: string
  readonly strict: boolean
}

export const tintChoices = ['auto', 'rewrite', 'dynamic', 'off'] as const
export type TintChoice = (typeof tintChoices)[number]
export const filterChoices = ['none', 'strict'] as const
export const defaultTitle = '{command} on {host}'

export const backendChoices = ['auto', 'system', 'user', 'local'] as const
export type BackendChoice = (typeof backendChoices)[number]

/** The words behind the program's name, understood. Throws a Tint0Error that names the word at fault and the way out. */
export const readRequest = (words: readonly string[]): Request => {
  const written = parse(words)
  if (written.options.has('help')) return { kind: 'help' }
  if (written.options.has('version')) return { kind: 'version' }
  for (const word of words)
    if (word.includes('\0')) throw failed('arguments', 'one holds a NUL byte', 'leave it out')
  return { kind: 'session', ...sessionOf(written) }
}

/** The same for tint0ctl tint: a command of one's own, that only looks otherwise. */
export const readTintRequest = (words: readonly string[]): SessionRequest => ({
  ...sessionOf(parse(words, lookOptions, 'see tint0ctl --help')),
  backend: 'local',
  inherits: true,
})

const sessionOf = (written: Written): SessionRequest => {
  const last = lastOf(written)
  return {
    user: checked(last('user'), account('--user')),
    group: checked(last('group'), account('--group')),
    directory: checked(last('chdir'), (path) => path || fail('--chdir', 'is empty', 'name a directory')),
    machine: machineOf(last('machine'), last('backend')),
    environment: (written.options.get('setenv') ?? []).map(assignment),
    look: readLook(written),
    backend: checked(last('backend'), choice('--backend', backendChoices)) ?? 'auto',
    unit: checked(last('unit'), unitName),
    description: last('description'),
    askPassword: !written.options.has('no-ask-password'),
    pty: written.options.has('pty'),
    inherits: false,
    command: commandOf(written),
  }
}

/** The look alone, for tint0ctl filter: no operand makes sense there. */
export const readFilterRequest = (words: readonly string[]): LookRequest => {
  const written = parse(words, lookOptions, 'see tint0ctl --help')
  const [operand] = written.operands
  if (operand !== undefined)
    return fail(operand, 'is too much: filter reads standard input', 'write tint0ctl filter <FILE')
  const look = readLook(written)
  return look.title === '' || look.title === defaultTitle
    ? look
    : fail('--title', 'filter sets none of its own', 'leave it out, or write --title= to leave titles alone')
}

const lookOptions = options.filter(({ group }) => group === 'look')

/** The options of the group `look`, which tint0ctl takes, too. */
const readLook = (written: Written): LookRequest => {
  const last = lastOf(written)
  return {
    background: backgroundOf(last('background')),
    tint: checked(last('tint'), choice('--tint', tintChoices)) ?? 'auto',
    title: checked(last('title'), titleTemplate) ?? defaultTitle,
    strict: checked(last('filter'), choice('--filter', filterChoices)) === 'strict',
  }
}

const lastOf =
  ({ options }: Written) =>
  (name: OptionName): string | undefined =>
    options.get(name)?.at(-1)

const fail = (subject: string, problem: string, hint: string): never => {
  throw failed(subject, problem, hint)
}

const checked = <T>(value: string | undefined, check: (value: string) => T): T | undefined =>
  value === undefined ? undefined : check(value)

/** Names as useradd(8) and systemd take them; numbers below the two that mean "none" (CVE-2019-14287: -1 is not root). */
const account =
  (option: string) =>
  (value: string): string => {
    const isNumber = /^\d+$/.test(value)
    if (isNumber && value.length <= 10 && Number(value) < 0xffffffff && Number(value) !== 0xffff)
      return String(Number(value))
    if (!isNumber && /^[\p{L}_][\p{L}\p{N}_.-]{0,255}\$?$/u.test(value)) return value
    return fail(option, `'${value}' is no name and no number of an account`, 'name one, such as root or 1000')
  }

/** As machinectl(1) names them; `.host` is the one that all of them run on. */
const machineOf = (name: string | undefined, backend: string | undefined): string | undefined => {
  if (name === undefined || name === '.host') return undefined
  if (name.includes('@'))
    return fail('--machine', `'${name}' names a user, too`, 'name the container only, and the user by --user')
  if (!/^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/.test(name) || name.includes('..'))
    return fail('--machine', `'${name}' is no name of a container`, 'see machinectl list')
  if (backend !== undefined && backend !== 'auto' && backend !== 'system')
    return fail('--machine', `goes with the manager of the container only`, 'leave --backend out')
  return name
}

const assignment = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*(=|$)/.test(text)
    ? text
    : fail(
        '--setenv',
        `'${text}' does not begin with a variable's name`,
        'write NAME=VALUE, or NAME for your own value',
      )

const backgroundOf = (text: string | undefined): Background => {
  if (text === undefined) return { kind: 'auto' }
  const parsed = parseBackground(text)
  return parsed.ok ? parsed.background : fail('--background', parsed.problem, parsed.hint)
}

const choice =
  <T extends string>(option: string, choices: readonly T[]) =>
  (text: string): T =>
    choices.find((name) => name === text) ?? fail(option, `'${text}' is none`, `choose ${choices.join(', ')}`)

const titleTemplate = (text: string): string => {
  const wrong = [...text.matchAll(/\{([^}]*)\}/g)].find(([, name]) => !titleParts.has(name ?? ''))
  return wrong
    ? fail('--title', `'${wrong[0]}' stands for nothing`, 'use {command}, {user} and {host}')
    : text
}

const titleParts = new Set(['command', 'user', 'host'])

/** A service's name after systemd.unit(5); the suffix may be left out. */
const unitName = (text: string): string => {
  const name = text.endsWith('.service') ? text : `${text}.service`
  return /^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.service$/.test(name) && name.length < 256
    ? name
    : fail('--unit', `'${text}' is no name of a service`, 'use letters, digits, and : - _ . @')
}

const commandOf = ({ operands }: Written): readonly string[] =>
  operands[0] === '' ? fail('command', 'is empty', 'name a program') : operands
