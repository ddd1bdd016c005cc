// What the session looks like: tint and title, from what was asked for and what the terminal can show.
import type { Launch } from '../backend/backend.ts'
import { defaultTitle, type LookRequest } from '../cli/look.ts'
import type { Background, Rgb, Role } from '../color/color.ts'
import { isDark, tintOf } from '../color/mix.ts'
import { hexOf, rgbOfSgr, sgrBackground } from '../color/reduce.ts'
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
  stream(answers: Pick<Answers, 'background' | 'kind'>): Promise<StreamOptions | undefined>
  /** Whether the terminal is tmux's, as far as is known by now. */
  inTmux(): boolean
  /** What was made ready for it is no longer needed. */
  end(): Promise<unknown>
}

/** Assumed where the terminal does not say: most are dark, and a dark tint on a light one is at least seen. */
const assumed: Rgb = { r: 0, g: 0, b: 0 }

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
  const tinted = request.tint !== 'off' && request.background.kind !== 'none'
  // Asked while the manager works: ESC k may be the first that the command writes.
  const named = titled ? askForName(terminal, env) : Promise.resolve(undefined)
  let name: string | undefined
  let inTmux = false
  let erases = false
  return {
    asks: tinted && terminal.depth >= 8,
    stream: async ({ background, kind }) => {
      const known = capabilitiesOf(env, kind)
      inTmux = known.inTmux
      named.then((answer) => {
        name = answer
      })
      const tint = planTint(request, themed, known, background, role)
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
export const dots: Readonly<Record<Role, string>> = { root: '🔴 ', user: '🟡 ', empower: '🟠 ' }

export const roleOf = ({
  asRoot,
  setting,
}: {
  readonly asRoot: boolean
  readonly setting: { readonly empower: boolean }
}): Role => (asRoot ? 'root' : setting.empower ? 'empower' : 'user')

/** Rewriting where it leaves no holes, because it marks in the scrollback what ran as whom. */
const isDynamic = (tint: LookRequest['tint'], terminal: Capabilities): boolean => {
  if (tint === 'dynamic') return terminal.changesBackground !== 'no'
  return (
    (tint === undefined || tint === 'auto') &&
    terminal.changesBackground === 'yes' &&
    (terminal.inTmux || !terminal.erasesWithBackground)
  )
}

/** How it is tinted; undefined: not at all. `background` is the terminal's own, where it is known. */
export const planTint = (
  request: LookRequest,
  themed: Themed,
  terminal: Capabilities,
  background: Rgb | undefined,
  role: Role,
): TintPlan | undefined => {
  const way = request.tint ?? themed.marks?.tint
  if (way === 'off') return undefined
  const asked = askedFor(request.background, themed.colors, background ?? assumed, role)
  const color = tintOf(asked, background ?? assumed, role)
  const can = terminal.changesBackground === 'yes' || background !== undefined
  if (color && can && terminal.depth >= 8 && isDynamic(way, terminal))
    return { kind: 'dynamic', color: hexOf(color) }
  const parameters =
    asked.kind === 'sgr'
      ? asked.parameters
      : asked.kind === 'palette'
        ? `48;5;${asked.entry}`
        : color && sgrBackground(color, terminal.depth)
  const shown = parameters === undefined ? undefined : rgbOfSgr(parameters)
  return parameters === undefined ? undefined : { kind: 'rewrite', parameters, color: shown && hexOf(shown) }
}

/** A theme's color stands for its default, and for itself. */
const askedFor = (asked: Background, theme: Theme | undefined, background: Rgb, role: Role): Background =>
  theme && (asked.kind === 'auto' || asked.kind === 'theme')
    ? theme[isDark(background) ? 'dark' : 'light'].tint[role]
    : asked

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
