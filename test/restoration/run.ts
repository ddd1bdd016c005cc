// One run: a user's terminal, tint0 on it, a program that leaves all on, an ending; then all that must be as it was before.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env, pause, tint0 } from '../session/subject.ts'
import { type Ending, isSudden } from './endings.ts'
import { type Line, marked, startOnLine } from './line.ts'
import { type Mess, writeProgram } from './mess.ts'
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

export interface Result {
  /** What was not as before; empty if all is well. */
  readonly violations: readonly string[]
  /** From the death of tint0 to a terminal that is as before, in milliseconds, where it dies. */
  readonly latency: number | undefined
}

/** Bounds, in milliseconds. */
const wait = {
  /** For anything, on a busy machine. */
  anything: 15_000,
  /** Longer than until the guardian is there. */
  guardian: 150,
  /** For a terminal without an owner to be given back: much less on an idle machine. */
  restored: 1000,
  /** Until nothing of ours may be left. */
  left: 1000,
}

const scratch = mkdtempSync(join(tmpdir(), 'tint0-restoration-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
const checkout = dirname(dirname(tint0))

let runs = 0

/** What the user has set before (as pywal does). */
const ownColors =
  '\x1b]4;1;#cc0044;2;#00cc44;250;#fafafa\x1b\\\x1b]10;#eeeedd\x1b\\\x1b]11;#101418\x1b\\\x1b]12;#33ddff\x1b\\'

interface Window {
  readonly terminal: JudgeTerminal
  readonly line: Line
  /** All that the program wrote. */
  text(): string
  /** Resolves when the terminal has shown what has come so far, as late as it is. */
  shown(): Promise<void>
}

const openWindow = async (
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
    await pause(10)
    await latest
  }
  return { terminal, line, text: () => Buffer.concat(chunks).toString('latin1'), shown }
}

/** What a fresh terminal with the same settings of the user says. */
const stateBefore = async ({ own }: Setting): Promise<Readonly<Record<string, string>>> => {
  const terminal = createJudgeTerminal(() => {})
  await terminal.write(`\x1b]2;as before\x1b\\${own ? ownColors : ''}`)
  return terminal.state()
}

const until = async (what: string, found: () => boolean, step = 10): Promise<void> => {
  for (const end = Date.now() + wait.anything; Date.now() < end; await pause(step)) if (found()) return
  throw new Error(`${what} did not come`)
}

export const run = async (ending: Ending, setting: Setting): Promise<Result> => {
  const mark = `restoration-${process.pid}-${++runs}`
  const { mess, mouse, tint, asks } = setting
  const program = writeProgram({ folder: scratch, mark, mess, last: ending.last, asks })
  const done = join(scratch, `${mark}-done`)
  const { place } = ending
  const planted = place !== undefined || ending.memory === true
  const moment = place?.when === 'start' ? '' : place?.when === 'ending' ? program.ending : program.go
  const words = planted
    ? [
        process.execPath,
        ...(ending.memory ? ['--max-old-space-size=40'] : []),
        ...['--require', join(checkout, 'test/fixtures/plant.cjs'), join(checkout, 'dist/tint0.cjs')],
      ]
    : [tint0]
  const variables = {
    ...(place ? { PLANT_PLACE: place.name, PLANT_CALL: `${place.call ?? 1}`, PLANT_DONE: done } : {}),
    ...(ending.memory ? { PLANT_MEMORY: '1' } : {}),
    ...(planted ? { PLANT_FILE: moment } : {}),
  }
  const before = await stateBefore(setting)
  const window = await openWindow(
    [...words, '--backend=local', `--tint=${tint}`, ...program.argv],
    variables,
    setting,
  )
  const { terminal, line } = window
  const settings = line.termios()?.toString('hex')
  const moving = mouse && setInterval(() => terminal.reportsMouse() && line.write('\x1b[<35;10;10M'), 20)
  try {
    const alive = { now: true }
    const exit = line.exit.then((end) => {
      alive.now = false
      return end
    })
    if (place?.when !== 'start') {
      await until('the program', () => existsSync(program.ready) || !alive.now)
      await window.shown()
      await pause(wait.guardian + 3 * setting.delay)
      await until('a quiet terminal', () => !line.pending(), 1)
    }
    if (alive.now) writeFileSync(program.go, '')
    if (place?.when === 'swing') line.resize(81, 25)
    await pause(ending.last === 'waits' ? 30 : 0)
    let began = performance.now()
    if (ending.act && 'signal' in ending.act) line.kill(ending.act.signal, ending.act.group)
    else if (ending.act) line.write(ending.act.type)
    // What is taken for an answer of the system may leave the session as it is.
    if (place?.caught) await Promise.race([exit, pause(1000).then(() => line.kill('SIGTERM'))])
    const end = await Promise.race([exit, pause(wait.anything)])
    if (!end) throw new Error(`tint0 did not end; ${window.text().slice(-300)}`)
    if (ending.memory) began = performance.now()
    const latency = isSudden(ending) ? await restored(window, before, settings, began) : undefined
    return {
      violations: await violations({ ending, setting, window, before, settings, end, mark, done }),
      latency,
    }
  } catch (error) {
    return { violations: [`it could not be tried: ${(error as Error).message}`], latency: undefined }
  } finally {
    if (moving) clearInterval(moving)
    line.close()
  }
}

/** How long it takes until the terminal is as before; undefined if it does not become so. */
const restored = async (
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

interface Ended {
  readonly ending: Ending
  readonly setting: Setting
  readonly window: Window
  readonly before: Readonly<Record<string, string>>
  readonly settings: string | undefined
  readonly end: { readonly code: number | null; readonly signal: NodeJS.Signals | null }
  readonly mark: string
  readonly done: string
}

const violations = async (ended: Ended): Promise<string[]> => {
  const { ending, setting, window, before, settings, end, mark, done } = ended
  const { terminal, line } = window
  const found: string[] = []
  const ended1 = Date.now()
  await window.shown()
  await pause(40 + 3 * setting.delay)
  await window.shown()
  if (ending.status !== undefined && (end.signal ?? end.code) !== ending.status)
    found.push(`status: ${end.signal ?? end.code}`)
  if (line.termios()?.toString('hex') !== settings)
    found.push('the settings of the terminal are not as before')
  found.push(...differences(before, terminal.state()))
  const unread = line.unread()
  // What was asked and reported before a sudden death, or where nothing can be written any more, nobody can take away.
  const helpless = isSudden(ending) || ending.place?.caught === true
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
  const left = () => [...marked(mark), ...line.users()]
  while (left().length > 0 && Date.now() - ended1 < wait.left) await pause(50)
  if (left().length > 0) found.push(`still there: ${left().join(', ').slice(0, 200)}`)
  return found
}

const differences = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .map((key) => `${key}: ${after[key] ?? 'as a fresh one'}, not ${before[key] ?? 'as a fresh one'}`)
