// What the environment tells of the terminal. Sources: no-color.org; the COLORTERM convention of true color; terminfo(5) for
// the names. The terminal itself is asked elsewhere.
import type { Depth } from '../color/reduce.ts'

export interface Capabilities {
  readonly depth: Depth
  /** Whether it knows control functions at all. */
  readonly obeys: boolean
  /** Whether anything of ours may be seen. */
  readonly decorate: boolean
  readonly inTmux: boolean
  readonly inScreen: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads them from the caller's environment. */
export const capabilitiesOf = (env: Environment): Capabilities => {
  const term = env.TERM ?? ''
  const obeys = term !== '' && term !== 'dumb'
  const inTmux = Boolean(env.TMUX) || term.startsWith('tmux')
  return {
    depth: rows.find(({ when }) => when(term, env, inTmux))?.depth ?? 4,
    obeys,
    decorate: obeys && !env.NO_COLOR,
    inTmux,
    inScreen: !inTmux && (Boolean(env.STY) || term.startsWith('screen')),
  }
}

/** The first row that fits decides. */
const rows: readonly {
  readonly depth: Depth
  when(term: string, env: Environment, inTmux: boolean): boolean
}[] = [
  { depth: 0, when: (term) => term === '' || term === 'dumb' },
  // The Linux console takes 48;2 but keeps only the top bit of each channel: a dark tint would be black.
  { depth: 4, when: (term) => term === 'linux' },
  // tmux takes 24 bits and maps them to what its own terminal can show.
  { depth: 24, when: (_, __, inTmux) => inTmux },
  // GNU screen before 5 misreads 48;2.
  { depth: 8, when: (term, { STY }) => Boolean(STY) || term.startsWith('screen') },
  { depth: 24, when: (_, { COLORTERM }) => COLORTERM === 'truecolor' || COLORTERM === '24bit' },
  {
    depth: 24,
    when: (term) => /-direct$|^(xterm-kitty|foot|alacritty|xterm-ghostty|wezterm|contour|mintty)/.test(term),
  },
  // Apple's Terminal had no 24 bits for long, and calls itself xterm-256color, too.
  { depth: 8, when: (_, { TERM_PROGRAM }) => TERM_PROGRAM === 'Apple_Terminal' },
  // Over ssh COLORTERM is lost; emulators of this name have understood 48;2 for a decade, and run0 relies on it as well.
  { depth: 24, when: (term) => term === 'xterm-256color' },
  { depth: 8, when: (term) => term.includes('256color') },
]
