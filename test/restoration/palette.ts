// The colors of a terminal that keeps and answers them, as xterm does: what is configured, what was set instead, and what a
// reset gives back. After xterm's ctlseqs (OSC 4, 10 to 19, 104, 110 to 119).

export interface Palette {
  /** An OSC of colors: whether it was one. Answers through `answer`. */
  osc(number: number, text: string): boolean
  /** What is not as configured, by key (`4;7`, `11`). */
  changed(): ReadonlyMap<string, string>
}

/** #rrggbb and rgb:… as xterm answers them. */
const answered = (spec: string): string | undefined => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(spec)
  const named = /^rgb:([0-9a-f]{2,4})\/([0-9a-f]{2,4})\/([0-9a-f]{2,4})$/i.exec(spec)
  const channels = (hex ?? named)?.slice(1).map((digits) => digits.repeat(2).slice(0, 4).toLowerCase())
  return channels && `rgb:${channels.join('/')}`
}

const two = (value: number) => value.toString(16).padStart(2, '0').repeat(2)

/** What the configuration of this terminal says of a color: none is like another. */
const configured = (key: string): string => {
  const fixed: Readonly<Record<string, string>> = {
    10: 'rgb:d0d0/d0d0/d0d0',
    11: 'rgb:1e1e/1e1e/1e1e',
    12: 'rgb:f0f0/a0a0/0000',
  }
  const entry = Number(key.replace('4;', ''))
  return fixed[key] ?? `rgb:${two(entry)}/${two((entry * 7) % 256)}/${two((entry * 13) % 256)}`
}

export const createPalette = (answer: (text: string) => void): Palette => {
  const set = new Map<string, string>()
  const one = (key: string, spec: string) => {
    const color = answered(spec)
    if (spec === '?') answer(`\x1b]${key};${set.get(key) ?? configured(key)}\x1b\\`)
    else if (color === configured(key)) set.delete(key)
    else if (color) set.set(key, color)
  }
  const entries = (first: 4 | 5, parts: readonly string[]) => {
    for (let i = 0; i + 1 < parts.length; i += 2) one(`${first};${parts[i]}`, parts[i + 1] ?? '')
  }
  const reset = (first: 4 | 5, parts: readonly string[]) => {
    const all = parts.join('') === ''
    for (const key of [...set.keys()].filter((key) => key.startsWith(`${first};`)))
      if (all || parts.includes(key.slice(2))) set.delete(key)
  }
  return {
    osc: (number, text) => {
      const parts = text.split(';')
      if (number === 4 || number === 5) entries(number, parts)
      else if (number === 104 || number === 105) reset(number === 104 ? 4 : 5, parts)
      else if (number >= 10 && number <= 19)
        for (const [i, spec] of parts.entries()) if (spec !== '') one(`${number + i}`, spec)
      if (number >= 110 && number <= 119) set.delete(`${number - 100}`)
      return true
    },
    changed: () => set,
  }
}

/** Every OSC that is about colors. */
export const colorNumbers: readonly number[] = [
  ...[4, 5, 104, 105],
  ...Array.from({ length: 10 }, (_, i) => 10 + i),
  ...Array.from({ length: 10 }, (_, i) => 110 + i),
]
