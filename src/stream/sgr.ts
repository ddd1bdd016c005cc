// What one SGR sequence does to the background, read from its bytes without making objects: it is the most frequent control
// function by far. After ECMA-48 8.3.117, ISO 8613-6 and xterm's ctlseqs. Terminals disagree about odd forms (see the
// vectors): those are `doubtful`, and the pen is asserted again behind them.

export interface SgrEffect {
  /** keep: as it was; default: reset; set: the bytes from `from` to `to` are the parameters that set it. */
  background: 'keep' | 'default' | 'set'
  from: number
  to: number
  /** Some terminals read it otherwise. */
  doubtful: boolean
  /** It is cut or wrong: what the program wants is not known. */
  malformed: boolean
  /** It resets everything, and sets nothing. */
  clean: boolean
}

const SEMICOLON = 0x3b
const COLON = 0x3a

/** More parameters than this some terminals (foot, Konsole) do not read. */
const safeParameters = 16

const effect: SgrEffect = {
  background: 'keep',
  from: 0,
  to: 0,
  doubtful: false,
  malformed: false,
  clean: false,
}

/**
 * Reads the SGR that begins at `start`, if it is of the most frequent kind: numbers and semicolons, all of a known meaning.
 * Returns where its m is, or 0 for all else. The effect is `lastSgr()`.
 */
export const readPlainSgr = (bytes: Uint8Array, start: number, length: number): number => {
  if (start + 2 >= length || bytes[start + 1] !== 0x5b) return 0
  let background: SgrEffect['background'] = 'keep'
  let clean = true
  let value = 0
  let at = start + 2
  let from = 0
  let to = 0
  let state = NUMBER
  let count = 0
  const limit = Math.min(length, start + longestPlain)
  for (let i = at; i < limit; i++) {
    const byte = bytes[i] as number
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + byte - 0x30
      continue
    }
    if (byte !== SEMICOLON && byte !== 0x6d) return 0
    if (state > 0) state--
    else if (state === FORM) {
      state = value === 5 ? 1 : value === 2 ? 3 : INCOMPLETE
      if (state < 0) return 0
    } else if (value === 0) background = 'default'
    else {
      clean = false
      if (value >= 38) {
        const meaning = meanings[value]
        if (meaning === 'default') background = 'default'
        else if (meaning === 'set') {
          background = 'set'
          from = at
          to = i
        } else if (value === 38 || value === 48) {
          state = FORM
          if (value === 48) {
            background = 'set'
            from = at
            to = 0
          }
        } else if (meaning !== 'none') return 0
      }
    }
    if (state === NUMBER && background === 'set' && to === 0) to = i
    if (byte === 0x6d) {
      if (state !== NUMBER || ++count > safeParameters) return 0
      effect.background = background
      effect.from = from
      effect.to = to
      effect.doubtful = false
      effect.malformed = false
      effect.clean = clean
      return i
    }
    count++
    value = 0
    at = i + 1
  }
  return 0
}

/** What the next number of a plain SGR is: one by itself, the form behind 38 or 48, or so many operands are left (positive). */
const NUMBER = 0
const FORM = -1
const INCOMPLETE = -2
const longestPlain = 64

/** What the last call of `readPlainSgr` or `readSgr` found. */
export const lastSgr = (): Readonly<SgrEffect> => effect

/** Reads the parameters in `bytes` from `from` up to the final byte at `to`. The result is reused by the next call. */
export const readSgr = (bytes: Uint8Array, from: number, to: number): Readonly<SgrEffect> => {
  effect.background = 'keep'
  effect.doubtful = false
  effect.malformed = false
  effect.clean = true
  let count = 0
  for (let at = from; at <= to; count++) {
    let value = 0
    let end = at
    let byte = SEMICOLON
    // Control characters and DEL inside a parameter are passed over.
    for (; end < to; end++) {
      byte = bytes[end] as number
      if (byte === SEMICOLON || byte === COLON) break
      if (byte >= 0x30 && byte <= 0x39 && value <= longest) value = value * 10 + byte - 0x30
    }
    if (value !== 0) effect.clean = false
    if (end < to && byte === COLON) at = withColons(bytes, at, endOf(bytes, at, to).at)
    else at = plain(bytes, value, at, end, to)
  }
  if (count > safeParameters) effect.doubtful = true
  return effect
}

