// What a command's bytes become on their way to the terminal: scanned, tinted, titles marked, modes remembered. Pure: bytes
// in, bytes out; where the chunks are cut makes no difference. The bytes of the program all go through, but for titles.
import { createEditor } from './editor.ts'
import { createModes } from './modes.ts'
import { createScanner, type ScanListener } from './scanner.ts'
import { bytesOf, type ControlFunction, ESC, nameOf, numbers } from './sequence.ts'
import { readSgr } from './sgr.ts'
import { createTint } from './tint.ts'
import { closeTitle, markedBytes, openTitle } from './title.ts'

export interface StreamOptions {
  /** SGR parameters of the tint, e.g. '48;2;51;12;12' or '44'; undefined: no tint. */
  readonly tint: string | undefined
  /** What a window title starts with, e.g. '🔴 '; undefined: titles are not touched. */
  readonly titleMark: string | undefined
  /** The title that the session starts with, unsanitized; undefined: none is set. */
  readonly title: string | undefined
  /** Whether ESC k sets a name here (inside tmux and screen). */
  readonly escK: boolean
}

export interface Stream {
  /** What is written before the first byte of the program. */
  open(): Uint8Array
  /** The program's next bytes; the result is valid until the next call, and may be `chunk` itself. */
  push(chunk: Uint8Array): Uint8Array
  /** Held bytes, then what gives the terminal back. A second call returns nothing. */
  close(): Uint8Array
}

export const createStream = ({ tint: parameters, titleMark, title, escK }: StreamOptions): Stream => {
  const tint = parameters === undefined ? undefined : createTint(parameters)
  const modes = createModes()
  const editor = createEditor()
  let bytes: Uint8Array = nothing
  const held = createHeld()
  // Whether an SGR is in force, and whether one ever was, which may then be saved somewhere.
  let rendition = false
  let changed = false
  let opened = false
  let closed = false

  const payBefore = (at: number) => {
    if (tint?.owed) editor.insert(at, tint.pay())
  }
  const listener: ScanListener = {
    text: payBefore,
    sgr: (_, from, final, doubtful) => {
      const effect = readSgr(bytes, from, final)
      rendition = doubtful || effect.doubtful || !effect.clean
      changed ||= rendition
      tint?.sgr(doubtful ? { ...effect, background: 'keep', doubtful } : effect, bytes)
    },
    control: (fn, start, end) => {
      if (fn?.kind === 'csi' && fn.final === 'm') return modes.see(fn)
      payBefore(start)
      if (!fn) return
      modes.see(fn)
      if (changed && bringsBack(fn)) rendition = true
      const behind = tint?.control(fn)
      if (behind) editor.insert(end, behind)
    },
    title: ({ start, from, to, ended }) => {
      payBefore(start)
      if (ended === 'CAN') editor.replace(start, to, nothing)
      else
        editor.replace(
          from,
          to,
          cutTitle(markedBytes(bytes.subarray(from, to), titleMark ?? ''), ended === 'ESC'),
        )
    },
  }
  const scanner = createScanner(listener, { titles: titleMark !== undefined, escK })

  const scan = (input: Uint8Array): Uint8Array => {
    bytes = input
    editor.begin(input)
    const stopped = scanner.scan(input, 0, input.length)
    const result = editor.end(stopped)
    held.keep(input, stopped)
    return result
  }

  return {
    open: () => {
      if (opened) return nothing
      opened = true
      const set = title === undefined ? nothing : openTitle(title, titleMark ?? '')
      return joined(set, parameters === undefined ? nothing : bytesOf(`\x1b[${parameters}m\x1b[J`))
    },
    push: (chunk) => {
      if (held.length > 0) return scan(held.before(chunk))
      if (!tint?.owed && !scanner.inString() && !mayHoldFunctions(chunk)) return chunk
      return scan(chunk)
    },
    close: () => {
      if (closed) return nothing
      closed = true
      const tinted = opened && parameters !== undefined
      const ends = scanner.inString() ? bytesOf('\x1b\\') : nothing
      const undo = bytesOf(`${modes.undo()}${tinted || rendition ? '\x1b[0m' : ''}${tinted ? '\x1b[J' : ''}`)
      return joined(
        unfinished(held.before(nothing)),
        joined(ends, joined(undo, opened && title !== undefined ? closeTitle : nothing)),
      )
    },
  }
}

const nothing = new Uint8Array(0)

/** Whether a function may bring back a rendition that was saved before. */
const bringsBack = (fn: ControlFunction): boolean => {
  const name = nameOf(fn)
  if (name !== '?h' && name !== '?l') return ['ESC 8', 'u', '#}', '#q'].includes(name)
  return fn.kind === 'csi' && numbers(fn.parameters).some((mode) => [47, 1047, 1048, 1049].includes(mode))
}

/** The bytes that wait for what follows, in buffers that are reused. */
const createHeld = () => {
  let kept = new Uint8Array(256)
  let whole = new Uint8Array(8192)
  const self = {
    length: 0,
    /** From now on the bytes of `input` behind `from` are held. */
    keep: (input: Uint8Array, from: number): void => {
      self.length = input.length - from
      if (self.length > kept.length) kept = new Uint8Array(self.length * 2)
      if (self.length > 0) kept.set(input.subarray(from))
    },
    /** What is held, and `chunk` behind it; valid until the next call. */
    before: (chunk: Uint8Array): Uint8Array => {
      const length = self.length + chunk.length
      if (length > whole.length) whole = new Uint8Array(length * 2)
      whole.set(kept.subarray(0, self.length))
      whole.set(chunk, self.length)
      return whole.subarray(0, length)
    },
  }
  return self
}

/** The beginning of a control function without its end has no effect, but would swallow what follows; text goes on. */
const unfinished = (held: Uint8Array): Uint8Array => (held[0] === ESC || held[1] === 0x9b ? nothing : held)

const cutTitle = (title: Uint8Array, wasCut: boolean): Uint8Array =>
  wasCut ? joined(title, bytesOf('\x1b\\')) : title

/** Whether there is an ESC, or a byte that may begin U+009B, in a chunk: else it needs no scan. */
const mayHoldFunctions = (chunk: Uint8Array): boolean =>
  chunk.indexOf(ESC) >= 0 || endsWithC2(chunk) || holdsC1(chunk)

const endsWithC2 = (chunk: Uint8Array): boolean => chunk[chunk.length - 1] === 0xc2

const holdsC1 = (chunk: Uint8Array): boolean => {
  for (let at = chunk.indexOf(0x9b); at >= 0; at = chunk.indexOf(0x9b, at + 1))
    if (chunk[at - 1] === 0xc2) return true
  return false
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
