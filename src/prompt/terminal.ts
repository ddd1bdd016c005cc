// Door: the prompt on the controlling terminal, also where the standard streams are something else. The terminal is silent from the first
// question to the end of asking, and is nobody else's to ask on meanwhile; it is given back on every way out, by a guardian if we are
// killed. Keys that make signals still make them.
import { closeSync } from 'node:fs'
import {
  editKeys,
  getTermios,
  getWindowSize,
  isReadable,
  isSilent,
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
import { noTerminal, openTty, readSome, writeAll } from './tty.ts'
import { createTurn } from './turn.ts'
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

/** How long it is waited before it is looked whose turn it is, in milliseconds. */
const turnTime = 100

/** Who is continued more than once within so many milliseconds asks again only once. */
const settling = 100

/** Opens the controlling terminal. Throws a Tint0Error where there is none. */
export const openPrompt = (options: TerminalPromptOptions): Prompter => {
  const fd = openTty()
  let found = getTermios(fd) ?? Buffer.alloc(0)
  if (found.length === 0) {
    closeSync(fd)
    throw noTerminal()
  }
  let silent = secretTermios(found)
  const turn = createTurn()
  const columns = () => getWindowSize(fd)?.columns || usualColumns
  let guardian: Guardian | undefined
  let current: Asked | undefined
  let isSuspended = false
  let isFresh = false
  let closed = false
  let isOurTurn = false
  let coming: Promise<boolean> | undefined
  /** How many questions there were: only the last one is asked. */
  let asked = 0
  const waiting: string[] = []
  const write = (text: string) => {
    if (!closed) writeAll(fd, Buffer.from(text))
  }
  /** Resolves when nobody else asks on this terminal: to false where nothing is to be asked any more. */
  const ourTurn = (): Promise<boolean> => {
    coming ??= untilOurTurn().finally(() => {
      coming = undefined
    })
    return coming
  }
  const untilOurTurn = async (): Promise<boolean> => {
    while (!closed && !isSuspended) {
      isOurTurn = turn.take()
      if (isOurTurn) {
        for (const text of waiting.splice(0)) write(`${text}\n`)
        return true
      }
      await options.sleep(turnTime)
    }
    return false
  }
  /** False where what is typed would still be seen: we are in the background, and nobody could bring us to the front. */
  const begin = (set: typeof setTermios): boolean => {
    if (!guardian) {
      // As whoever asked before us has left it.
      found = getTermios(fd) ?? found
      silent = secretTermios(found)
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
    // Behind an answer there is more to come: another question, or what is typed ahead for the command.
    if (answer.kind === 'answer' || answer.kind === 'switch') setTermiosAndFlush(fd, silent)
    else giveBack()
    editor?.wipe()
    resolve?.(answer)
  }
  const read = async (asked: Asked) => {
    const { typing } = asked
    for (;;) {
      await untilReadable(fd, typing.patience ?? pollTime)
      if (current !== asked) return
      if (!isOurTurn) {
        await options.sleep(turnTime)
        continue
      }
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
    ask: async (question) => {
      const turns = ++asked
      if (!(await ourTurn()) || turns !== asked) return { kind: 'dropped' }
      return new Promise((resolve) => {
        const editor = createEditor(options.longest, editKeys(found))
        const line = createLine(question, { ...options, columns: columns() })
        const typing = createTyping(question, editor, line, write)
        const one: Asked = { question, editor, line, resolve, typing }
        current = one
        if (!begin(setTermiosAndFlush) && !question.echo) return finish({ kind: 'closed' })
        if (options.bell) write('\x07')
        show(one)
        if (options.timeout !== undefined)
          options.sleep(options.timeout).then(() => {
            if (current === one) finish({ kind: 'timeout' }, 'timed out')
          })
        read(one)
      })
    },
    tell: (text) => {
      waiting.push(text)
      ourTurn()
    },
    drop: () => {
      asked++
      if (current) finish({ kind: 'dropped' })
    },
    suspend: () => {
      if (isSuspended || !isOurTurn) return
      isSuspended = true
      giveBack()
      if (current?.line.isOpen) write('\n')
      isOurTurn = false
      turn.giveBack()
    },
    resume: async () => {
      const wasSuspended = isSuspended
      isSuspended = false
      if (!isOurTurn && !(await ourTurn())) return
      if (!current) return
      const { line, question } = current
      if (!begin(setTermios) && !question.echo) return finish({ kind: 'closed' })
      if (!line.isOpen || (isFresh && !wasSuspended)) return
      // Stopped by SIGSTOP we heard nothing of it: somebody else has written behind our question.
      if (!wasSuspended) write(line.end())
      show(current)
    },
    close: () => {
      if (closed) return
      if (current) finish({ kind: 'dropped' })
      else if (isOurTurn && getTermios(fd)?.equals(silent)) setTermios(fd, found)
      closed = true
      turn.giveBack()
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
