// Door: the prompt on the controlling terminal, also where the standard streams are something else. The terminal is silent only while
// something is asked; it is given back on every way out, by a guardian if we are killed. Keys that make signals still make them.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { failed } from '../errors.ts'
import {
  editKeys,
  getTermios,
  getWindowSize,
  secretTermios,
  setTermios,
  setTermiosAndFlush,
  untilReadable,
} from '../libc.ts'
import { type Guardian, startGuardian } from '../terminal/guardian.ts'
import { createEditor, type Editor, newSecret } from './editor.ts'
import { createLine, type Line } from './line.ts'
import type { Answer, Prompter, PromptOptions } from './prompt.ts'
import { createTyping } from './typing.ts'

export interface TerminalPromptOptions extends PromptOptions {
  /** Bytes that an answer may have. */
  readonly longest: number
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** Longest wait of one poll(2), in milliseconds. */
const pollTime = 200

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
  let guardian: Guardian | undefined
  let current: Asked | undefined
  const write = (text: string) => {
    try {
      writeSync(fd, text)
    } catch {
      // A terminal that takes nothing shows nothing.
    }
  }
  const begin = (flush: boolean) => {
    if (!guardian) {
      guardian = startGuardian(fd, fd, { found, raw: silent }, {})
      guardian.update('\r\n')
    }
    ;(flush ? setTermiosAndFlush : setTermios)(fd, silent)
  }
  /** Whoever has set it since needs it so. What is typed behind an answer was pasted, and is for nobody. */
  const giveBack = () => {
    if (getTermios(fd)?.equals(silent)) setTermiosAndFlush(fd, found)
  }
  const finish = (answer: Answer) => {
    const { editor, resolve } = current ?? {}
    current = undefined
    giveBack()
    editor?.wipe()
    resolve?.(answer)
  }
  /** Reads byte by byte until there is an answer, or none is wanted. */
  const read = async (asked: Asked) => {
    while (current === asked) {
      await untilReadable(fd, pollTime)
      for (let byte = readByte(fd); byte !== undefined && current === asked; byte = readByte(fd)) {
        if (byte === 'gone') return finish({ kind: 'closed' })
        const answer = asked.take(byte)
        if (answer) finish(answer)
      }
    }
  }
  return {
    ask: (question) =>
      new Promise((resolve) => {
        const columns = getWindowSize(fd)?.columns || 80
        const editor = createEditor(options.longest, keys)
        const line = createLine(question, options.feedback, columns)
        const asked: Asked = { editor, line, resolve, take: createTyping(question, editor, line, write) }
        begin(true)
        if (options.bell) write('\x07')
        write(line.open())
        current = asked
        if (options.timeout !== undefined)
          options.sleep(options.timeout).then(() => {
            if (current !== asked) return
            write(line.end('timed out'))
            finish({ kind: 'timeout' })
          })
        read(asked)
      }),
    tell: (text) => write(`${text}\n`),
    drop: () => {
      if (!current) return
      write(current.line.end())
      finish({ kind: 'dropped' })
    },
    suspend: () => {
      if (!current) return
      giveBack()
      write('\n')
    },
    resume: () => {
      if (!current) return
      begin(false)
      write(current.line.open())
      write(current.line.show(current.editor))
    },
    close: () => {
      if (current) finish({ kind: 'dropped' })
      guardian?.farewell()
      closeSync(fd)
    },
  }
}

interface Asked {
  readonly editor: Editor
  readonly line: Line
  readonly resolve: (answer: Answer) => void
  readonly take: (byte: number) => Answer | undefined
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

const one = newSecret(1)

/** A byte that is there already; undefined where none is; 'gone' at the end of the terminal. */
const readByte = (fd: number): number | 'gone' | undefined => {
  try {
    const length = readSync(fd, one, 0, 1, null)
    const [byte] = one
    one.fill(0)
    return length === 1 ? byte : 'gone'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 'gone'
  }
}
