// What a D-Bus connection is to us: call, listen, pass file descriptors. After the D-Bus specification, and sd-bus(3) for
// the flag that lets polkit ask the user.

/** One method call. Values are bigint for x and t, `variant()` for v, the descriptor itself for h. */
export interface Call {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: string
  readonly body?: readonly unknown[]
  /** ALLOW_INTERACTIVE_AUTHORIZATION: the service may have polkit ask the user meanwhile, however long that takes. */
  readonly interactive?: boolean
  /** The reply brings descriptors: they are ours then, and stand in its body. */
  readonly receives?: boolean
}

export interface Signal {
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly body: readonly unknown[]
}

/** A call to an object of ours. */
export interface Incoming {
  /** The unique name of who calls: the bus vouches for it. */
  readonly sender: string
  readonly interface: string
  readonly member: string
  readonly body: readonly unknown[]
}

export interface Bus {
  /** Our unique name on it. */
  readonly name: string
  /** Whether descriptors can be passed: the bus agreed to it. */
  readonly passesDescriptors: boolean
  /** The reply's body; rejects with a BusError. */
  call(call: Call): Promise<readonly unknown[]>
  /** Asks the bus for the signals that match one of `rules`; `hear` gets every signal of the connection from then on. */
  listen(rules: readonly string[], hear: (signal: Signal) => void): void
  /**
   * Has calls to the object at `path` answered, until the returned function is called. Where `answer` resolves the reply is empty;
   * where it rejects with a BusError the reply is that.
   */
  serve(path: string, answer: (call: Incoming) => Promise<void>): () => void
  /** Resolves when the connection has ended, by us or not. */
  readonly closed: Promise<void>
  close(): void
}

/** The bus itself, as a call's destination. */
export const broker = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

/** An error that came back over the bus, by its D-Bus name. */
export class BusError extends Error {
  readonly type: string
  constructor(type: string, text: string) {
    super(text)
    this.name = 'BusError'
    this.type = type
  }
}

/** By its name: a bundle that is loaded late has this class a second time. */
export const isBusError = (error: unknown): error is BusError =>
  error instanceof Error && error.name === 'BusError'

/** The D-Bus names of errors that mean something to us, after the D-Bus specification and sd-bus-errors(3). */
export const busErrors = {
  accessDenied: 'org.freedesktop.DBus.Error.AccessDenied',
  disconnected: 'org.freedesktop.DBus.Error.Disconnected',
  failed: 'org.freedesktop.DBus.Error.Failed',
  noOwner: 'org.freedesktop.DBus.Error.NameHasNoOwner',
  noReply: 'org.freedesktop.DBus.Error.NoReply',
  noService: 'org.freedesktop.DBus.Error.ServiceUnknown',
  timeout: 'org.freedesktop.DBus.Error.Timeout',
  unknownMethod: 'org.freedesktop.DBus.Error.UnknownMethod',
  unknownObject: 'org.freedesktop.DBus.Error.UnknownObject',
  wantsAuthorization: 'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired',
} as const
