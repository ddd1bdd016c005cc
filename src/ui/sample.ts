// What a theme is tried on: a prompt, a listing, a diff, an editor, in the terminal's own colors, as in a session. Each style is
// switched on and off by a control function of its own, so that the tint below it stays.
import type { Role } from '../color/color.ts'
import type { Look } from './choice.ts'

type Style = (text: string) => string

const style =
  (on: number, off: number): Style =>
  (text) =>
    `\x1b[${on}m${text}\x1b[${off}m`

export const bold = style(1, 22)
export const dim = style(2, 22)
export const inverse = style(7, 27)
const underlined = style(4, 24)
const [red, green, yellow, blue, magenta, cyan] = [31, 32, 33, 34, 35, 36].map((on) => style(on, 39)) as [
  Style,
  Style,
  Style,
  Style,
  Style,
  Style,
]
const gray = style(90, 39)

const users: Readonly<Record<Role, string>> = { root: 'root', user: 'postgres', empower: 'alice' }

const palette = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

/** What stands above it, on the terminal's own background: where the session was begun. */
export const before = (): string => `${bold(green('alice@host'))}:${bold(blue('~'))}$ tint0`

/** So many lines of it, the most telling ones, in order. */
export const sample = ({ promptMark }: Look, role: Role, count: number): readonly string[] => {
  const prompt = (command: string) =>
    `${promptMark}${bold(role === 'root' ? red(`${users[role]}@host`) : green(`${users[role]}@host`))}:${bold(blue('~'))}${role === 'root' ? '#' : '$'} ${command}`
  const lines: readonly (readonly [rank: number, text: string])[] = [
    [1, prompt('ls')],
    [
      2,
      `${bold(blue('conf.d'))}  ${bold(green('run.sh'))}  ${bold(cyan('now'))}  ${bold(red('old.tar'))}  notes`,
    ],
    [7, prompt('git diff')],
    [6, cyan('@@ -1,2 +1,2 @@')],
    [3, red('-color = "none"')],
    [4, green('+color = "warm"')],
    [9, prompt('vi notes')],
    [5, `${yellow('  1')} ${gray('# of the administrator')}`],
    [8, `${yellow('  2')} ${cyan('color')} = ${magenta('"warm"')}  ${underlined('https://host/')}`],
    [12, blue('~')],
    [10, inverse(' notes [+]          2,9   All ')],
    [11, palette.map((name, i) => style(31 + i, 39)(name)).join(' ')],
    [13, palette.map((name, i) => style(91 + i, 39)(name)).join(' ')],
    [14, `${bold('bold')} ${dim('dim')} ${gray('gray')} ${inverse('reversed')}`],
  ]
  return lines.filter(([rank]) => rank <= count).map(([, text]) => text)
}
