// The wrapper itself, from the request to the exit status. Its order is the product: the PTY is ready before the command is
// asked for; the terminal is asked for its color while the manager works; whatever happens, the terminal is given back.
import type { Running } from '../backend/backend.ts'
import { outcomeOf } from '../backend/outcome.ts'
import type { SessionRequest } from '../cli/request.ts'
import { failed, sentence, Tint0Error } from '../errors.ts'
import { openPty } from '../pty/open.ts'
import type { Pty } from '../pty/pty.ts'
import { startRelay } from '../relay/relay.ts'
import { type EndingSignal, onSignals, signalNumber } from '../relay/signals.ts'
import { createStream, type Stream } from '../stream/stream.ts'
import { type Answers, askTerminal } from '../terminal/query.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openTerminal } from '../terminal/tty.ts'
import { startAuthorized } from './authorize.ts'
import { chooseBackend } from './choose.ts'
import { planLaunch } from './launch.ts'
import { lookOf } from './look.ts'
import type { World } from './world.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** For a terminal that does not even answer DA1. */
  answers: 1000,
  /** Between the hang-up and the kill. */
  grace: 2000,
  /** For what was killed to be gone. */
  dying: 1000,
  /** For a stalled terminal to take the bytes that restore it. */
  restoring: 500,
}

/** Runs the command and resolves to the exit status. Throws a Tint0Error where nothing was run. */
export const session = async (request: SessionRequest, world: World): Promise<number> => {
  const backend = chooseBackend(request, world)
  backend.prepare()
  const terminal = openTerminal()
  const interrupted = catchSignals()
  let pty: Pty | undefined
  let stream: Stream | undefined
  let answers: Promise<Answers> = Promise.resolve({ background: undefined, typed: new Uint8Array() })
  try {
    const launch = planLaunch(request, backend.name, world)
    const words = request.command.length > 0 ? request.command : [launch.path]
    const look = lookOf(request, words, terminal.isTerminal.output, world)
    pty = openPty(ptySettings(terminal))
    interrupted.resizes(terminal, pty)
    const asks = look.asks && terminal.termios !== undefined
    if (asks) terminal.raw()
    if (asks) answers = askTerminal(terminal, world.sleep(wait.answers))
    const starting = startAuthorized(
      backend,
      launch,
      { slave: pty.slave, path: pty.path },
      {
        askPassword: request.askPassword,
        lend: async () => {
          await answers
          terminal.restore()
        },
        // The agent may have left the echo off.
        takeBack: () => {
          terminal.raw()
          terminal.restore()
        },
        interrupted: interrupted.signal,
      },
      world,
    )
    const running = await interrupted.or(starting)
    if (typeof running === 'string') {
      await Promise.race([starting.catch(() => {}), world.sleep(wait.dying)])
      return 128 + signalNumber(running)
    }
    const { background, typed } = await answers
    terminal.raw()
    const options = look.stream(background)
    stream = options && createStream(options)
    if (stream && !terminal.output.write(stream.open())) await terminal.output.drained()
    return await relayed({ terminal, pty, stream, running, interrupted, typed, launch, world })
  } finally {
    interrupted.stop()
    pty?.close()
    // An answer that came after us would be read by the shell.
    await answers
    if (stream) await writeLast(terminal, stream, world)
    terminal.restore()
    terminal.close()
    backend.release()
  }
}

interface Relayed {
  readonly terminal: Terminal
  readonly pty: Pty
  readonly stream: Stream | undefined
  readonly running: Running
  readonly interrupted: Interrupted
  readonly typed: Uint8Array
  readonly launch: ReturnType<typeof planLaunch>
  readonly world: World
}

/** From the first byte to the last, or to the signal or error that ends it. */
const relayed = async ({
  terminal,
  pty,
  stream,
  running,
  interrupted,
  typed,
  launch,
  world,
}: Relayed): Promise<number> => {
  let breaks: (code: string) => void = () => {}
  const broken = new Promise<string>((resolve) => {
    breaks = resolve
  })
  const relay = startRelay({
    terminal,
    pty,
    rewrite: stream ? (chunk) => stream.push(chunk) : (chunk) => chunk,
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
      return 128 + signalNumber(result)
    }
    if ('code' in result) {
      await hangUp(pty, running, world)
      return brokenStatus(result.code)
    }
    if (result.failure) throw new Tint0Error(result.failure)
    return result.status
  } finally {
    running.release()
  }
}

/** A reader that went away is what SIGPIPE is for; anything else is an error worth a sentence. */
const brokenStatus = (code: string): number => {
  if (code === 'EPIPE') return 128 + signalNumber('SIGPIPE')
  if (code === 'EIO') return 128 + signalNumber('SIGHUP')
  throw failed(
    'standard output',
    code === 'ENOSPC' ? 'no space left on device' : `cannot be written to (${code})`,
  )
}

/** Ends the command: its terminal is gone, and after a grace it is killed, as far as we are allowed to. */
const hangUp = async (pty: Pty, running: Running, { sleep, complain }: World): Promise<void> => {
  const grace = sleep(wait.grace).then(() => false)
  await Promise.race([running.begun, grace])
  pty.close()
  const ended = running.ended.then(() => true)
  if (await Promise.race([ended, grace])) return
  if (await running.kill()) await Promise.race([ended, sleep(wait.dying)])
  else
    complain(
      sentence(
        'tint0',
        failed(
          'command',
          'it ignores the hang-up, and killing it is not allowed to us',
          'see systemctl list-units "tint0-*"',
        ).failure,
      ),
    )
}

const ptySettings = (terminal: Terminal) => {
  const { input, output } = terminal.isTerminal
  return {
    size: terminal.size(),
    termios: terminal.termios,
    rawOutput: !output,
    noEcho: !(input && output),
  }
}

/** What gives the terminal back; not waited for longer than a moment if it takes nothing any more. */
const writeLast = async (terminal: Terminal, stream: Stream, { sleep }: World): Promise<void> => {
  await Promise.race([terminal.output.drained(), sleep(wait.restoring)])
  if (!terminal.output.write(stream.close()))
    await Promise.race([terminal.output.drained(), sleep(wait.restoring)])
}

interface Interrupted {
  readonly signal: Promise<EndingSignal>
  /** What `promise` resolves to, or the signal that came first. */
  or<T>(promise: Promise<T>): Promise<T | EndingSignal>
  resizes(terminal: Terminal, pty: Pty): void
  stop(): void
}

const catchSignals = (): Interrupted => {
  let resized: () => void = () => {}
  let ends: (signal: EndingSignal) => void = () => {}
  const signal = new Promise<EndingSignal>((resolve) => {
    ends = resolve
  })
  const stop = onSignals(() => resized(), ends)
  return {
    signal,
    or: (promise) => Promise.race([promise, signal]),
    resizes: (terminal, pty) => {
      resized = () => pty.resize(terminal.size())
    },
    stop,
  }
}
