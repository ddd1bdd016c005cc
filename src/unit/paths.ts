// Values that are made of paths, and of what belongs to them: bind mounts, images, directories, devices.
import { all } from './form.ts'
import { bits, named, openFlags } from './names.ts'
import { firstWord, fromBytes, toBytes, words } from './words.ts'

const MS_REC = 16384n

/** [-]SOURCE[:DESTINATION[:rbind|norbind]] …, as source, destination, whether it may be missing, and flags. */
export const bindPaths = (text: string): readonly unknown[] | undefined => {
  const found: unknown[] = []
  for (let rest: string | undefined = toBytes(text); rest !== undefined && rest.trim() !== ''; ) {
    const parts: string[] = []
    let colon = true
    while (colon && rest !== undefined) {
      const first = firstWord(rest.trimStart(), {
        ...bindCut,
        separators: parts.length < 2 ? ': \t\n\r' : ' \t\n\r',
      })
      const word = first && fromBytes(first.word ?? '')
      if (word === undefined) return undefined
      parts.push(word)
      // Which separator it was decides whether the next word belongs to this one.
      colon = first?.rest !== undefined && rest[rest.length - first.rest.length - 1] === ':'
      rest = first?.rest
    }
    const [source = '', destination, option = 'rbind'] = parts
    if (!['', 'rbind', 'norbind'].includes(option)) return undefined
    const isOptional = source.startsWith('-')
    const path = isOptional ? source.slice(1) : source
    found.push([path, destination ?? path, isOptional, option === 'norbind' ? 0n : MS_REC])
  }
  return found
}

const bindCut = { unquote: true, each: true } as const

/** PATH[:OPTIONS] … */
export const fileSystems = (text: string): readonly unknown[] | undefined =>
  all(words(text, { unquote: true }), (word) => {
    const [path, options = ''] = cutAt(word, ':')
    return [path, options]
  })

/** The parts of an image's description, in which a backslash hides a colon. */
const colonParts = (text: string): readonly string[] | undefined =>
  words(text, { separators: ':', escapes: 'c-and-separators' })

const tuples = (text: string) => words(text, { unquote: true, escapes: 'kept' })

/** [PARTITION:]OPTIONS …, the partition being root where it is not named. */
const mountOptions = (parts: readonly string[]): readonly unknown[] => {
  const pairs = []
  for (let i = 0; i < parts.length; i += 2)
    pairs.push(i + 1 < parts.length ? [parts[i], parts[i + 1]] : ['root', parts[i]])
  return pairs
}

/** [-]IMAGE:WHERE[:PARTITION:OPTIONS…] … */
export const mountImages = (text: string): readonly unknown[] | undefined =>
  all(tuples(text), (tuple) => {
    const [source, where, ...rest] = colonParts(tuple) ?? []
    if (!source || !where) return undefined
    return [source.replace(/^-/, ''), where, source.startsWith('-'), mountOptions(rest)]
  })

/** [-]IMAGE[:PARTITION:OPTIONS…] … */
export const extensionImages = (text: string): readonly unknown[] | undefined =>
  all(tuples(text), (tuple) => {
    const [source, ...rest] = colonParts(tuple) ?? []
    return source ? [source.replace(/^-/, ''), source.startsWith('-'), mountOptions(rest)] : undefined
  })

/** [PARTITION:]OPTIONS … of the root image. */
export const rootOptions = (text: string): readonly unknown[] | undefined =>
  all(words(text, { unquote: true }), (word) => {
    const [first = '', second, ...more] = word.split(':')
    if (more.length > 0 || /\s/.test(word)) return undefined
    return second ? [first, second] : ['root', first]
  })

/** NAME[:SYMLINK[:ro]] …, the ones without and the ones with a link. */
export const directories = (
  text: string,
): { readonly plain: readonly string[]; readonly linked: readonly unknown[] } | undefined => {
  const found = all(words(text, { unquote: true }), (word) => {
    const [source = '', link = '', option = '', ...more] = word.split(':')
    if (source === '' || more.length > 0 || !['', 'ro'].includes(option)) return undefined
    return { source: simple(source), link: simple(link), option }
  })
  return (
    found && {
      plain: found.filter(({ link, option }) => !link && !option).map(({ source }) => source),
      linked: found
        .filter(({ link, option }) => link || option)
        .map(({ source, link, option }) => [source, link, option ? 1n : 0n]),
    }
  )
}

/** Without slashes that mean nothing. */
const simple = (path: string): string => path.replace(/\/(\.?\/)*/g, '/').replace(/(.)\/$/, '$1')

/** PATH[:NAME[:OPTIONS]], as path, name and flags. */
export const openFile = (text: string): readonly unknown[] | undefined => {
  const parts = words(text, { separators: ':', escapes: 'c', each: true })
  const [path = '', name = '', options = '', ...more] = parts ?? []
  const flags = bits(options.replaceAll(',', ' '), named(openFlags))
  if (!path.startsWith('/') || more.length > 0 || flags === undefined) return undefined
  return [path, name || path.slice(path.lastIndexOf('/') + 1), flags]
}

/** What stands before the first of a character, and behind it. */
export const cutAt = (text: string, separator: string): readonly [string, string | undefined] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
