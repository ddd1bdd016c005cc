// What tint0ctl doctor has learnt, and what it makes of it. Facts are values, so a test can make them up; doctor.*.ts
// ask the world for them.
import type { FoundHelper } from '../polkit/helper.ts'
import type { Capabilities } from '../terminal/capabilities.ts'
import type { Probe } from '../terminal/probe.ts'
import type { Tmux } from '../terminal/tmux.ts'
import type { Finding } from '../ui/finding.ts'
import { machineFindings } from './findings.machine.ts'
import { terminalFindings } from './findings.terminal.ts'
import { ownFindings } from './findings.tint0.ts'
import type { Standing } from './standing.ts'

export interface Facts {
  readonly machine: MachineFacts
  readonly terminal: TerminalFacts
  readonly own: OwnFacts
}

export interface MachineFacts {
  /** Whether PID 1 is systemd, and which. */
  readonly systemd: { readonly booted: boolean; readonly version: string | undefined }
  readonly bus:
    | { readonly kind: 'there'; readonly passesDescriptors: boolean }
    | { readonly kind: 'missing'; readonly problem: string }
  readonly polkit: Standing | undefined
  /** Of polkit's: what checks a password. */
  readonly helper: FoundHelper
  /** Whether there is a desktop, where a window may ask. */
  readonly hasDesktop: boolean
  /** What kind of container this is; undefined: none. */
  readonly container: string | undefined
  readonly noNewPrivileges: boolean
}

export interface TerminalFacts {
  /** Whether standard input and output are one. */
  readonly isTerminal: boolean
  readonly term: string | undefined
  readonly colorTerm: string | undefined
  readonly noColor: boolean
  readonly capabilities: Capabilities
  /** What it answered; a text is why it was not asked. */
  readonly probe: Probe | string
  readonly size: {
    readonly rows: number
    readonly columns: number
    readonly width: number
    readonly height: number
  }
  readonly tmux: Tmux | undefined
}

export interface OwnFacts {
  readonly version: string
  readonly node: string
  /** The files that are read. */
  readonly files: readonly string[]
  /** What is wrong with one of them. */
  readonly problem: { readonly text: string; readonly hint: string | undefined } | undefined
  readonly theme: { readonly name: string; readonly origin: string } | undefined
}

export const findingsOf = ({ machine, terminal, own }: Facts): readonly Finding[] => [
  ...machineFindings(machine),
  ...terminalFindings(terminal),
  ...ownFindings(own),
]
