// Addresses, ports and sets of them, after systemd.resource-control(5).
import { named, nftFamilies, nftSources } from './names.ts'
import { small } from './numbers.ts'

const AF_INET = 2
const AF_INET6 = 10

export type Prefix = readonly [family: number, bytes: Buffer, length: number]

/** The names that stand for prefixes of both families. */
const shorthands: Readonly<Record<string, readonly string[]>> = {
  any: ['0.0.0.0/0', '::/0'],
  localhost: ['127.0.0.0/8', '::1/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/64'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
}

/** The prefixes that a text names: one of the names, or addresses with or without a length. */
export const prefixes = (text: string): readonly Prefix[] | undefined => {
  const isHere = /^localhost(\.localdomain)?\.?$/i.test(text)
  const name = isHere ? 'localhost' : text
  const list = Object.hasOwn(shorthands, name) ? shorthands[name] : undefined
  const found = (list ?? text.split(/\s+/).filter((word) => word !== '')).map(prefix)
  return found.every((one) => one !== undefined) ? found : undefined
}

const prefix = (text: string): Prefix | undefined => {
  const [, address = '', length] = /^([^/]*)(?:\/(\d+))?$/.exec(text) ?? []
  const bytes = version4(address) ?? version6(address)
  if (!bytes || /^0\d/.test(length ?? '')) return undefined
  const most = 8 * bytes.length
  const bits = length === undefined ? most : Number(length)
  return bits > most ? undefined : [bytes.length === 4 ? AF_INET : AF_INET6, bytes, bits]
}

const version4 = (text: string): Buffer | undefined => {
  const parts = text.split('.')
  const isOne =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isOne ? Buffer.from(parts.map(Number)) : undefined
}

const version6 = (text: string): Buffer | undefined => {
  const halves = text.split('::')
  if (halves.length > 2 || !text.includes(':')) return undefined
  const [left, right] = halves.map((half, i) => groups(half, i === halves.length - 1))
  if (!left || (halves.length === 2 && !right)) return undefined
  const missing = 16 - left.length - (right?.length ?? 0)
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined
  return Buffer.from([...left, ...Array<number>(missing).fill(0), ...(right ?? [])])
}

/** The bytes of groups with colons; the last may be an address of version 4. */
const groups = (text: string, isEnd: boolean): readonly number[] | undefined => {
  if (text === '') return []
  const parts = text.split(':')
  const found = parts.map((part, i) => {
    if (/^[\da-fA-F]{1,4}$/.test(part))
      return [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]
    return isEnd && i === parts.length - 1 ? version4(part) : undefined
  })
  return found.every((bytes) => bytes !== undefined)
    ? found.flatMap((bytes) => [...(bytes ?? [])])
    : undefined
}

/** [ipv4:|ipv6:][tcp:|udp:]PORT, FIRST-LAST or any, as family, protocol, count and first port. */
export const ports = (text: string): readonly [number, number, number, number] | undefined => {
  const [, , family, , protocol, rest = ''] =
    /^((ipv4|ipv6)(?::(?=.)|$))?((tcp|udp)(?::(?=.)|$))?(.*)$/s.exec(text) ?? []
  const [first, last] = portRange(rest === '' && (family || protocol) ? 'any' : rest) ?? []
  if (first === undefined || last === undefined) return undefined
  const count = last === 0 ? Number(rest === '0') : last - first + 1
  return [
    family === 'ipv4' ? AF_INET : family === 'ipv6' ? AF_INET6 : 0,
    protocol === 'tcp' ? 6 : protocol === 'udp' ? 17 : 0,
    count,
    first,
  ]
}

const portRange = (text: string): readonly [number, number] | undefined => {
  if (text === 'any') return [0, 0]
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const [from, to] = [small(first ?? '', 0, 65535), small(last ?? '', 0, 65535)]
  return from === undefined || to === undefined || from > to ? undefined : [from, to]
}

/** SOURCE:FAMILY:TABLE:SET. */
export const nftSet = (text: string): readonly [number, number, string, string] | undefined => {
  const [source = '', family = '', table = '', set = '', ...more] = text.split(':')
  const [from, of] = [named(nftSources)(source), named(nftFamilies)(family)]
  return from === undefined || of === undefined || !table || !set || more.length > 0
    ? undefined
    : [from, of, table, set]
}
