// What a command may know and do of the outside besides the doors it opens: made in program.ts, passed down, replaced in tests.

export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly hostname: string
  /** Whether PID 1 is systemd (sd_booted(3)). */
  readonly booted: boolean
  /** A short text that no other run of tint0 has. */
  readonly id: string
  /** The control group that we are in, as a path (cgroups(7)). */
  controlGroup(): string
  /** What the time is, for people. */
  date(): Date
  /** Where a report goes; throws a Tint0Error where nothing can be written. */
  openReport(to: number | string): (text: string) => void
  /** A clock that only goes forward, in milliseconds. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** What gives the terminal back if a bug of ours ends the program: it comes first. */
  onBug(restore: () => void): void
  /** Writes to standard error at once. */
  complain(text: string): void
}
