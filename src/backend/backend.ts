// What a backend does: start one command, on a PTY or on the caller's own files, as somebody, in a fresh context, and tell how it ended.
// To add one, write a file like local.ts, add a row to the table, and let the contract test run over it.

import type { Bus } from '../bus/bus.ts'
import type { Pty, PtySettings } from '../pty/pty.ts'
import type { KeptSignal } from './keeper.ts'
import type { UnitRow } from './unit.ts'

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
  /** What only a manager can do; `local` refuses all but the nice level. */
  readonly setting: LaunchSetting
  /** For the journal: who asked. */
  readonly caller: { readonly uid: number; readonly gid: number; readonly name: string }
}

export interface LaunchSetting {
  /** The presets that `properties` begin with. */
  readonly sandbox: readonly string[]
  /** NAME=VALUE, in the syntax of unit files. */
  readonly properties: readonly string[]
  /** With its suffix; undefined: where such units are by default. */
  readonly slice: string | undefined
  readonly nice: number | undefined
  /** All capabilities, without being root. */
  readonly empower: boolean
  /** Whether the session does without a manager of its user; undefined: as it suits the target. */
  readonly lightweight: boolean | undefined
  readonly area: string | undefined
  readonly extraGroups: readonly string[]
}

/** How a command ended, as a value until the very end (outcome.ts puts it into words). */
export type End =
  /** `cause`: the manager's doing (systemd's `Result`: oom-kill, timeout, watchdog…); not there where it is the command's own. */
  | { readonly kind: 'exited'; readonly status: number; readonly cause?: string }
  | { readonly kind: 'killed'; readonly signal: number; readonly cause?: string }
  /** It never ran: the step of systemd.exec(5) "process exit codes" (200–245) that failed, and why, if we may know. */
  | { readonly kind: 'unstartable'; readonly step: number; readonly reason?: string }
  /** Nor did it here: `result` is that of the unit, or of its job. */
  | { readonly kind: 'abandoned'; readonly result: string; readonly reason?: string }
  /** It never ran: there is no such program, as far as can be seen afterwards. */
  | { readonly kind: 'missing' }
  /** It has ended while the bus was away, and nobody knows how. */
  | { readonly kind: 'lost' }

/** What the manager counted, of the unit's whole life; nothing where it did not, or cannot be asked. */
export interface Report {
  readonly cpuNSec?: bigint
  readonly memoryPeak?: bigint
  /** systemd's `Result`: success, exit-code, signal, core-dump, oom-kill, timeout… */
  readonly result?: string
}

export interface Running {
  /** Resolves when the command has its terminal, or has ended: a hang-up before that would pass it by. */
  readonly begun: Promise<unknown>
  readonly ended: Promise<End>
  /** To be asked for between the end and the release. */
  report(): Promise<Report>
  /** Kills what did not end by the hang-up; false where that is not allowed to us. */
  kill(): Promise<boolean>
  /** Sends the command a signal; false where that is not possible to us. */
  signal(signal: KeptSignal): Promise<boolean>
  /** The process of the command, or 0 where it is not known (yet). */
  mainPid(): number
  /** Lets go of the bus or whatever else holds us up. */
  release(): void
}

/** The command runs, or somebody must authorize it first, or it was refused, or nobody answered while the manager waited. */
export type Start =
  | { readonly kind: 'running'; readonly running: Running }
  | { readonly kind: 'authorization-required' }
  /** `restarted`: because who asked is gone; whoever asks for it must be another, too. */
  | { readonly kind: 'unanswered'; readonly restarted?: boolean }
  | { readonly kind: 'refused'; readonly reason: string }

export interface StartOptions {
  /** The slave of the PTY and its name: the command's controlling terminal; undefined: it has none. */
  readonly pty: { readonly slave: number; readonly path: string } | undefined
  readonly streams: Streams
  /** Whether polkit may ask the user while we wait. */
  readonly interactive: boolean
}

/** What the command's fds 0, 1 and 2 are: a file, pipe or socket of the caller's (never a terminal), or undefined for the PTY. */
export type Streams = readonly [number | undefined, number | undefined, number | undefined]

/** What would be started. */
export type Plan =
  /** `wanted`: those of the rows that are the user's own. */
  | { readonly kind: 'unit'; readonly rows: readonly UnitRow[]; readonly wanted: readonly UnitRow[] }
  | {
      readonly kind: 'process'
      readonly words: readonly string[]
      readonly directory: string
      /** All of it. */
      readonly environment: readonly string[]
      /** fds 0, 1, 2 and on. */
      readonly descriptors: readonly number[]
    }

export interface Backend {
  readonly name: 'system' | 'user' | 'local' | 'machine'
  /** Begins what takes time (a connection), while others do their part. Errors come out of `start`. */
  prepare(): void
  /** The connection by which the command is asked for: an agent of ours is registered on it. Not there where nobody asks polkit. */
  bus?(): Promise<Bus>
  /** Opens the PTY where the command can have no other. Throws a Tint0Error where none can be had. */
  openPty?(settings: PtySettings): Promise<Pty>
  /** Starts the command. Throws a Tint0Error where that is impossible, whoever authorizes it. */
  start(launch: Launch, options: StartOptions): Promise<Start>
  /** What `start` would do, by the same decisions and with the same errors; but nothing is started, and nobody is asked. */
  plan(launch: Launch, options: Omit<StartOptions, 'interactive'>): Promise<Plan>
  /** To be called when no command was started after all. */
  release(): void
}
