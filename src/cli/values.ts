// What a value of an option may be: one check each. Throws a Tint0Error that names the option at fault and the way out.

import { boolean } from '../boolean.ts'
import { type Background, isThemeName } from '../color/color.ts'
import { failed } from '../errors.ts'
import { partNames, wrongPart } from '../template.ts'
import { type PresetName, presetNames } from './sandbox.ts'

export const fail = (subject: string, problem: string, hint: string): never => {
  throw failed(subject, problem, hint)
}

export const checked = <T>(value: string | undefined, check: (value: string) => T): T | undefined =>
  value === undefined ? undefined : check(value)

/** Names as useradd(8) and systemd take them; numbers below the two that mean "none" (CVE-2019-14287: -1 is not root). */
export const account =
  (option: string) =>
  (value: string): string => {
    const isNumber = /^\d+$/.test(value)
    if (isNumber && value.length <= 10 && Number(value) < 0xffffffff && Number(value) !== 0xffff)
      return String(Number(value))
    if (!isNumber && /^[\p{L}_][\p{L}\p{N}_.-]{0,255}\$?$/u.test(value)) return value
    return fail(option, `'${value}' is no name and no number of an account`, 'name one, such as root or 1000')
  }

export const assignment = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*(=|$)/.test(text)
    ? text
    : fail(
        '--setenv',
        `'${text}' does not begin with a variable's name`,
        'write NAME=VALUE, or NAME for your own value',
      )

/** The beginning alone: the manager knows which properties there are. */
export const property = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9]*=/.test(text)
    ? text
    : fail(
        '--property',
        `'${text}' does not begin with a property's name`,
        'write NAME=VALUE, as in a unit file',
      )

/** The ways to write one are loaded only where one is written. */
export const backgroundOf = async (text: string | undefined): Promise<Background> => {
  if (text === undefined) return { kind: 'auto' }
  if (text === '') return { kind: 'none' }
  const { parseBackground } = await import('../color/syntaxes.ts')
  const parsed = parseBackground(text)
  return parsed.ok ? parsed.background : fail('--background', parsed.problem, parsed.hint)
}

export const choice =
  <T extends string>(option: string, choices: readonly T[]) =>
  (text: string): T =>
    choices.find((name) => name === text) ?? fail(option, `'${text}' is none`, `choose ${choices.join(', ')}`)

export const titleTemplate = (text: string): string => {
  if (text.length > longestTitle)
    return fail('--title', `is longer than ${longestTitle} characters`, 'make it shorter')
  const wrong = wrongPart(text)
  return wrong === undefined ? text : fail('--title', `'${wrong}' stands for nothing`, `use ${partNames}`)
}

/** No terminal shows as much. */
const longestTitle = 1000

/** A theme's name, as its file has it. */
export const themeName = (text: string): string =>
  isThemeName(text) ? text : fail('--theme', `'${text}' is no name of a theme`, 'see tint0ctl themes')

/** What the title begins with; it is made safe where it is written. */
export const titleMark = (text: string): string =>
  /\p{Cc}/u.test(text) ? fail('--title-mark', 'holds a control character', 'use text, such as "# "') : text

/** A service's name after systemd.unit(5); the suffix may be left out. */
export const unitName = (text: string): string => {
  const name = text.endsWith('.service') ? text : `${text}.service`
  return /^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.service$/.test(name) && name.length < 256
    ? name
    : fail('--unit', `'${text}' is no name of a service`, 'use letters, digits, and : - _ . @')
}

/** A slice's name; the suffix may be left out. */
export const sliceName = (text: string): string => {
  const name = text.endsWith('.slice') ? text : `${text}.slice`
  return /^(?!-.)[A-Za-z0-9:_.\\-]+(?<!-)\.slice$|^-\.slice$/.test(name) &&
    !/--|\.(service|scope|target|socket|mount|device)\.slice$/.test(name) &&
    name.length < 256
    ? name
    : fail('--slice', `'${text}' is no name of a slice`, 'name one such as user.slice or machine-a.slice')
}

/** A nice level (setpriority(2)). */
export const niceLevel = (text: string): number =>
  /^[+-]?\d{1,2}$/.test(text) && Number(text) >= -20 && Number(text) <= 19
    ? Number(text)
    : fail('--nice', `'${text}' is no nice level`, 'give a number from -20 to 19')

/** A boolean as systemd reads it, or undefined for auto. */
export const lightness = (text: string): boolean | undefined => {
  if (text === 'auto' || text === '') return undefined
  return boolean(text) ?? fail('--lightweight', `'${text}' is neither yes nor no`, 'write yes, no, or auto')
}

/** A name that can be a file's; '' is none. */
export const areaName = (text: string): string =>
  text.includes('/') || text === '.' || text === '..' || text.length > 255
    ? fail('--area', `'${text}' is no name of an area`, 'name one without a slash')
    : text

/** What may stand in a variable of the environment and on a prompt. */
export const promptPrefix = (text: string): string =>
  /\p{Cc}/u.test(text)
    ? fail('--shell-prompt-prefix', 'holds a control character', 'use text, such as "root "')
    : text

/** Presets of a sandbox, one or more with commas between. */
export const presetList = (text: string): readonly PresetName[] =>
  text.split(',').map(choice('--sandbox', presetNames))

/** A file's name, or a descriptor's number: those below 3 are the command's, too. */
export const reportTarget = (text: string): number | string => {
  if (text === '') return fail('--json', 'is empty', 'name a file, or a descriptor such as 3 with 3>FILE')
  if (!/^\d+$/.test(text)) return text
  return Number(text) > 0 && Number(text) < 2 ** 20
    ? Number(text)
    : fail('--json', `${text} is no descriptor to write to`, 'write 3, and redirect it with 3>FILE')
}

/** As machinectl(1) names them; `.host` is the one that all of them run on. */
export const machineOf = (name: string | undefined, backend: string | undefined): string | undefined => {
  if (name === undefined || name === '.host') return undefined
  if (name.includes('@'))
    return fail('--machine', `'${name}' names a user, too`, 'name the container only, and the user by --user')
  if (!/^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/.test(name) || name.includes('..'))
    return fail('--machine', `'${name}' is no name of a container`, 'see machinectl list')
  if (backend !== undefined && backend !== 'auto' && backend !== 'system')
    return fail('--machine', `goes with the manager of the container only`, 'leave --backend out')
  return name
}
