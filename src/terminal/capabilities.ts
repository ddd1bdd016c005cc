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
  /** Whether what is erased or scrolled in gets the background that is set (BCE): else a tint by rewriting leaves holes. */
  readonly erasesWithBackground: boolean
  /** Whether the default background can be changed (OSC 11): known, or to be believed if the terminal answers OSC 11. */
  readonly changesBackground: 'yes' | 'if it answers' | 'no'
  /** Whether there is a title at all. */
  readonly hasTitle: boolean
  /** Whether titles can be saved and given back (XTWINOPS 22 and 23). */
  readonly keepsTitles: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** What DA2 says of the multiplexers. */
const kinds = { tmux: 84, screen: 83 }

/** Reads them from the caller's environment; `kind` is what the terminal itself says (DA2), for one may run in the other. */
export const capabilitiesOf = (env: Environment, kind?: number): Capabilities => {
  const term = env.TERM ?? ''
  const obeys = term !== '' && term !== 'dumb'
  // A window that was opened from inside of one has its environment, and is in neither.
  const told = kind !== undefined
  const inTmux = told ? kind === kinds.tmux : Boolean(env.TMUX) || term.startsWith('tmux')
  const inScreen = told ? kind === kinds.screen : !inTmux && (Boolean(env.STY) || term.startsWith('screen'))
  return {
    depth: rows.find(({ when }) => when(term, env, inTmux, inScreen))?.depth ?? 4,
    obeys,
    decorate: obeys && !env.NO_COLOR,
    inTmux,
    inScreen,
    erasesWithBackground: !isKitty(term) && !(inScreen && !term.endsWith('-bce')),
    changesBackground:
      inTmux || isKitty(term) ? 'yes' : inScreen || term === 'linux' || isApple(env) ? 'no' : 'if it answers',
    hasTitle: obeys && !/^(linux|vt\d|eterm)/.test(term),
    keepsTitles: !inScreen && !isApple(env),
  }
}

/** kitty tells so itself (its FAQ, "background color erase"). */
const isKitty = (term: string): boolean => term.startsWith('xterm-kitty')

/** Its OSC 111 is not to be relied on, and it has no stack of titles. */
const isApple = ({ TERM_PROGRAM }: Environment): boolean => TERM_PROGRAM === 'Apple_Terminal'

/** The first row that fits decides. */
const rows: readonly {
  readonly depth: Depth
  when(term: string, env: Environment, inTmux: boolean, inScreen: boolean): boolean
}[] = [
  { depth: 0, when: (term) => term === '' || term === 'dumb' },
  // The Linux console takes 48;2 but keeps only the top bit of each channel: a dark tint would be black.
  { depth: 4, when: (term) => term === 'linux' },
  // tmux takes 24 bits and maps them to what its own terminal can show.
  { depth: 24, when: (_, __, inTmux) => inTmux },
  // GNU screen before 5 misreads 48;2.
  { depth: 8, when: (_, __, ___, inScreen) => inScreen },
  { depth: 24, when: (_, { COLORTERM }) => COLORTERM === 'truecolor' || COLORTERM === '24bit' },
  {
    depth: 24,
    when: (term) => /-direct$|^(xterm-kitty|foot|alacritty|xterm-ghostty|wezterm|contour|mintty)/.test(term),
  },
  // Apple's Terminal had no 24 bits for long, and calls itself xterm-256color, too.
  { depth: 8, when: (_, env) => isApple(env) },
  // Over ssh COLORTERM is lost; emulators of this name have understood 48;2 for a decade, and run0 relies on it as well.
  { depth: 24, when: (term) => term === 'xterm-256color' },
  { depth: 8, when: (term) => term.includes('256color') },
]
