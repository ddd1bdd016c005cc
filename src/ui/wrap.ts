// Lines of a width, broken between words. (Ink's own leaves the blank at the beginning of the next line.)

/** With newlines; a word that is too long is cut. There is room for one letter, at least. */
export const wrapped = (text: string, room: number): string => {
  const width = Math.max(1, room)
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
    for (let last = lines.at(-1) ?? ''; last.length > width; last = lines.at(-1) ?? '')
      lines.splice(-1, 1, last.slice(0, width), last.slice(width))
  }
  return lines.join('\n')
}
