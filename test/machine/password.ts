// Somebody of the test machine who is asked for a password by tint0's own prompt, and what must hold afterwards.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { Screen, ScreenOptions } from '../screen.ts'
import { pause, plainText } from '../session/subject.ts'
import { login, type User } from './login.ts'

export const output = (command: string): string =>
  execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()

export interface AskedUser {
  readonly screen: Screen
  /** All that was written, without control functions. */
  text(): string
  /** Resolves when the question stands there, and is the last thing that does. */
  asked(prompt?: RegExp): Promise<void>
  type(keys: string | Uint8Array): void
  /** Resolves when the command line has ended, to its status. */
  ended(): Promise<number | null>
  /** Resolves when that comes behind what was asked last. */
  shown(pattern: RegExp): Promise<void>
  /** No unit and no process of ours is left. */
  noneLeft(): Promise<void>
  /** The terminal is as it was found, and echoes; no unit, and no process of ours is left. */
  nothingLeft(): Promise<void>
}

/** The user runs that in a session. */
export const askedAs = (user: User, command: string, options: ScreenOptions = {}): AskedUser => {
  const screen = login(user, command, options)
  const termios = screen.process.termios()?.toString('hex')
  let from = 0
  const shown = async (pattern: RegExp) => {
    const found = await screen.process.until(pattern, 20_000, from)
    from += found.index + found[0].length
  }
  const noneLeft = async () => {
    for (let left = 60; left > 0 && leftovers() !== ''; left--) await pause(50)
    assert.equal(leftovers(), '')
  }
  return {
    screen,
    text: () => plainText(screen.process.output()),
    asked: async (prompt = /Password for \w+: $/) => {
      await shown(prompt)
      assert.equal(screen.process.echoes(), false, 'silent when it asks')
    },
    type: screen.process.write,
    ended: async () => (await screen.process.exit).code,
    shown,
    noneLeft,
    nothingLeft: async () => {
      await noneLeft()
      await screen.settled()
      assert.ok(screen.process.echoes())
      assert.equal(screen.process.termios()?.toString('hex'), termios, 'the terminal is set as before')
      assert.equal(screen.title(), options.title ?? 'as before')
    },
  }
}

const leftovers = (): string =>
  output(
    "systemctl list-units 'tint0-*' --all --no-legend --plain; pgrep -a pkttyagent; pgrep -a polkit-agent-he; pgrep -af '^[t]int0|dist/[t]int0|[t]int0-guardian'; true",
  )
