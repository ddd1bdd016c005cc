// What must hold after every authorization, however it went: nobody asks any more, nothing is left, and the terminal is whole. And
// how a test looks at what runs meanwhile, and ends it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { Screen } from '../screen.ts'
import { pause, plainText } from '../session/subject.ts'
import { prompt } from './login.ts'

/** What a test that asks somebody may take at most, however busy the machine is. */
export const timeout = 60_000

/** As root, in a shell. */
export const shell = (command: string): string =>
  execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** What the command line of each tint0 matches, and that of whoever looks for it does not. */
const ours = '^[t]int0|dist/[t]int0'

/** The numbers of all that run. */
export const clients = (): readonly number[] =>
  shell(`pgrep -f "${ours}" || true`).split('\n').filter(Boolean).map(Number)

/** The one that runs. */
export const client = (): number => clients()[0] ?? assert.fail('no tint0 runs')

/** Sends it to all that run, if any do. */
export const killOurs = (signal: 'INT' | 'TERM' | 'KILL'): void => {
  shell(`pkill -${signal} -f "${ours}" || true`)
}

/** polkit's helpers that run (the kernel cuts their name). */
export const helpers = (): string => shell('pgrep -a polkit-agent-he || true')

export const units = (): string =>
  shell("systemctl list-units 'tint0-*' --type=service,scope --all --no-legend --plain")

/** Who asks, or could: pkttyagent, polkit's helper, tint0 itself, and who would put its terminal right. */
export const askers = (): string =>
  shell(`pgrep -a "^(pkttyagent|polkit-agent-he)" || true; pgrep -af "${ours}|[t]int0-guardian" || true`)

/** Asks again until `found` is what it should be; fails, with what it is, after twenty seconds. */
export const becomes = async <T>(found: () => T, wanted: T, what?: string): Promise<void> => {
  const end = Date.now() + 20_000
  while (found() !== wanted && Date.now() < end) await pause(50)
  assert.equal(found(), wanted, what)
}

/** Waits until nobody asks any more. */
export const nobodyAsks = (): Promise<void> => becomes(askers, '')

/** Waits until no unit of ours is left. */
export const noUnits = (what?: string): Promise<void> => becomes(units, '', what)

/** All that was written, without control functions. */
export const textOf = (screen: Screen): string => plainText(screen.process.output())

/** How often a password was asked for. */
export const questions = (screen: Screen): number =>
  [...textOf(screen).matchAll(new RegExp(prompt, 'g'))].length

/** The lines that tint0 itself has said. */
export const linesOfOurs = (screen: Screen): readonly string[] =>
  textOf(screen)
    .split('\r\n')
    .filter((line) => line.startsWith('tint0: '))

/** How the terminal was. */
export const before = (screen: Screen): string | undefined => screen.process.termios()?.toString('hex')

/** `termios` is what `before` returned. To be called as soon as all has ended: the terminal is closed soon after. */
export const nothingLeft = async (
  screen: Screen,
  termios: string | undefined,
  title = 'as before',
): Promise<void> => {
  assert.ok(screen.process.echoes(), 'the terminal echoes')
  assert.equal(before(screen), termios, 'the terminal is set as before')
  await screen.settled()
  assert.equal(screen.title(), title)
  await nobodyAsks()
  await noUnits()
}
