// Door: a program that asks (--askpass), as of sudo(8): the question is its argument, what it writes up to the first newline the answer.
// It runs as the caller, with the caller's own environment, for it may need to find a window. If it fails there is no answer.
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, statSync } from 'node:fs'
import { env } from 'node:process'
import { failed } from '../errors.ts'
import { isReadable, makeNonBlocking, openPipe, untilReadable } from '../libc.ts'
import { type Answer, type Prompter, usualColumns, wipeAnswer } from './prompt.ts'
import { createSheet, noPassword } from './sheet.ts'
import { readSome, say, type UnseenOptions } from './stdin.ts'

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
  /** The last one asks; those before it are being ended. */
  const living = new Set<Asking>()
  const tellToEnd = (asking: Asking, instead: Answer) => {
    if (asking.hasEnded || asking.instead) return
    asking.instead = instead
    asking.child.kill()
  }
  const stop = async (asking: Asking, instead: Answer) => {
    tellToEnd(asking, instead)
    await options.sleep(grace)
    if (!asking.hasEnded) asking.child.kill('SIGKILL')
  }
  /** The same where we are about to end ourselves: nothing else goes on meanwhile. */
  const stopNow = (asking: Asking) => {
    tellToEnd(asking, { kind: 'dropped' })
    if (asking.hasEnded) return
    waitFor(asking, grace)
    // Its output may be closed though it goes on; whoever has ended does not mind.
    asking.child.kill('SIGKILL')
  }
  return {
    ask: async ({ text }) => {
      const [output, input] = openPipe()
      // Its words go where ours do; no input is its own.
      const child = spawn(program, [text], { stdio: ['ignore', input, 'inherit'], env })
      closeSync(input)
      makeNonBlocking(output)
      const asking: Asking = { child, output, hasEnded: false, instead: undefined }
      living.add(asking)
      const status = new Promise<number | null>((resolve) => {
        const end = (code: number | null) => {
          asking.hasEnded = true
          living.delete(asking)
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
      wipeAnswer(answer)
      return asking.instead ?? { kind: 'closed' }
    },
    tell: (text) => say(`${text}\n`),
    drop: () => {
      for (const asking of living) stop(asking, { kind: 'dropped' })
    },
    suspend: () => {},
    resume: () => {},
    close: () => {
      for (const asking of living) stopNow(asking)
    },
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

/** What ends closes its pipe: waits for that, and reads what comes before it, for nobody. */
const waitFor = ({ output }: Asking, milliseconds: number): void => {
  if (output === undefined) return
  const piece = Buffer.alloc(512)
  const end = performance.now() + milliseconds
  for (
    let left = milliseconds;
    left > 0 && isReadable(output, left);
    left = Math.ceil(end - performance.now())
  ) {
    const length = readSome(output, piece)
    piece.fill(0)
    if (length === 0) return
  }
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
      if (taken === 'unfit') say(`${noPassword}\n`)
      if (taken) answer = taken === 'unfit' ? { kind: 'closed' } : taken
    }
    if (answer) more += length ?? 0
    piece.fill(0)
  }
  return answer ?? sheet.end()
}
