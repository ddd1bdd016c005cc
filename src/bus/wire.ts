// The little of D-Bus's wire format that a call or two need, after the D-Bus specification ("Authentication Protocol", "Message
// Protocol"): for a program that is started with every prompt, where dbus-next would be most of the time that it takes.

/** Whoever we are: the bus sees that by the socket. As in sd-bus, nothing is waited for before the end. */
export const greeting = Buffer.from('\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n')

/** How long the answer to it is, with its end, once all of it is there; undefined before. 0: we are not let in. */
export const welcomeLength = (answer: Buffer): number | undefined => {
  const text = answer.toString('latin1')
  if (/^(REJECTED|ERROR)/m.test(text)) return 0
  const [welcome] = /^(DATA.*\r\n)?OK.*\r\n/.exec(text) ?? []
  return welcome?.length
}

export interface Writer {
  uint(value: number): void
  text(value: string): void
  signature(value: string): void
  /** Of structures, or of what else begins on a multiple of 8. */
  array(write: () => void): void
  structure(): void
  readonly bytes: number[]
}

/** Values one behind the other, each where it has to begin. */
const createWriter = (): Writer => {
  const bytes: number[] = []
  const pad = (to: number) => {
    while (bytes.length % to !== 0) bytes.push(0)
  }
  const four = (value: number) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)
  const uint = (value: number) => {
    pad(4)
    bytes.push(...four(value))
  }
  return {
    bytes,
    uint,
    text: (value) => {
      const text = Buffer.from(value)
      uint(text.length)
      bytes.push(...text, 0)
    },
    signature: (value) => bytes.push(value.length, ...Buffer.from(value), 0),
    array: (write) => {
      uint(0)
      const length = bytes.length - 4
      pad(8)
      const begin = bytes.length
      write()
      bytes.splice(length, 4, ...four(bytes.length - begin))
    },
    structure: () => pad(8),
  }
}

export interface WireCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: string
  /** Writes what the signature says. */
  readonly body?: (writer: Writer) => void
}

/** A call as a message. */
export const callMessage = (serial: number, call: WireCall): Buffer => {
  const body = createWriter()
  call.body?.(body)
  const head = createWriter()
  head.bytes.push(...Buffer.from('l'), METHOD_CALL, 0, 1)
  head.uint(body.bytes.length)
  head.uint(serial)
  head.array(() => {
    const field = (code: number, type: string, value: string) => {
      head.structure()
      head.bytes.push(code)
      head.signature(type)
      if (type === 'g') head.signature(value)
      else head.text(value)
    }
    field(1, 'o', call.path)
    field(2, 's', call.interface)
    field(3, 's', call.member)
    field(6, 's', call.destination)
    if (call.signature !== undefined) field(8, 'g', call.signature)
  })
  head.structure()
  return Buffer.from([...head.bytes, ...body.bytes])
}

const METHOD_CALL = 1
export const METHOD_RETURN = 2
export const ERROR = 3

export interface WireMessage {
  readonly type: number
  /** All that it takes. */
  readonly length: number
  /** The name of an error; '' of another message. */
  readonly error: string
}

const ERROR_NAME = 4

/** The header's fields that are text, by their codes. */
const fieldsOf = (bytes: Buffer, uintAt: (at: number) => number): ReadonlyMap<number, string> => {
  const fields = new Map<number, string>()
  const end = 16 + uintAt(12)
  for (let at = 16; at < end; at = (at + 7) & ~7) {
    const [code = 0, , type] = bytes.subarray(at)
    // Behind the code and the signature, which is one letter.
    at += 4
    if (type === 0x67) at += (bytes[at] ?? 0) + 2
    else {
      const length = uintAt(at)
      at += 4
      if (type === 0x75) continue
      fields.set(code, bytes.toString('utf8', at, at + length))
      at += length + 1
    }
  }
  return fields
}

/** The first message; undefined where it is not all there yet. */
export const firstMessage = (bytes: Buffer): WireMessage | undefined => {
  if (bytes.length < 16) return undefined
  // In the order of whoever wrote it.
  const uintAt = (at: number) => (bytes[0] === 0x6c ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const begin = 16 + ((uintAt(12) + 7) & ~7)
  const length = begin + uintAt(4)
  if (bytes.length < length) return undefined
  return {
    type: bytes[1] ?? 0,
    length,
    error: fieldsOf(bytes, uintAt).get(ERROR_NAME) ?? '',
  }
}
