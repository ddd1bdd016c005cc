// What Ink hears, as the keys of a picker. Keys may come several at once, over a slow line; and an answer of the terminal's that
// comes late is none.
import type { Key as InkKey } from 'ink'
import type { Key } from './choice.ts'

const named: readonly (readonly [keyof InkKey, Key])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  // What most terminals send for the key above Enter.
  ['delete', 'backspace'],
]

/** `input` is the text that came, without its first ESC. */
export const keysOf = (input: string, key: InkKey): readonly Key[] => {
  const [, name] = named.find(([flag]) => key[flag]) ?? []
  if (name !== undefined) return [name]
  if (key.ctrl) return input === 'c' ? ['interrupt'] : input === 'z' ? ['stop'] : []
  if (key.escape) return ['escape']
  // Alt and a letter; or the beginning of an answer, whose rest comes as text.
  if (key.meta || isAnswer(input)) return []
  return [...input].flatMap((text): readonly Key[] => {
    if (text === '\r' || text === '\n') return ['enter']
    if (text === '\t') return ['tab']
    if (text === '\x7f' || text === '\b') return ['backspace']
    if (text === '\x03') return ['interrupt']
    if (text === '\x1a') return ['stop']
    return text < ' ' ? [] : [{ text }]
  })
}

/** The inside of OSC 10 and 11, of XTVERSION and XTGETTCAP, or of a CSI that Ink does not know. */
const isAnswer = (input: string): boolean => /^(?:\]?1[01];rgb|>\||[01]\+r|\[)/.test(input)
