// Everything that can go wrong, in one place: its words, the way out, and the exit status.
// Statuses follow env(1) and POSIX sh: 125 our own failure, 126 refused or not executable, 127 not found.
// Anything else that is thrown is a bug of ours.

export type Failure = {
  /** What it is about: an option, a file, a service. */
  readonly subject: string
  /** What is wrong, as the rest of a sentence. */
  readonly problem: string
  /** The way out, if there is one to name. */
  readonly hint?: string
  /** 125, 126, 127, or 130; or that of a command that has ended, where its end takes a word. */
  readonly status: number
  /** The signal that ended the command, where that is what it is about. */
  readonly signal?: number
}

/** The one error class: something the user can act on, never a stack trace. */
export class Tint0Error extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${failure.subject}: ${failure.problem}`)
    this.name = 'Tint0Error'
    this.failure = failure
  }
  /** By its name: a bundle that is loaded late has this class a second time. */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Object && 'failure' in thrown && 'name' in thrown && thrown.name === 'Tint0Error'
  }
}

/** Our own failure before or around the command (status 125). */
export const failed = (subject: string, problem: string, hint?: string): Tint0Error =>
  new Tint0Error({ subject, problem, status: 125, ...(hint && { hint }) })

/** The same with a second way out, which goes around what is wrong. */
export const withWayOut = (failure: Failure, way: string): Failure => ({
  ...failure,
  hint: failure.hint === undefined ? way : `${failure.hint} (${way})`,
})

/** Refused by policy, or found but not executable (status 126). */
export const refused = (subject: string, problem: string, hint?: string): Tint0Error =>
  new Tint0Error({ subject, problem, status: 126, ...(hint && { hint }) })

/** No such command (status 127). */
export const notFound = (subject: string, problem: string, hint?: string): Tint0Error =>
  new Tint0Error({ subject, problem, status: 127, ...(hint && { hint }) })

/** Standard output cannot be written to, by the error's code (status 125). */
export const unwritable = (code = 'unknown error'): Tint0Error =>
  failed('standard output', code === 'ENOSPC' ? 'no space left on device' : `cannot be written to (${code})`)

/**
 * The words for stderr: one line `tint0: subject: problem`, with the way out behind a semicolon.
 * Behind what others have said there is no full stop then. Text that came from outside is made visible by `show`, so no byte of
 * it acts on the terminal.
 */
export const sentence = (program: string, { subject, problem, hint }: Failure): string =>
  `${program}: ${show(`${subject}: ${hint ? `${problem.replace(/\.$/, '')}; ${hint}` : problem}`)}\n`

/**
 * Text from outside, made safe for a terminal and for a log line: C0, DEL, C1 and the bidirectional and invisible
 * formatting characters become visible escapes. Idempotent on its own output; never contains a control character.
 */
export const show = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
