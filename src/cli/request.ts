// What was asked for, as a union in which nonsense cannot exist: every value has been checked here, once. What it means on
// this machine (which backend, which account, which directory) is decided later, in commands/.
import type { Background } from '../color/color.ts'
import { parseBackground } from '../color/syntaxes.ts'
import { failed } from '../errors.ts'
import type { OptionName } from './options.ts'
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
  /** NAME=VALUE, or NAME alone for the caller's own value. */
  readonly environment: readonly string[]
  readonly background: Background
  readonly backend: BackendChoice
  readonly unit: string | undefined
  readonly description: string | undefined
  readonly askPassword: boolean
  /** A terminal also for the input, where the caller's is none. */
  readonly pty: boolean
  /** Empty: the caller's shell. */
  readonly command: readonly string[]
}

export const backendChoices = ['auto', 'system', 'user', 'local'] as const
export type BackendChoice = (typeof backendChoices)[number]

/** The words behind the program's name, understood. Throws a Tint0Error that names the word at fault and the way out. */
export const readRequest = (words: readonly string[]): Request => {
  const written = parse(words)
  if (written.options.has('help')) return { kind: 'help' }
  if (written.options.has('version')) return { kind: 'version' }
  for (const word of words)
    if (word.includes('\0')) throw failed('arguments', 'one holds a NUL byte', 'leave it out')
  const last = (name: OptionName) => written.options.get(name)?.at(-1)
  return {
    kind: 'session',
    user: checked(last('user'), account('--user')),
    group: checked(last('group'), account('--group')),
    directory: checked(last('chdir'), (path) => path || fail('--chdir', 'is empty', 'name a directory')),
    environment: (written.options.get('setenv') ?? []).map(assignment),
    background: backgroundOf(last('background')),
    backend: checked(last('backend'), backendOf) ?? 'auto',
    unit: checked(last('unit'), unitName),
    description: last('description'),
    askPassword: !written.options.has('no-ask-password'),
    pty: written.options.has('pty'),
    command: commandOf(written),
  }
}

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

const backendOf = (text: string): BackendChoice =>
  backendChoices.find((name) => name === text) ??
  fail('--backend', `'${text}' is none`, `choose ${backendChoices.join(', ')}`)

/** A service's name after systemd.unit(5); the suffix may be left out. */
const unitName = (text: string): string => {
  const name = text.endsWith('.service') ? text : `${text}.service`
  return /^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.service$/.test(name) && name.length < 256
    ? name
    : fail('--unit', `'${text}' is no name of a service`, 'use letters, digits, and : - _ . @')
}

const commandOf = ({ operands }: Written): readonly string[] =>
  operands[0] === '' ? fail('command', 'is empty', 'name a program') : operands
