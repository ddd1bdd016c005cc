// Values of D-Bus that JavaScript has no type for, and the properties that are full of them. A variant is plain data here: dbus-next's own
// class is another one in each bundle, and only the connection needs it.
import type { Bus, Call } from './bus.ts'

/** A value with its signature, for dictionaries of type a{sv}. */
export interface Variant {
  readonly signature: string
  readonly value: unknown
}

export const variant = (signature: string, value: unknown): Variant => ({ signature, value })

/** By its shape, which nothing else has: the keys of a dictionary are whatever the other side chose, but its values are variants then. */
const isVariant = (value: object): value is Variant =>
  'signature' in value && 'value' in value && typeof value.signature === 'string'

/** What a variant holds, all the way down. */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'object' && value !== null && isVariant(value) ? plain(value.value) : value
}

/** The same values with each variant made by `make`. */
export const withVariants = (
  values: readonly unknown[],
  make: (signature: string, value: unknown) => unknown,
): unknown[] => {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change)
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    if (isVariant(value)) return make(value.signature, change(value.value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]))
  }
  return values.map(change)
}

/** The value of one property of an object. Rejects with a BusError. */
export const getProperty = async (
  bus: Bus,
  { destination, path }: Pick<Call, 'destination' | 'path'>,
  of: string,
  name: string,
): Promise<unknown> => {
  const [value] = await bus.call({
    destination,
    path,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [of, name],
  })
  return plain(value)
}
