// The wrapper itself, from the request to the exit status. Its order is the product: the PTY is ready before the command is
// asked for; the terminal is asked for its color while the manager works; whatever happens, the terminal is given back.
import type { Backend, Launch, Running } from '../backend/backend.ts'
import { type Outcome, outcomeOf } from '../backend/outcome.ts'
import type { SessionRequest } from '../cli/request.ts'
import { Tint0Error } from '../errors.ts'
import { openPty } from '../pty/open.ts'
import type { Pty } from '../pty/pty.ts'
import { createEscapeKey } from '../relay/escape-key.ts'
import { type Relay, startRelay } from '../relay/relay.ts'
import { signalNumber } from '../relay/signals.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { comeForward, openTerminal, standardTerminals } from '../terminal/tty.ts'
import { startAuthorized } from './authorize.ts'
import { chooseBackend } from './choose.ts'
import { brokenStatus, hangUp } from './ending.ts'
import { catchSignals, type Interrupted } from './interrupted.ts'
import { createJob } from './job.ts'
import { planLaunch } from './launch.ts'
import { lookOf } from './look.ts'
import { nobody, usageOf, type Witness } from './report.ts'
import { createStage, type Stage } from './stage.ts'
import { planStreams, type StreamPlan } from './streams.ts'
import type { World } from './world.ts'

/** For a terminal that does not take what a stopped command wrote, in milliseconds. */
const stalled = 500

/** For a manager that is just starting what nobody wants any more, in milliseconds. */
const starting = 5000

/** Runs the command and resolves to the exit status. Throws a Tint0Error where nothing was run. */
export const session = async (
  request: SessionRequest,
  world: World,
  witness: Witness = nobody,
): Promise<number> => {
  const backend = chooseBackend(request, world)
  backend.prepare()
  const terminals = standardTerminals()
  const plan = planStreams(request.streams, terminals)
  const terminal = openTerminal(request.streams === 'pty')
  const interrupted = catchSignals()
  let pty: Pty | undefined
  let stage: Stage | undefined
  let cut = true
  try {
    const launch = planLaunch(request, backend.name, plan.usesPty, world)
    witness.planned(backend.name, launch)
    const tinted = plan.usesPty && request.streams !== 'pipe' && terminals.output
    stage = createStage(terminal, lookOf(request.look, launch, tinted, world), world)
    pty = plan.usesPty ? openPty(ptySettings(terminal)) : undefined
    const isOurs = () => terminal.isForeground() && (plan.plain || !terminal.hasRival())
    if (pty && isOurs()) stage.ask()
    const running = await started(backend, launch, {
      request,
      plan,
      terminal,
      pty,
      stage,
      interrupted,
      world,
    })
    if (typeof running === 'string') {
      witness.cut({ kind: 'interrupted', signal: running })
      return 128 + signalNumber(running)
    }
    witness.begun()
    const result = await relayed({
      terminal,
      pty,
      stage,
      isOurs,
      running,
      interrupted,
      launch,
      witness,
      world,
    })
    cut = result.cut
    return result.status
  } finally {
    pty?.close()
    await stage?.end(cut)
    backend.release()
    interrupted.stop()
  }
}

interface Starting {
  readonly request: SessionRequest
  readonly plan: StreamPlan
  readonly terminal: Terminal
  readonly pty: Pty | undefined
  readonly stage: Stage
  readonly interrupted: Interrupted
  readonly world: World
}

/** The running command, or the signal that came first: then what was being started has been ended. */
const started = async (backend: Backend, launch: Launch, options: Starting) => {
  const { request, plan, terminal, pty, stage, interrupted, world } = options
  const pending = startAuthorized(
    backend,
    launch,
    { pty: pty && { slave: pty.slave, path: pty.path }, streams: plan.streams },
    {
      askPassword: request.askPassword,
      lend: async () => {
        // Who asks for a password needs the terminal.
        comeForward(terminal)
        await stage.lend()
      },
      takeBack: stage.takeBack,
      interrupted: interrupted.signal,
    },
    world,
  )
  const running = await interrupted.or(pending)
  if (typeof running !== 'string') return running
  // Whatever is being started must end with us.
  const late = await Promise.race([pending.catch(() => undefined), world.sleep(starting)])
  if (late) await hangUp(pty, late, world)
  late?.release()
  return running
}

