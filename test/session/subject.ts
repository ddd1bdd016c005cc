// What is tried: the built program, on one backend, on a real PTY; and what the claims about it need.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type PtyProcess, spawnOnPty } from '../pty-process.ts'
import { runOnScreen, type Screen, type ScreenOptions } from '../screen.ts'

/** Where the program is: in the checkout, which the test machine has at /src. */
export const tint0 = process.env.TINT0_BIN ?? fileURLToPath(new URL('../../bin/tint0', import.meta.url))

export const env = {
  PATH: process.env.PATH,
  HOME: '/root',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  // Not that of who runs the tests.
  TINT0_CONFIG: '',
}

/** Of the first command of a pipe, in bash. */
export const firstStatus = '$' + '{PIPESTATUS[0]}'

export type Backend = 'local' | 'system'

export const scratch = mkdtempSync(join(tmpdir(), 'tint0-test-'))

export interface Subject {
  readonly backend: Backend
  /** The words that run tint0 on the backend. */
  words(...rest: string[]): string[]
  /** Runs it before a terminal that answers. */
  show(rest: string[], options?: ScreenOptions): Screen
  /** Runs it without a tint, before one that does not. */
  raw(rest: string[], options?: ScreenOptions): PtyProcess
  /** Declares a test. */
  claim(text: string, body: () => Promise<void>): void
}

export const subjectOn = (backend: Backend): Subject => {
  const words = (...rest: string[]) => [tint0, `--backend=${backend}`, ...rest]
  return {
    backend,
    words,
    show: (rest, options = {}) => runOnScreen(words(...rest), { env, cwd: '/tmp', ...options }),
    raw: (rest, options = {}) =>
      spawnOnPty(words('--background=', ...rest), { env, cwd: '/tmp', ...options }),
    claim: (text, body) => {
      test(`${backend}: ${text}`, { timeout: 240_000 }, body)
    },
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What is left of output without control functions. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const controls = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]/g
export const plainText = (output: Buffer): string => output.toString().replace(controls, '')

export const exists = (path: string): boolean => {
  try {
    return readFileSync(path).length >= 0
  } catch {
    return false
  }
}

/** Whether a process with this command line is there. */
export const running = (command: string): boolean => {
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && commandOf(pid) === command)
}

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
  } catch {
    return ''
  }
}
