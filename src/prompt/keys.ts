// What a terminal sends, as keys: an arrow, a mouse, pasted text's brackets, a late answer to somebody's question are no characters of
// a password, and nothing of them is kept. After xterm's ctlseqs, and ECMA-48. Nobody gets lost in a sequence: Enter ends every one.

/** A byte that was typed, or a key that chooses; undefined is in the middle of a sequence, or one that means nothing here. */
export type Key = number | 'up' | 'down' | undefined

export interface Keys {
  take(byte: number): Key
  /** How long to wait for the rest of what has begun, in milliseconds; undefined where nothing has. */
  readonly patience: number | undefined
  /** Nothing more came: what has begun was a key alone. */
  settle(): void
}

type State =
  | 'ground'
  | 'escape'
  /** Alt and a character, of which bytes may follow. */
  | 'meta'
  | 'csi'
  | 'parameters'
  | 'ss3'
  /** OSC, DCS and the like, and an ESC in one. */
  | 'string'
  | 'ending'
  /** The old mouse's three bytes, or the one of a function key of Linux's console. */
  | 'skipping'

/** An answer comes in one go; a human who has hit ESC needs longer for the next key. */
const afterEscape = 100
const withinOther = 500

export const createKeys = (): Keys => {
  let state: State = 'ground'
  let skip = 0
  const to = (next: State, key?: Key): Key => {
    state = next
    return key
  }
  const begun = (byte: number): Key => {
    const next = introducers[String.fromCharCode(byte)]
    if (next !== undefined) return to(next)
    return to(byte === ESC ? 'escape' : 'meta')
  }
  /** The end of CSI or SS3, or a parameter; what can be neither was typed. */
  const within = (here: State, byte: number, key?: Key): Key => {
    if (byte === ESC) return to('escape')
    if (byte > DEL) return to('ground', byte)
    return byte < AT ? to(here) : to('ground', key)
  }
  const take = (byte: number): Key => {
    if (state === 'skipping' && byte >= SPACE) return to(--skip > 0 ? 'skipping' : 'ground')
    const isIn = state === 'string' || state === 'ending'
    if ((byte < SPACE && byte !== ESC && !(isIn && byte === BEL)) || byte === DEL) return to('ground', byte)
    switch (state) {
      case 'ground':
      case 'skipping':
        return byte === ESC ? to('escape') : byte
      case 'escape':
        return begun(byte)
      case 'meta':
        return (byte & 0xc0) === 0x80 ? undefined : byte === ESC ? to('escape') : to('ground', byte)
      case 'csi':
        skip = byte === M ? 3 : byte === BRACKET ? 1 : 0
        return skip > 0 ? to('skipping') : within('parameters', byte, arrows[byte])
      case 'parameters':
        return within('parameters', byte)
      case 'ss3':
        return within('ss3', byte, arrows[byte])
      case 'string':
        return byte === ESC ? to('ending') : byte === BEL ? to('ground') : undefined
      case 'ending':
        return byte === BACKSLASH || byte === BEL ? to('ground') : begun(byte)
    }
  }
  return {
    take,
    get patience() {
      if (state === 'ground' || state === 'meta') return undefined
      return state === 'escape' ? afterEscape : withinOther
    },
    settle: () => {
      state = 'ground'
    },
  }
}

const [BEL, ESC, SPACE, AT, M, BRACKET, BACKSLASH, DEL] = [7, 0x1b, 0x20, 0x40, 0x4d, 0x5b, 0x5c, 0x7f]

/** Behind an ESC: CSI and SS3; OSC, DCS, APC, PM and SOS. */
const introducers: Readonly<Record<string, State>> = {
  '[': 'csi',
  O: 'ss3',
  ']': 'string',
  P: 'string',
  _: 'string',
  '^': 'string',
  X: 'string',
}

/** CUU and CUD, which are also those of SS3. */
const arrows: Readonly<Record<number, 'up' | 'down'>> = { 65: 'up', 66: 'down' }
