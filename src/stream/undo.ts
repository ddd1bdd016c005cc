// The bytes that undo what a program left on, in the order that matters: first what hides our own output, then the screen,
// then what belongs to the main screen. Undoing blindly is not free (many a reset moves the cursor, or prints on some
// terminal), so nothing is undone that was not seen.
import { type Modes, onAlternate, type Switch, screens } from './modes.ts'

/**
 * DEC private modes that a program leaves on, in the order of undoing; `normally` is how a terminal has them. `blindly`: the
 * undoing does nothing where there is nothing to undo.
 */
const decset: readonly (readonly [mode: number, normally: 'off' | 'on', blindly?: 'blindly'])[] = [
  [5, 'off'], // reverse screen
  [1, 'off'], // application cursor keys
  [66, 'off'], // application keypad
  [9, 'off', 'blindly'], // mouse, and its encodings
  [1000, 'off', 'blindly'],
  [1001, 'off', 'blindly'],
  [1002, 'off', 'blindly'],
  [1003, 'off', 'blindly'],
  [1005, 'off', 'blindly'],
  [1006, 'off', 'blindly'],
  [1015, 'off', 'blindly'],
  [1016, 'off', 'blindly'],
  [1004, 'off', 'blindly'], // focus reports
  [2004, 'off', 'blindly'], // bracketed paste
  [2027, 'off'], // grapheme clusters
  [2031, 'off', 'blindly'], // color-scheme reports
  [2048, 'off', 'blindly'], // in-band resize
  [9001, 'off', 'blindly'], // keys as Windows has them
  [45, 'off'], // reverse wrap
  [8, 'on'], // keys repeat
  [7, 'on', 'blindly'], // autowrap
  [12, 'off'], // blinking cursor
  [25, 'on', 'blindly'], // cursor
]

const synchronized = 2026

/** What a switch is undone by; the order of these is free. */
const switches: readonly (readonly [Switch, string])[] = [
  ['other keys', '\x1b[>4m'],
  ['keypad', '\x1b>'],
  ['shift', '\x0f'],
  ['protection', '\x1b[0"q'],
  ['guarded area', '\x1bW'],
  ['wide replies', '\x1b F'],
  ['no UTF-8', '\x1b%G'],
  ['auto print', '\x1b[?4i'],
  ['shape', '\x1b[0 q'],
  ['pointer', '\x1b]22;\x1b\\'],
  ['progress', '\x1b]9;4;0\x1b\\'],
]

/** What undoes all that is on; empty where nothing is. */
export const undo = (modes: Modes): string => {
  const { decset: set, ansi, keyboard } = modes
  const on = (name: Switch, text: string) => (modes.switches.has(name) ? text : '')
  return [
    set.get(2) === false ? '\x1b<' : '',
    // What goes to a printer is not obeyed, so this comes before all else.
    on('printer', '\x1b[4i'),
    set.get(synchronized) ? `\x1b[?${synchronized}l` : '',
    on('status line', '\x1b[0$}'),
    on('link', '\x1b]8;;\x1b\\'),
    leaving(modes),
    keyboard.pushed[0] > 0 ? `\x1b[<${keyboard.pushed[0]}u` : '',
    keyboard.set[0] ? '\x1b[=0u' : '',
    ansi.get(2) ? '\x1b[2l' : '',
    ansi.get(4) ? '\x1b[4l' : '',
    ansi.get(20) ? '\x1b[20l' : '',
    ansi.get(12) === false ? '\x1b[12h' : '',
    ...[...modes.charsets].map((slot) => `\x1b${ascii[slot] ?? slot}B`),
    ...decset
      .filter(([mode, normally]) => (set.get(mode) ?? normally === 'on') !== (normally === 'on'))
      .map(([mode, normally]) => `\x1b[?${mode}${normally === 'on' ? 'h' : 'l'}`),
    ...switches.map(([name, text]) => on(name, text)),
    ...colors(modes),
    '\x1b[23;2t'.repeat(modes.titles.saved),
    ...[...modes.contexts].map((id) => `\x1b]3008;end=${id}\x1b\\`),
  ].join('')
}

/** Slots that hold 96 characters are designated by other bytes than those of ASCII's 94. */
const ascii: Readonly<Record<string, string>> = { '-': ')', '.': '*', '/': '+' }

/** From whatever screen, margins and origin to the main screen without them; the cursor stays where that is possible. */
const leaving = (modes: Modes): string => {
  const { decset: set, keyboard } = modes
  const alternate = screens.find((mode) => set.get(mode) === true)
  const stack = `${keyboard.pushed[1] > 0 ? `\x1b[<${keyboard.pushed[1]}u` : ''}${keyboard.set[1] ? '\x1b[=0u' : ''}`
  const columns = set.get(3) ? '\x1b[?3l' : ''
  const margins = `${modes.switches.has('margins') ? '\x1b[r' : ''}${set.get(69) ? '\x1b[?69l' : ''}`
  // Without origin mode the cursor is at home, wherever it was: below all that may stand there it harms least.
  const origin = set.get(6) ? '\x1b[?6l' : ''
  if (onAlternate(modes)) return `${stack}${margins}${origin}${columns}\x1b[?${alternate}l`
  return [
    // The alternate screen has a stack of its own, that stays when it is left.
    stack === '' ? '' : `\x1b[?1049h${stack}\x1b[?1049l`,
    columns,
    // These move the cursor home.
    origin === '' && margins !== '' ? `\x1b7${margins}\x1b8` : margins,
    origin === '' ? '' : `${origin}\x1b[999;1H`,
  ].join('')
}

/** Only those that the program has set: the user's own are not ours to reset. */
const colors = ({ palette, special, named, dynamic }: Modes): readonly string[] => [
  palette.size > 0 ? `\x1b]104;${[...palette].join(';')}\x1b\\` : '',
  special.size > 0 ? `\x1b]105;${[...special].join(';')}\x1b\\` : '',
  named.size > 0 ? `\x1b]21;${[...named].map((name) => `${name}=`).join(';')}\x1b\\` : '',
  ...[...dynamic].map((number) => `\x1b]${number + 100}\x1b\\`),
]

/** Modes whose undoing is harmless, and which some programs switch with every frame: once seen, a guardian undoes them always. */
const blind = new Set([...decset.flatMap(([mode, , blindly]) => (blindly ? [mode] : [])), synchronized])

/** What undoes more than is on: also what was on once, as far as that harms nothing. It changes seldom. */
export const precaution = (modes: Modes): string => {
  const seen = [...modes.decset.keys()].filter((mode) => blind.has(mode))
  const worst = new Map(modes.decset)
  for (const mode of seen) worst.set(mode, !(mode === 7 || mode === 25))
  return undo({
    ...modes,
    decset: worst,
    switches: new Set([...modes.switches, ...modes.seen]),
    charsets: modes.slots,
  })
}
