// What there is to a cell of xterm.js besides its text, in numbers that compare fast.
import type { IBufferCell } from '@xterm/headless'
import { createTerminal, write } from './marks.ts'

/** The default background. */
export const none = -1

export const backgroundOf = (cell: IBufferCell): number =>
  cell.isBgDefault() ? none : cell.getBgColorMode() | cell.getBgColor()

export const foregroundOf = (cell: IBufferCell): number => cell.getFgColorMode() | cell.getFgColor()

/** Everything but colors, in one number. xterm.js keeps some of it beside the foreground, some beside the background. */
export const attributesOf = (cell: IBufferCell): number =>
  cell.isBold() |
  cell.isUnderline() |
  cell.isBlink() |
  cell.isInverse() |
  cell.isInvisible() |
  cell.isStrikethrough() |
  ((cell.isItalic() | cell.isDim() | cell.isOverline()) >>> 20)

/** The background that SGR `parameters` sets. */
export const backgroundFrom = async (parameters: string): Promise<number> => {
  const terminal = createTerminal({ columns: 2, rows: 1 })
  await write(terminal, Buffer.from(`\x1b[${parameters}m `))
  const cell = terminal.buffer.active.getLine(0)?.getCell(0)
  terminal.dispose()
  return cell ? backgroundOf(cell) : none
}

/** A background for messages. */
export const shown = (background: number): string =>
  background === none ? 'the default' : background.toString(16)
