// The other way to tint: the terminal's own default background is changed (OSC 11), and the program's bytes go through as they
// are. For terminals that leave holes when rewritten (no BCE). What would take the tint away is followed by it again; a
// program that sets a background of its own keeps it. After xterm's ctlseqs and kitty's color stack.
import { bytesOf, type ControlFunction } from './sequence.ts'

export interface DynamicTint {
  /** What sets it. */
  readonly assertion: Uint8Array
  /** A function of the program went by: whether the tint must be set again behind it. */
  control(fn: ControlFunction): boolean
}

/** The functions that give the default background back. */
const losing: ReadonlyMap<string, (text: string) => boolean> = new Map<string, (text: string) => boolean>([
  ['OSC 111', () => true],
  ['ESC c', () => true],
  ['#Q', () => true],
  ['OSC 30101', () => true],
  ['OSC 21', (text) => /(^|;)background=(;|$)/.test(text)],
])

/** `color` as #rrggbb: Konsole takes nothing else. */
export const createDynamicTint = (color: string): DynamicTint => ({
  assertion: bytesOf(`\x1b]11;${color}\x1b\\`),
  control: (fn) => losing.get(fn.name)?.(fn.parameters) ?? false,
})
