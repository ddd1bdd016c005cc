// How a question and what is typed behind it look, on one line, as what is to be written: cells are taken back by backspaces, so it
// works on every terminal. Of a secret only its length is shown, and that only if it is wanted.
import { show } from '../errors.ts'
import type { Editor } from './editor.ts'
import type { Feedback, Question } from './prompt.ts'

export interface Line {
  /** The question; nothing is shown behind it yet. */
  open(): string
  /** What changed since it was shown last. */
  show(editor: Editor): string
  /** The other way to show it. */
  switch(editor: Editor): string
  /** The end of the line, with what there is to be said. */
  end(words?: string): string
}

const marks: Readonly<Record<Feedback, string>> = { none: '', asterisk: '*', dot: '•' }

/** A line as wide as `columns`: what does not fit any more is not shown. */
export const createLine = ({ text, echo, others }: Question, feedback: Feedback, columns: number): Line => {
  const hint = others.length > 0 ? `(↑↓ ${others.join(', ')}) ` : ''
  const asked = `${hint}${text}`
  const room = Math.max(0, columns - [...asked].length - 1)
  let mark = marks[feedback]
  let shown = ''
  const change = (to: string) => {
    const [before, after] = [[...shown], [...to]]
    let same = 0
    while (same < before.length && before[same] === after[same]) same++
    const gone = before.length - same
    shown = to
    return `${'\b \b'.repeat(gone)}${after.slice(same).join('')}`
  }
  const look = (editor: Editor) =>
    echo ? [...show(editor.text())].slice(0, room).join('') : mark.repeat(Math.min(editor.length(), room))
  return {
    open: () => {
      shown = ''
      return asked
    },
    show: (editor) => change(look(editor)),
    switch: (editor) => {
      mark = mark === '' ? marks[feedback] || marks.asterisk : ''
      return change(look(editor))
    },
    end: (words) => `${words === undefined ? '' : ` ${words}`}\n`,
  }
}
