// Door: the prompt on the controlling terminal, also where the standard streams are something else. The terminal is silent only while
// something is asked; it is given back on every way out, by a guardian if we are killed. Keys that make signals still make them.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { failed } from '../errors.ts'
import {
  editKeys,
  getTermios,
  getWindowSize,
  isReadable,
  isWritable,
  secretTermios,
  setTermios,
  setTermiosAndFlush,
  untilReadable,
} from '../libc.ts'
import { type Guardian, startGuardian } from '../terminal/guardian.ts'
import { createEditor, type Editor } from './editor.ts'
import { createLine, type Line } from './line.ts'
import { type Answer, type Prompter, type PromptOptions, usualColumns } from './prompt.ts'
import { createTyping, type Typing, waste } from './typing.ts'

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
  let closed = false
  const write = (text: string) => {
    if (!closed) writeAll(fd, Buffer.from(text))
  }
  const begin = (set: typeof setTermios) => {
    if (!guardian) {
      guardian = startGuardian(fd, fd, { found, raw: silent }, {})
      guardian.update('\r\n')
    }
    // In the background we are stopped here, and the call is interrupted when we go on.
    for (let left = 3; left > 0 && !set(fd, silent); ) left--
  }
  /** Whoever has set it since needs it so. What is typed behind an answer was pasted, and is for nobody. */
  const giveBack = () => {
    if (getTermios(fd)?.equals(silent)) setTermiosAndFlush(fd, found)
  }
  const finish = (answer: Answer, words?: string) => {
    const { editor, line, resolve } = current ?? {}
    current = undefined
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
      const length = readSome(fd)
      if (length === 'gone') return finish({ kind: 'closed' })
      if (length === 0) {
        typing.settle()
        continue
      }
      const taken = typing.take(chunk.subarray(0, length))
      chunk.fill(0)
      if (!taken) continue
      if (taken.more || isReadable(fd, 0)) await drain(asked)
      if (current !== asked) return waste(taken.answer)
      if (taken.answer) return finish(taken.answer)
      write(asked.line.open())
    }
  }
  /** What is pasted is read to its end: the shell would take the rest for commands. */
  const drain = async (asked: Asked) => {
    while (current === asked) {
      await untilReadable(fd, options.pasteTime ?? pasteTime)
      if (current !== asked || !isReadable(fd, 0)) return
      const length = readSome(fd)
      if (length === 'gone') return
    }
  }
  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (closed) return resolve({ kind: 'dropped' })
        const editor = createEditor(options.longest, keys)
        const line = createLine(question, { ...options, columns: columns() })
        const asked: Asked = { editor, line, resolve, typing: createTyping(question, editor, line, write) }
        begin(setTermiosAndFlush)
        if (options.bell) write('\x07')
        write(line.open())
        current = asked
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
      if (!current) return
      giveBack()
      write('\n')
    },
    resume: () => {
      if (!current) return
      begin(setTermios)
      if (!current.line.isOpen) return
      write(current.line.open())
      write(current.line.show(current.editor))
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

/** What is there already, in `chunk`, and how much; 'gone' at the end of the terminal. */
const readSome = (fd: number): number | 'gone' => {
  try {
    return readSync(fd, chunk, 0, chunk.length, null) || 'gone'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : 'gone'
  }
}

/** A terminal that has stopped (^S) is waited for a little: one that takes nothing shows nothing. */
const writeAll = (fd: number, bytes: Uint8Array): void => {
  let left = bytes
  try {
    while (left.length > 0 && isWritable(fd, pollTime)) left = left.subarray(writeSync(fd, left))
  } catch {}
}
