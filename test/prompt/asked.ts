// Somebody who is asked by test/fixtures/ask.ts: on a real PTY, at once or from a shell.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type PtyProcess, type PtyProcessOptions, spawnOnPty } from '../pty-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, '.cache', `ask-${process.pid}`)
export const scratch = mkdtempSync(join(tmpdir(), 'tint0-prompt-'))
export const program = join(folder, 'ask.mjs')

process.once('exit', () => {
  for (const path of [folder, scratch]) rmSync(path, { recursive: true, force: true })
})

/** Built once, for a quick start. */
export const ready = build({
  entryPoints: [join(root, 'test/fixtures/ask.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
})

export interface AskOptions {
  readonly questions?: readonly {
    readonly text: string
    readonly echo?: boolean
    readonly others?: readonly string[]
  }[]
  readonly feedback?: 'none' | 'asterisk' | 'dot'
  readonly unicode?: boolean
  readonly timeout?: number
  readonly bell?: boolean
  /** Else the terminal. */
  readonly source?: 'stdin' | 'askpass'
  readonly pasteTime?: number
  /** It asks only when something has been typed. */
  readonly behind?: boolean
}

export const question = { text: 'Password: ' }

export const wordsOf = (options: AskOptions): string[] => [
  process.execPath,
  program,
  JSON.stringify({ questions: [question], feedback: 'none', unicode: true, bell: false, ...options }),
]

/** Asks at once; resolves when the question stands there. */
export const asked = async (options: AskOptions = {}, on: PtyProcessOptions = {}): Promise<PtyProcess> => {
  await ready
  const terminal = bounded(spawnOnPty(wordsOf(options), on))
  await terminal.until(options.behind ? /soon\r\n/ : /Password: /)
  return terminal
}

/** Whoever does not end is ended, and has no status. */
const bounded = (terminal: PtyProcess): PtyProcess => {
  const timer = setTimeout(() => terminal.kill(), longest)
  return { ...terminal, exit: terminal.exit.finally(() => clearTimeout(timer)) }
}

/** For a program that does not end, in milliseconds. */
export const longest = 30_000

export const bash = ['bash', '--norc', '--noprofile', '--noediting', '-i'] as const

/** A shell that runs whatever it reads, whoever typed it; resolves at its prompt. */
export const shell = async (words: readonly string[] = bash): Promise<PtyProcess> => {
  await ready
  const terminal = spawnOnPty(words, {
    env: { PATH: process.env.PATH, PS1: 'shell> ', HOME: scratch, TERM: 'dumb' },
    cwd: scratch,
  })
  await terminal.until(/shell> $/)
  return terminal
}

/** How a shell is told to ask. */
export const command = (options: AskOptions = {}): string => {
  const [node, file, json] = wordsOf(options)
  return `${node} ${file} '${json}'`
}

/** Milliseconds. */
export const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))

/** What the program said that came. */
export const answersOf = (terminal: PtyProcess): string[] =>
  [
    ...terminal
      .output()
      .toString()
      .matchAll(/^answer ([0-9a-f]*)\.\r$/gm),
  ].map(([, hex = '']) => Buffer.from(hex, 'hex').toString())

/** That text, and nothing behind it yet. */
export const ending = (text: string): RegExp => new RegExp(`${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`)
