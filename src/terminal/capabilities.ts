// What the environment tells of the terminal. Sources: no-color.org; terminfo(5) for the names; depth.ts for the colors. The
// terminal itself is asked elsewhere.
import type { Depth } from '../color/reduce.ts'
import { colorsTold, type Told } from './colorfgbg.ts'
import { depthOf, type Environment, isApple } from './depth.ts'

export interface Capabilities {
  readonly depth: Depth
  /** Its own colors, as far as the environment has them: it may be wrong. */
  readonly told: Told
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

/** What DA2 says of the multiplexers. */
export const kinds = { tmux: 84, screen: 83 }

/** Reads them from the caller's environment; `kind` is what the terminal itself says (DA2), for one may run in the other. */
export const capabilitiesOf = (env: Environment, kind?: number): Capabilities => {
  const term = env.TERM ?? ''
  const obeys = term !== '' && term !== 'dumb'
  // A window that was opened from inside of one has its environment, and is in neither.
  const told = kind !== undefined
  const inTmux = told ? kind === kinds.tmux : Boolean(env.TMUX) || term.startsWith('tmux')
  const inScreen = told ? kind === kinds.screen : !inTmux && (Boolean(env.STY) || term.startsWith('screen'))
  return {
    depth: depthOf(env, inTmux, inScreen),
    told: colorsTold(env.COLORFGBG),
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
