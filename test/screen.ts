// A terminal emulator for tests: @xterm/headless on the output of a real program, answering what real ones answer.
import { Unicode11Addon } from '@xterm/addon-unicode11'
import xterm, { type IBufferCell } from '@xterm/headless'
import { type PtyProcess, type PtyProcessOptions, spawnOnPty } from './pty-process.ts'

export interface Cell {
  readonly char: string
  /** '#rrggbb', a palette number, or undefined for the default. */
  readonly background: string | number | undefined
  readonly foreground: string | number | undefined
  /** Bold, dim, italic, underlined, blinking, inverse, invisible, struck through: one letter each. */
  readonly attributes: string
  /** In cells; 0 is the second half of a wide one. */
  readonly width: number
}

export interface Screen {
  readonly process: PtyProcess
  readonly terminal: InstanceType<typeof xterm.Terminal>
  /** All titles that there were, the first one from before the program. */
  readonly titles: readonly string[]
  /** The title now, as a terminal with a title stack shows it. */
  title(): string
  /** Resolves when all output so far is on the screen. */
  settled(): Promise<void>
  cells(): readonly (readonly Cell[])[]
  text(): string
}

export interface ScreenOptions extends PtyProcessOptions {
  /** What OSC 11 is answered with; undefined: silence. */
  readonly background?: string | undefined
  /** The title before the program began. */
  readonly title?: string
}

export const runOnScreen = (argv: readonly string[], options: ScreenOptions = {}): Screen => {
  const { columns = 80, rows = 24 } = options
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 5000,
    windowOptions: { pushTitle: true, popTitle: true },
  })
  // Emoji are two cells wide, as everywhere today.
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  const process = spawnOnPty(argv, options)
  const titles: string[] = []
  terminal.onTitleChange((text) => titles.push(text))
  terminal.write(`\x1b]2;${options.title ?? 'as before'}\x07`)
  terminal.parser.registerOscHandler(11, (text) => {
    if (text === '?' && options.background) process.write(`\x1b]11;${options.background}\x1b\\`)
    return true
  })
  terminal.onData((text) => process.write(text))
  let written = Promise.resolve()
  process.onData((chunk) => {
    written = written.then(() => new Promise((resolve) => terminal.write(chunk, resolve)))
  })
  return {
    process,
    terminal,
    titles,
    title: () => titles.at(-1) ?? '',
    settled: () => written,
    cells: () => cellsOf(terminal),
    text: () => linesOf(cellsOf(terminal)).join('\n').trimEnd(),
  }
}

/** What stands in rows of cells, without the blanks at their ends. */
export const linesOf = (rows: ReturnType<Screen['cells']>): string[] =>
  rows.map((row) =>
    row
      .filter(({ width }) => width > 0)
      .map(({ char }) => char || ' ')
      .join('')
      .trimEnd(),
  )

/** Waits until the screen is as `found` wants it, and throws with what it shows when it does not become so in 15 s. */
export const untilShown = async (screen: Screen, what: string, found: () => boolean): Promise<void> => {
  for (let left = 150; left > 0; left--) {
    await screen.settled()
    if (found()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not come; there was '${screen.title()}':\n${screen.text()}`)
}

const everything = [0, Number.POSITIVE_INFINITY] as const

/** The different backgrounds of a part of the screen, or of all of it. */
export const backgroundsOf = (
  screen: Screen,
  rows: readonly [from: number, to: number] = everything,
  columns: readonly [from: number, to: number] = everything,
): Cell['background'][] => {
  const cells = screen
    .cells()
    .slice(...rows)
    .flatMap((row) => row.slice(...columns))
  return [...new Set(cells.map(({ background }) => background))]
}

/** Every cell of the visible screen. */
export const cellsOf = (terminal: InstanceType<typeof xterm.Terminal>): Cell[][] => {
  const buffer = terminal.buffer.active
  return Array.from({ length: terminal.rows }, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y)
    return Array.from({ length: terminal.cols }, (_, x) => {
      const cell = line?.getCell(x)
      const color = (
        isDefault: boolean | undefined,
        isRgb: boolean | undefined,
        value: number | undefined,
      ) =>
        isDefault === false ? (isRgb ? `#${(value ?? 0).toString(16).padStart(6, '0')}` : value) : undefined
      return {
        char: cell?.getChars() ?? '',
        background: color(cell?.isBgDefault(), cell?.isBgRGB(), cell?.getBgColor()),
        foreground: color(cell?.isFgDefault(), cell?.isFgRGB(), cell?.getFgColor()),
        attributes: cell ? attributesOf(cell) : '',
        width: cell?.getWidth() ?? 1,
      }
    })
  })
}

const attributesOf = (cell: IBufferCell): string =>
  [
    cell.isBold() && 'b',
    cell.isDim() && 'd',
    cell.isItalic() && 'i',
    cell.isUnderline() && 'u',
    cell.isBlink() && 'k',
    cell.isInverse() && 'r',
    cell.isInvisible() && 'h',
    cell.isStrikethrough() && 's',
  ]
    .filter(Boolean)
    .join('')
