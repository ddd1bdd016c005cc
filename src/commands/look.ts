// What the session looks like: tint and title, from what was asked for and what the terminal can show.
import type { Launch } from '../backend/backend.ts'
import type { LookRequest } from '../cli/request.ts'
import type { Rgb } from '../color/color.ts'
import { defaultTint } from '../color/mix.ts'
import { hexOf, rgbOfSgr, sgrBackground } from '../color/reduce.ts'
import { type StreamOptions, type TintPlan, unadorned } from '../stream/stream.ts'
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts'
import { askForName, switchErase } from '../terminal/multiplexer.ts'
import type { Answers } from '../terminal/query.ts'
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

export const lookOf = (
  request: LookRequest,
  launch: Launch,
  outputIsTerminal: boolean,
  { env, hostname }: World,
): Look => {
  const terminal = capabilitiesOf(env)
  if (!outputIsTerminal || !terminal.obeys)
    return request.strict ? { ...nothing, stream: async () => ({ ...unadorned, strict: true }) } : nothing
  if (!terminal.decorate)
    return { ...nothing, stream: async () => ({ ...unadorned, strict: request.strict }) }
  const titled = request.title !== '' && terminal.hasTitle
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
      const tint = planTint(request, known, background, launch.asRoot)
      if (tint?.kind === 'rewrite' && known.inScreen && !known.erasesWithBackground)
        erases = await switchErase(true, env)
      return {
        tint,
        titleMark: titled ? (launch.asRoot ? '🔴 ' : '🟡 ') : undefined,
        title: titled ? filled(request.title, launch, hostname) : undefined,
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

/** Rewriting where it leaves no holes, because it marks in the scrollback what ran as whom. */
const isDynamic = ({ tint }: LookRequest, terminal: Capabilities): boolean => {
  if (tint === 'dynamic') return terminal.changesBackground !== 'no'
  return (
    tint === 'auto' &&
    terminal.changesBackground === 'yes' &&
    (terminal.inTmux || !terminal.erasesWithBackground)
  )
}

/** How it is tinted; undefined: not at all. `background` is the terminal's own, where it is known. */
export const planTint = (
  request: LookRequest,
  terminal: Capabilities,
  background: Rgb | undefined,
  asRoot: boolean,
): TintPlan | undefined => {
  if (request.tint === 'off') return undefined
  const asked = request.background
  const color =
    asked.kind === 'auto'
      ? defaultTint(background ?? assumed, asRoot ? 'root' : 'user')
      : asked.kind === 'rgb'
        ? asked.rgb
        : asked.kind === 'sgr'
          ? rgbOfSgr(asked.parameters)
          : undefined
  const can = terminal.changesBackground === 'yes' || background !== undefined
  if (color && can && terminal.depth >= 8 && isDynamic(request, terminal))
    return { kind: 'dynamic', color: hexOf(color) }
  const parameters = asked.kind === 'sgr' ? asked.parameters : color && sgrBackground(color, terminal.depth)
  const shown = parameters === undefined ? undefined : rgbOfSgr(parameters)
  return parameters === undefined ? undefined : { kind: 'rewrite', parameters, color: shown && hexOf(shown) }
}

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
