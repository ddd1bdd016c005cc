// The wrapper itself, from the request to the exit status. Its order is the product: the PTY is ready before the command is
// asked for; the terminal is asked for its color while the manager works; whatever happens, the terminal is given back.
import type { Backend, Running } from '../backend/backend.ts'
import { outcomeOf } from '../backend/outcome.ts'
import type { SessionRequest } from '../cli/request.ts'
import { Tint0Error } from '../errors.ts'
import { openPty } from '../pty/open.ts'
import type { Pty, PtySettings } from '../pty/pty.ts'
import { startRelay } from '../relay/relay.ts'
import { signalNumber } from '../relay/signals.ts'
import { createStream, type Stream } from '../stream/stream.ts'
import { type Answers, askTerminal, noAnswers } from '../terminal/query.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { comeForward, openTerminal } from '../terminal/tty.ts'
import { startAuthorized } from './authorize.ts'
import { chooseBackend } from './choose.ts'
import { brokenStatus, endAnswers, endAtOnce, hangUp, writeLast } from './ending.ts'
import { createGuard } from './guard.ts'
import { catchSignals, type Interrupted } from './interrupted.ts'
import { planLaunch } from './launch.ts'
import { type Look, lookOf } from './look.ts'
import type { World } from './world.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** For a terminal that does not even answer DA1. */
  answers: 1000,
  /** After this an answer is meant for the command, which may have asked, too. */
  lateAnswers: 6000,
  /** For a manager that is just starting what nobody wants any more. */
  starting: 5000,
  /** Until the guardian comes: it would take time from the start. Where the start takes long, it does not wait for that. */
  guardian: 20,
  guardianAnyway: 400,
  /** Until a command that writes nothing is seen to be elevated; one that has ended by then has changed nothing. */
  paint: 100,
}

/** Runs the command and resolves to the exit status. Throws a Tint0Error where nothing was run. */
export const session = async (request: SessionRequest, world: World): Promise<number> => {
  const backend = chooseBackend(request, world)
  comeForward()
  backend.prepare()
  const terminal = openTerminal()
  const interrupted = catchSignals()
  let pty: Pty | undefined
  let look: Look | undefined
  let stream: Stream | undefined
  let answers: Promise<Answers> = Promise.resolve(noAnswers)
  let cut = true
  const guard = createGuard(
    terminal,
    () => stream,
    () => look?.inTmux() ?? false,
  )
  world.onBug(() => endAtOnce(terminal, stream, guard))
  try {
    const launch = planLaunch(request, backend.name, world)
    look = lookOf(request.look, launch, terminal.isTerminal.output, {
      ...world,
      hostname: request.machine ?? world.hostname,
    })
    const typing = request.pty || terminal.isTerminal.input
    const opened = await interrupted.or(openFor(backend, ptySettings(terminal)))
    if (typeof opened === 'string') return 128 + signalNumber(opened)
    pty = opened
    interrupted.relays(terminal, pty)
    const asks = look.asks && terminal.termios !== undefined
    if (asks) terminal.raw()
    if (asks) answers = askTerminal(terminal, world.sleep(wait.answers), world.sleep(wait.lateAnswers))
    world.sleep(wait.guardianAnyway).then(guard.begin)
    const starting = startAuthorized(
      backend,
      launch,
      { slave: pty.slave, path: pty.path, input: typing ? undefined : 0 },
      {
        askPassword: request.askPassword,
        lend: async () => {
          // A password that was typed too early must not become a command.
          answers = answers.then((all) => ({ ...all, typed: noAnswers.typed }))
          await answers
          terminal.restore()
        },
        // The agent may have left the echo off; and an answer that is still to come must not be echoed.
        takeBack: async () => {
          await answers
          terminal.raw()
          terminal.restore()
        },
        interrupted: interrupted.signal,
      },
      world,
    )
    const running = await interrupted.or(starting)
    if (typeof running === 'string') {
      // Whatever is being started must end with us.
      const late = await Promise.race([starting.catch(() => undefined), world.sleep(wait.starting)])
      if (late) await hangUp(pty, late, world)
      late?.release()
      return 128 + signalNumber(running)
    }
    const { background, kind, typed, strip } = await answers
    terminal.raw()
    const options = await look.stream({ background, kind })
    stream = options && createStream(options)
    const tell = (bytes: Uint8Array) => {
      guard.look()
      return terminal.output.write(bytes)
    }
    if (stream && !tell(stream.open())) await interrupted.or(terminal.output.drained())
    world.sleep(wait.guardian).then(guard.begin)
    world.sleep(wait.paint).then(() => stream && tell(stream.paint()))
    const rewrite = (chunk: Uint8Array) => {
      const rewritten = stream ? stream.push(chunk) : chunk
      guard.look()
      return rewritten
    }
    const answered = (chunk: Uint8Array) => {
      const rest = stream ? stream.answered(strip(chunk)) : strip(chunk)
      guard.look()
      return rest
    }
    const result = await relayed({
      terminal,
      pty,
      typing,
      rewrite,
      answered,
      running,
      interrupted,
      typed,
      launch,
      world,
    })
    cut = result.cut
    return result.status
  } finally {
    pty?.close()
    // An answer that came after us would be read by the shell.
    const asked = await answers
    const written = (!stream || (await writeLast(terminal, stream, cut, world))) && !terminal.output.broken
    if (written) guard.written()
    if (terminal.isRaw()) await endAnswers(terminal, stream, asked)
    terminal.restore()
    // One that hangs may go on later; one that is gone may have a successor, in tmux, that the guardian knows how to find.
    if (written) guard.end()
    terminal.close()
    await look?.end()
    backend.release()
    interrupted.stop()
    world.onBug(() => {})
  }
}

