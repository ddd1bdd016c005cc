// What of the caller's environment goes along: what describes the terminal, what --setenv names, and a mark for the prompt.
import { boolean } from '../boolean.ts'
import type { SessionRequest } from '../cli/request.ts'
import type { Role } from '../color/color.ts'
import { failed } from '../errors.ts'
import type { Theme } from '../theme/theme.ts'
import { roleOf } from './look.ts'
import type { World } from './world.ts'

/** An assignment as it was given, or the caller's own value, where there is one. */
export const passedOn = (text: string, { env }: World): readonly string[] => {
  if (text.includes('=')) return [text]
  const value = env[text]
  // Node has changed what is not UTF-8, and D-Bus takes nothing else.
  if (value?.includes('\ufffd'))
    throw failed('--setenv', `the value of ${text} is not UTF-8`, 'give it another')
  return value === undefined ? [] : [`${text}=${value}`]
}

/** What describes the terminal, and nothing else; TERM becomes a file's name in terminfo, so a path in it is refused. */
export const fromTerminal = (env: World['env']): readonly string[] => {
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

/** What a shell shows before its prompt, as run0 sets it; systemd's profile.d snippet reads it. */
export const promptPrefix = (
  { promptPrefix: asked, setting }: SessionRequest,
  asRoot: boolean,
  theme: Theme | undefined,
  { env }: World,
): readonly string[] => {
  const prefix = asked ?? markOf(roleOf({ asRoot, setting }), theme, env)
  return prefix === '' ? [] : [`SHELL_PROMPT_PREFIX=${prefix}`]
}

const markOf = (role: Role, theme: Theme | undefined, env: World['env']): string => {
  const mark = theme?.promptMark[role] ?? marks[role]
  if (!/\P{ASCII}/u.test(mark)) return mark
  if (!speaksUtf8(env) || ['', 'dumb', 'linux'].includes(env.TERM ?? '')) return ''
  if (boolean(env.SYSTEMD_EMOJI ?? '') === false) return ''
  return mark
}

/** What the terminal is told to show, by the locale (locale(7)). */
export const speaksUtf8 = (env: World['env']): boolean =>
  /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '')

/** run0's. */
const marks: Readonly<Record<Role, string>> = { root: '🦸 ', empower: '🎃 ', user: '🪪 ' }
