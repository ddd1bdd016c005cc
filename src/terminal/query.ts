// Asks the outer terminal for its colors, background and text. DA1 is asked last and every terminal answers it, so its answer ends the
// waiting also where the first question is met with silence; what the user types meanwhile is kept for the command.
import type { Rgb } from '../color/color.ts'
import { createReplyReader, QUESTIONS } from './replies.ts'
import type { Terminal } from './terminal.ts'

export interface Answers {
  readonly background: Rgb | undefined
  /** The color of the default text. */
  readonly foreground: Rgb | undefined
  /** What it says it is (DA2). */
  readonly kind: number | undefined
  /** Whether it answered all, so that none is still to come. */
  complete(): boolean
  /** What was typed meanwhile, in order. */
  readonly typed: Uint8Array
  /** Takes out of what comes later the answers that are still owed: on a slow line they may be late. */
  strip(chunk: Uint8Array): Uint8Array
}

/** Of a terminal that was not asked. */
export const noAnswers: Answers = {
  background: undefined,
  foreground: undefined,
  kind: undefined,
  complete: () => true,
  typed: new Uint8Array(),
  strip: (chunk) => chunk,
}

/**
 * Asks, and waits until all is answered or `timeout` resolves; what comes until `late` resolves can still be told apart. The terminal must be raw; its input is paused afterwards.
 */
export const askTerminal = async (
  terminal: Terminal,
  timeout: Promise<void>,
  late: Promise<void>,
): Promise<Answers> => {
  const replies = createReplyReader()
  const answered = new Promise<void>((resolve) => {
    terminal.input.start((chunk) => {
      replies.push(chunk)
      if (replies.done()) resolve()
    }, resolve)
  })
  let expired = false
  late.then(() => {
    expired = true
  })
  terminal.output.write(QUESTIONS)
  await Promise.race([answered, timeout])
  terminal.input.pause()
  return {
    background: replies.background(),
    foreground: replies.foreground(),
    kind: replies.kind(),
    complete: replies.done,
    typed: replies.typed(),
    strip: (chunk) => (expired ? chunk : replies.strip(chunk)),
  }
}
