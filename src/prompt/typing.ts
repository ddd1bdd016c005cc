// What becomes of what is typed at a prompt: it edits the answer, shows it, ends it, or chooses who is asked.
import type { Editor } from './editor.ts'
import { createKeys, type Key } from './keys.ts'
import type { Line } from './line.ts'
import type { Answer, Question } from './prompt.ts'

export interface Typing {
  /** Takes what came at once, up to the end of an answer. */
  take(chunk: Uint8Array): Taken | undefined
  /** How long to wait for the rest of a key, in milliseconds; undefined where none has begun. */
  readonly patience: number | undefined
  /** Nothing more came of it. */
  settle(): void
}

export interface Taken {
  /** undefined: it was too long, and is asked for again. */
  readonly answer: Answer | undefined
  /** Something came behind it, as when more than a line is pasted. */
  readonly more: boolean
}

/** `write` shows it. */
export const createTyping = (
  question: Question,
  editor: Editor,
  line: Line,
  write: (text: string) => void,
): Typing => {
  const keys = createKeys()
  let output = ''
  /** What the key brings to an end; undefined: it goes on. */
  const typed = (key: Key): Answer | 'too long' | undefined => {
    if (key === undefined) return undefined
    if (typeof key !== 'number') {
      if (question.others.length === 0 || editor.length() > 0) return undefined
      return { kind: 'switch', step: key === 'up' ? -1 : 1 }
    }
    switch (editor.type(key)) {
      case 'changed':
        output += line.show(editor)
        return undefined
      case 'switch':
        output += line.switch(editor)
        return undefined
      case 'refused':
        // Of what is pasted once is enough.
        if (!output.endsWith(BEL)) output += BEL
        return undefined
      case 'end':
        return { kind: 'closed' }
      case 'done':
        return editor.overflown ? 'too long' : { kind: 'answer', secret: editor.take() }
      case 'ignored':
        return undefined
    }
  }
  return {
    take: (chunk) => {
      output = ''
      let end: Answer | 'too long' | undefined
      let at = 0
      while (at < chunk.length && end === undefined) end = typed(keys.take(chunk[at++] ?? 0))
      if (end === 'too long') {
        editor.wipe()
        output += line.end('That is too long; once more, please.')
      } else if (end) output += line.end()
      if (output !== '') write(output)
      return end && { answer: end === 'too long' ? undefined : end, more: at < chunk.length }
    },
    get patience() {
      return keys.patience
    },
    settle: keys.settle,
  }
}

const BEL = '\x07'
