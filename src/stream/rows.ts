// Whether something may stand below the cursor: what was painted there is erased at the end only if nothing does. Counts rows
// up and down on the main screen; where it cannot know, something does. After ECMA-48 and the VT510 manual.
import { screens } from './modes.ts'
import { type ControlFunction, numbers } from './sequence.ts'

export interface Rows {
  /** Whether all below the cursor is empty. */
  emptyBelow(): boolean
  control(fn: ControlFunction): void
  /** Output goes by: `bytes` between `from` and `to`. */
  text(bytes: Uint8Array, from: number, to: number): void
}

export const createRows = (): Rows => {
  let below = 0
  let alternate = false
  const move: Readonly<Record<string, (count: number) => void>> = {
    A: (count) => (below += count),
    F: (count) => (below += count),
    'ESC M': () => below++,
    B: (count) => (below = Math.max(0, below - count)),
    E: (count) => (below = Math.max(0, below - count)),
    'ESC D': () => (below = Math.max(0, below - 1)),
    'ESC E': () => (below = Math.max(0, below - 1)),
    'ESC c': () => {
      below = 0
      alternate = false
    },
  }
  const switching = new Set(['?h', '?l', '?r'])
  const anywhere = new Set(['H', 'f', 'd', 'k', 'u', 'r', 'L', 'T', 'ESC 8', 'ESC #8'])
  return {
    emptyBelow: () => below === 0,
    control: ({ name, parameters }) => {
      if (name !== 'J' && !anywhere.has(name) && !move[name] && !switching.has(name)) return
      const given = numbers(parameters)
      if (switching.has(name)) {
        // Origin mode, and a cursor that is restored.
        if (given.some((mode) => mode === 6 || mode === 1048)) below = Number.POSITIVE_INFINITY
        if (name === '?r' || !given.some((mode) => screens.includes(mode))) return
        alternate = name === '?h'
        // Of the three ways back only one brings the cursor along.
        if (!alternate && !given.includes(1049)) below = Number.POSITIVE_INFINITY
      } else if (alternate && name !== 'ESC c') return
      else if (name === 'J' && (given[0] ?? 0) !== 1 && given[0] !== 3) below = 0
      else if (anywhere.has(name)) below = Number.POSITIVE_INFINITY
      else move[name]?.(given[0] || 1)
    },
    text: (bytes, from, to) => {
      if (below === 0 || below === Number.POSITIVE_INFINITY || alternate) return
      const chunk = bytes.subarray(from, to)
      for (let at = chunk.indexOf(10); at >= 0 && below > 0; at = chunk.indexOf(10, at + 1)) below--
    },
  }
}
