// A session while its command runs: bytes, keys, signals, and the terminal's front and back, until the end.
import type { End, Launch, Running } from '../backend/backend.ts'
import { outcomeOf } from '../backend/outcome.ts'
import { Tint0Error } from '../errors.ts'
import { signalNumber } from '../proc.ts'
import type { Pty } from '../pty/pty.ts'
import { createEscapeKey } from '../relay/escape-key.ts'
import { type Relay, startRelay } from '../relay/relay.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { brokenStatus, hangUp } from './ending.ts'
import type { Interrupted } from './interrupted.ts'
import { createJob } from './job.ts'
import type { Witness } from './report.ts'
import type { Stage } from './stage.ts'
import type { StreamPlan } from './streams.ts'
import type { World } from './world.ts'

/** For a terminal that does not take what a stopped command wrote, in milliseconds. */
const stalled = 500

/** Until a line that was typed before has gone through the PTY, in milliseconds. */
const echoed = 50

export interface Relayed {
  readonly terminal: Terminal
  readonly pty: Pty | undefined
  readonly stage: Stage
  readonly isOurs: () => boolean
  readonly plan: StreamPlan
  readonly running: Running
  readonly interrupted: Interrupted
  readonly launch: Launch
  readonly witness: Witness
  readonly world: World
}

/** How it went. */
export interface Relaying {
  readonly status: number
  /** It was ended before the command ended by itself. */
  readonly cut: boolean
  /** The signal that ended the command, where one did. */
  readonly signal: number | undefined
}

/** ^Z, unless somebody has set it otherwise: then it takes a second to be seen. */
const SUSP = 0x1a

/** What ends a session. */
type Ending =
  | { readonly kind: 'ended'; readonly end: End }
  /** Our output cannot be written, with the error's code. */
  | { readonly kind: 'broken'; readonly code: string }
  /** By the escape key. */
  | { readonly kind: 'left' }

/** As after ^C. */
const leftStatus = 130

/** From the first byte to the last, or to the signal or error that ends it. */
export const relayed = async (session: Relayed): Promise<Relaying> => {
  const { terminal, pty, stage, isOurs, plan, running, interrupted, launch, witness, world } = session
  let relay: Relay | undefined
  let ends: (ending: Ending) => void = () => {}
  const early = new Promise<Ending>((resolve) => {
    ends = resolve
  })
  const escapes = createEscapeKey()
  const isWanted = () => !plan.late || terminal.isTyped() || pty?.isListening()
  const enter = async () => {
    if (!pty || stage.isFront || !isWanted() || !isOurs()) return
    // What the terminal has echoed is not to be echoed again.
    if (plan.late && terminal.isTyped()) world.sleep(echoed).then(pty.hush())
    const typed = await stage.enter()
    if (typed === undefined) return
    if (relay) relay.listen(typed)
    else typedAhead = typed
  }
  /** Of before the relay. */
  let typedAhead: Uint8Array | undefined
  let entering: Promise<void> | undefined
  const comeForward = async () => {
    entering ??= enter().finally(() => {
      entering = undefined
    })
    await entering
  }
  const job = createJob(
    {
      running,
      isShell: launch.argv[0]?.startsWith('-') ?? false,
      resized: () => pty?.resize(terminal.size()),
      comeForward,
      leave: async () => {
        relay?.ignore()
        await Promise.race([relay?.flush(), world.sleep(stalled)])
        await stage.leave()
      },
      again: stage.again,
      isGone: terminal.isGone,
      isFront: () => stage.isFront || !pty,
      interrupt: (signal) => pty?.interrupt(signal) ?? false,
    },
    world,
  )
  interrupted.goTo(job)
  await interrupted.or(comeForward())
  if (pty)
    relay = startRelay({
      terminal,
      pty,
      rewrite: (chunk) => {
        // It may be a question.
        if (plan.late && !stage.isFront) comeForward()
        return stage.rewrite(chunk)
      },
      answered: (chunk) => {
        if (chunk.includes(SUSP)) job.poke()
        if (escapes(chunk, world.now())) ends({ kind: 'left' })
        return stage.answered(chunk)
      },
      broken: (code) => ends({ kind: 'broken', code }),
      gone: () => interrupted.end('SIGHUP'),
    })
  if (typedAhead) relay?.listen(typedAhead)
  const ended = running.ended.then(async (end): Promise<Ending> => {
    job.end()
    await relay?.finish()
    await witness.ended(end, running.report)
    return { kind: 'ended', end }
  })
  const ending = await interrupted.or(Promise.race([early, ended]))
  job.end()
  try {
    if (typeof ending !== 'string' && ending.kind === 'ended') {
      const { failure, status } = outcomeOf(ending.end, launch)
      if (failure) throw new Tint0Error(failure)
      return { status, cut: false, signal: signalOf(ending.end) }
    }
    witness.cut(typeof ending === 'string' ? { kind: 'interrupted', signal: ending } : ending)
    await hangUp(pty, running, world)
    return { status: statusOf(ending), cut: true, signal: undefined }
  } finally {
    relay?.stop()
    running.release()
  }
}

const signalOf = (end: End): number | undefined => (end.kind === 'killed' ? end.signal : undefined)

const statusOf = (ending: Exclude<Ending, { kind: 'ended' }> | NodeJS.Signals): number => {
  if (typeof ending === 'string') return 128 + signalNumber(ending)
  return ending.kind === 'left' ? leftStatus : brokenStatus(ending.code)
}
