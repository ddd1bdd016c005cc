// What the user is told before the password is asked for: who wants what as whom, and where. It is the caller's word: polkit knows the
// unit's name only. What is too long for a few rows is left out in the middle, with how much that is: it never looks complete.
import type { Launch } from '../backend/backend.ts'
import { quoted } from '../backend/words.ts'
import { show } from '../errors.ts'
import { columnsOf } from '../stream/title.ts'

/** Rows that a command may take, whatever the width; and a directory. */
const most = { command: 6, directory: 2 } as const

/** Lines that are safe for a terminal of that width. */
export const introductionOf = (
  { path, argv, user, directory, unit, caller }: Launch,
  columns: number,
  unicode: boolean,
): string => {
  const dots = unicode ? '…' : '...'
  const isLogin = argv[0]?.startsWith('-')
  const words = isLogin && argv.length === 1 ? [`a shell: ${path}`] : [path, ...argv.slice(1)].map(quoted)
  const within = (rows: number, text: string) => shortened(text, rows * columns, dots)
  const where = directory === '~' ? 'at home' : `in ${within(most.directory, directory)}`
  return [
    `${show(caller.name)} wants to run as ${show(user ?? 'root')}, ${where}:`,
    `  ${within(most.command, words.join(' '))}`,
    `(so says tint0; polkit sees only ${show(unit)})`,
  ].join('\n')
}

/** The beginning and the end are what tells most. Of a command line of megabytes nothing else is looked at closely. */
const shortened = (text: string, room: number, dots: string): string => {
  // A character is of two units at most, and of one column at least.
  const edge = 2 * room
  const isLong = text.length > 2 * edge
  const begin = [...show(isLong ? text.slice(0, edge) : text)]
  if (!isLong && widthOf(begin) <= room) return begin.join('')
  const end = isLong ? [...show(text.slice(-edge))] : begin
  const half = Math.max(1, Math.floor((room - longestGap) / 2))
  const head = fitting(begin, half)
  const tail = fitting([...end].reverse(), half).reverse()
  const between = isLong ? text.length - 2 * edge + end.length : 0
  const left = begin.length + between - head.length - tail.length
  return `${head.join('')} ${dots} ${left} more ${dots} ${tail.join('')}`
}

/** Columns for what is said of what is left out. */
const longestGap = 24

/** (A mark counts, too: a thousand of them may stand on one character.) */
const width = (char: string): number => Math.max(1, columnsOf(char))

const widthOf = (chars: readonly string[]): number => chars.reduce((sum, char) => sum + width(char), 0)

const fitting = (chars: readonly string[], room: number): string[] => {
  let left = room
  const end = chars.findIndex((char) => {
    left -= width(char)
    return left < 0
  })
  return chars.slice(0, end < 0 ? chars.length : end)
}
