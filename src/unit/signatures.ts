// What the manager itself says about the properties of a service, as org.freedesktop.DBus.Introspectable gives it.

/** The D-Bus signature of each property, by its name. */
export type Signatures = ReadonlyMap<string, string>

/** From the description of a service's object: all that its own and the unit's interface have. */
export const signaturesOf = (xml: string): Signatures =>
  new Map(
    [...xml.matchAll(/<interface name="org\.freedesktop\.systemd1\.(?:Service|Unit)">(.*?)<\/interface>/gs)]
      .flatMap(([, body = '']) => [...body.matchAll(/<property name="(\w+)" type="([^"]+)"/g)])
      .map(([, name = '', signature = '']) => [name, signature]),
  )