interface Relayed {
  readonly terminal: Terminal
  readonly pty: Pty
  readonly typing: boolean
  readonly rewrite: (chunk: Uint8Array) => Uint8Array
  readonly answered: (chunk: Uint8Array) => Uint8Array
  readonly running: Running
  readonly interrupted: Interrupted
  readonly typed: Answers['typed']
  readonly launch: ReturnType<typeof planLaunch>
  readonly world: World
}

/** From the first byte to the last, or to the signal or error that ends it. */
const relayed = async (session: Relayed): Promise<{ readonly status: number; readonly cut: boolean }> => {
  const { terminal, pty, typing, rewrite, answered, running, interrupted, typed, launch, world } = session
  let breaks: (code: string) => void = () => {}
  const broken = new Promise<string>((resolve) => {
    breaks = resolve
  })
  const relay = startRelay({
    terminal,
    pty,
    typing,
    rewrite,
    answered,
    typedAhead: typed,
    broken: breaks,
  })
  const finished = running.ended.then(async (end) => {
    await relay.finish()
    return outcomeOf(end, launch)
  })
  const result = await interrupted.or(Promise.race([finished, broken.then((code) => ({ code }))]))
  try {
    if (typeof result === 'string') {
      await hangUp(pty, running, world)
      return { status: 128 + signalNumber(result), cut: true }
    }
    if ('code' in result) {
      await hangUp(pty, running, world)
      return { status: brokenStatus(result.code), cut: true }
    }
    if (result.failure) throw new Tint0Error(result.failure)
    return { status: result.status, cut: false }
  } finally {
    relay.stop()
    running.release()
  }
}

/** The PTY is ours but where the command could not have that. */
const openFor = async (backend: Backend, settings: PtySettings): Promise<Pty> =>
  backend.openPty ? backend.openPty(settings) : openPty(settings)

const ptySettings = (terminal: Terminal) => ({
  size: terminal.size(),
  termios: terminal.termios,
  transparent: !(terminal.isTerminal.input && terminal.isTerminal.output),
})
