// A call of StartTransientUnit to look at: as busctl(1) writes one, a property a line; but bytes as text, where they are one, and
// descriptors by what they are. And values as data, for JSON: there bytes are numbers, as in `busctl --json`.
import { descriptorName } from './plan.ts'
import type { UnitRow } from './unit.ts'
import { shellWord } from './words.ts'

/** The call as text, ending in a newline. */
export const busCallText = (scope: 'system' | 'user', unit: string, rows: readonly UnitRow[]): string =>
  [
    `busctl --${scope} call org.freedesktop.systemd1 /org/freedesktop/systemd1`,
    '  org.freedesktop.systemd1.Manager StartTransientUnit',
    `  ${shellWord('ssa(sv)a(sa(sv))')} ${shellWord(unit)} fail ${rows.length}`,
    ...rows.map(([name, signature, value]) =>
      ['  ', name, shellWord(signature), ...wordsOf(signature, value)].join(' ').replace('   ', '  '),
    ),
    '  0\n',
  ].join(' \\\n')

/** A value of one complete type, as busctl takes it: arrays with their length before them. */
const wordsOf = (type: string, value: unknown): readonly string[] => {
  const text = type === 'ay' ? Buffer.from(value as Uint8Array).toString() : ''
  if (/^[ -~]+$/.test(text)) return [shellWord(text)]
  if (type.startsWith('a'))
    return [
      String((value as readonly unknown[]).length),
      ...[...(value as Iterable<unknown>)].flatMap((item) => wordsOf(type.slice(1), item)),
    ]
  if (type.startsWith('(')) return members(type).flatMap((part, i) => wordsOf(part, (value as unknown[])[i]))
  return [type === 'h' ? descriptorName(value as number) : shellWord(String(value))]
}

/** The same as data: descriptors are named, and numbers that JSON's readers would round are strings. */
export const dataOf = (type: string, value: unknown): unknown => {
  if (type === 'ay') return [...(value as Uint8Array)]
  if (type.startsWith('a')) return (value as readonly unknown[]).map((item) => dataOf(type.slice(1), item))
  if (type.startsWith('(')) return members(type).map((part, i) => dataOf(part, (value as unknown[])[i]))
  if (type === 'h') return descriptorName(value as number).toLowerCase()
  return exact(value)
}

/** A number as one, where it can be. */
export const exact = (value: unknown): unknown => {
  if (typeof value !== 'bigint') return value
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : String(value)
}

/** The complete types in a struct (or in a dictionary's entry). */
const members = (type: string): readonly string[] => {
  const parts: string[] = []
  let depth = 0
  let begun = ''
  for (const c of type.slice(1, -1)) {
    begun += c
    if (c === '(' || c === '{') depth++
    if (c === ')' || c === '}') depth--
    if (depth > 0 || c === 'a') continue
    parts.push(begun)
    begun = ''
  }
  return parts
}
