// The rewriter alone: what comes in from standard input goes to standard output as a session would show it. For recordings,
// logs, and programs that bring their own relay.
import type { LookRequest } from '../cli/look.ts'
import { signalNumber } from '../proc.ts'
import { pump } from '../relay/pump.ts'
import { createStream, unadorned } from '../stream/stream.ts'
import { capabilitiesOf } from '../terminal/capabilities.ts'
import { openTerminal } from '../terminal/tty.ts'
import { brokenStatus, writeLast } from './ending.ts'
import { catchSignals } from './interrupted.ts'
import { dots, planTint } from './look.ts'
import { themedBy } from './themed.ts'
import type { World } from './world.ts'

/** Resolves to the exit status when the input has ended and all is written. */
export const filter = async (request: LookRequest, world: World): Promise<number> => {
  const { env } = world
  const themed = await themedBy(request, env)
  const outer = openTerminal()
  const terminal = {
    ...capabilitiesOf({ TERM: 'xterm-256color', COLORTERM: 'truecolor', ...env }),
    // Where it is shown is not known here: what is asked for is done.
    changesBackground: request.tint === 'dynamic' ? ('yes' as const) : ('no' as const),
  }
  const bare = Boolean(env.NO_COLOR) && request.background.kind === 'auto'
  const stream = createStream({
    ...unadorned,
    tint: bare ? undefined : planTint(request, themed, terminal, undefined, 'root'),
    titleMark:
      bare || request.title === ''
        ? undefined
        : (request.titleMark ?? themed.marks?.titleMark.root ?? dots.root),
    escK: terminal.inTmux || terminal.inScreen,
    strict: request.strict,
  })
  stream.open()
  const interrupted = catchSignals()
  let stop = () => {}
  const pumped = new Promise<{ readonly code: string | undefined }>((resolve) => {
    stop = pump({
      from: outer.input,
      to: outer.output,
      through: (chunk) => stream.push(chunk),
      ended: () => resolve({ code: undefined }),
      broken: (code) => resolve({ code }),
    })
  })
  const result = await interrupted.or(pumped)
  stop()
  const signal = typeof result === 'string' ? result : undefined
  const broken = typeof result === 'string' ? undefined : result.code
  if (signal) await writeLast(outer, stream, true, world)
  else if (broken === undefined) {
    // A slow reader may take its time.
    await outer.output.drained()
    if (!outer.output.write(stream.close())) await outer.output.drained()
  }
  const code = broken ?? outer.output.broken
  outer.close()
  interrupted.stop()
  if (signal) return 128 + signalNumber(signal)
  return code === undefined ? 0 : brokenStatus(code)
}