/** No terminal keeps a larger number; some take the rest of it. */
const longest = 0xffff

const found = { at: 0, colon: false }

/** Where the parameter that begins at `at` ends, and whether it has sub-parameters. */
const endOf = (bytes: Uint8Array, at: number, to: number) => {
  found.colon = false
  let i = at
  for (; i < to && bytes[i] !== SEMICOLON; i++) if (bytes[i] === COLON) found.colon = true
  found.at = i
  return found
}

/** The number at `at`, as above. */
const numberAt = (bytes: Uint8Array, at: number, end: number): number => {
  let value = 0
  for (let i = at; i < end && value <= longest; i++) {
    const digit = (bytes[i] as number) - 0x30
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
  }
  return value
}

const set = (from: number, to: number): void => {
  effect.background = 'set'
  effect.from = from
  effect.to = to
}

/** What a parameter is to the background; terminals disagree about the numbers that have no name here. */
const meanings: readonly ('none' | 'default' | 'set' | 'extended' | 'doubtful')[] = Array.from(
  { length: 108 },
  (_, value) => {
    if (value === 0 || value === 49) return 'default'
    if ((value >= 40 && value <= 47) || value >= 100) return 'set'
    if (value === 38 || value === 48 || value === 58) return 'extended'
    return value === 56 || value === 57 || (value >= 66 && value < 73) ? 'doubtful' : 'none'
  },
)

/** One parameter without sub-parameters, and the operands that belong to it. Returns where the next begins. */
const plain = (bytes: Uint8Array, value: number, at: number, end: number, to: number): number => {
  switch (meanings[value]) {
    case 'none':
      return end + 1
    case 'default':
      effect.background = 'default'
      return end + 1
    case 'set':
      set(at, end)
      return end + 1
    case 'extended':
      return extended(bytes, value, at, end, to)
    default:
      effect.doubtful = true
      return end + 1
  }
}

/** 38, 48 and 58 with ;5;n or ;2;r;g;b behind them. */
const extended = (bytes: Uint8Array, value: number, at: number, end: number, to: number): number => {
  // Not every terminal knows 58, and then its operands act as parameters.
  if (value === 58) effect.doubtful = true
  const form = end < to ? endOf(bytes, end + 1, to) : undefined
  if (!form || form.colon) return odd(end)
  const kind = numberAt(bytes, end + 1, form.at)
  let last = form.at
  for (let left = kind === 5 ? 1 : kind === 2 ? 3 : -1; left !== 0; left--) {
    if (left < 0 || last >= to) return odd(left < 0 ? end : to)
    last = endOf(bytes, last + 1, to).at
  }
  if (value === 48) set(at, last)
  return last + 1
}

const odd = (end: number): number => {
  effect.doubtful = true
  effect.malformed = true
  return end + 1
}

/** A parameter with sub-parameters: 48:… sets the background; what else holds a zero may reset it somewhere. */
const withColons = (bytes: Uint8Array, at: number, end: number): number => {
  const value = numberAt(bytes, at, firstColon(bytes, at, end))
  if (value === 48) set(at, end)
  else if (value === 0 || value === 49 || (value >= 40 && value < 48) || value >= 100) odd(end)
  else if (value === 58 || holdsZero(bytes, at, end)) effect.doubtful = true
  return end + 1
}

const firstColon = (bytes: Uint8Array, at: number, end: number): number => {
  let i = at
  while (i < end && bytes[i] !== COLON) i++
  return i
}

const holdsZero = (bytes: Uint8Array, at: number, end: number): boolean => {
  for (let i = at; i < end; i++)
    if (bytes[i] === COLON && (i + 1 === end || bytes[i + 1] === COLON || bytes[i + 1] === 0x30)) return true
  return false
}
