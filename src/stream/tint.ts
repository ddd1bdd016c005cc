// The tint: what loses the background, and what is written then. It follows the program's own background, which is never
// touched, and asserts the right one where a function may have changed it. The assertion is a CSI of its own (some terminals
// read only 16 parameters of one), and is owed until something needs it: an SGR that sets a background makes it void.
// After ECMA-48, the VT510 manual, xterm's ctlseqs, and what terminals were seen to do.
import { bytesOf, type ControlFunction, numbers } from './sequence.ts'
import type { SgrEffect } from './sgr.ts'

export interface Tint {
  /** Whether `assertion` must be written before anything but another SGR. */
  readonly owed: boolean
  /** What sets the background that is right now; marks it as paid. */
  pay(): Uint8Array
  /** An SGR went by. */
  sgr(effect: Readonly<SgrEffect>, bytes: Uint8Array): void
  /** Another function went by; returns what must follow it at once, if anything. */
  control(fn: ControlFunction): Uint8Array | undefined
}

/** The parameters of the SGR that sets a background; undefined is the default one, which the tint stands for. */
type Pen = Uint8Array | undefined

interface State {
  pen: Pen
  alternate: boolean
  /** Left and right margins are on, and CSI s sets them. */
  marginMode: boolean
  /** What DECSC and its like saved, by screen. */
  saved: [main: Pen, alternate: Pen]
  pushed: Pen[]
}

/** What is to be done behind a function. */
type Effect = 'nothing' | 'assert' | 'assert and erase the screen' | 'assert and erase below'

type Row = (state: State, fn: ControlFunction) => Effect

const assert: Row = () => 'assert'

const restore: Row = (state) => {
  state.pen = state.saved[state.alternate ? 1 : 0]
  return 'assert'
}

const save: Row = (state) => {
  state.saved[state.alternate ? 1 : 0] = state.pen
  return 'nothing'
}

/** What was saved is reset, too (VT510 manual, DECSTR). */
const softReset: Row = (state) => {
  state.pen = undefined
  state.saved[state.alternate ? 1 : 0] = undefined
  return 'assert'
}

/** The functions besides SGR that lose, save or restore the background. */
const table: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['ESC 7', save],
  ['ESC 8', restore],
  ['ESC #8', assert],
  ['!p', softReset],
  ['"p', assert],
  [
    'ESC c',
    (state) => {
      Object.assign(state, initial())
      return 'assert and erase below'
    },
  ],
  ['s', (state, fn) => (state.marginMode || fn.parameters !== '' ? 'nothing' : save(state, fn))],
  ['u', (state, fn) => (fn.parameters === '' ? restore(state, fn) : 'nothing')],
  ['#{', push],
  ['#p', push],
  ['#}', pop],
  ['#q', pop],
  ['?h', (state, fn) => screenModes(state, fn, true)],
  ['?l', (state, fn) => screenModes(state, fn, false)],
  ['?r', assert],
])

function push(state: State): Effect {
  if (state.pushed.length < 10) state.pushed.push(state.pen)
  return 'nothing'
}

function pop(state: State): Effect {
  if (state.pushed.length > 0) state.pen = state.pushed.pop()
  return 'assert'
}

/** DECSET and DECRST of the modes that switch screens or save the cursor, several in one function perhaps. */
function screenModes(state: State, fn: ControlFunction, on: boolean): Effect {
  let effect: Effect = 'nothing'
  for (const mode of numbers(fn.parameters)) {
    if (mode === 69) state.marginMode = on
    if (mode === 1048) effect = on ? save(state, fn) : restore(state, fn)
    if (mode === 47 || mode === 1047) {
      state.alternate = on
      effect = 'assert'
    }
    if (mode === 1049) {
      effect = on && !state.alternate ? 'assert and erase the screen' : 'assert'
      // Also when it is shown already: then it overwrites what was saved there, as in xterm and VTE.
      if (on) save(state, fn)
      state.alternate = on
      if (!on) restore(state, fn)
    }
  }
  return effect
}

/** Whether a function may bring back a rendition that was saved before. */
export const bringsBack = ({ name, parameters }: ControlFunction): boolean =>
  ['ESC 8', 'u', '#}', '#q'].includes(name) ||
  ((name === '?h' || name === '?l') &&
    numbers(parameters).some((mode) => [47, 1047, 1048, 1049].includes(mode)))

const initial = (): State => ({
  pen: undefined,
  alternate: false,
  marginMode: false,
  saved: [undefined, undefined],
  pushed: [],
})

/** `parameters` are those of the SGR that makes the tint, such as 48;2;51;12;12. */
export const createTint = (parameters: string): Tint => {
  const state = initial()
  const tint = bytesOf(`\x1b[${parameters}m`)
  const right = (): Uint8Array => {
    if (state.pen === undefined) return tint
    // A control character between its digits has executed already.
    return Uint8Array.of(0x1b, 0x5b, ...state.pen.filter((byte) => byte >= 0x20 && byte < 0x7f), 0x6d)
  }
  const join = (a: Uint8Array, b: string) => bytesOf(`${String.fromCharCode(...a)}${b}`)
  const self: Tint & { owed: boolean } = {
    owed: false,
    pay: () => {
      self.owed = false
      return right()
    },
    sgr: ({ background, from, to, doubtful, malformed }, bytes) => {
      if (background === 'set') {
        // A copy: a Buffer’s own slice would only be a view of bytes that are about to change.
        state.pen = new Uint8Array(bytes.subarray(from, to))
        self.owed = doubtful && !malformed
      } else if (background === 'default') {
        state.pen = undefined
        self.owed = true
      } else if (doubtful && !(malformed && state.pen !== undefined)) self.owed = true
    },
    control: (fn) => {
      const effect = table.get(fn.name)?.(state, fn) ?? 'nothing'
      switch (effect) {
        case 'nothing':
          return undefined
        case 'assert':
          self.owed = true
          return undefined
        case 'assert and erase below':
          return join(self.pay(), '\x1b[J')
        case 'assert and erase the screen':
          return join(self.pay(), '\x1b[2J')
      }
    },
  }
  return self
}
