// The texts that flood the terminals: the same at every run, of about the same size, in lines as programs write them.

export const payloads = ['plain', 'utf8', 'ls', 'sgr'] as const

export type Payload = (typeof payloads)[number]

/** `size` bytes of whole lines. */
export const payload = (kind: Payload, size: number): Buffer => {
  const random = sequence()
  // Some thousand lines of each, repeated: to make each line anew would take longer than to measure.
  const block = Buffer.from(Array.from({ length: 4096 }, () => `${line[kind](random)}\n`).join(''))
  const text = Buffer.alloc(size, block)
  return text.fill('\n', text.lastIndexOf('\n'))
}

/** A number from 0 to below `limit`. */
type Random = (limit: number) => number

/** Numbers that look random and are always the same. */
const sequence = (): Random => {
  let state = 12345
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % limit
  }
}

const words =
  'the terminal writes what a program of the manager says and no line is ever lost on the way'.split(' ')

const pick = <T>(from: readonly T[], random: Random): T => from[random(from.length)] as T

/** Up to a line's width, words of prose. */
const plain = (random: Random): string => {
  let text = pick(words, random)
  for (const width = 40 + random(38); text.length < width; ) text += ` ${pick(words, random)}`
  return text
}

/** Prose in scripts that take two, three and four bytes a character. */
const utf8 = (random: Random): string => {
  let text = pick(foreign, random)
  for (const width = 30 + random(20); text.length < width; ) text += ` ${pick(foreign, random)}`
  return text
}

const foreign =
  'терминал показывает строки 端末は文字を表示する 終わりまで παντού ürünü čeština 🔴 ✓ done'.split(' ')

/** ls --color on a terminal: columns of names, most with a color. */
const ls = (random: Random): string =>
  Array.from({ length: 4 }, () => {
    const name = `${pick(words, random)}-${pick(words, random)}${random(100)}`
    const space = ' '.repeat(Math.max(2, 19 - name.length))
    const color = pick(kinds, random)
    return color === undefined ? name + space : `\x1b[${color}m${name}\x1b[0m${space}`
  })
    .join('')
    .trimEnd()

/** Directories, programs, archives, links, and files without a color. */
const kinds = ['01;34', '01;32', '01;31', '01;36', undefined] as const

/** What highlighters and diagrams write: every word has its color, of 16 or of all, some a background; then a reset. */
const sgr = (random: Random): string =>
  Array.from({ length: 8 + random(5) }, () => {
    const rgb = `${random(256)};${random(256)};${random(256)}`
    const color = pick(
      [`38;2;${rgb}`, `38;2;${rgb}`, `1;${30 + random(8)}`, `${90 + random(8)}`, `30;48;2;${rgb}`],
      random,
    )
    return `\x1b[${color}m${pick(words, random)}\x1b[${pick(['0', '', '39;49'], random)}m`
  }).join(' ')

const line: Readonly<Record<Payload, (random: Random) => string>> = { plain, utf8, ls, sgr }
