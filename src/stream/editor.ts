// Edits a chunk on its way: what is not touched is not copied, and a chunk without edits is handed on as it is. One output
// buffer is reused, so the result is valid until the next chunk begins.

export interface Editor {
  begin(bytes: Uint8Array): void
  /** Puts `insertion` before the byte at `at`. Positions never go back. */
  insert(at: number, insertion: Uint8Array): void
  /** Leaves out the bytes from `from` to `to`, for `replacement`. */
  replace(from: number, to: number, replacement: Uint8Array): void
  /** The edited bytes up to `length`. */
  end(length: number): Uint8Array
}

export const createEditor = (): Editor => {
  let out = new Uint8Array(32768)
  let filled = 0
  let source: Uint8Array = out
  let copied = 0
  const room = (length: number) => {
    if (filled + length <= out.length) return
    const larger = new Uint8Array(Math.max(out.length * 2, filled + length))
    larger.set(out.subarray(0, filled))
    out = larger
  }
  /** Copies into what there is room for. (A call into the engine costs more than a few bytes do.) */
  const put = (bytes: Uint8Array, from: number, to: number) => {
    if (to - from > 64) out.set(bytes.subarray(from, to), filled)
    else {
      const target = out
      for (let i = from, at = filled; i < to; i++, at++) target[at] = bytes[i] as number
    }
    filled += to - from
  }
  const replace = (from: number, to: number, replacement: Uint8Array) => {
    room(from - copied + replacement.length)
    put(source, copied, from)
    copied = to
    put(replacement, 0, replacement.length)
  }
  return {
    begin: (bytes) => {
      source = bytes
      filled = 0
      copied = 0
    },
    insert: (at, insertion) => replace(at, at, insertion),
    replace,
    end: (length) => {
      if (filled === 0 && copied === 0) return source.subarray(0, length)
      room(length - copied)
      put(source, copied, length)
      return out.subarray(0, filled)
    },
  }
}
