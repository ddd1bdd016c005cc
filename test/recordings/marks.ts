// Terminals for the judges, one of which marks the cells that xterm.js makes by itself with the default background, whatever
// the program has set: those that a resize adds, and the lines that SD (CSI T) scrolls in.
import xterm from '@xterm/headless'
import type { Resize } from './recording.ts'

export type Terminal = InstanceType<typeof xterm.Terminal>

/** The parts of xterm.js that are needed and not public. */
interface Inside {
  readonly coreService: { readonly isCursorHidden: boolean }
  readonly buffers: { readonly normal: BufferInside; readonly alt: BufferInside }
  readonly _bufferService: { scroll(attributes: { readonly bg: number }, isWrapped?: boolean): void }
  readonly _inputHandler: { scrollDown(parameters: { readonly params: readonly unknown[] }): boolean }
}
interface BufferInside {
  getNullCell(attributes?: unknown): { bg: number }
}
export const inside = (terminal: Terminal): Inside =>
  (terminal as unknown as { readonly _core: Inside })._core

/** Backgrounds that no recording has, as xterm.js packs them. */
export const resizeMark = 0x3000000 | 0x010203
export const scrollMark = 0x3000000 | 0x010204
export const wrapMark = 0x3000000 | 0x010205

export const createTerminal = ({ columns, rows }: Resize): Terminal =>
  new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 })

/** While `act` runs, every empty cell that the terminal makes has this background. */
const marking = (terminal: Terminal, background: number, act: () => void): void => {
  const { normal, alt } = inside(terminal).buffers
  const buffers = [normal, alt].map((buffer) => ({ buffer, original: buffer.getNullCell }))
  for (const { buffer, original } of buffers)
    buffer.getNullCell = (attributes) => Object.assign(original.call(buffer, attributes), { bg: background })
  try {
    act()
  } finally {
    for (const { buffer, original } of buffers) buffer.getNullCell = original
  }
}

export const createMarkedTerminal = (size: Resize): Terminal => {
  const terminal = createTerminal(size)
  terminal.parser.registerCsiHandler({ final: 'T' }, (params) => {
    marking(terminal, scrollMark, () => inside(terminal)._inputHandler.scrollDown({ params }))
    return true
  })
  return terminal
}

/** Marks what tmux makes by itself: what a resize adds, and the line that is scrolled in where text wraps. */
export const createWrapMarkedTerminal = (size: Resize): Terminal => {
  const terminal = createTerminal(size)
  const service = inside(terminal)._bufferService
  const scroll = service.scroll.bind(service)
  service.scroll = (attributes, isWrapped) =>
    scroll(isWrapped ? Object.create(attributes, { bg: { value: wrapMark } }) : attributes, isWrapped)
  return terminal
}

export const resizeMarked = (terminal: Terminal, { columns, rows }: Resize): void =>
  marking(terminal, resizeMark, () => terminal.resize(columns, rows))

export const write = (terminal: Terminal, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => terminal.write(bytes, resolve))
