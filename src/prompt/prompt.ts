// What somebody who asks the user a question is to us: on the terminal, or by a program, or from standard input. polkit's helper
// says what is to be asked (PAM's own words); who is asked, and how it looks, is decided here.
import { type Secret, wipe } from './editor.ts'

export interface Question {
  /** What stands before the answer, already safe to show. */
  readonly text: string
  /** The answer may be seen. */
  readonly echo: boolean
  /** Others who could be asked instead, by name. */
  readonly others: readonly string[]
}

export type Answer =
  /** To be wiped by whoever gets it. */
  | { readonly kind: 'answer'; readonly secret: Secret }
  /** ^D, or an input that has ended. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'timeout' }
  /** Somebody else is to be asked: the next one, or the one before. */
  | { readonly kind: 'switch'; readonly step: 1 | -1 }
  /** It was asked in vain: `drop` was called. */
  | { readonly kind: 'dropped' }

/** Nobody will read it, or it came too late. */
export const wipeAnswer = (answer: Answer | undefined): void => {
  if (answer?.kind === 'answer') wipe(answer.secret)
}

export interface Prompter {
  /** Asks one question; a second one is asked only when the first is answered or dropped. */
  ask(question: Question): Promise<Answer>
  /** Says something; the text is safe to show, and has no newline at its end. */
  tell(text: string): void
  /** Nobody waits for the answer any more. */
  drop(): void
  /** We are to be stopped: the terminal is given back meanwhile. */
  suspend(): void
  /** We go on. */
  resume(): void
  /** Nothing more will be asked; ends the line, and lets go of the terminal. */
  close(): void
  /** How wide it is where it tells. */
  readonly columns: number
}

/** Where the width of a terminal is not known, or there is none. */
export const usualColumns = 80

/** How what is typed is shown. */
export const feedbacks = ['none', 'asterisk', 'dot'] as const
export type Feedback = (typeof feedbacks)[number]

export interface PromptOptions {
  readonly feedback: Feedback
  /** More than ASCII can be shown. */
  readonly unicode: boolean
  /** Milliseconds; undefined is for ever. */
  readonly timeout: number | undefined
  /** Rings when it asks. */
  readonly bell: boolean
}
