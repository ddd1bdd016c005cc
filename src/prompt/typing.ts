// What becomes of each byte that is typed at a prompt: it edits the answer, shows it, ends it, or chooses who is asked.
import type { Editor } from './editor.ts'
import type { Line } from './line.ts'
import type { Answer, Question } from './prompt.ts'

/** To be called for each byte; returns the answer when it is complete. `write` shows it. */
export const createTyping = (
  question: Question,
  editor: Editor,
  line: Line,
  write: (text: string) => void,
): ((byte: number) => Answer | undefined) => {
  const arrows = createArrows()
  return (byte) => {
    if (question.others.length > 0 && editor.length() === 0) {
      const step = arrows(byte)
      if (step === 0) return undefined
      if (step !== undefined) {
        write(line.end())
        return { kind: 'switch', step }
      }
    }
    switch (editor.type(byte)) {
      case 'changed':
        write(line.show(editor))
        return undefined
      case 'switch':
        write(line.switch(editor))
        return undefined
      case 'refused':
        // Of what is pasted once is enough.
        if (!editor.overflown) write(BEL)
        return undefined
      case 'end':
        write(line.end())
        return { kind: 'closed' }
      case 'done':
        if (!editor.overflown) {
          write(line.end())
          return { kind: 'answer', secret: editor.take() }
        }
        editor.wipe()
        write(line.end('That is too long; once more, please.'))
        write(line.open())
        return undefined
      case 'ignored':
        return undefined
    }
  }
}

const BEL = '\x07'

/** Up and down, of either kind that terminals send (CUU and CUD, or SS3). */
const steps: Readonly<Record<string, 1 | -1>> = { '\x1b[A': -1, '\x1bOA': -1, '\x1b[B': 1, '\x1bOB': 1 }

/** Where to; 0 is in the middle of such a key, undefined another one. */
const createArrows = (): ((byte: number) => 1 | -1 | 0 | undefined) => {
  let seen = ''
  return (byte) => {
    seen += String.fromCharCode(byte)
    if (Object.keys(steps).some((key) => key !== seen && key.startsWith(seen))) return 0
    const step = steps[seen]
    seen = ''
    return step
  }
}
