// The wrapper itself, from the request to the exit status. Its order is the product: the PTY is ready before the command is
// asked for; the terminal is asked for its color while the manager works; whatever happens, the terminal is given back.
import type { Backend, Launch } from '../backend/backend.ts'
import type { SessionRequest } from '../cli/request.ts'
import { failed } from '../errors.ts'
import { signalNumber } from '../proc.ts'
import { openPty } from '../pty/open.ts'
import type { Pty, PtySettings } from '../pty/pty.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { comeForward, isPiped, openTerminal, standardTerminals } from '../terminal/tty.ts'
import { authorized } from './authorize.ts'
import { chooseBackend } from './choose.ts'
import { hangUp } from './ending.ts'
import { atDesk, catchSignals, type Interrupted, nobodyYet } from './interrupted.ts'
import { planLaunch } from './launch.ts'
import { lookOf } from './look.ts'
import { type Relaying, relayed } from './relayed.ts'
import { nobody, type Witness } from './report.ts'
import { createStage, type Stage } from './stage.ts'
import { planStreams, type StreamPlan } from './streams.ts'
import { themedBy } from './themed.ts'
import type { World } from './world.ts'

/** For a manager that is just starting what nobody wants any more, in milliseconds. */
const starting = 5000

/** The exit status, and the signal that ended the command, where one did. */
export type Finish = Pick<Relaying, 'status' | 'signal'>

/** Runs the command and resolves to how it ended. Throws a Tint0Error where nothing was run. */
export const session = async (
  request: SessionRequest,
  world: World,
  witness: Witness = nobody,
): Promise<Finish> => {
  const themed = await themedBy(request.look, world.env)
  const backend = chooseBackend(request, world)
  backend.prepare()
  const terminals = standardTerminals()
  const plan = planStreams(request.streams, terminals, isPiped())
  const terminal = openTerminal(request.streams === 'pty')
  const interrupted = catchSignals()
  let pty: Pty | undefined
  let stage: Stage | undefined
  let cut = true
  try {
    const launch = planLaunch(request, backend.name, plan.usesPty, themed.marks, world)
    witness.planned(backend.name, launch)
    const tinted = plan.usesPty && request.streams !== 'pipe' && terminals.output
    const shown = { ...world, hostname: request.machine ?? world.hostname }
    stage = createStage(terminal, lookOf(request.look, themed, launch, tinted, shown), world)
    const opened = plan.usesPty ? await interrupted.or(openFor(backend, ptySettings(terminal))) : undefined
    if (typeof opened === 'string') return interruptedBy(opened, witness)
    pty = opened
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
    if (typeof running === 'string') return interruptedBy(running, witness)
    witness.begun()
    const result = await relayed({
      terminal,
      pty,
      stage,
      isOurs,
      plan,
      running,
      interrupted,
      launch,
      witness,
      world,
    })
    cut = result.cut
    return result
  } finally {
    pty?.close()
    await stage?.end(cut)
    backend.release()
    interrupted.stop()
  }
}

const interruptedBy = (signal: NodeJS.Signals, witness: Witness): Finish => {
  witness.cut({ kind: 'interrupted', signal })
  return { status: 128 + signalNumber(signal), signal: undefined }
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
  const ends = { pty: pty && { slave: pty.slave, path: pty.path }, streams: plan.streams }
  const start = () =>
    authorized(
      { ask: (interactive) => backend.start(launch, { ...ends, interactive }), bus: backend.bus },
      {
        plan: request.auth.way === 'none' ? undefined : async () => planFor(request, launch, backend, world),
        lend: async (desk) => {
          // Who asks for a password needs the terminal.
          comeForward(terminal)
          await stage.lend()
          interrupted.goTo(atDesk(desk, world.sleep))
        },
        takeBack: () => {
          interrupted.goTo(nobodyYet)
          return stage.takeBack()
        },
        interrupted: interrupted.signal,
      },
      world,
    )
  const pending = request.auth.forgets ? startAnew(backend, start, world) : start()
  const running = await interrupted.or(pending)
  if (typeof running !== 'string') return running
  // Whatever is being started must end with us.
  const late = await Promise.race([pending.catch(() => undefined), world.sleep(starting)])
  if (late) await hangUp(pty, late, world)
  late?.release()
  return running
}

/** With -k: what was granted before does not count, and what is granted now is not kept. */
const startAnew = async <T>(backend: Backend, start: () => Promise<T>, world: World): Promise<T> => {
  const { onlyThisOnce } = await import('./forget.ts')
  const bus = await backend.bus?.()
  return bus ? onlyThisOnce(bus, start, world) : start()
}

/** What asks is loaded only where somebody is asked. */
const planFor = async (request: SessionRequest, launch: Launch, backend: Backend, world: World) => {
  const { planAgents } = await import('./agents.ts')
  const { introductionOf } = await import('./introduction.ts')
  const bus = await backend.bus?.()
  if (!bus) throw failed('polkit', 'is not asked by this backend')
  const introduction = (columns: number, unicode: boolean) => introductionOf(launch, columns, unicode)
  const facts = { caller: launch.caller.name, target: launch.user ?? 'root', hostname: world.hostname }
  return planAgents(request.auth, bus, facts, introduction, world)
}

/** The PTY is ours but where the command could not have that. */
const openFor = async (backend: Backend, settings: PtySettings): Promise<Pty> =>
  backend.openPty ? backend.openPty(settings) : openPty(settings)

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