interface Relayed {
  readonly terminal: Terminal
  readonly pty: Pty | undefined
  readonly stage: Stage
  readonly isOurs: () => boolean
  readonly running: Running
  readonly interrupted: Interrupted
  readonly launch: Launch
  readonly witness: Witness
  readonly world: World
}

/** What ends a session. */
type Ending =
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** Our output cannot be written, with the error's code. */
  | { readonly kind: 'broken'; readonly code: string }
  /** By the escape key. */
  | { readonly kind: 'left' }

/** As after ^C. */
const leftStatus = 130

/** From the first byte to the last, or to the signal or error that ends it. */
const relayed = async (session: Relayed): Promise<{ readonly status: number; readonly cut: boolean }> => {
  const { terminal, pty, stage, isOurs, running, interrupted, launch, witness, world } = session
  let relay: Relay | undefined
  let ends: (ending: Ending) => void = () => {}
  const early = new Promise<Ending>((resolve) => {
    ends = resolve
  })
  const escapes = createEscapeKey()
  const job = createJob(
    {
      running,
      isShell: launch.argv[0]?.startsWith('-') ?? false,
      resized: () => pty?.resize(terminal.size()),
      comeForward: async () => {
        if (!pty || stage.isFront || !isOurs()) return
        const typed = await stage.enter()
        relay?.listen(typed)
      },
      leave: async () => {
        relay?.ignore()
        await Promise.race([relay?.flush(), world.sleep(stalled)])
        await stage.leave(true)
      },
      again: stage.again,
      isGone: terminal.isGone,
      isFront: () => stage.isFront || !pty,
      interrupt: (signal) => pty?.interrupt(signal) ?? false,
    },
    world,
  )
  interrupted.goTo(job)
  const typedFirst = pty && isOurs() ? await interrupted.or(stage.enter()) : undefined
  if (pty)
    relay = startRelay({
      terminal,
      pty,
      rewrite: stage.rewrite,
      answered: (chunk) => {
        job.poke()
        if (escapes(chunk, world.now())) ends({ kind: 'left' })
        return stage.answered(chunk)
      },
      broken: (code) => ends({ kind: 'broken', code }),
      gone: () => interrupted.end('SIGHUP'),
    })
  if (typedFirst instanceof Uint8Array) relay?.listen(typedFirst)
  const ended = running.ended.then(async (end): Promise<Ending> => {
    job.end()
    await relay?.finish()
    await witness.ended(end, () => usageOf(running))
    return { kind: 'ended', outcome: outcomeOf(end, launch) }
  })
  const ending = await interrupted.or(Promise.race([early, ended]))
  job.end()
  try {
    if (typeof ending !== 'string' && ending.kind === 'ended') {
      const { failure, status } = ending.outcome
      if (failure) throw new Tint0Error(failure)
      return { status, cut: false }
    }
    witness.cut(typeof ending === 'string' ? { kind: 'interrupted', signal: ending } : ending)
    await hangUp(pty, running, world)
    return { status: statusOf(ending), cut: true }
  } finally {
    relay?.stop()
    running.release()
  }
}

const statusOf = (ending: Exclude<Ending, { kind: 'ended' }> | NodeJS.Signals): number => {
  if (typeof ending === 'string') return 128 + signalNumber(ending)
  return ending.kind === 'left' ? leftStatus : brokenStatus(ending.code)
}

const ptySettings = (terminal: Terminal) => {
  const { input, output } = terminal.isTerminal
  return {
    size: terminal.size(),
    // In the background they are those of the shell's line editor.
    termios: terminal.isForeground() ? terminal.termios : undefined,
    transparent: !(input && output),
    silent: terminal.termios === undefined,
  }
}
