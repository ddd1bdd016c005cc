// What a command's bytes become on their way to the terminal: scanned, tinted, titles marked, modes remembered; and what
// becomes of the terminal's answers on their way back. Pure: bytes in, bytes out; where the chunks are cut makes no difference.
// The bytes of the program all go through, but for titles, and for what the strict filter drops.
import { type Colors, createColors, setColors } from './colors.ts'
import { createDynamicTint } from './dynamic.ts'
import { createEditor } from './editor.ts'
import { createHeld } from './held.ts'
import type { ScanListener } from './listener.ts'
import { createModes, onAlternate, see } from './modes.ts'
import { answersToDA1, asksDA1, asksTerminal, reporting } from './questions.ts'
import { createRows } from './rows.ts'
import { createScanner, mayHoldFunctions } from './scanner.ts'
import { bytesOf, ESC, joined } from './sequence.ts'
import { isDropped } from './strict.ts'
import { bringsBack, createTint } from './tint.ts'
import { closeTitle, markedBytes, nameWindow, openTitle } from './title.ts'
import { precaution, undo } from './undo.ts'

/** How the background is tinted: by SGR in the program's bytes, or by the terminal's own default color. */
export type TintPlan =
  /** SGR parameters such as 48;2;51;12;12, and the color that they show (#rrggbb), where it is known. */
  | { readonly kind: 'rewrite'; readonly parameters: string; readonly color: string | undefined }
  /** #rrggbb. */
  | { readonly kind: 'dynamic'; readonly color: string }

export interface StreamOptions {
  readonly tint: TintPlan | undefined
  /** What a window title starts with, e.g. '🔴 '; undefined: titles are not touched. */
  readonly titleMark: string | undefined
  /** The title that the session starts with, unsanitized; undefined: none is set. */
  readonly title: string | undefined
  /** The title at the end, where the terminal has no stack for titles; undefined: it has one. */
  readonly titleAfter: string | undefined
  /** Whether ESC k sets a name here (inside tmux and screen). */
  readonly escK: boolean
  /** What that name is set to at the end, if the program set it; '' lets tmux choose; undefined: it is kept. */
  nameAfter(): string | undefined
  /** Whether what can be used against the terminal is dropped (strict.ts). */
  readonly strict: boolean
  /** The terminal's own background (#rrggbb), if it answers questions for its colors. */
  readonly background: string | undefined
}

/** Nothing of ours but what undoes the modes that a program leaves on. */
export const unadorned: StreamOptions = {
  tint: undefined,
  titleMark: undefined,
  title: undefined,
  titleAfter: undefined,
  escK: false,
  nameAfter: () => undefined,
  strict: false,
  background: undefined,
}

export interface Stream {
  /** What is written at once: the title. */
  open(): Uint8Array
  /** The tint, if it is not there yet: it comes by itself with the first byte. */
  paint(): Uint8Array
  /** The program's next bytes; the result is valid until the next call, and may be `chunk` itself. */
  push(chunk: Uint8Array): Uint8Array
  /** What the terminal sends, on its way to the program. */
  answered(chunk: Uint8Array): Uint8Array
  /** Held bytes, then what gives the terminal back. A second call returns nothing. `cut`: the program did not end by itself, and what follows must begin on a line of its own. */
  close(cut?: boolean): Uint8Array
  /** How often the terminal was asked for its attributes (DA1) without an answer yet; undefined where it was asked for nothing. */
  owed(): number | undefined
  /** After the end: colors that must be as they were (see Colors.originals); the terminal can be asked whether they are. */
  originals(): ReadonlyMap<string, string>
  /** What gives the terminal back if nobody can close the stream any more, the same as long as nothing changes; undefined if it is closed. */
  lastWill(): string | undefined
}

