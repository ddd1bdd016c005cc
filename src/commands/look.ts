// What the session looks like: tint and title, from what was asked for and what the terminal can show.
import type { Launch } from '../backend/backend.ts'
import type { SessionRequest } from '../cli/request.ts'
import type { Rgb } from '../color/color.ts'
import { defaultTint } from '../color/mix.ts'
import { sgrBackground } from '../color/reduce.ts'
import type { StreamOptions } from '../stream/stream.ts'
import { capabilitiesOf } from '../terminal/capabilities.ts'
import type { World } from './world.ts'

export interface Look {
  /** Whether the terminal must be asked for its background first. */
  readonly asks: boolean
  /** What goes into the stream, once the background is known or known to be unknown; undefined: nothing of ours. */
  stream(background: Rgb | undefined): StreamOptions | undefined
}

/** Assumed where the terminal does not say: most are dark, and a dark tint on a light one is at least seen. */
const assumed: Rgb = { r: 0, g: 0, b: 0 }

/** Nothing of ours but what undoes the modes that a program leaves on. */
const unadorned: StreamOptions = { tint: undefined, titleMark: undefined, title: undefined, escK: false }

export const lookOf = (
  request: SessionRequest,
  launch: Launch,
  outputIsTerminal: boolean,
  { env, hostname }: World,
): Look => {
  const { depth, decorate, obeys, inTmux, inScreen } = capabilitiesOf(env)
  if (!outputIsTerminal || !obeys) return { asks: false, stream: () => undefined }
  if (!decorate) return { asks: false, stream: () => unadorned }
  const root = launch.asRoot
  const words = request.command.length > 0 ? request.command : [launch.path]
  const tintOn = (background: Rgb | undefined): string | undefined => {
    switch (request.background.kind) {
      case 'none':
        return undefined
      case 'sgr':
        return request.background.parameters
      case 'rgb':
        return sgrBackground(request.background.rgb, depth)
      case 'auto':
        return sgrBackground(defaultTint(background ?? assumed, root ? 'root' : 'user'), depth)
    }
  }
  return {
    asks: request.background.kind === 'auto' && depth >= 8,
    stream: (background) => ({
      tint: tintOn(background),
      titleMark: root ? '🔴 ' : '🟡 ',
      title: `${words.join(' ')} on ${hostname}`,
      escK: inTmux || inScreen,
    }),
  }
}
