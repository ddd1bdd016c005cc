// Who is told of what the scanner finds.
import type { ControlFunction } from './sequence.ts'
import type { SgrEffect } from './sgr.ts'

/** Told of what is found, in order; positions are in the bytes that are scanned. */
export interface ScanListener {
  /** Text, or a C0, begins at `at`. */
  text(at: number): void
  /** SGR, and what it does; doubtful where not every terminal reads it as SGR. */
  sgr(effect: Readonly<SgrEffect>, start: number, end: number): void
  /** Any other function, or the beginning of an opaque string: `fn` where something may act on it. */
  control(fn: ControlFunction | undefined, start: number, end: number): void
  /** A title: text from `from` to `to`; ended by 'ST', 'BEL', 'ESC' (cut) or 'CAN' (aborted), or it goes on 'later'. */
  title(title: {
    readonly start: number
    readonly from: number
    readonly to: number
    readonly end: number
    readonly ended: TitleEnd
  }): void
  /** More of an opaque string's content; `ofTitle`: of one too long to be waited for. */
  inside(from: number, to: number, ofTitle: boolean): void
  /** What ends it: ST, BEL, CAN, SUB, or nothing where another function does. */
  insideEnd(from: number, to: number): void
}

export type TitleEnd = 'ST' | 'BEL' | 'ESC' | 'CAN' | 'later'
