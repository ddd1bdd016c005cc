// What the manager itself says about the properties of a unit, as org.freedesktop.DBus.Introspectable gives it.

/** The D-Bus signature of each property, by its name. */
export type Signatures = ReadonlyMap<string, string>

/** From the description of a unit's object: all that some of its interfaces have. */
export const signaturesOf = (
  xml: string,
  interfaces: readonly ('Service' | 'Slice' | 'Unit')[],
): Signatures =>
  new Map(
    [...xml.matchAll(/<interface name="org\.freedesktop\.systemd1\.(\w+)">(.*?)<\/interface>/gs)]
      .filter(([, name]) => interfaces.some((one) => one === name))
      .flatMap(([, , body = '']) => [...body.matchAll(/<property name="(\w+)" type="([^"]+)"/g)])
      .map(([, name = '', signature = '']) => [name, signature]),
  )
