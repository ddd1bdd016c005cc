// How many colors a terminal has, by what the environment tells of it: what decides it is all here, with where it comes from.
import type { Depth } from '../color/reduce.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const depthOf = (env: Environment, inTmux: boolean, inScreen: boolean): Depth => {
  const term = env.TERM ?? ''
  return rows.find(({ when }) => when(term, env, inTmux, inScreen))?.depth ?? 0
}

/** Its OSC 111 is not to be relied on, it has no stack of titles, and no 24 bits before macOS 26. */
export const isApple = ({ TERM_PROGRAM }: Environment): boolean => TERM_PROGRAM === 'Apple_Terminal'

/** The first row that fits decides; where none does, the terminal may know no color at all. */
const rows: readonly {
  readonly depth: Depth
  when(term: string, env: Environment, inTmux: boolean, inScreen: boolean): boolean
}[] = [
  { depth: 0, when: (term) => term === '' || term === 'dumb' },
  // The Linux console takes 48;2 but keeps only the top bit of each channel (drivers/tty/vt/vt.c, rgb_background), and shows
  // eight backgrounds: a dark tint would be black, and its red is the full one.
  { depth: 0, when: (term) => /^linux/.test(term) },
  // tmux takes 24 bits and maps them to what its own terminal can show (its FAQ, "How do I use RGB colour?").
  { depth: 24, when: (_, __, inTmux) => inTmux },
  // GNU screen before 5 misreads 48;2 (its NEWS: true color came with 5.0).
  { depth: 8, when: (_, __, ___, inScreen) => inScreen },
  // The convention of github.com/termstandard/colors.
  { depth: 24, when: (_, { COLORTERM }) => COLORTERM === 'truecolor' || COLORTERM === '24bit' },
  // ncurses' terminfo.src: "direct" has RGB; the others are emulators that have had 24 bits from their beginnings.
  {
    depth: 24,
    when: (term) =>
      /-direct\d*$|^(xterm-kitty|foot|alacritty|xterm-ghostty|wezterm|contour|mintty)/.test(term),
  },
  // Apple's Terminal had no 24 bits for long, and calls itself xterm-256color, too.
  { depth: 8, when: (_, env) => isApple(env) },
  // Over ssh COLORTERM is lost; emulators of this name have understood 48;2 for a decade, and run0 relies on it as well.
  { depth: 24, when: (term) => term === 'xterm-256color' },
  { depth: 8, when: (term) => term.includes('256color') },
  // terminfo.src: no color, by its name.
  { depth: 0, when: (term) => /-(mono|m|nc)$/.test(term) },
  // terminfo.src: "-16color" (SGR 100–107 as aixterm has them), and 88 colors, whose numbers are not those of 256.
  { depth: 4, when: (term) => /-(16|88)color/.test(term) },
  // terminfo.src gives them eight colors; as emulators they know the bright ones, too (xterm's ctlseqs, SGR 100–107).
  {
    depth: 4,
    when: (term) =>
      /^(xterm|rxvt|screen|tmux|st|konsole|gnome|vte|putty|eterm|mlterm|kterm|nsterm|iterm|teraterm|cygwin|ansi)(-|$)/i.test(
        term,
      ),
  },
]
