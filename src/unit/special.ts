// Forms that belong to one property, or to a few: what is written for them has a way of its own.
import { type Form, one, orEmpty } from './form.ts'
import { list, text, time, yesOrNo } from './forms.ts'
import * as names from './names.ts'
import { base64, cpus, hexadecimal, integer, scale } from './numbers.ts'
import { directories } from './paths.ts'
import { infinity } from './time.ts'

/** A number within bounds; an empty value leaves it to the manager. */
export const weight = (least: bigint, most: bigint, idle = false): Form =>
  orUnset(
    one('t', `a number from ${least} to ${most}${idle ? ', or idle' : ''}`, (value) =>
      idle && value === 'idle' ? 0n : integer(value, least, most),
    ),
  )

/** An empty value leaves it to the manager. */
export const orUnset = (form: Form): Form => orEmpty(form, (name) => [name, 't', infinity])

/** An amount, a share of all there is, or infinity. */
export const amount = (wants: string, read: (value: string) => bigint | undefined): Form => ({
  wants: `${wants}, a share such as 20%, or infinity`,
  rows: (name, value) => {
    const isLeast = /(Min|Low)$/.test(name)
    if (value === '') return [[name, 't', isLeast ? 0n : infinity]]
    const part = scale(value)
    if (part !== undefined) return [[`${name}Scale`, 'u', part]]
    const number = value === 'infinity' ? infinity : read(value)
    return number === undefined ? undefined : [[name, 't', number]]
  },
})

/** One of the names of a table, or a number up to `most`. */
export const named = (table: Readonly<Record<string, number>>, most?: number): Form =>
  one('i', `one of ${Object.keys(table).join(', ')}`, names.named(table, most))

export const capabilities = one(
  't',
  'capabilities such as "CAP_NET_RAW CAP_KILL", or "~CAP_KILL" for all but these',
  (value) => {
    const found = names.bits(value.replace(/^~/, ''), (word) => {
      const number = names.capability(word)
      return number === undefined ? undefined : 1n << BigInt(number)
    })
    return found !== undefined && value.startsWith('~') ? infinity - found : found
  },
)

export const namespaces: Form = {
  wants: `yes, no, or some of ${Object.keys(names.namespaces).join(', ')}`,
  rows: (name, value) => {
    const [answer] = yesOrNo.rows(name, value, name) ?? []
    if (answer) return [[name, 't', answer[2] === true ? 0n : names.allNamespaces]]
    const found = names.bits(value.replace(/^~/, ''), names.named(names.namespaces))
    if (found === undefined) return undefined
    return [[name, 't', value.startsWith('~') ? names.allNamespaces & ~found : found]]
  },
}

export const secureBits = one('i', `some of ${Object.keys(names.secureBits).join(', ')}`, (value) => {
  const found = names.bits(value, names.named(names.secureBits))
  return found === undefined ? undefined : Number(found)
})

export const propagation = one('t', 'shared, slave or private', (value) => {
  const found = names.named(names.propagations)(value)
  return found === undefined ? undefined : BigInt(found)
})

/** Yes or no, or what a later systemd has made of it, by a name of its own. */
export const orMore: Form = {
  wants: 'yes, no, or what systemd.exec(5) names',
  rows: (name, value, written) =>
    yesOrNo.rows(name, value, written) ?? (value === '' ? undefined : [[`${name}Ex`, 's', value]]),
}

export const delegation: Form = {
  wants: 'yes, no, or controllers such as "cpu memory"',
  rows: (name, value, written) =>
    yesOrNo.rows(name, value, written) ?? list.rows('DelegateControllers', value, written),
}

export const affinity: Form = {
  wants: 'numbers such as "0-3 5", or numa',
  rows: (name, value) => {
    if (value === 'numa') return [[`${name}FromNUMA`, 'b', true]]
    const bytes = cpus(value)
    return bytes && [[name, 'ay', bytes]]
  },
}

/** The kinds of files that an output may go to, each with a property of its own. */
const kinds: readonly (readonly [start: string, suffix: string])[] = [
  ['fd:', 'FileDescriptorName'],
  ['file:', 'File'],
  ['append:', 'FileToAppend'],
  ['truncate:', 'FileToTruncate'],
]

export const output: Form = {
  wants: 'journal, null, file:/path …',
  rows: (name, value, written) => {
    const [start, suffix] = kinds.find(([kind]) => value.startsWith(kind)) ?? ['', '']
    return text.rows(`${name}${suffix}`, value.slice(start.length), written)
  },
}

/** What is given itself, or in a file, which has a property of its own. */
const orPath = (wants: string, least: number, read: (value: string) => Buffer | undefined): Form => ({
  wants: `${wants}, or a path`,
  rows: (name, value, written) => {
    if (value.startsWith('/')) return text.rows(`${name}Path`, value, written)
    const bytes = read(value)
    return bytes && bytes.length >= least ? [[name, 'ay', bytes]] : undefined
  },
})

export const rootHash = orPath('32 hexadecimal digits or more', 16, hexadecimal)
export const rootHashSignature = orPath('base64:…', 0, (value) =>
  value.startsWith('base64:') ? base64(value.slice('base64:'.length)) : undefined,
)

export const directoryNames: Form = {
  wants: 'names such as "first second:link"',
  rows: (name, value) => {
    const found = directories(value)
    if (!found) return undefined
    const { plain, linked } = found
    return [
      ...(plain.length > 0 ? [[name, 'as', plain] as const] : []),
      ...(linked.length > 0 ? [[`${name}Symlink`, 'a(sst)', linked] as const] : []),
    ]
  },
}

export const condition: Form = {
  wants: 'a condition such as /path or !/path',
  rows: (name, value, written) => {
    const [, or, not, parameter] = /^(\|?)(!?)(.*)$/s.exec(value) ?? []
    return [[name, 'a(sbbs)', value === '' ? [] : [[written, or !== '', not !== '', parameter]]]]
  },
}

/** Both at once. */
export const startAndStop: Form = {
  wants: time.wants,
  rows: (_, value, written) => {
    const [start, stop] = ['Start', 'Stop'].map((when) => time.rows(`Timeout${when}USec`, value, written))
    return start && stop && [...start, ...stop]
  },
}
