// Which modes the program has on, and the bytes that undo exactly those. Undoing blindly is not free (many a reset moves the
// cursor, or prints on some terminal), so nothing is undone that was not seen. After xterm's ctlseqs, the VT510 manual, and
// kitty's keyboard protocol. Not tracked: SO (its undo, SI, is harmless and goes with the character sets).
import { type ControlFunction, nameOf, numbers } from './sequence.ts'

export interface Modes {
  /** A control function of the program went by. */
  see(fn: ControlFunction): void
  /** What undoes all that is on; empty where nothing is. */
  undo(): string
}

/** DEC private modes: what a program leaves on, in the order of undoing; `off` marks those that are on by default. */
const privateModes: readonly (readonly [mode: number, normally: 'off' | 'on'])[] = [
  [2026, 'off'], // synchronized output
  [5, 'off'], // reverse screen
  [1, 'off'], // application cursor keys
  [66, 'off'], // application keypad
  [9, 'off'], // mouse, and its encodings
  [1000, 'off'],
  [1001, 'off'],
  [1002, 'off'],
  [1003, 'off'],
  [1005, 'off'],
  [1006, 'off'],
  [1015, 'off'],
  [1016, 'off'],
  [1004, 'off'], // focus reports
  [2004, 'off'], // bracketed paste
  [2027, 'off'], // grapheme clusters
  [2031, 'off'], // color-scheme reports
  [2048, 'off'], // in-band resize
  [45, 'off'], // reverse wrap
  [7, 'on'], // autowrap
  [12, 'off'], // blinking cursor
  [25, 'on'], // cursor
]

const screens: readonly number[] = [1049, 1047, 47]

interface State {
  readonly modes: Map<number, boolean>
  /** ANSI modes: insert (4), no echo (12), linefeed (20). */
  readonly ansi: Map<number, boolean>
  keypad: boolean
  margins: boolean
  charsets: boolean
  shape: boolean
  otherKeys: boolean
  link: boolean
  pointer: boolean
  progress: boolean
  /** kitty's keyboard stack, one a screen: pushed so often, or set. */
  readonly keyboard: [main: number, alternate: number]
  keyboardSet: boolean
  /** OSC numbers of dynamic colors, and palette entries. */
  readonly dynamic: Set<number>
  readonly palette: Set<string>
}

const initial = (): State => ({
  modes: new Map(),
  ansi: new Map(),
  keypad: false,
  margins: false,
  charsets: false,
  shape: false,
  otherKeys: false,
  link: false,
  pointer: false,
  progress: false,
  keyboard: [0, 0],
  keyboardSet: false,
  dynamic: new Set(),
  palette: new Set(),
})

const inAlternate = ({ modes }: State): boolean => screens.some((mode) => modes.get(mode) === true)

type Row = (state: State, parameters: string, given: readonly number[]) => void

const setModes =
  (on: boolean): Row =>
  ({ modes }, _, given) => {
    for (const mode of given) modes.set(mode, on)
    // One screen, three ways to it.
    if (!on && given.some((mode) => screens.includes(mode)))
      for (const mode of screens) modes.set(mode, false)
  }

const setAnsi =
  (on: boolean): Row =>
  ({ ansi }, _, given) => {
    for (const mode of given) ansi.set(mode, on)
  }

const softReset: Row = (state) => {
  state.ansi.clear()
  for (const mode of [1, 6, 66, 69]) state.modes.delete(mode)
  state.modes.set(7, true).set(25, true)
  Object.assign(state, { keypad: false, margins: false, charsets: false })
}

