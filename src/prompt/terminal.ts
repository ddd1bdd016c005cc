// Door: the prompt on the controlling terminal, also where the standard streams are something else. The terminal is silent only while
// something is asked; it is given back on every way out, by a guardian if we are killed. Keys that make signals still make them.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { failed } from '../errors.ts'
import {
  editKeys,
  getTermios,
  getWindowSize,
  isReadable,
  isSilent,
  isWritable,
  secretTermios,
  setTermios,
  setTermiosAndFlush,
  untilReadable,
} from '../libc.ts'
import { type Guardian, startGuardian } from '../terminal/guardian.ts'
import { createEditor, type Editor } from './editor.ts'
import { createLine, type Line } from './line.ts'
import {
  type Answer,
  type Prompter,
  type PromptOptions,
  type Question,
  usualColumns,
  wipeAnswer,
} from './prompt.ts'
import { createTyping, type Typing } from './typing.ts'

export interface TerminalPromptOptions extends PromptOptions {
  /** Bytes that an answer may have. */
  readonly longest: number
  readonly pasteTime?: number
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 200

/** What is pasted has ended when nothing came for so long, in milliseconds: over a slow line it comes in pieces. */
const pasteTime = 1000

/** Who is continued more than once within so many milliseconds asks again only once. */
const settling = 100

/** Opens the controlling terminal. Throws a Tint0Error where there is none. */
export const openPrompt = (options: TerminalPromptOptions): Prompter => {
  const fd = openTty()
  const found = getTermios(fd)
  if (!found) {
    closeSync(fd)
    throw noTerminal()
  }
  const silent = secretTermios(found)
  const keys = editKeys(found)
  const columns = () => getWindowSize(fd)?.columns || usualColumns
  let guardian: Guardian | undefined
  let current: Asked | undefined
  let isSuspended = false
  let isFresh = false
  let closed = false
  const write = (text: string) => {
    if (!closed) writeAll(fd, Buffer.from(text))
  }
  /** False where what is typed would still be seen: we are in the background, and nobody could bring us to the front. */
  const begin = (set: typeof setTermios): boolean => {
    if (!guardian) {
      guardian = startGuardian(fd, fd, { found, raw: silent }, {})
      guardian.update('\r\n')
    }
    // In the background we are stopped here, and the call is interrupted when we go on.
    for (let left = 3; left > 0 && !set(fd, silent); ) left--
    const now = getTermios(fd)
    return now !== undefined && isSilent(now)
  }
  /** Whoever has set it since needs it so. What is typed behind an answer was pasted, and is for nobody. */
  const giveBack = () => {
    if (getTermios(fd)?.equals(silent)) setTermiosAndFlush(fd, found)
  }
  const finish = (answer: Answer, words?: string) => {
    const { editor, line, resolve } = current ?? {}
    current = undefined
    isSuspended = false
    write(line?.end(words) ?? '')
    giveBack()
    editor?.wipe()
    resolve?.(answer)
  }
  const read = async (asked: Asked) => {
    const { typing } = asked
    for (;;) {
      await untilReadable(fd, typing.patience ?? pollTime)
      if (current !== asked) return
      const taken = readSome(fd, typing.take)
      if (taken === 'gone') return finish({ kind: 'closed' })
      if (taken === 'nothing') typing.settle()
      if (!taken || taken === 'nothing') continue
      if (taken.more || isReadable(fd, 0)) await drain(asked)
      if (current !== asked) return wipeAnswer(taken.answer)
      if (taken.answer) return finish(taken.answer)
      write(asked.line.open())
    }
  }
  /** What is pasted is read to its end: the shell would take the rest for commands. */
  const drain = async (asked: Asked) => {
    while (current === asked) {
      await untilReadable(fd, options.pasteTime ?? pasteTime)
      if (current !== asked || !isReadable(fd, 0)) return
      if (readSome(fd, () => undefined) === 'gone') return
    }
  }
  /** Shows the question, and what has been typed. */
  const show = ({ line, editor }: Asked) => {
    write(line.open())
    write(line.show(editor))
    isFresh = true
    options.sleep(settling).then(() => {
      isFresh = false
    })
  }
  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (closed) return resolve({ kind: 'dropped' })
        const editor = createEditor(options.longest, keys)
        const line = createLine(question, { ...options, columns: columns() })
        const typing = createTyping(question, editor, line, write)
        const asked: Asked = { question, editor, line, resolve, typing }
        current = asked
        if (!begin(setTermiosAndFlush) && !question.echo) return finish({ kind: 'closed' })
        if (options.bell) write('\x07')
        show(asked)
        if (options.timeout !== undefined)
          options.sleep(options.timeout).then(() => {
            if (current === asked) finish({ kind: 'timeout' }, 'timed out')
          })
        read(asked)
      }),
    tell: (text) => write(`${text}\n`),
    drop: () => {
      if (current) finish({ kind: 'dropped' })
    },
    suspend: () => {
      if (!current || isSuspended) return
      isSuspended = true
      giveBack()
      if (current.line.isOpen) write('\n')
    },
    resume: () => {
      if (!current) return
      const { line, question } = current
      const wasSuspended = isSuspended
      isSuspended = false
      if (!begin(setTermios) && !question.echo) return finish({ kind: 'closed' })
      if (!line.isOpen || (isFresh && !wasSuspended)) return
      // Stopped by SIGSTOP we heard nothing of it: somebody else has written behind our question.
      if (!wasSuspended) write(line.end())
      show(current)
    },
    close: () => {
      if (closed) return
      if (current) finish({ kind: 'dropped' })
      closed = true
      guardian?.farewell()
      closeSync(fd)
    },
    get columns() {
      return columns()
    },
  }
}

interface Asked {
  readonly question: Question
  readonly editor: Editor
  readonly line: Line
  readonly resolve: (answer: Answer) => void
  readonly typing: Typing
}

const openTty = (): number => {
  try {
    return openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  } catch {
    throw noTerminal()
  }
}

const noTerminal = () =>
  failed(
    'password',
    'there is no terminal to ask on',
    'run tint0 in a terminal, give it a program that asks (--askpass), or let polkit allow it without one',
  )

const chunk = Buffer.alloc(4096)

/** What `use` makes of what is there already, which is wiped then, whatever it was; 'gone' at the end of the terminal. */
const readSome = <T>(fd: number, use: (bytes: Uint8Array) => T): T | 'nothing' | 'gone' => {
  try {
    const length = readSync(fd, chunk, 0, chunk.length, null)
    return length > 0 ? use(chunk.subarray(0, length)) : 'gone'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 'nothing' : 'gone'
  } finally {
    chunk.fill(0)
  }
}

/** A terminal that has stopped (^S) is waited for a little: one that takes nothing shows nothing. */
const writeAll = (fd: number, bytes: Uint8Array): void => {
  let left = bytes
  try {
    while (left.length > 0 && isWritable(fd, pollTime)) left = left.subarray(writeSync(fd, left))
  } catch {}
}
