// The second judge: real tmux, which parses, keeps and tells cells by its own code. A recording is played to one pane as it is,
// and to another as it came tinted. It takes tmux 3.5, whose capture-pane -N tells of erased cells, too.
//
// tmux, too, makes default cells by itself: where a resize adds some, and in the line that it scrolls in when text wraps at the
// bottom of the screen (it does not use the background there, as it does for a line feed). They are marked as in judge.ts.
import type { IBuffer } from '@xterm/headless'
import { attributesOf, backgroundFrom, backgroundOf, foregroundOf, none, shown } from './cell.ts'
import type { Tinted } from './judge.ts'
import {
  createTerminal,
  createWrapMarkedTerminal,
  resizeMark,
  resizeMarked,
  type Terminal,
  wrapMark,
  write,
} from './marks.ts'
import { isOutput, type Recording, type Resize } from './recording.ts'
import type { Tmux } from './tmux.ts'

export interface TmuxVerdict {
  readonly screens: number
  readonly wrongScreens: number
  /** Cells that a resize has made, or text that wrapped, and that nothing has touched since; over all screens. */
  readonly resizeHoles: number
  readonly wrapHoles: number
  /** Cells like these on the main screen after a resize, where tmux wraps text anew in its own way: nothing says who made them. */
  readonly unproven: number
  readonly first: string | undefined
}

/** Compares every so many frames, before each resize, and at the end. */
export const judgeWithTmux = async (
  tmux: Tmux,
  recording: Recording,
  tinted: Tinted,
  tint: string,
  every = 10,
): Promise<TmuxVerdict> => {
  const tintColor = await backgroundFrom(tint)
  const [plain, judged] = await Promise.all([tmux.openPane(recording), tmux.openPane(recording)])
  const marked = createWrapMarkedTerminal(recording)
  const sum = { screens: 0, wrongScreens: 0, resizeHoles: 0, wrapHoles: 0, unproven: 0 }
  let first: string | undefined
  let frame = 0
  let size: Resize = recording
  const outputs = tinted.outputs.values()
  const pending: [Uint8Array[], Uint8Array[]] = [[], [tinted.before]]
  const compare = async () => {
    const [bytes, itsBytes] = pending.map((pieces) => Buffer.concat(pieces.splice(0))) as [Buffer, Buffer]
    await Promise.all([plain.feed(bytes), judged.feed(itsBytes), write(marked, bytes)])
    const [seen, its] = await Promise.all([plain.shown(), judged.shown()])
    const { resizeHoles, wrapHoles, unproven, wrong } = await difference(
      seen,
      its,
      marked,
      size,
      tintColor,
      size !== recording,
    )
    sum.screens++
    sum.resizeHoles += resizeHoles
    sum.wrapHoles += wrapHoles
    sum.unproven += unproven
    if (wrong === undefined) return
    sum.wrongScreens++
    first ??= `frame ${frame}: ${wrong}`
  }
  for (const event of recording.events) {
    if (isOutput(event)) {
      pending[0].push(event.output)
      pending[1].push(outputs.next().value ?? new Uint8Array(0))
      if (++frame % every === 0) await compare()
    } else {
      await compare()
      size = event
      resizeMarked(marked, event)
      await Promise.all([plain.resize(event), judged.resize(event)])
    }
  }
  await compare()
  marked.dispose()
  await Promise.all([plain.close(), judged.close()])
  return { ...sum, first }
}

type Screen = readonly [state: string, ...rows: string[]]

/**
 * What tmux told, as a terminal has it, whose cells are compared. It does not take emoji to be wide, as tmux does: another wide
 * character stands for them.
 */
const drawn = async ([, ...rows]: Screen, size: Resize): Promise<Terminal> => {
  const terminal = createTerminal(size)
  const text = rows
    .slice(0, size.rows)
    .join('\r\n')
    .replace(/\p{Emoji_Presentation}/gu, '漢')
  await write(terminal, Buffer.from(`\x1b[?7l\x1b)0${text}`))
  return terminal
}

const difference = async (
  plain: Screen,
  judged: Screen,
  marked: Terminal,
  size: Resize,
  tint: number,
  resized: boolean,
): Promise<{ resizeHoles: number; wrapHoles: number; unproven: number; wrong: string | undefined }> => {
  const sum = { resizeHoles: 0, wrapHoles: 0, unproven: 0 }
  if (plain[0] !== judged[0]) return { ...sum, wrong: `${judged[0]} is not ${plain[0]}` }
  const terminals = [await drawn(plain, size), await drawn(judged, size)]
  const buffers = [...terminals, marked].map((terminal) => terminal.buffer.active)
  // Where text has been wrapped anew otherwise than in xterm.js, the marks stand elsewhere.
  const [text, , markedText] = buffers.map((buffer) => textOf(buffer, size))
  const flowed = marked.buffer.active.type === 'normal' && resized && text !== markedText
  let wrong: string | undefined
  for (let y = 0; y < size.rows && wrong === undefined; y++) {
    const lines = buffers.map((buffer) => buffer.getLine(buffer.baseY + y))
    for (let x = 0; x < size.columns && wrong === undefined; x++) {
      const [cell, its, mark] = lines.map((line) => line?.getCell(x))
      if (!cell || !its || !mark) {
        wrong = `row ${y}, column ${x} is missing`
        continue
      }
      const [background, itsBackground, made] = [cell, its, mark].map(backgroundOf)
      const right =
        (cell.getChars() || ' ') === (its.getChars() || ' ') &&
        foregroundOf(cell) === foregroundOf(its) &&
        attributesOf(cell) === attributesOf(its)
      if (right && itsBackground === (background === none ? tint : background)) continue
      if (right && background === none && itsBackground === none) {
        if (made === resizeMark) sum.resizeHoles++
        if (made === wrapMark) sum.wrapHoles++
        if (made === resizeMark || made === wrapMark) continue
        if (flowed) {
          sum.unproven++
          continue
        }
      }
      const [was, is] = [cell, its].map((c) => JSON.stringify(c.getChars()))
      wrong = `row ${y}, column ${x}: ${was} on ${shown(background ?? none)} became ${is} on ${shown(itsBackground ?? none)}`
    }
  }
  for (const terminal of terminals) terminal.dispose()
  return { ...sum, wrong }
}

const textOf = (buffer: IBuffer, { rows }: Resize): string =>
  Array.from({ length: rows }, (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true)).join('\n')
