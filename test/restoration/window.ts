// The window of a run: a terminal that may be slow, and whose user may have made it his own, with a program on it.
import { env, pause } from '../session/subject.ts'
import { type Line, startOnLine } from './line.ts'
import type { Mess } from './mess.ts'
import { createJudgeTerminal, type JudgeTerminal } from './terminal.ts'

/** What the terminal and its user are like. */
export interface Setting {
  readonly mess: Mess
  /** How late the terminal is with everything, in milliseconds. */
  readonly delay: number
  /** Whether the user had colors and settings set before. */
  readonly own: boolean
  readonly tint: 'rewrite' | 'dynamic' | 'off'
  /** Whether the mouse is moved all the time. */
  readonly mouse: boolean
  /** Whether the program asks questions before it ends. */
  readonly asks: boolean
}

/** What the user has set before (as pywal does). */
const ownColors =
  '\x1b]4;1;#cc0044;2;#00cc44;250;#fafafa\x1b\\\x1b]10;#eeeedd\x1b\\\x1b]11;#101418\x1b\\\x1b]12;#33ddff\x1b\\'

export interface Window {
  readonly terminal: JudgeTerminal
  readonly line: Line
  /** All that the program wrote. */
  text(): string
  /** Resolves when the terminal has shown what has come so far, as late as it is. */
  shown(): Promise<void>
}

export const openWindow = async (
  argv: readonly string[],
  variables: NodeJS.ProcessEnv,
  { delay, own }: Setting,
): Promise<Window> => {
  let line: Line | undefined
  const terminal = createJudgeTerminal((text) => line?.write(text))
  await terminal.write('\x1b]2;as before\x1b\\before\r\n')
  if (own) await terminal.write(ownColors)
  const chunks: Buffer[] = []
  let latest: Promise<unknown> = Promise.resolve()
  const heard = (chunk: Buffer) => {
    chunks.push(chunk)
    latest = delay === 0 ? terminal.write(chunk) : pause(delay).then(() => terminal.write(chunk))
  }
  line = startOnLine(argv, { env: { ...env, ...variables }, heard, own })
  const shown = async () => {
    // A program that draws on never comes to rest.
    for (let seen = -1, left = 10; seen !== chunks.length && left > 0; left--, await pause(20)) {
      seen = chunks.length
      await latest
    }
  }
  return { terminal, line, text: () => Buffer.concat(chunks).toString('latin1'), shown }
}

/** What a fresh terminal with the same settings of the user says. */
export const stateBefore = async ({ own }: Setting): Promise<Readonly<Record<string, string>>> => {
  const terminal = createJudgeTerminal(() => {})
  await terminal.write(`\x1b]2;as before\x1b\\${own ? ownColors : ''}`)
  return terminal.state()
}
