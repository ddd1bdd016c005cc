// What is looked at after each run: all of it must be as before.
import { existsSync } from 'node:fs'
import { pause } from '../session/subject.ts'
import { type Ending, isSudden } from './endings.ts'
import { marked } from './line.ts'
import type { Setting, Window } from './window.ts'

/** Bounds, in milliseconds. */
const wait = {
  /** For a terminal without an owner to be given back: much less on an idle machine. */
  restored: 1000,
  /** Until nothing of ours may be left. */
  left: 1000,
}

/** How long it takes until the terminal is as before; undefined if it does not become so. */
export const restored = async (
  { terminal, line }: Window,
  before: Readonly<Record<string, string>>,
  settings: string | undefined,
  began: number,
): Promise<number | undefined> => {
  for (;;) {
    const passed = performance.now() - began
    const same = line.termios()?.toString('hex') === settings
    if (same && differences(before, terminal.state()).length === 0) return passed
    if (passed > wait.restored) return undefined
    await pause(1)
  }
}

export interface Ended {
  readonly ending: Ending
  readonly setting: Setting
  readonly window: Window
  readonly before: Readonly<Record<string, string>>
  readonly settings: string | undefined
  readonly end: { readonly code: number | null; readonly signal: NodeJS.Signals | null }
  readonly mark: string
  readonly done: string
}

export const violations = async (ended: Ended): Promise<string[]> => {
  const { ending, setting, window, before, settings, end, mark, done } = ended
  const { terminal, line } = window
  const found: string[] = []
  // The guardian may still be at work, also where tint0 has not been killed.
  const left = () => [...marked(mark), ...line.users()]
  const users = await goneIn(wait.left, left)
  if (users.length > 0) found.push(`still there: ${users.join(', ').slice(0, 200)}`)
  await window.shown()
  await pause(40 + 3 * setting.delay)
  await window.shown()
  if (ending.status !== undefined && (end.signal ?? end.code) !== ending.status)
    found.push(`status: ${end.signal ?? end.code}`)
  if (line.termios()?.toString('hex') !== settings)
    found.push('the settings of the terminal are not as before')
  found.push(...differences(before, terminal.state()))
  const unread = line.unread()
  // What was asked and reported before a sudden death, or where nothing can be written at the moment, nobody can take away.
  const helpless =
    isSudden(ending) ||
    ending.place?.caught === true ||
    ending.place?.when === 'swing' ||
    (ending.place && setting.mess === 'frames')
  if (unread !== '' && !(helpless && (setting.asks || setting.mouse)))
    found.push(`input that the shell would read: ${JSON.stringify(unread)}`)
  if (ending.place) {
    if (!ending.place.caught && !existsSync(done)) found.push('nothing was thrown')
    const lines = window.text().match(/tint0: bug: [^\r\n]*/g) ?? []
    if (!ending.place.caught && (lines.length !== 1 || !lines[0]?.includes('planted')))
      found.push(`instead of one line of a bug: ${JSON.stringify(window.text().slice(-200))}`)
  }
  const probe = await terminal.probe()
  if (probe !== 'qx') found.push(`what is written next is ${probe}`)
  return found
}

/** Those that are there after that time; less, if there are none before. */
const goneIn = async (milliseconds: number, there: () => string[]): Promise<string[]> => {
  for (const end = Date.now() + milliseconds; there().length > 0 && Date.now() < end; ) await pause(20)
  return there()
}

const differences = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .map((key) => `${key}: ${after[key] ?? 'as a fresh one'}, not ${before[key] ?? 'as a fresh one'}`)
