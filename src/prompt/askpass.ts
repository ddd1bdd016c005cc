// Door: a program that asks (--askpass), as of sudo(8): the question is its argument, what it writes up to the first newline the answer.
// It runs as the caller, with the caller's own environment, for it may need to find a window.
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, readSync, writeSync } from 'node:fs'
import { env } from 'node:process'
import { failed } from '../errors.ts'
import { makeNonBlocking, openPipe, untilReadable } from '../libc.ts'
import { newSecret } from './editor.ts'
import type { Answer, Prompter } from './prompt.ts'

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 200

/** Throws a Tint0Error where `program` is none that could be run. */
export const askProgram = (
  program: string | undefined,
  { longest }: { readonly longest: number },
): Prompter => {
  if (!program)
    throw failed('--askpass', 'no program is named that could ask', 'set SUDO_ASKPASS to its absolute path')
  if (!program.startsWith('/'))
    throw failed('SUDO_ASKPASS', `'${program}' is no absolute path`, 'write it in full')
  try {
    accessSync(program, constants.X_OK)
  } catch {
    throw failed('SUDO_ASKPASS', `'${program}' cannot be executed`, 'name a program that can')
  }
  let child: ChildProcess | undefined
  const stop = () => {
    child?.kill()
    child = undefined
  }
  return {
    ask: async ({ text }) => {
      const [end, begin] = openPipe()
      // Its words go where ours do; no input is its own.
      const mine = spawn(program, [text], { stdio: ['ignore', begin, 'inherit'], env })
      child = mine
      closeSync(begin)
      const gone = new Promise<boolean>((resolve) => {
        mine.once('error', () => resolve(false))
        mine.once('exit', (status) => resolve(status === 0))
      })
      const answer = await readAnswer(end, longest)
      closeSync(end)
      const good = await gone
      if (child !== mine) return { kind: 'dropped' }
      child = undefined
      return good ? answer : { kind: 'closed' }
    },
    tell: (text) => {
      try {
        writeSync(2, `${text}\n`)
      } catch {
        // Where nobody can read it, nobody can be told.
      }
    },
    drop: stop,
    suspend: () => {},
    resume: () => {},
    close: stop,
  }
}

/** The first line, of which no string is made; all the rest is read, so that nobody is stopped by a full pipe. */
const readAnswer = async (fd: number, longest: number): Promise<Answer> => {
  const bytes = newSecret(longest)
  const piece = newSecret(512)
  let used = 0
  let over = false
  makeNonBlocking(fd)
  for (;;) {
    await untilReadable(fd, pollTime)
    const length = readSome(fd, piece)
    if (length === undefined) continue
    if (length === 0) break
    for (const byte of piece.subarray(0, length)) {
      over ||= byte === 10
      if (!over && used < longest) bytes[used++] = byte
    }
    piece.fill(0)
  }
  const secret = newSecret(used)
  bytes.copy(secret, 0, 0, used)
  bytes.fill(0)
  return used === 0 && !over ? { kind: 'closed' } : { kind: 'answer', secret }
}

const readSome = (fd: number, into: Buffer): number | undefined => {
  try {
    return readSync(fd, into, 0, into.length, null)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 0
  }
}
