// A launch as a transient unit: the properties of StartTransientUnit in the order and with the signatures that run0 sends
// (org.freedesktop.systemd1(5), systemd.exec(5)). Where tint0 differs, the row says why.
import { variant } from '../bus/value.ts'
import type { Row } from '../unit/form.ts'
import type { Launch, StartOptions } from './backend.ts'
import { sessionVariables } from './session-class.ts'
import type { Program } from './streams.ts'

export type UnitRow = Row

/** What the user wants of the unit. */
export interface Wanted {
  /** In their order. */
  readonly rows: readonly Row[]
  /** One is for the unit's control group: the command must stay in it. */
  readonly staysInGroup: boolean
}

/** What a unit's properties depend on besides the launch. */
export interface UnitOptions extends Pick<StartOptions, 'pty'> {
  readonly program: Program
  /** Of the manager. */
  readonly version: number
  /** The PTY goes as descriptors, which also works from another mount namespace; else by name, and then PID 1 opens it. */
  readonly passesDescriptors: boolean
}

/** The properties of the unit, as D-Bus wants them. */
export const unitProperties = (
  rows: readonly UnitRow[],
): readonly (readonly [name: string, value: unknown])[] =>
  rows.map(([name, signature, value]) => [name, variant(signature, value)])

/** The same, as they are decided; `wanted` are those of the user's. */
export const unitRows = (
  scope: 'system' | 'user',
  launch: Launch,
  { rows: wanted, staysInGroup }: Wanted,
  { program, pty, version, passesDescriptors }: UnitOptions,
): readonly UnitRow[] => {
  const { slice, nice, empower, extraGroups } = launch.setting
  const before: readonly UnitRow[] = [
    ['Description', 's', launch.description],
    ['CollectMode', 's', 'inactive-or-failed'],
    // Without a reference there would be no PropertiesChanged, and the result would be gone before we could ask.
    ['AddRef', 'b', true],
  ]
  const after: readonly (UnitRow | false)[] = [
    ...(scope === 'system' ? forSystem(launch) : []),
    // A command of a pipe must die of SIGPIPE as everywhere else.
    ['IgnoreSIGPIPE', 'b', false],
    ['SendSIGHUP', 'b', true],
    (scope === 'system' || slice !== undefined) && ['Slice', 's', slice ?? 'user.slice'],
    ['Type', 's', 'exec'],
    launch.user !== undefined && ['User', 's', launch.user],
    launch.group !== undefined && ['Group', 's', launch.group],
    empower && ['AmbientCapabilities', 't', allCapabilities],
    extraGroups.length > 0 && ['SupplementaryGroups', 'as', extraGroups],
    nice !== undefined && ['Nice', 'i', nice],
    // Also for "/": a user manager's own default would be the home directory.
    ['WorkingDirectory', 's', `${launch.directoryIsOptional ? '-' : ''}${launch.directory}`],
    pty !== undefined && ['TTYPath', 's', pty.path],
    ...standardStreams
      .map((name, i) => ({ name, descriptor: program.descriptors[i] }))
      .filter(({ name }) => !wanted.some(([other]) => other.startsWith(name)))
      .map(({ name, descriptor }) =>
        passesDescriptors
          ? ([`${name}FileDescriptor`, 'h', descriptor] as const)
          : ([name, 's', 'tty'] as const),
      ),
    program.more.length > 0 && ['ExtraFileDescriptors', 'a(hs)', program.more.map((fd) => [fd, 'tint0'])],
    [
      'Environment',
      'as',
      scope === 'system'
        ? [...launch.environment, ...sessionVariables(launch, version, pty !== undefined, staysInGroup)]
        : launch.environment,
    ],
    ['ExecStartEx', 'a(sasas)', [[program.path, program.argv, ['no-env-expand']]]],
  ]
  return [...before, ...wanted, ...after]
    .filter((row) => row !== false)
    .filter((row) => !isOverruled(row, wanted))
}

/** What the user sets is not set by us, too; but to what is a list ours is added. (Who it runs as, the request knows.) */
const isOverruled = (row: UnitRow, wanted: readonly UnitRow[]): boolean =>
  !wanted.includes(row) && !added.has(row[0]) && wanted.some(([name]) => name === row[0])

const added = new Set(['Environment', 'LogExtraFields', 'User', 'Group'])

const standardStreams = ['StandardInput', 'StandardOutput', 'StandardError'] as const

const forSystem = ({ caller }: Launch): readonly UnitRow[] => [
  ['LogExtraFields', 'aay', [Buffer.from(`ELEVATED_UID=${caller.uid}`)]],
  ['LogExtraFields', 'aay', [Buffer.from(`ELEVATED_GID=${caller.gid}`)]],
  ['LogExtraFields', 'aay', [Buffer.from(`ELEVATED_USER=${caller.name}`)]],
  ['PAMName', 's', 'systemd-run0'],
]

/** One bit each; the manager leaves out those that its kernel does not know. */
const allCapabilities = (1n << 63n) - 1n

/** The object path of a unit: bytes outside [A-Za-z0-9] become _xx (sd_bus_path_encode(3)). */
export const unitPath = (unit: string): string =>
  `/org/freedesktop/systemd1/unit/${unit.replace(/[^A-Za-z0-9]|^[0-9]/g, (c) => `_${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
