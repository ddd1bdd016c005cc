// Which modes the program has on: a table of what each function means for them. What undoes them stands in undo.ts. After
// xterm's ctlseqs, the VT510 manual, kitty's keyboard and color protocols, and UAPI.15 (OSC 3008).
import { type ControlFunction, colorEntries, dynamicColors, numbers } from './sequence.ts'

/** What is on, or was changed, and must be undone at the end. */
export interface Modes {
  /** DEC private modes, as far as the program set them; XTSAVE's copies beside them. */
  readonly decset: Map<number, boolean>
  readonly savedDecset: Map<number, boolean>
  /** ANSI modes: keyboard locked (2), insert (4), no echo (12), linefeed (20). */
  readonly ansi: Map<number, boolean>
  /** What a single switch tells, by its row in undo.ts. */
  readonly switches: Set<Switch>
  /** Those that were on once. */
  readonly seen: Set<Switch>
  /** Character sets in slots G0 to G3 that are not ASCII, by the byte that designates the slot. */
  readonly charsets: Set<string>
  /** Slots that held something else once. */
  readonly slots: Set<string>
  /** kitty's keyboard stack: how often each screen was pushed to, and whether its flags were set. */
  readonly keyboard: { readonly pushed: [number, number]; readonly set: [boolean, boolean] }
  /** OSC numbers of dynamic colors, palette entries (OSC 4), special colors (OSC 5), kitty's names (OSC 21). */
  readonly dynamic: Set<number>
  readonly palette: Set<string>
  readonly special: Set<string>
  readonly named: Set<string>
  /** Contexts that were begun (OSC 3008). */
  readonly contexts: Set<string>
  /** How many titles of the window were saved and not given back (XTWINOPS 22 and 23); no terminal keeps more than some. */
  readonly titles: { saved: number }
}

export type Switch =
  | 'keypad'
  | 'margins'
  | 'shift'
  | 'shape'
  | 'other keys'
  | 'link'
  | 'pointer'
  | 'progress'
  | 'printer'
  | 'auto print'
  | 'status line'
  | 'protection'
  | 'guarded area'
  | 'wide replies'
  | 'no UTF-8'

export const createModes = (): Modes => ({
  decset: new Map(),
  savedDecset: new Map(),
  ansi: new Map(),
  switches: new Set(),
  seen: new Set(),
  charsets: new Set(),
  slots: new Set(),
  keyboard: { pushed: [0, 0], set: [false, false] },
  dynamic: new Set(),
  palette: new Set(),
  special: new Set(),
  named: new Set(),
  contexts: new Set(),
  titles: { saved: 0 },
})

/** A function of the program went by: whether it may have changed what is to be undone. */
export const see = (modes: Modes, fn: ControlFunction): boolean => {
  const [, slot, set] = /^ESC ([()*+./-])(.+)$/.exec(fn.name) ?? []
  if (slot !== undefined) {
    if (set === 'B') modes.charsets.delete(slot)
    else modes.charsets.add(slot)
    if (set !== 'B') modes.slots.add(slot)
    return true
  }
  const row = table.get(fn.name)
  row?.(modes, fn.parameters, numbers(fn.parameters))
  return row !== undefined
}

export const screens: readonly number[] = [1049, 1047, 47]

export const onAlternate = ({ decset }: Modes): boolean => screens.some((mode) => decset.get(mode) === true)

/** What a hostile program can make us remember is bounded: modes and colors by their numbers, names by how many they are. */
const [highestMode, highestAnsi] = [9999, 99]
const [mostNames, mostContexts, mostTitles] = [300, 32, 10]

const addTo = (names: Set<string>, name: string, most: number): void => {
  if (names.size < most) names.add(name)
}

type Row = (modes: Modes, parameters: string, given: readonly number[]) => void

const setDecset =
  (on: boolean): Row =>
  ({ decset }, _, given) => {
    for (const mode of given) if (mode <= highestMode) decset.set(mode, on)
    // One screen, three ways to it.
    if (!on && given.some((mode) => screens.includes(mode)))
      for (const mode of screens) decset.set(mode, false)
  }

const setAnsi =
  (on: boolean): Row =>
  ({ ansi }, _, given) => {
    for (const mode of given) if (mode <= highestAnsi) ansi.set(mode, on)
  }

const turn = ({ switches, seen }: Modes, name: Switch, on: boolean): void => {
  if (on) seen.add(name)
  if (on) switches.add(name)
  else switches.delete(name)
}

/** A row for a switch that is on when `isOn` says so of the parameters. */
const switched =
  (name: Switch, isOn: (parameters: string, given: readonly number[]) => boolean | undefined): Row =>
  (modes, parameters, given) => {
    const on = isOn(parameters, given)
    if (on !== undefined) turn(modes, name, on)
  }

const softReset: Row = (modes) => {
  modes.ansi.clear()
  for (const mode of [1, 6, 66, 69]) modes.decset.delete(mode)
  modes.decset.set(7, true).set(25, true)
  modes.charsets.clear()
  for (const name of ['keypad', 'margins', 'shift', 'protection'] as const) modes.switches.delete(name)
}

