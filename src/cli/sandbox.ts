// The presets of --sandbox: each is a few properties of systemd.exec(5) and systemd.resource-control(5), as one could give them
// with --property. To add one, add a row; help and README are checked against it. They keep a command from accidents: who is
// root inside, and means to, may find a way around them.

export interface Preset {
  /** What the command finds, as the rest of a sentence. */
  readonly text: string
  /** NAME=VALUE, in the syntax of unit files. */
  readonly properties: readonly string[]
  /** Home directories are not there: neither is the caller's own, to run in. */
  readonly hidesHomes?: boolean
}

export type PresetName = keyof typeof presets

export const presets = {
  readonly: {
    text: 'no file can be written, except below /dev and /proc',
    properties: [
      'ProtectSystem=strict',
      'ProtectHome=read-only',
      // systemd mounts /run anew, and writable, for the next ones.
      'ReadOnlyPaths=/run',
      'ProtectKernelTunables=yes',
      'ProtectKernelModules=yes',
      'ProtectKernelLogs=yes',
      'ProtectControlGroups=yes',
    ],
  },
  'no-network': {
    text: 'no network, not even to this machine; sockets in the file system remain',
    properties: [
      'PrivateNetwork=yes',
      // For where the manager may not make a network of its own: then it goes on without. (Netlink tells that there is none.)
      'RestrictAddressFamilies=AF_UNIX AF_NETLINK',
      'IPAddressDeny=any',
    ],
  },
  private: {
    text: 'its own /tmp; no home directories, no devices; of other users no processes, unless it is root',
    properties: [
      'PrivateTmp=yes',
      'PrivateDevices=yes',
      'ProtectHome=tmpfs',
      'ProtectProc=invisible',
      // By the processes of others it would see their homes. (In a PID namespace it would see none, but be its init, deaf to ^C.)
      'CapabilityBoundingSet=~CAP_SYS_PTRACE',
    ],
    hidesHomes: true,
  },
} as const satisfies Readonly<Record<string, Preset>>

export const presetNames = Object.keys(presets) as readonly PresetName[]

const rows: Readonly<Record<PresetName, Preset>> = presets

/** The properties of all of them, each once. */
export const presetProperties = (names: readonly PresetName[]): readonly string[] => [
  ...new Set(names.flatMap((name) => rows[name].properties)),
]

export const hidesHomes = (names: readonly PresetName[]): boolean =>
  names.some((name) => rows[name].hidesHomes)