export const createStream = (options: StreamOptions): Stream => {
  const { tint: plan, titleMark, title, titleAfter, escK, nameAfter, strict, background } = options
  const tint = plan?.kind === 'rewrite' ? createTint(plan.parameters) : undefined
  const dynamic = plan?.kind === 'dynamic' ? createDynamicTint(plan.color) : undefined
  const modes = createModes()
  const rows = createRows()
  const colors: Colors = createColors({
    asks: background !== undefined,
    background,
    changesBackground: dynamic !== undefined,
    seen: plan?.kind === 'rewrite' ? plan.color : undefined,
  })
  const editor = createEditor()
  const held = createHeld()
  let bytes: Uint8Array = nothing
  let looked = 0
  // Whether an SGR is in force, and whether one ever was, which may then be saved somewhere.
  let rendition = false
  let changed = false
  let last = 0x0a
  let named = false
  let asked = false
  let attributes = 0
  let dropping = false
  let strung = false
  let opened = false
  let painted = false
  let closed = false
  let will: string | undefined

  /** Line feeds and shifts up to `at` count before what is there, up to `end`, does. */
  const lookUpTo = (at: number, end = at) => {
    const from = looked
    looked = end
    if (from >= at) return
    rows.text(bytes, from, at)
    if (modes.switches.has('shift') || bytes.subarray(from, at).indexOf(shiftOut) < 0) return
    modes.switches.add('shift')
    will = undefined
  }
  const payBefore = (at: number) => {
    if (tint?.owed) editor.insert(at, tint.pay())
  }
  const listener: ScanListener = {
    text: payBefore,
    sgr: (effect) => {
      rendition = effect.doubtful || !effect.clean
      if (rendition) changed = true
      tint?.sgr(effect, bytes)
    },
    control: (fn, start, end) => {
      lookUpTo(start, end)
      if (fn && strict && isDropped(fn)) {
        editor.replace(start, end, nothing)
        dropping = scanner.inString()
        return
      }
      strung ||= scanner.inString()
      if (!fn) return payBefore(start)
      if (see(modes, fn)) will = undefined
      asked ||= asksTerminal(fn)
      // What looks like an SGR has been seen as one already.
      if (/^[<=>?].*m$/.test(fn.name)) return
      payBefore(start)
      const questions = colors.before(fn)
      asked ||= questions !== ''
      if (questions !== '') editor.insert(start, bytesOf(questions))
      if (asksDA1(fn)) attributes++
      rows.control(fn)
      if (changed && bringsBack(fn)) rendition = true
      const behind = tint?.control(fn)
      if (behind) editor.insert(end, behind)
      if (dynamic?.control(fn)) {
        modes.dynamic.add(11)
        editor.insert(end, dynamic.assertion)
      }
    },
    title: ({ start, from, to, end, ended }) => {
      lookUpTo(start, end)
      payBefore(start)
      if (ended === 'CAN') return editor.replace(start, to, nothing)
      named ||= bytes[start + 1] === 0x6b
      const text = markedBytes(bytes.subarray(from, to), titleMark ?? '')
      editor.replace(from, to, ended === 'ESC' ? joined(text, stringTerminator) : text)
    },
    inside: (from, to, ofTitle) => {
      lookUpTo(from, to)
      if (dropping || ofTitle) editor.replace(from, to, nothing)
    },
    insideEnd: (from, to) => {
      if (dropping) editor.replace(from, to, nothing)
      dropping = false
    },
  }
  const scanner = createScanner(listener, { titles: titleMark !== undefined, escK })

  const scan = (input: Uint8Array): Uint8Array => {
    bytes = input
    looked = 0
    editor.begin(input)
    const stopped = scanner.scan(input, 0, input.length)
    lookUpTo(stopped)
    const result = editor.end(stopped)
    held.keep(input, stopped)
    return result
  }
  const push = (chunk: Uint8Array): Uint8Array => {
    last = chunk[chunk.length - 1] ?? last
    if (held.length > 0) return scan(held.before(chunk))
    if (strict || tint?.owed || scanner.inString() || mayHoldFunctions(chunk)) return scan(chunk)
    bytes = chunk
    looked = 0
    lookUpTo(chunk.length)
    return chunk
  }
  const paint = (): Uint8Array => {
    if (painted || !opened || closed) return nothing
    painted = true
    will = undefined
    if (dynamic) modes.dynamic.add(11)
    return (
      dynamic?.assertion ?? (plan?.kind === 'rewrite' ? bytesOf(`\x1b[${plan.parameters}m\x1b[J`) : nothing)
    )
  }
  const withTint = () => painted && tint !== undefined
  const names = () => {
    const name = named ? nameAfter() : undefined
    return `${name === undefined ? '' : nameWindow(name)}${opened && title !== undefined ? closeTitle(titleAfter) : ''}`
  }

  return {
    open: () => {
      if (opened) return nothing
      opened = true
      return title === undefined ? nothing : openTitle(title, titleMark ?? '')
    },
    paint,
    push: (chunk) => (painted || !opened ? push(chunk) : joined(paint(), push(chunk))),
    answered: (chunk) => {
      if (attributes > 0) attributes = Math.max(0, attributes - answersToDA1(chunk))
      const rest = colors.answered(chunk)
      // An answer of ours may have been in it.
      if (rest !== chunk) will = undefined
      return rest
    },
    close: (cut = false) => {
      if (closed) return nothing
      const line = cut && last !== 0x0a && !onAlternate(modes) ? '\r\n' : ''
      // tmux ends a DCS with ST and nothing else, where it ended for us before.
      const ends = strung ? '\x1b\\' : ''
      const pen = withTint() || rendition ? '\x1b[0m' : ''
      const below = withTint() && rows.emptyBelow() ? '\x1b[J' : ''
      const end = bytesOf(`${ends}${undo(modes)}${pen}${line}${below}${names()}`)
      closed = true
      return joined(unfinished(held.before(nothing)), end)
    },
    owed: () => (asked || reporting.some((mode) => modes.decset.get(mode) === true) ? attributes : undefined),
    originals: colors.originals,
    lastWill: () => {
      if (closed) return undefined
      will ??= `\x1b\\${precaution(modes)}${setColors(colors.originals())}`
      return `${will}\x1b[0m${withTint() && rows.emptyBelow() ? '\x1b[J' : ''}${names()}`
    },
  }
}

const nothing = new Uint8Array(0)
const stringTerminator = bytesOf('\x1b\\')
const shiftOut = 0x0e

/** The beginning of a control function without its end has no effect, but would swallow what follows; text goes on. */
const unfinished = (held: Uint8Array): Uint8Array => (held[0] === ESC || held[1] === 0x9b ? nothing : held)
