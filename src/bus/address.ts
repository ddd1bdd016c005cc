// Where the buses are, after the D-Bus specification ("Server Addresses") and file-hierarchy(7).

type Environment = Readonly<Record<string, string | undefined>>

export const systemAddress = ({ DBUS_SYSTEM_BUS_ADDRESS }: Environment): string =>
  DBUS_SYSTEM_BUS_ADDRESS || 'unix:path=/run/dbus/system_bus_socket'

export const userAddress = (
  { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }: Environment,
  uid: number,
): string => DBUS_SESSION_BUS_ADDRESS || `unix:path=${XDG_RUNTIME_DIR || `/run/user/${uid}`}/bus`

/** The Unix sockets of an address, still escaped, to be tried in turn. */
export const socketPaths = (address: string): readonly string[] =>
  address
    .split(';')
    .filter((one) => one.startsWith('unix:'))
    .flatMap((one) => one.slice('unix:'.length).split(','))
    .map((pair) => /^(path|abstract)=(.+)$/.exec(pair))
    .filter((pair) => pair !== null)
    .map(([, kind, path = '']) => (kind === 'abstract' ? '\0' : '') + path)
