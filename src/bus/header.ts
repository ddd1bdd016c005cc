// How many descriptors belong to a D-Bus message: the field UNIX_FDS of its header (D-Bus specification, "Message Format").
// The kernel hands descriptors over in the order of the messages, so that is all it takes to tell whose they are.

/** The code of the field. */
const UNIX_FDS = 9

/**
 * The count, from the first 16 bytes of a message and what follows them. 0 where there is no such field, or one that is
 * not understood.
 */
export const descriptorCount = (start: Buffer, rest: Buffer): number => {
  const little = start[0] === 0x6c
  const uint = (bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const end = Math.min(uint(start, 12), rest.length)
  // `rest` begins on a multiple of 8, as a field does: its code, a signature of one letter, and the value.
  for (let at = 0; at + 8 <= end; at = (at + 7) & ~7) {
    const [code, type] = [rest[at], String.fromCharCode(rest[at + 2] ?? 0)]
    if (rest[at + 1] !== 1) return 0
    if (code === UNIX_FDS) return type === 'u' ? uint(rest, at + 4) : 0
    at += 4
    if (type === 'u') at += 4
    else if (type === 's' || type === 'o') at += 4 + uint(rest, at) + 1
    else if (type === 'g') at += 1 + (rest[at] ?? 0) + 1
    else return 0
  }
  return 0
}
