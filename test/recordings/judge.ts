// The judge of recordings: plays one as it is to a terminal, and as it came tinted to another, and compares all that can be
// seen after every frame. A cell whose background is the default one must have the tint, and everything else must be equal.
//
// xterm.js itself makes default cells where no program can prevent it: those that a resize adds, and the lines that SD (CSI T)
// scrolls in. A third terminal, which gets the untinted bytes too, marks exactly those cells (marks.ts): what is written or
// erased there afterwards takes the mark away, and the tint must be there again. Cells with a mark may lack it; they are counted.
import type { IBuffer, IBufferCell } from '@xterm/headless'
import { attributesOf, backgroundFrom, backgroundOf, foregroundOf, none, shown } from './cell.ts'
import {
  createMarkedTerminal,
  createTerminal,
  inside,
  resizeMark,
  resizeMarked,
  scrollMark,
  type Terminal,
  write,
} from './marks.ts'
import { isOutput, type Recording } from './recording.ts'

/** What a recording becomes on the way: what comes before it, and one piece for each of its outputs. */
export interface Tinted {
  readonly before: Uint8Array
  readonly outputs: readonly Uint8Array[]
}

export interface Verdict {
  readonly frames: number
  /** Frames in which anything is wrong. */
  readonly wrongFrames: number
  /** Cells that are wrong, over all frames. */
  readonly wrongCells: number
  /** Cells without the tint that a resize has added, or SD, and that nothing has touched since; over all frames. */
  readonly resizeHoles: number
  readonly scrollHoles: number
  /** What was wrong first. */
  readonly first: string | undefined
}

export const judgeRecording = async (
  recording: Recording,
  tinted: Tinted,
  tint: string,
): Promise<Verdict> => {
  const tintColor = await backgroundFrom(tint)
  const plain = createTerminal(recording)
  const judged = createTerminal(recording)
  const marked = createMarkedTerminal(recording)
  const sum = { frames: 0, wrongFrames: 0, wrongCells: 0, resizeHoles: 0, scrollHoles: 0 }
  let first: string | undefined
  const cells = [plain, judged, marked].map((terminal) => terminal.buffer.active.getNullCell())
  const [cell, itsCell, mark] = cells as [IBufferCell, IBufferCell, IBufferCell]

  const wrong = (what: () => string) => {
    sum.wrongCells++
    first ??= `frame ${sum.frames}: ${what()}`
  }
  /** Compares the rows of a buffer from `from` on. */
  const compareRows = (from: number, buffer: IBuffer, its: IBuffer, marks: IBuffer) => {
    for (let y = from; y < buffer.length; y++) {
      const line = buffer.getLine(y)
      const itsLine = its.getLine(y)
      const markLine = marks.getLine(y)
      if (!line || !itsLine || !markLine || line.isWrapped !== itsLine.isWrapped) {
        wrong(() => `row ${y} is missing, or not wrapped alike`)
        continue
      }
      for (let x = 0; x < plain.cols; x++) {
        line.getCell(x, cell)
        itsLine.getCell(x, itsCell)
        const background = backgroundOf(cell)
        const itsBackground = backgroundOf(itsCell)
        const right =
          cell.getChars() === itsCell.getChars() &&
          cell.getWidth() === itsCell.getWidth() &&
          foregroundOf(cell) === foregroundOf(itsCell) &&
          attributesOf(cell) === attributesOf(itsCell)
        if (right && itsBackground === (background === none ? tintColor : background)) continue
        if (right && background === none && itsBackground === none) {
          markLine.getCell(x, mark)
          const made = backgroundOf(mark)
          if (made === resizeMark) sum.resizeHoles++
          if (made === scrollMark) sum.scrollHoles++
          if (made === resizeMark || made === scrollMark) continue
        }
        wrong(() => {
          const [was, is] = [cell, itsCell].map((c) => JSON.stringify(c.getChars()))
          return `row ${y - buffer.baseY}, column ${x}: ${was} on ${shown(background)} became ${is} on ${shown(itsBackground)}`
        })
      }
    }
  }
  const compare = (everything: boolean) => {
    const before = sum.wrongCells
    const [its, seen] = [stateOf(judged), stateOf(plain)]
    if (its !== seen) wrong(() => `${its} is not ${seen}`)
    else if (everything)
      for (const which of ['normal', 'alternate'] as const)
        compareRows(0, plain.buffer[which], judged.buffer[which], marked.buffer[which])
    else
      compareRows(plain.buffer.active.baseY, plain.buffer.active, judged.buffer.active, marked.buffer.active)
    sum.frames++
    if (sum.wrongCells > before) sum.wrongFrames++
  }

  await write(judged, tinted.before)
  const outputs = tinted.outputs.values()
  for (const event of recording.events) {
    if (isOutput(event)) {
      const piece = outputs.next().value ?? new Uint8Array(0)
      await Promise.all([write(plain, event.output), write(marked, event.output), write(judged, piece)])
      compare(false)
    } else {
      compare(true)
      for (const terminal of [plain, judged]) terminal.resize(event.columns, event.rows)
      resizeMarked(marked, event)
    }
  }
  compare(true)
  for (const terminal of [plain, judged, marked]) terminal.dispose()
  return { ...sum, first }
}

/** What is to be equal besides the cells: cursor, screen, scrollback, modes. */
const stateOf = (terminal: Terminal): string => {
  const { active, normal, alternate } = terminal.buffer
  const { cursorX, cursorY, type, baseY } = active
  const hidden = inside(terminal).coreService.isCursorHidden
  const lengths = [normal.length, alternate.length]
  return JSON.stringify({ cursorX, cursorY, hidden, type, baseY, lengths, ...terminal.modes })
}
