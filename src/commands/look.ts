// What the session looks like: tint and title, from what was asked for and what the terminal can show.
import type { Launch } from '../backend/backend.ts'
import { defaultTitle, type LookRequest } from '../cli/look.ts'
import type { Background, Rgb, Role } from '../color/color.ts'
import { isDark } from '../color/mix.ts'
import { type Own, usual } from '../color/promise.ts'
import { hexOf } from '../color/reduce.ts'
import { shownBy, tintFor } from '../color/tint.ts'
import { type StreamOptions, type TintPlan, unadorned } from '../stream/stream.ts'
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts'
import { askForName, switchErase } from '../terminal/multiplexer.ts'
import type { Answers } from '../terminal/query.ts'
import type { Theme } from '../theme/theme.ts'
import type { World } from './world.ts'

export interface Look {
  /** Whether the terminal must be asked for its background first. */
  readonly asks: boolean
  /** What goes into the stream, once the background is known or known to be unknown; undefined: nothing of ours. */
  stream(answers: Pick<Answers, 'background' | 'foreground' | 'kind'>): Promise<StreamOptions | undefined>
  /** Whether the terminal is tmux's, as far as is known by now. */
  inTmux(): boolean
  /** What was made ready for it is no longer needed. */
  end(): Promise<unknown>
}

/** Assumed where the terminal does not say: most are dark, and a dark tint on a light one is at least seen. */
const assumed: Rgb = usual.dark.background

const nothing: Look = {
  asks: false,
  stream: async () => undefined,
  inTmux: () => false,
  end: () => Promise.resolve(),
}

/** The themes that a look refers to. */
export interface Themed {
  /** Whose colors they are. */
  readonly colors: Theme | undefined
  /** Whose marks, title and way of tinting they are. */
  readonly marks: Theme | undefined
}

export const lookOf = (
  request: LookRequest,
  themed: Themed,
  launch: Launch,
  outputIsTerminal: boolean,
  { env, hostname }: World,
): Look => {
  const terminal = capabilitiesOf(env)
  if (!outputIsTerminal || !terminal.obeys)
    return request.strict ? { ...nothing, stream: async () => ({ ...unadorned, strict: true }) } : nothing
  if (!terminal.decorate)
    return { ...nothing, stream: async () => ({ ...unadorned, strict: request.strict }) }
  const role = roleOf(launch)
  const title = request.title ?? themed.marks?.title ?? defaultTitle
  const titled = title !== '' && terminal.hasTitle
  const way = request.tint ?? themed.marks?.tint
  const tinted = way !== 'off' && request.background.kind !== 'none'
  // Asked while the manager works: ESC k may be the first that the command writes.
  const named = titled ? askForName(terminal, env) : Promise.resolve(undefined)
  let name: string | undefined
  let inTmux = false
  let erases = false
  return {
    asks: tinted && (terminal.depth > 0 || isDynamic(way, terminal)),
    stream: async ({ background, foreground, kind }) => {
      const known = capabilitiesOf(env, kind)
      inTmux = known.inTmux
      named.then((answer) => {
        name = answer
      })
      const tint = planTint(request, themed, known, background, role, foreground)
      if (tint?.kind === 'rewrite' && known.inScreen && !known.erasesWithBackground)
        erases = await switchErase(true, env)
      return {
        tint,
        titleMark: titled ? (request.titleMark ?? themed.marks?.titleMark[role] ?? dots[role]) : undefined,
        title: titled ? filled(title, launch, hostname) : undefined,
        titleAfter: known.keepsTitles ? undefined : '',
        escK: known.inTmux || known.inScreen,
        nameAfter: () => name,
        strict: request.strict,
        background: background && hexOf(background),
      }
    },
    inTmux: () => inTmux,
    end: async () => erases && switchErase(false, env),
  }
}

/** Before the title, where nothing else is asked for. */
export const dots: Readonly<Record<Role, string>> = { root: '🔴 ', user: '🟡 ', empower: '🟣 ' }

export const roleOf = ({
  asRoot,
  setting,
}: {
  readonly asRoot: boolean
  readonly setting: { readonly empower: boolean }
}): Role => (asRoot ? 'root' : setting.empower ? 'empower' : 'user')

/** Rewriting where it leaves no holes, because it marks in the scrollback what ran as whom. */
export const isDynamic = (tint: LookRequest['tint'], terminal: Capabilities): boolean => {
  if (tint === 'dynamic') return terminal.changesBackground !== 'no'
  return (
    (tint === undefined || tint === 'auto') &&
    terminal.changesBackground === 'yes' &&
    (terminal.inTmux || !terminal.erasesWithBackground)
  )
}

/** How it is tinted; undefined: not at all. `background` and `text` are the terminal's own, where it has told them. */
export const planTint = (
  request: LookRequest,
  themed: Themed,
  terminal: Capabilities,
  background: Rgb | undefined,
  role: Role,
  text?: Rgb,
): TintPlan | undefined => {
  const way = request.tint ?? themed.marks?.tint
  if (way === 'off') return undefined
  const own = ownColors(terminal, background, text)
  const theirs = colorOfTheme(request.background, themed.colors, own.background, role)
  const { color, parameters } = tintFor(
    theirs ?? request.background,
    own,
    role,
    terminal.depth,
    theirs !== undefined,
  )
  // Whatever the terminal can show in its cells, its own color has all bits.
  const changes = terminal.changesBackground === 'yes' || background !== undefined
  if (color && changes && isDynamic(way, terminal)) return { kind: 'dynamic', color: hexOf(color) }
  return parameters === undefined ? undefined : { kind: 'rewrite', parameters, color: shownBy(parameters) }
}

/** What the terminal itself says comes first, then what its environment does, then what most are. */
const ownColors = ({ told }: Capabilities, background: Rgb | undefined, text: Rgb | undefined): Own => {
  const known = background ?? told.background ?? assumed
  // The environment may be that of another terminal: its text is believed if it belongs to such a background.
  const fits = told.background === undefined || isDark(told.background) === isDark(known)
  return { background: known, text: text ?? (fits ? told.foreground : undefined) }
}

/** A theme's color stands for the default, and for itself. */
const colorOfTheme = (
  asked: Background,
  theme: Theme | undefined,
  background: Rgb,
  role: Role,
): Background | undefined =>
  theme && (asked.kind === 'auto' || asked.kind === 'theme')
    ? theme[isDark(background) ? 'dark' : 'light'].tint[role]
    : undefined

/** The template of the title with what it names. */
const filled = (template: string, launch: Launch, host: string): string => {
  const words = launch.argv[0]?.startsWith('-') ? [launch.path] : launch.argv
  const parts: Readonly<Record<string, string>> = {
    command: words.join(' '),
    user: launch.user ?? (launch.asRoot ? 'root' : launch.caller.name),
    host,
  }
  return template.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? '')
}
