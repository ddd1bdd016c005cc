// A reference terminal as judge of streams: what bytes look like in the end, cell by cell.
import xterm from '@xterm/headless'
import { type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { type Cell, cellsOf } from '../screen.ts'

export const tint = '48;2;64;16;16'
export const tintColor = '#401010'

/** A stream that rewrites, and does nothing else. */
export const rewriting: StreamOptions = {
  ...unadorned,
  tint: { kind: 'rewrite', parameters: tint, color: tintColor },
}

/** The screen after `bytes`, of 40×10 cells, and where the cursor is. */
export const render = async (bytes: Uint8Array): Promise<{ cells: Cell[][]; cursor: [number, number] }> => {
  const terminal = new xterm.Terminal({ cols: 40, rows: 10, allowProposedApi: true, scrollback: 0 })
  await new Promise<void>((resolve) => terminal.write(bytes, resolve))
  const { cursorX, cursorY } = terminal.buffer.active
  const cells = cellsOf(terminal)
  terminal.dispose()
  return { cells, cursor: [cursorX, cursorY] }
}

/** Cells as they should be with the tint: every default background carries it. */
export const tinted = (cells: readonly (readonly Cell[])[]): Cell[][] =>
  cells.map((row) => row.map((cell) => ({ ...cell, background: cell.background ?? tintColor })))

export const bytes = (...parts: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)))
