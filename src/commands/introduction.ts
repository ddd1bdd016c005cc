// What the user is told before the password is asked for: who asks for what. It is the caller's word: polkit knows the unit's name only.
import type { Launch } from '../backend/backend.ts'
import { quoted } from '../backend/words.ts'
import { show } from '../errors.ts'

/** Two lines, safe for a terminal. */
export const introductionOf = ({ path, argv, user, directory, unit, caller }: Launch): string => {
  const isLogin = argv[0]?.startsWith('-')
  const words = isLogin && argv.length === 1 ? [`a shell: ${path}`] : [path, ...argv.slice(1)].map(quoted)
  const where = directory === '~' ? 'at home' : `in ${directory}`
  const [who, whom] = [caller.name, user ?? 'root']
  return show(`${who} asks to run as ${whom}, ${where} (so says tint0; polkit knows only ${unit}):`).concat(
    '\n  ',
    shortened(show(words.join(' '))),
  )
}

const longest = 1000

/** The beginning and the end are what tells most. */
const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)}`
