// Door: a program that asks (--askpass), as of sudo(8): the question is its argument, what it writes up to the first newline the answer.
// It runs as the caller, with the caller's own environment, for it may need to find a window. If it fails there is no answer.
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, readSync, statSync, writeSync } from 'node:fs'
import { env } from 'node:process'
import { failed } from '../errors.ts'
import { isReadable, makeNonBlocking, openPipe, untilReadable } from '../libc.ts'
import { type Answer, type Prompter, usualColumns } from './prompt.ts'
import { createSheet, noPassword } from './sheet.ts'
import type { UnseenOptions } from './stdin.ts'
import { waste } from './typing.ts'

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 100

/** How long one that is told to end may take for it, in milliseconds. */
const grace = 200

/** What comes behind the answer is read so far, in bytes, that a full pipe may stop nobody. */
const mostMore = 65_536

/** A program that is asking. */
interface Asking {
  readonly child: ChildProcess
  /** Where its words come out; undefined when that is closed. */
  output: number | undefined
  hasEnded: boolean
  /** Set where nobody waits for its answer any more. */
  instead: Answer | undefined
}

/** Throws a Tint0Error where `program` is none that could be run. */
export const askProgram = (named: string | undefined, options: UnseenOptions): Prompter => {
  const program = checked(named)
  let current: Asking | undefined
  const stop = (asking: Asking | undefined, instead: Answer) => {
    if (!asking || asking.hasEnded || asking.instead) return
    asking.instead = instead
    asking.child.kill()
    // What has ended has closed its pipe.
    if (asking.output === undefined || !isReadable(asking.output, grace)) asking.child.kill('SIGKILL')
  }
  return {
    ask: async ({ text }) => {
      const [output, input] = openPipe()
      // Its words go where ours do; no input is its own.
      const child = spawn(program, [text], { stdio: ['ignore', input, 'inherit'], env })
      closeSync(input)
      makeNonBlocking(output)
      const asking: Asking = { child, output, hasEnded: false, instead: undefined }
      current = asking
      const status = new Promise<number | null>((resolve) => {
        const end = (code: number | null) => {
          asking.hasEnded = true
          resolve(code)
        }
        child.once('error', () => end(null))
        child.once('exit', end)
      })
      const { timeout, sleep } = options
      if (timeout !== undefined) sleep(timeout).then(() => stop(asking, { kind: 'timeout' }))
      const answer = await readAnswer(output, options.longest, asking)
      asking.output = undefined
      closeSync(output)
      const good = (await status) === 0
      if (!asking.instead && good) return answer
      waste(answer)
      return asking.instead ?? { kind: 'closed' }
    },
    tell: say,
    drop: () => stop(current, { kind: 'dropped' }),
    suspend: () => {},
    resume: () => {},
    close: () => stop(current, { kind: 'dropped' }),
    columns: usualColumns,
  }
}

const checked = (program: string | undefined): string => {
  if (!program)
    throw failed('--askpass', 'no program is named that could ask', 'set SUDO_ASKPASS to its absolute path')
  if (!program.startsWith('/'))
    throw failed('--askpass', `SUDO_ASKPASS is '${program}', which is no absolute path`, 'write it in full')
  try {
    accessSync(program, constants.X_OK)
    if (statSync(program).isFile()) return program
  } catch {}
  throw failed(
    '--askpass',
    `SUDO_ASKPASS is '${program}', which cannot be executed`,
    'name a program that can',
  )
}

/** Where nobody can read it, nobody can be told. */
const say = (text: string): void => {
  try {
    writeSync(2, `${text}\n`)
  } catch {}
}

/** The first line; what comes behind it is read, too, so that nobody is stopped by a full pipe. */
const readAnswer = async (fd: number, longest: number, asking: Asking): Promise<Answer> => {
  const sheet = createSheet(longest)
  const piece = Buffer.alloc(512)
  let answer: Answer | undefined
  for (let more = 0; more < mostMore; ) {
    // Others may have the pipe when it has ended.
    const isLast = asking.hasEnded || asking.instead !== undefined
    if (!isLast) await untilReadable(fd, pollTime)
    const length = readSome(fd, piece)
    if (length === 0 || (length === undefined && isLast)) break
    for (const byte of piece.subarray(0, length ?? 0)) {
      const taken = answer ? undefined : sheet.take(byte)
      if (taken === 'unfit') say(noPassword)
      if (taken) answer = taken === 'unfit' ? { kind: 'closed' } : taken
    }
    if (answer) more += length ?? 0
    piece.fill(0)
  }
  return answer ?? sheet.end()
}

/** How many bytes came: 0 at the end; undefined where none is there yet. */
const readSome = (fd: number, into: Buffer): number | undefined => {
  try {
    return readSync(fd, into, 0, into.length, null)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 0
  }
}