/** What a function means for the modes, by its name. */
const table: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['?h', setModes(true)],
  ['?l', setModes(false)],
  ['h', setAnsi(true)],
  ['l', setAnsi(false)],
  ['ESC =', (state) => (state.keypad = true)],
  ['ESC >', (state) => (state.keypad = false)],
  // Many terminals keep their colors over a full reset.
  ['ESC c', (state) => Object.assign(state, initial(), { palette: state.palette, dynamic: state.dynamic })],
  ['!p', softReset],
  ['r', (state, parameters) => (state.margins = parameters !== '')],
  [' q', (state, _, [shape]) => (state.shape = (shape ?? 0) > 0)],
  [
    '>m',
    (state, _, [what, value]) => {
      if (what === 4) state.otherKeys = (value ?? 0) > 0
    },
  ],
  ['>u', (state) => state.keyboard[inAlternate(state) ? 1 : 0]++],
  [
    '<u',
    (state, _, [count]) => {
      const screen = inAlternate(state) ? 1 : 0
      state.keyboard[screen] = Math.max(0, state.keyboard[screen] - (count || 1))
    },
  ],
  ['=u', (state, _, [flags]) => (state.keyboardSet = (flags ?? 0) > 0)],
  ...['(', ')', '*', '+'].flatMap((slot): [string, Row][] => [
    [`ESC ${slot}0`, (state) => (state.charsets = true)],
    [`ESC ${slot}B`, (state) => (state.charsets = slot === '(' ? false : state.charsets)],
  ]),
  ['OSC 4', ({ palette }, text) => each(text, (entry, value) => value !== '?' && palette.add(entry))],
  [
    'OSC 104',
    ({ palette }, text) => (text === '' ? palette.clear() : each(text, (entry) => palette.delete(entry))),
  ],
  ['OSC 8', (state, text) => (state.link = text !== ';')],
  [
    'OSC 9',
    (state, text) => {
      if (text.startsWith('4;')) state.progress = !text.startsWith('4;0')
    },
  ],
  ['OSC 22', (state, text) => (state.pointer = text !== '' && text !== '?')],
  ...[10, 11, 12, 13, 14, 15, 16, 17, 18, 19].flatMap((number): [string, Row][] => [
    [`OSC ${number}`, ({ dynamic }, text) => setColors(dynamic, number, text)],
    [`OSC ${number + 100}`, (state) => state.dynamic.delete(number)],
  ]),
])

/** Each further value is that of the next color: OSC 10 may set 11, too. */
function setColors(dynamic: Set<number>, first: number, text: string): void {
  for (const [i, value] of text.split(';').entries())
    if (value !== '?' && value !== '' && first + i < 20) dynamic.add(first + i)
}

/** The entries of OSC 4 come in pairs with their colors, those of OSC 104 alone: a number is an entry either way. */
function each(text: string, act: (entry: string, value: string | undefined) => unknown): void {
  const parts = text.split(';')
  for (const [i, part] of parts.entries()) if (/^\d+$/.test(part)) act(part, parts[i + 1])
}

export const createModes = (): Modes => {
  const state = initial()
  return {
    see: (fn) => {
      const row = table.get(nameOf(fn))
      if (!row) return
      const parameters = fn.kind === 'csi' ? fn.parameters : fn.kind === 'osc' ? fn.text : ''
      row(state, parameters, fn.kind === 'csi' ? numbers(parameters) : [])
    },
    undo: () => undone(state),
  }
}

/** Order matters: first what hides our own output, then the screen, then what belongs to the main screen. */
const undone = (state: State): string => {
  const { modes, ansi, keyboard } = state
  const alternate = screens.find((mode) => modes.get(mode) === true)
  const [sync, ...others] = privateModes
    .filter(([mode, normally]) => (modes.get(mode) ?? normally === 'on') !== (normally === 'on'))
    .map(([mode, normally]) => `\x1b[?${mode}${normally === 'on' ? 'h' : 'l'}`)
  const first = modes.get(2026) ? (sync ?? '') : ''
  const rest = first === '' ? [...(sync ? [sync] : []), ...others] : others
  const moves = [
    state.margins ? '\x1b[r' : '',
    modes.get(69) ? '\x1b[?69l' : '',
    modes.get(6) ? '\x1b[?6l' : '',
  ].join('')
  return [
    first,
    state.link ? '\x1b]8;;\x1b\\' : '',
    alternate !== undefined && keyboard[1] > 0 ? `\x1b[<${keyboard[1]}u` : '',
    // These move the cursor home: it is saved and restored around them, where the program is on our screen.
    alternate === undefined && moves !== '' ? `\x1b7${moves}\x1b8` : moves,
    alternate === undefined ? '' : `\x1b[?${alternate}l`,
    keyboard[0] > 0 ? `\x1b[<${keyboard[0]}u` : '',
    state.keyboardSet ? '\x1b[=0u' : '',
    state.otherKeys ? '\x1b[>4m' : '',
    state.keypad ? '\x1b>' : '',
    ansi.get(4) ? '\x1b[4l' : '',
    ansi.get(20) ? '\x1b[20l' : '',
    ansi.get(12) === false ? '\x1b[12h' : '',
    state.charsets ? '\x0f\x1b(B' : '',
    ...rest,
    state.shape ? '\x1b[0 q' : '',
    state.pointer ? '\x1b]22;\x1b\\' : '',
    state.progress ? '\x1b]9;4;0\x1b\\' : '',
    state.palette.size > 0 ? `\x1b]104;${[...state.palette].join(';')}\x1b\\` : '',
    ...[...state.dynamic].map((number) => `\x1b]${number + 100}\x1b\\`),
  ].join('')
}
