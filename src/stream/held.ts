// The bytes of an unfinished function, which wait for what follows; in buffers that are reused.

export interface Held {
  readonly length: number
  /** From now on the bytes of `input` behind `from` are held. */
  keep(input: Uint8Array, from: number): void
  /** What is held, and `chunk` behind it; valid until the next call. */
  before(chunk: Uint8Array): Uint8Array
}

export const createHeld = (): Held => {
  let kept = new Uint8Array(256)
  let whole = new Uint8Array(8192)
  const self = {
    length: 0,
    keep: (input: Uint8Array, from: number): void => {
      self.length = input.length - from
      if (self.length > kept.length) kept = new Uint8Array(self.length * 2)
      if (self.length > 0) kept.set(input.subarray(from))
    },
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
