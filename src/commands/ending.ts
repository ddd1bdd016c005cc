// How a session ends before its command does, and what is written last.
import type { Running } from '../backend/backend.ts'
import { failed, sentence, unwritable } from '../errors.ts'
import { signalNumber } from '../proc.ts'
import type { Pty } from '../pty/pty.ts'
import { setColors } from '../stream/colors.ts'
import type { Stream } from '../stream/stream.ts'
import { skipAnswers, waitForAnswers } from '../terminal/fence.ts'
import type { Answers } from '../terminal/query.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Guard } from './guard.ts'
import type { World } from './world.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** Between the hang-up and the kill. */
  grace: 2000,
  /** For what was killed to be gone. */
  dying: 1000,
  /** For a stalled terminal to take the bytes that restore it. */
  restoring: 500,
  /** For the terminal's last answers: at least and at most. */
  answers: 100,
  answersMost: 1000,
}

/** Ends the command: its terminal is gone, and after a grace it is killed, as far as we are allowed to. */
export const hangUp = async (
  pty: Pty | undefined,
  running: Running,
  { sleep, complain }: World,
): Promise<void> => {
  const grace = sleep(wait.grace).then(() => false)
  await Promise.race([running.begun, grace])
  pty?.close()
  // Without a terminal nothing hangs up by itself.
  if (!pty) await running.signal('SIGHUP')
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

/** The status when our output cannot be written: a reader that went away is what SIGPIPE is for. Throws for the rest. */
export const brokenStatus = (code: string): number => {
  if (code === 'EPIPE') return 128 + signalNumber('SIGPIPE')
  if (code === 'EIO') return 128 + signalNumber('SIGHUP')
  throw unwritable(code)
}

/**
 * What gives the terminal back, behind a command that was `cut` off or ended by itself; not waited for longer than a moment if it
 * takes nothing any more. Resolves to whether all was written.
 */
export const writeLast = async (
  terminal: Terminal,
  stream: Stream,
  cut: boolean,
  { sleep }: World,
): Promise<boolean> => {
  const written = () =>
    Promise.race([terminal.output.drained().then(() => true), sleep(wait.restoring).then(() => false)])
  await written()
  return terminal.output.write(stream.close(cut)) || written()
}

/** Waits for what the terminal may still answer, where it was asked anything; where it did not even answer at the start, not for long. */
export const endAnswers = async (
  terminal: Terminal,
  stream: Stream | undefined,
  { complete }: Answers,
): Promise<void> => {
  const colors = stream?.originals() ?? new Map<string, string>()
  const asked = stream?.owed()
  if (asked === undefined && complete() && colors.size === 0) return
  const owed = (asked ?? 0) + (complete() ? 0 : 1)
  // Who has answered will do so again; a busy terminal may take much longer than it did.
  const bound = complete() ? wait.answersMost : wait.answers
  const seen = await waitForAnswers(terminal, { owed, colors, bound })
  // A color that was asked for at the very end is known only now.
  stream?.answered(seen)
  const late = [...(stream?.originals() ?? [])].filter(([key]) => !colors.has(key))
  if (late.length > 0) terminal.output.write(Buffer.from(setColors(late)))
}

/** Gives the terminal back when a bug of ours is the end: nothing can be awaited. What fails here, too, the guardian does. */
export const endAtOnce = (terminal: Terminal, stream: Stream | undefined, guard: Guard): void => {
  const { output } = terminal
  let written = true
  try {
    // In the middle of a chunk that will never be written the stream is ahead of the terminal, but the guard is not.
    if (stream?.lastWill() !== undefined) written = output.write(Buffer.from(guard.will()))
    stream?.close()
  } finally {
    try {
      if (written && terminal.isRaw())
        skipAnswers(terminal, wait.answersMost, (bytes) => stream?.answered(bytes))
      if (written) written = output.write(Buffer.from(setColors(stream?.originals() ?? [])))
    } finally {
      terminal.restore()
    }
  }
  if (written && !output.broken) guard.end()
}
