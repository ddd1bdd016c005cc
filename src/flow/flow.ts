// What flows and how it is held back: the two ends that a pump joins. Doors implement them (terminal/tty.ts, pty/open.ts,
// flow/sink.ts); the relay knows nothing else of files and terminals.

/** Where bytes come from. The chunk that `take` gets is only valid until it returns: sources reuse one buffer. */
export interface Source {
  /** Begins to deliver, or goes on to another taker; `end` is called once, when nothing will follow. */
  start(take: (chunk: Uint8Array) => void, end: () => void): void
  pause(): void
  resume(): void
  /** Stops for good and lets go of the descriptor. */
  stop(): void
}

/** Where bytes go. */
export interface Sink {
  /**
   * Writes what goes at once. True: all of it went, and the buffer is the caller's again. False: the sink holds the rest
   * (a copy) and takes no more until `drained` resolves.
   */
  write(chunk: Uint8Array): boolean
  /** Resolves when nothing is held any more; at once where nothing is. */
  drained(): Promise<void>
  /** Why nothing more can be written (EPIPE, ENOSPC, EIO…), once that is known. */
  readonly broken: string | undefined
}