/** Many terminals keep their colors over a full reset, and some their title and context. */
const fullReset: Row = (modes) => {
  modes.decset.clear()
  modes.savedDecset.clear()
  modes.ansi.clear()
  modes.switches.clear()
  modes.charsets.clear()
  Object.assign(modes.keyboard, { pushed: [0, 0], set: [false, false] })
}

const screenOf = (modes: Modes): 0 | 1 => (onAlternate(modes) ? 1 : 0)

const setDynamic =
  (first: number): Row =>
  ({ dynamic }, text) => {
    for (const [number, value] of dynamicColors(first, text)) if (value !== '?') dynamic.add(number)
  }

const setEntries =
  (which: 'palette' | 'special'): Row =>
  (modes, text) => {
    for (const [entry, value] of colorEntries(text)) if (value !== '?') modes[which].add(entry)
  }

const resetEntries =
  (which: 'palette' | 'special'): Row =>
  (modes, text) => {
    if (text === '') modes[which].clear()
    for (const entry of text.split(';')) modes[which].delete(`${Number(entry)}`)
  }

/** What a function means for the modes, by its name. */
const table: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['?h', setDecset(true)],
  ['?l', setDecset(false)],
  [
    '?s',
    ({ decset, savedDecset }, _, given) => {
      for (const mode of given) if (mode <= highestMode) savedDecset.set(mode, decset.get(mode) ?? false)
    },
  ],
  [
    '?r',
    (modes, text, given) => {
      for (const mode of given) setDecset(modes.savedDecset.get(mode) ?? false)(modes, text, [mode])
    },
  ],
  ['h', setAnsi(true)],
  ['l', setAnsi(false)],
  ['ESC =', switched('keypad', () => true)],
  ['ESC >', switched('keypad', () => false)],
  ['ESC c', fullReset],
  ['!p', softReset],
  ['r', switched('margins', (text) => text !== '')],
  [' q', switched('shape', (_, [shape = 0]) => shape > 0)],
  ['>m', switched('other keys', (_, [what, value = 0]) => (what === 4 ? value > 0 : undefined))],
  ['i', switched('printer', (_, [what]) => (what === 5 ? true : what === 4 ? false : undefined))],
  ['?i', switched('auto print', (_, [what]) => (what === 5 ? true : what === 4 ? false : undefined))],
  ['$}', switched('status line', (_, [what = 0]) => what > 0)],
  ['"q', switched('protection', (_, [what = 0]) => what === 1)],
  ['ESC V', switched('guarded area', () => true)],
  ['ESC W', switched('guarded area', () => false)],
  ['ESC  G', switched('wide replies', () => true)],
  ['ESC  F', switched('wide replies', () => false)],
  ['ESC %@', switched('no UTF-8', () => true)],
  ['ESC %G', switched('no UTF-8', () => false)],
  ['ESC n', switched('shift', () => true)],
  ['ESC o', switched('shift', () => true)],
  ['ESC <', ({ decset }) => decset.delete(2)],
  ['>u', (modes) => modes.keyboard.pushed[screenOf(modes)]++],
  [
    '<u',
    (modes, _, [count]) => {
      const screen = screenOf(modes)
      modes.keyboard.pushed[screen] = Math.max(0, modes.keyboard.pushed[screen] - (count || 1))
    },
  ],
  [
    '=u',
    (modes, _, [flags = 0]) => {
      modes.keyboard.set[screenOf(modes)] = flags > 0
    },
  ],
  [
    't',
    ({ titles }, _, [operation, which = 0]) => {
      if (which === 1) return
      if (operation === 22) titles.saved = Math.min(titles.saved + 1, mostTitles)
      if (operation === 23) titles.saved = Math.max(titles.saved - 1, 0)
    },
  ],
  ['OSC 4', setEntries('palette')],
  ['OSC 104', resetEntries('palette')],
  ['OSC 5', setEntries('special')],
  ['OSC 105', resetEntries('special')],
  ['OSC 8', switched('link', (text) => !text.endsWith(';') || text.split(';').length !== 2)],
  ['OSC 9', switched('progress', (text) => (text.startsWith('4;') ? !text.startsWith('4;0') : undefined))],
  [
    'OSC 21',
    ({ named }, text) => {
      for (const [, name, value] of text.matchAll(/(?:^|;)([a-z0-9_]{1,32})=([^;]*)/g))
        if (value === '') named.delete(name ?? '')
        else if (value !== '?') addTo(named, name ?? '', mostNames)
    },
  ],
  ['OSC 22', switched('pointer', (text) => (text.startsWith('?') ? undefined : text !== ''))],
  [
    'OSC 3008',
    ({ contexts }, text) => {
      const [, verb, id = ''] = /^(start|end)=([!-:<-~]{1,64})/.exec(text) ?? []
      if (verb === 'start') addTo(contexts, id, mostContexts)
      if (verb === 'end') contexts.delete(id)
    },
  ],
  ...[10, 11, 12, 13, 14, 15, 16, 17, 18, 19].flatMap((number): [string, Row][] => [
    [`OSC ${number}`, setDynamic(number)],
    [`OSC ${number + 100}`, ({ dynamic }) => dynamic.delete(number)],
  ]),
])
