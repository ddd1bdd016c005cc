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

/** Where the m of an SGR with nothing but digits and semicolons is, by far the most frequent function; 0 for all else. */
export const plainSgrEnd = (bytes: Uint8Array, start: number, length: number): number => {
  if (start + 2 >= length || bytes[start + 1] !== 0x5b) return 0
  let i = start + 2
  let byte = bytes[i] as number
  while (byte >= 0x30 && byte <= 0x3b && byte !== 0x3a && ++i < length) byte = bytes[i] as number
  return i < length && byte === 0x6d ? i : 0
}

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
