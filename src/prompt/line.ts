// How a question and what is typed behind it look, as what is to be written: cells are taken back by backspaces, so it works on every
// terminal, and that within one row, of the width that the terminal has when it is asked: a resized one is not followed before the next
// question. Of a secret only its length is shown, and that only if it is wanted.
import { show } from '../errors.ts'
import { columnsOf, fitting, widthOf } from '../stream/title.ts'
import type { Editor } from './editor.ts'
import type { Feedback, Question } from './prompt.ts'

export interface Line {
  /** The question; nothing is shown behind it yet. */
  open(): string
  /** What changed since it was shown last. */
  show(editor: Editor): string
  /** The other way to show it. */
  switch(editor: Editor): string
  /** The end of the line, with what there is to be said; nothing where it has ended. */
  end(words?: string): string
  readonly isOpen: boolean
}

export interface LineOptions {
  readonly feedback: Feedback
  /** How wide the terminal is: what does not fit behind the question, in the row where that ends, is not shown. */
  readonly columns: number
  /** More than ASCII can be shown. */
  readonly unicode: boolean
}

const marks: Readonly<Record<Feedback, string>> = { none: '', asterisk: '*', dot: '•' }

export const createLine = ({ text, echo, others }: Question, options: LineOptions): Line => {
  const { columns, unicode } = options
  const feedback = options.feedback === 'dot' && !unicode ? 'asterisk' : options.feedback
  const hint = others.length > 0 ? `(${unicode ? '↑↓' : 'up, down:'} ${others.join(', ')}) ` : ''
  const asked = `${hint}${text}`
  const room = Math.max(0, columns - (widthOf(asked) % columns) - 1)
  let mark = marks[feedback]
  let shown = ''
  let isOpen = false
  const change = (to: string) => {
    const [before, after] = [[...shown], [...to]]
    let same = 0
    while (same < before.length && before[same] === after[same]) same++
    // A mark goes with the character that it stands on.
    while (same > 0 && [before[same], after[same]].some((char) => char && columnsOf(char) === 0)) same--
    const gone = widthOf(before.slice(same).join(''))
    shown = to
    return `${'\b'.repeat(gone)}${' '.repeat(gone)}${'\b'.repeat(gone)}${after.slice(same).join('')}`
  }
  const look = (editor: Editor) =>
    echo ? fitting(show(editor.text()), room) : mark.repeat(Math.min(editor.length(), room))
  return {
    open: () => {
      shown = ''
      isOpen = true
      return asked
    },
    show: (editor) => change(look(editor)),
    switch: (editor) => {
      mark = mark === '' ? marks[feedback] || marks.asterisk : ''
      return change(look(editor))
    },
    end: (words) => {
      if (!isOpen) return ''
      isOpen = false
      return `${words === undefined ? '' : ` ${words}`}\n`
    },
    get isOpen() {
      return isOpen
    },
  }
}
