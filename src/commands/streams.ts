// What the command's streams are to be: the caller's own files and pipes, or the PTY for what is a terminal. The caller's
// terminal itself is never handed over: whoever has it could type into it, and the manager would make it the target's.
import type { Streams } from '../backend/backend.ts'
import type { StreamChoice } from '../cli/request.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface StreamPlan {
  readonly streams: Streams
  /** Whether any of them is the PTY. */
  readonly usesPty: boolean
  /** Whether all that is seen and typed goes through us: then the terminal is ours alone. */
  readonly plain: boolean
  /** Whether the terminal is left alone until the command wants something of it. */
  readonly late: boolean
}

export const planStreams = (
  choice: StreamChoice,
  isTerminal: Terminal['isTerminal'],
  isPiped: boolean,
): StreamPlan => {
  const own = [isTerminal.input, isTerminal.output, isTerminal.error].map((is, fd) =>
    choice === 'pty' || is ? undefined : fd,
  )
  const plain = choice === 'pty' || (isTerminal.input && isTerminal.output)
  return {
    streams: own as unknown as Streams,
    usesPty: own.includes(undefined),
    plain,
    // A pager behind us may begin to use it later, and would find, and leave, it raw.
    late: !plain && isPiped,
  }
}
