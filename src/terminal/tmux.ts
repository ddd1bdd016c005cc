// What tmux says of itself and of its options, as far as they matter to a tint: asked of its own program, as the caller. After
// tmux(1), "OPTIONS" and "FORMATS".
import { matches } from '../glob.ts'
import { said } from './multiplexer.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Tmux {
  /** '3.5a'; undefined where it did not tell. */
  readonly version: string | undefined
  /** Whether it sends 24 bits of color to the terminal outside. */
  readonly trueColor: boolean | undefined
  /** The name of the terminal outside, as tmux's client has it. */
  readonly outside: string | undefined
  /** Whether the title of a pane becomes that of the window outside. */
  readonly setsTitles: boolean | undefined
  /** 'on', 'all' or 'off'; undefined where there is no such option (before 3.3). */
  readonly passthrough: string | undefined
}

/** undefined where we are in none, or it does not answer. */
export const askTmux = async (env: Environment): Promise<Tmux | undefined> => {
  const { TMUX, TMUX_PANE } = env
  if (!TMUX || !TMUX_PANE) return undefined
  const format = '#{version}\n#{client_termname}\n#{client_termfeatures}'
  const [client, overrides, titles, passthrough] = await Promise.all([
    said(env, 'tmux', 'display-message', '-p', '-t', TMUX_PANE, format),
    said(env, 'tmux', 'show-options', '-sv', 'terminal-overrides'),
    said(env, 'tmux', 'show-options', '-gv', 'set-titles'),
    said(env, 'tmux', 'show-options', '-gwv', 'allow-passthrough'),
  ])
  if (client === undefined) return undefined
  const [version, outside, features = ''] = client.split('\n')
  return {
    version: version || undefined,
    outside: outside || undefined,
    trueColor: trueColor(outside, features, overrides),
    setsTitles: titles === undefined ? undefined : titles === 'on',
    passthrough: passthrough || undefined,
  }
}

/** From the features that its client has (since 3.2), or an override that names its terminal. */
export const trueColor = (outside = '', features: string, overrides = ''): boolean | undefined => {
  if (features.split(',').includes('RGB')) return true
  const names = overrides
    .split(/[\n,]/)
    .map((text) => text.trim().replace(/^"|"$/g, ''))
    .filter((text) => /:(?:Tc|RGB)\b/.test(text))
    .map((text) => text.split(':')[0] ?? '')
  if (names.some((name) => matches(name, outside))) return true
  return features === '' && outside === '' ? undefined : false
}
