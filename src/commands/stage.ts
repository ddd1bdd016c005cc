// The caller's terminal during a session: in front (raw, tinted, its keys are the command's) or given back (as it was found; what
// the command writes still goes there). It is given back at the end, when the session is stopped, and while the terminal is
// another's: in the background of a shell, or behind a pager in a pipe.
import { createStream, type Stream, type StreamOptions } from '../stream/stream.ts'
import { type Answers, askTerminal, noAnswers } from '../terminal/query.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { endAnswers, endAtOnce, writeLast } from './ending.ts'
import { createGuard, type Guard } from './guard.ts'
import type { Look } from './look.ts'
import type { World } from './world.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** For a terminal that does not even answer DA1. */
  answers: 1000,
  /** After this an answer is meant for the command, which may have asked, too. */
  lateAnswers: 6000,
  /** Until the guardian comes: it would take time from the start. Where the start takes long, it does not wait for that. */
  guardian: 20,
  guardianAnyway: 400,
  /** Until a command that writes nothing is seen to be elevated; one that has ended by then has changed nothing. */
  paint: 100,
}

export interface Stage {
  /** Asks the terminal what must be known before the front; to be called early, for it takes time. */
  ask(): void
  /** Hands the terminal to who asks for a password: as it was found. */
  lend(): Promise<void>
  takeBack(): Promise<void>
  /**
   * Comes to the front; resolves to what was typed meanwhile, when the command's bytes may come, or to undefined where it was
   * given back meanwhile. To be called again only when that is over.
   */
  enter(): Promise<Uint8Array | undefined>
  /** Gives the terminal back, as far as it was taken, in the middle of what the command writes. */
  leave(): Promise<void>
  /** We were stopped from outside, and go on: the shell has set the terminal its own way meanwhile. */
  again(): void
  readonly isFront: boolean
  /** What the command writes, on its way out. */
  rewrite(chunk: Uint8Array): Uint8Array
  /** What comes from the terminal, on its way in. */
  answered(chunk: Uint8Array): Uint8Array
  /** Gives back what is left, and lets go of the terminal; `cut`: in the middle of what the command writes. */
  end(cut: boolean): Promise<void>
}

export const createStage = (terminal: Terminal, look: Look, world: World): Stage => {
  let stream: Stream | undefined
  let options: Promise<StreamOptions | undefined> | undefined
  let answers: Promise<Answers> = Promise.resolve(noAnswers)
  let asked = false
  let strip = noAnswers.strip
  let front = false
  /** How often it was given back: whoever was coming to the front meanwhile must not go on. */
  let turn = 0
  const guard: Guard = createGuard(terminal, () => stream, look.inTmux)
  world.onBug(() => endAtOnce(terminal, stream, guard))
  const tell = (bytes: Uint8Array) => {
    guard.look()
    return terminal.output.write(bytes)
  }
  const ask = () => {
    if (asked || !look.asks || terminal.termios === undefined) return
    asked = true
    terminal.raw()
    answers = askTerminal(terminal, world.sleep(wait.answers), world.sleep(wait.lateAnswers))
    world.sleep(wait.guardianAnyway).then(guard.begin)
  }
  const giveBack = async (cut: boolean) => {
    turn++
    // An answer that came after us would be read by the shell.
    const seen = await answers
    const written = (!stream || (await writeLast(terminal, stream, cut, world))) && !terminal.output.broken
    if (written) guard.written()
    if (terminal.isRaw()) await endAnswers(terminal, stream, seen)
    terminal.restore()
    stream = undefined
    front = false
    // One that hangs may go on later; one that is gone may have a successor, in tmux, that the guardian knows how to find.
    if (written) guard.end()
  }
  return {
    ask,
    lend: async () => {
      // A password that was typed too early must not become a command.
      answers = answers.then((all) => ({ ...all, typed: noAnswers.typed }))
      await answers
      terminal.restore()
    },
    takeBack: async () => {
      await answers
      if (!terminal.isForeground()) return
      // The agent may have left the echo off; and an answer that is still to come must not be echoed.
      terminal.raw()
      terminal.restore()
    },
    enter: async () => {
      const mine = turn
      // It may have been another's until now, who had set it their own way: a pager that started first, or a shell.
      terminal.findAgain()
      ask()
      const { background, foreground, kind, typed, strip: stripped } = await answers
      if (mine !== turn) return undefined
      answers = answers.then((all) => ({ ...all, typed: noAnswers.typed }))
      strip = stripped
      terminal.raw()
      options ??= look.stream({ background, foreground, kind })
      const wanted = await options
      if (mine !== turn) return undefined
      stream = wanted && createStream(wanted)
      front = true
      if (stream && !tell(stream.open())) await terminal.output.drained()
      world.sleep(wait.guardian).then(() => front && guard.begin())
      const painted = stream
      world.sleep(wait.paint).then(() => painted && painted === stream && tell(painted.paint()))
      return typed
    },
    leave: async () => {
      if (front || terminal.isRaw()) await giveBack(true)
    },
    again: () => {
      if (front && terminal.isForeground()) terminal.rawAgain()
    },
    get isFront() {
      return front
    },
    rewrite: (chunk) => {
      const rewritten = stream ? stream.push(chunk) : chunk
      guard.look()
      return rewritten
    },
    answered: (chunk) => {
      const rest = stream ? stream.answered(strip(chunk)) : strip(chunk)
      guard.look()
      return rest
    },
    end: async (cut) => {
      await giveBack(cut)
      terminal.close()
      await look.end()
      world.onBug(() => {})
    },
  }
}
