// What must hold after every authorization, however it went: nobody asks any more, nothing is left, and the terminal is whole.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { Screen } from '../screen.ts'
import { pause, plainText } from '../session/subject.ts'

/** As root, in a shell. */
export const shell = (command: string): string =>
  execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

export const units = (): string => shell("systemctl list-units 'tint0-*' --all --no-legend --plain")

/** Who asks, or could: pkttyagent, polkit's helper (the kernel cuts its name), and tint0 itself. */
export const askers = (): string =>
  shell('pgrep -a "^(pkttyagent|polkit-agent-he)" || true; pgrep -af "^[t]int0|dist/[t]int0" || true')

/** Waits until nobody asks any more. */
export const nobodyAsks = async (): Promise<void> => {
  for (let left = 50; left > 0 && askers() !== ''; left--) await pause(100)
  assert.equal(askers(), '')
}

/** The lines that tint0 itself has said. */
export const linesOfOurs = (screen: Screen): readonly string[] =>
  plainText(screen.process.output())
    .split('\r\n')
    .filter((line) => line.startsWith('tint0: '))

/** How the terminal was. */
export const before = (screen: Screen): string | undefined => screen.process.termios()?.toString('hex')

/** `termios` is what `before` returned. */
export const nothingLeft = async (screen: Screen, termios: string | undefined): Promise<void> => {
  await screen.settled()
  assert.equal(before(screen), termios, 'the terminal is set as before')
  assert.equal(screen.title(), 'as before')
  await nobodyAsks()
  assert.equal(units(), '')
}
