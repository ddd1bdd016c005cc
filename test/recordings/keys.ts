// Keys by name, as xterm sends them, and the steps that most programs share.
import type { Step } from './programs.ts'

export const up = '\x1b[A'
export const down = '\x1b[B'
export const right = '\x1b[C'
export const left = '\x1b[D'
export const pageDown = '\x1b[6~'
export const pageUp = '\x1b[5~'
export const home = '\x1b[H'
export const end = '\x1b[F'
export const enter = '\r'
export const tab = '\t'
export const esc = '\x1b'
export const f1 = '\x1bOP'
export const f3 = '\x1bOR'
export const f9 = '\x1b[20~'
export const f10 = '\x1b[21~'
export const control = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) & 0x1f)

export const resize: Step = { resize: 'other' }
export const resizeBack: Step = { resize: 'back' }
export const watch = (milliseconds: number): Step => ({ pause: milliseconds })
