// A terminal of which only the answers matter: to which questions, when, and in what pieces.
import type { PtyProcess } from '../pty-process.ts'
import { pause } from '../session/subject.ts'

export interface Manner {
  /** What is answered; a question that is not here is met with silence. */
  readonly answers: Readonly<Record<string, string>>
  /** What is answered from the second time on, where that is something else. */
  readonly again?: Readonly<Record<string, string>>
  /** Milliseconds between a question and its answer. */
  readonly delay?: number
  /** Milliseconds between the bytes of an answer; without it, it comes in one piece. */
  readonly pace?: number
}

export const DA1 = '\x1b[c'
export const OSC11 = '\x1b]11;?'

/** What a terminal like xterm says. */
export const usual: Readonly<Record<string, string>> = {
  [DA1]: '\x1b[?62;22c',
  [OSC11]: '\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\',
  '\x1b]10;?': '\x1b]10;rgb:ffff/ffff/ffff\x1b\\',
  '\x1b]4;1;?': '\x1b]4;1;rgb:cdcd/0000/0000\x07',
  '\x1b[6n': '\x1b[12;40R',
  '\x1b[>c': '\x1b[>41;379;0c',
  '\x1b[?25$p': '\x1b[?25;1$y',
  '\x1bP+q544e': '\x1bP1+r544e=787465726d\x1b\\',
  '\x1bP$qm': '\x1bP1$r0;31m\x1b\\',
}

/** Answers what `process` writes. Returns how often each question was asked. */
export const answerTo = (
  process: PtyProcess,
  { answers, again = {}, delay = 0, pace }: Manner,
): ReadonlyMap<string, number> => {
  const asked = new Map<string, number>()
  let unread = ''
  let last = Promise.resolve()
  const answer = (text: string) => {
    const due = Date.now() + delay
    last = last.then(async () => {
      await pause(Math.max(0, due - Date.now()))
      if (pace === undefined) return process.write(Buffer.from(text, 'latin1'))
      for (const byte of Buffer.from(text, 'latin1')) {
        process.write(Uint8Array.of(byte))
        await pause(pace)
      }
    })
  }
  process.onData((chunk) => {
    unread += chunk.toString('latin1')
    for (;;) {
      const [first] = Object.keys(answers)
        .map((question) => ({ question, at: unread.indexOf(question) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)
      if (!first) break
      unread = unread.slice(first.at + first.question.length)
      const times = (asked.get(first.question) ?? 0) + 1
      asked.set(first.question, times)
      answer((times > 1 ? again[first.question] : undefined) ?? answers[first.question] ?? '')
    }
    unread = unread.slice(-16)
  })
  return asked
}
