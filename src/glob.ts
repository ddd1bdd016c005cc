// Globs after glob(7), over any text: * is any letters, ? is one, [a-z] one of these, [!a-z] one of the others. Takes at most as many steps as
// the one length times the other, so no glob can hang.

/** Longer than any name, so that a line of 128 KiB is soon compared. */
export const longestGlob = 256

type Token = 'any' | ((letter: string) => boolean)

/** What is not there ('') is matched by '' only, not by *. */
export const matches = (glob: string, text: string): boolean => {
  if (text === '' || glob === '') return text === glob
  const tokens = tokensOf(glob)
  const letters = [...text]
  let token = 0
  let letter = 0
  /** The last * and where what follows it was last tried. */
  let star = -1
  let tried = 0
  while (letter < letters.length) {
    const now = tokens[token]
    if (now === 'any') {
      star = token++
      tried = letter
    } else if (now?.(letters[letter] ?? '')) {
      token++
      letter++
    } else if (star >= 0) {
      token = star + 1
      letter = ++tried
    } else return false
  }
  return tokens.slice(token).every((rest) => rest === 'any')
}

const tokensOf = (glob: string): readonly Token[] => {
  const letters = [...glob]
  const tokens: Token[] = []
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? ''
    const end = letter === '[' ? endOf(letters, at) : -1
    if (letter === '*') tokens.push('any')
    else if (letter === '?') tokens.push(() => true)
    else if (end > 0) {
      tokens.push(oneOf(letters.slice(at + 1, end)))
      at = end
    } else tokens.push((one) => one === letter)
  }
  return tokens
}

/** A ] that comes first is one of the letters; without an end a [ is itself. */
const endOf = (letters: readonly string[], at: number): number =>
  letters.indexOf(']', at + (isNot(letters[at + 1]) ? 3 : 2))

const isNot = (letter: string | undefined): boolean => letter === '!' || letter === '^'

const oneOf = (written: readonly string[]): Token => {
  const others = isNot(written[0])
  const letters = others ? written.slice(1) : written
  const ranges: (readonly [from: string, to: string])[] = []
  for (let at = 0; at < letters.length; at++) {
    const from = letters[at] ?? ''
    const to = letters[at + 1] === '-' ? letters[at + 2] : undefined
    ranges.push([from, to ?? from])
    if (to !== undefined) at += 2
  }
  const code = (letter: string) => letter.codePointAt(0) ?? 0
  return (one) => others !== ranges.some(([from, to]) => code(from) <= code(one) && code(one) <= code(to))
}
