// How a value is written and what D-Bus wants for it, by the signature that the manager gives for the property: most
// properties need nothing more. What the signature does not tell is in exceptions.ts.
import { boolean } from '../boolean.ts'
import { nftSet, ports, prefixes } from './address.ts'
import { all, type Form, listed, one } from './form.ts'
import { exitStatus, signal } from './names.ts'
import { integer, size, small } from './numbers.ts'
import { bindPaths, cutAt, extensionImages, fileSystems, mountImages, openFile } from './paths.ts'
import { infinity, microseconds } from './time.ts'
import { unescaped, words } from './words.ts'

export const text = one('s', 'a text', (value) => value)
export const yesOrNo = one('b', 'yes or no', boolean)
export const list = one('as', 'words, quoted where they hold blanks', (value) =>
  words(value, { unquote: true }),
)
export const time = one('t', 'a time such as 90, 1min 30s, or infinity', microseconds)

/** PATH AMOUNT, for a device. */
export const ofDevice = (wants: string, read: (amount: string) => bigint | undefined): Form =>
  listed('a(st)', wants, (value) => {
    const [path, amount] = cutAt(value, ' ')
    const number = amount === undefined ? undefined : read(amount)
    return number === undefined ? undefined : [path, number]
  })

/** What is kept by a name: NAME:VALUE. */
export const credential = (wants: string, read: (value: string) => Buffer | undefined): Form =>
  listed('a(say)', wants, (value) => {
    const [name, data] = cutAt(value, ':')
    const bytes = data === undefined ? undefined : read(data)
    return bytes && [name, bytes]
  })

export const assignments = one('as', 'assignments such as A=1 "B=two words"', (value) =>
  words(value, { unquote: true, escapes: 'c' }),
)

export const optionalPath = listed('a(sb)', 'a path, with - before it where it may be missing', (value) => [
  value.replace(/^-/, ''),
  value.startsWith('-'),
])

/** One row a signature. */
export const bySignature: Readonly<Record<string, Form>> = {
  s: text,
  b: yesOrNo,
  as: list,
  t: one('t', 'a whole number', (value) => integer(value)),
  u: one('u', 'a whole number', (value) => small(value, 0, 0xffffffff)),
  // That is the type it is shown with; it is set by a wider one.
  q: one('u', 'a whole number', (value) => small(value, 0, 0xffffffff)),
  i: one('i', 'a whole number', (value) => small(value, -0x80000000, 0x7fffffff)),
  aay: one('aay', 'FIELD=VALUE', (value) => [Buffer.from(value)]),
  'a(st)': ofDevice('a device and an amount, such as "/dev/sda 5M"', (amount) =>
    amount === 'infinity' ? infinity : size(amount, 1000),
  ),
  'a(ss)': listed('a(ss)', 'a name and a path, such as name:/path', (value) => {
    const [name, path] = cutAt(value, ':')
    return [name, path || value]
  }),
  'a(say)': credential('a name and a value, such as name:value', unescaped),
  'a(sst)': listed('a(sst)', 'a path, such as /path:name:read-only', openFile),
  '(bs)': one('(bs)', 'a name, with - before it where it may be missing', (value) => [
    value.startsWith('-'),
    value.replace(/^-/, ''),
  ]),
  'a(bs)': one('a(bs)', 'a pattern, with ~ before it for what is dropped', (value) => [
    [!value.startsWith('~'), value.replace(/^~/, '')],
  ]),
  '(bas)': one('(bas)', 'words, with ~ before the first for all but these', (value) => {
    const found = words(value.replace(/^~/, ''), { unquote: true })
    return found && [!value.startsWith('~'), found]
  }),
  '(aiai)': one('(aiai)', 'exit statuses and signals, such as "1 TEMPFAIL SIGKILL"', (value) => {
    const found = all(words(value, { unquote: true }), (word) => {
      const status = exitStatus(word)
      return status === undefined ? numbered(signal(word)) : { status }
    })
    return (
      found && [
        found.flatMap((one) => ('status' in one ? [one.status] : [])),
        found.flatMap((one) => ('signal' in one ? [one.signal] : [])),
      ]
    )
  }),
  'a(ssbt)': one('a(ssbt)', 'paths such as /source:/destination:norbind', bindPaths),
  'a(ssba(ss))': one('a(ssba(ss))', 'images such as /image:/where:root:ro', mountImages),
  'a(sba(ss))': one('a(sba(ss))', 'images such as /image:root:ro', extensionImages),
  'a(iayu)': one(
    'a(iayu)',
    'addresses such as 10.0.0.0/8, or any, localhost, link-local, multicast',
    prefixes,
  ),
  'a(iiqq)': listed('a(iiqq)', 'ports such as tcp:80, ipv6:udp:5000-5010, any', ports),
  'a(iiss)': one('a(iiss)', 'sets such as cgroup:inet:table:set', (value) =>
    all(words(value, { unquote: true }), nftSet),
  ),
}

const numbered = (number: number | undefined) => (number === undefined ? undefined : { signal: number })

/** Where a list of paths and options is meant: TemporaryFileSystem. */
export const temporary = one('a(ss)', 'paths such as /path:ro,size=10M', fileSystems)
