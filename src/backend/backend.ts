// What a backend does: start one command on the slave of a PTY, as somebody, in a fresh context, and tell how it ended.
// To add one, write a file like local.ts, add a row to the table, and let the contract test run over it.

import type { Pty, PtySettings } from '../pty/pty.ts'

/** One command, with everything decided. */
export interface Launch {
  /** Absolute path of the program; for `machine` it may be a name, to be found there. */
  readonly path: string
  /** argv, including argv[0]. */
  readonly argv: readonly string[]
  /** Name or number; undefined: whoever the backend runs as by itself (root for the system, else the caller). */
  readonly user: string | undefined
  readonly group: string | undefined
  /** Whether that has root's rights. */
  readonly asRoot: boolean
  /** Absolute, or '~' for the home of the user. */
  readonly directory: string
  /** A directory that is not there is no error: nobody asked for it. */
  readonly directoryIsOptional: boolean
  /** NAME=VALUE: what is added to the fresh environment; or all of it, where it `inherits`. */
  readonly environment: readonly string[]
  /** There is no fresh environment: the caller's own goes along (`local` only). */
  readonly inherits: boolean
  readonly unit: string
  /** The container it runs in; undefined is this machine. */
  readonly machine: string | undefined
  readonly description: string
  /** For the journal: who asked. */
  readonly caller: { readonly uid: number; readonly gid: number; readonly name: string }
}

/** How a command ended, as a value until the very end (outcome.ts puts it into words). */
export type End =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: number }
  /** It never ran: the step of systemd.exec(5) "process exit codes" (200–245) that failed. */
  | { readonly kind: 'unstartable'; readonly step: number }
  /** It never ran: there is no such program, as far as can be seen afterwards. */
  | { readonly kind: 'missing' }
  /** The manager or the bus gave it up for another reason. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface Running {
  /** Resolves when the command has its terminal, or has ended: a hang-up before that would pass it by. */
  readonly begun: Promise<unknown>
  readonly ended: Promise<End>
  /** Kills what did not end by the hang-up; false where that is not allowed to us. */
  kill(): Promise<boolean>
  /** Lets go of the bus or whatever else holds us up. */
  release(): void
}

/** The command runs, or somebody must authorize it first, or it was refused, or nobody answered while the manager waited. */
export type Start =
  | { readonly kind: 'running'; readonly running: Running }
  | { readonly kind: 'authorization-required' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'refused'; readonly reason: string }

export interface StartOptions {
  /** The slave: fds 0, 1 and 2 of the command, and its controlling terminal. */
  readonly slave: number
  /** The slave's name. */
  readonly path: string
  /** What the command gets as fd 0 instead: the caller's file, pipe or socket; never a terminal. */
  readonly input: number | undefined
  /** Whether polkit may ask the user while we wait. */
  readonly interactive: boolean
}

export interface Backend {
  readonly name: 'system' | 'user' | 'local' | 'machine'
  /** Begins what takes time (a connection), while others do their part. Errors come out of `start`. */
  prepare(): void
  /** Opens the PTY where the command can have no other. Throws a Tint0Error where none can be had. */
  openPty?(settings: PtySettings): Promise<Pty>
  /** Starts the command. Throws a Tint0Error where that is impossible, whoever authorizes it. */
  start(launch: Launch, options: StartOptions): Promise<Start>
  /** To be called when no command was started after all. */
  release(): void
}
