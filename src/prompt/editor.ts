// What is typed at a prompt, byte by byte, in a buffer that can be wiped: no string ever holds it but an answer that may be seen (a
// name, a code), which is shown from one. Erasing goes by characters of UTF-8; ^W takes a word, ^U all. After stty(1)'s special characters, which the terminal itself does not handle here.

/** A secret in memory of its own, to be wiped by whoever had it last. */
export type Secret = Buffer

/**
 * Room for one. (A small Buffer.alloc lives in V8's heap, and leaves a copy there that nobody can wipe, as soon as it is given to the
 * system, or moved.)
 */
export const newSecret = (length: number): Secret => Buffer.from(new ArrayBuffer(length))

export const wipe = (secret: Secret): void => {
  secret.fill(0)
}

/** What became of a byte. */
export type Typed =
  /** Characters there are now, of which `shown` are to be seen. */
  | 'changed'
  /** Nothing to erase, or no room for more. */
  | 'refused'
  /** Enter. */
  | 'done'
  /** ^D, where nothing was typed. */
  | 'end'
  /** Tab: the other way to show it. */
  | 'switch'
  | 'ignored'

export interface Editor {
  type(byte: number): Typed
  /** How many characters it has. */
  length(): number
  /** More was typed than can be an answer; until all is erased. */
  readonly overflown: boolean
  /** For a prompt that echoes: the text so far. */
  text(): string
  /** What was typed: a copy of its own; this one is wiped. */
  take(): Secret
  wipe(): void
}

/** The terminal's own characters for them (termios(3), c_cc); 0 is none. */
export interface EditKeys {
  readonly erase: number
  readonly kill: number
  readonly word: number
  readonly end: number
}

/** Takes at most `longest` bytes, and keeps them in `bytes`. */
export const createEditor = (longest: number, keys: EditKeys, bytes = newSecret(longest)): Editor => {
  let used = 0
  let overflown = false
  const cut = (to: number) => {
    bytes.fill(0, to, used)
    used = to
    // What is missing in the middle comes back by no erasing.
    overflown &&= used > 0
  }
  /** Where the last character begins. */
  const last = () => {
    let at = used - 1
    while (at > 0 && isContinued(bytes[at] ?? 0)) at--
    return Math.max(0, at)
  }
  const erase = (to: number): Typed => {
    if (used === 0) return 'refused'
    cut(to)
    return 'changed'
  }
  const beforeWord = () => {
    let at = used
    while (at > 0 && bytes[at - 1] === SPACE) at--
    while (at > 0 && bytes[at - 1] !== SPACE) at--
    return at
  }
  return {
    type: (byte) => {
      // It also stands for a special character that there is none of.
      if (byte === NUL) return 'ignored'
      if (byte === LF || byte === CR) return 'done'
      if (byte === keys.erase || byte === BS || byte === DEL) return erase(last())
      if (byte === keys.kill) return erase(0)
      if (byte === keys.word) return erase(beforeWord())
      if (byte === keys.end) return used === 0 ? 'end' : 'ignored'
      if (byte === TAB) return 'switch'
      if (used === longest) {
        overflown = true
        return 'refused'
      }
      bytes[used++] = byte
      return 'changed'
    },
    length: () => {
      let count = 0
      for (let at = 0; at < used; at++) if (!isContinued(bytes[at] ?? 0)) count++
      return count
    },
    get overflown() {
      return overflown
    },
    text: () => bytes.toString('utf8', 0, used),
    take: () => {
      const secret = newSecret(used)
      bytes.copy(secret, 0, 0, used)
      cut(0)
      return secret
    },
    wipe: () => cut(0),
  }
}

const [NUL, BS, TAB, LF, CR, SPACE, DEL] = [0, 8, 9, 10, 13, 32, 127]

/** A byte in the middle of a character (UTF-8). */
const isContinued = (byte: number): boolean => (byte & 0xc0) === 0x80
