// Somebody of the test machine who is asked for a password by tint0's own prompt, and what must hold afterwards.
import assert from 'node:assert/strict'
import type { Screen, ScreenOptions } from '../screen.ts'
import { before, nobodyAsks, nothingLeft, noUnits, textOf } from './left.ts'
import { login, type User } from './login.ts'

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
  const termios = before(screen)
  let from = 0
  const shown = async (pattern: RegExp) => {
    const found = await screen.process.until(pattern, 30_000, from)
    from += found.index + found[0].length
  }
  const noneLeft = async () => {
    await nobodyAsks()
    await noUnits()
  }
  return {
    screen,
    text: () => textOf(screen),
    asked: async (prompt = /Password for \w+: $/) => {
      await shown(prompt)
      assert.equal(screen.process.echoes(), false, 'silent when it asks')
    },
    type: screen.process.write,
    ended: async () => (await screen.process.exit).code,
    shown,
    noneLeft,
    nothingLeft: () => nothingLeft(screen, termios, options.title),
  }
}
