// A unit as a unit file (systemd.unit(5), systemd.syntax(7)): what the manager would make of it is what the transient one is.
// What a file cannot hold, such as descriptors, stands in comments; so the command's streams are the manager's defaults there.
import { show } from '../errors.ts'
import type { Launch } from './backend.ts'
import { descriptorName } from './plan.ts'
import type { UnitRow } from './unit.ts'
import { escapeHidden } from './words.ts'

/** The text; `wanted` are those of the rows that the launch's own properties stand for, as they were written. */
export const unitFileText = (
  launch: Launch,
  rows: readonly UnitRow[],
  wanted: readonly UnitRow[],
): string => {
  const lines = [
    // In this order they are sent, and to lists ours is added.
    ...launch.setting.properties.map(plain),
    ...rows.filter((row) => !wanted.includes(row)).flatMap(linesOf),
  ]
  const [unit, service] = [true, false].map((is) => lines.filter((line) => ofUnit.test(line) === is))
  return [
    `# ${show(launch.unit)}`,
    '[Unit]',
    ...(unit ?? []),
    '',
    '[Service]',
    ...(service ?? []),
    // The shell that may stand before it needs the descriptors.
    `ExecStart=:@${[launch.path, ...launch.argv].map(word).join(' ')}`,
    '',
  ].join('\n')
}

const linesOf = ([name, signature, value]: UnitRow): readonly string[] => {
  const special = exceptions[name]?.(name, value)
  if (special) return special
  const form = forms[signature]
  return [form ? `${name}=${form(value)}` : `# ${name}: ${signature}, has no form in a file`]
}

/** How a value is written, by its signature. */
const forms: Readonly<Record<string, (value: unknown) => string>> = {
  s: (value) => plain(String(value)),
  b: (value) => (value ? 'yes' : 'no'),
  i: String,
  t: String,
  as: (value) => (value as readonly string[]).map(word).join(' '),
}

type Exception = (name: string, value: unknown) => readonly string[] | undefined

const descriptor: Exception = (name, value) => [`# ${name}=${descriptorName(value as number)}`]

/** What is written otherwise; undefined: not this time. */
const exceptions: Readonly<Record<string, Exception>> = {
  AddRef: () => ['# AddRef=yes'],
  AmbientCapabilities: () => ['AmbientCapabilities=~'],
  Environment: (name, value) => (value as readonly string[]).map((text) => `${name}=${word(text)}`),
  ExecStartEx: () => [],
  ExtraFileDescriptors: (name, value) => [
    `# ${name}=${(value as readonly (readonly [number, string])[]).map(([fd]) => descriptorName(fd)).join(' ')}`,
  ],
  LogExtraFields: (name, value) =>
    (value as readonly Buffer[]).map((bytes) => `${name}=${word(String(bytes))}`),
  StandardErrorFileDescriptor: descriptor,
  StandardInputFileDescriptor: descriptor,
  StandardOutputFileDescriptor: descriptor,
  // A terminal that will be there only then.
  StandardError: (name, value) => (value === 'tty' ? [`# ${name}=tty`] : undefined),
  StandardInput: (name, value) => (value === 'tty' ? [`# ${name}=tty`] : undefined),
  StandardOutput: (name, value) => (value === 'tty' ? [`# ${name}=tty`] : undefined),
  TTYPath: (name, value) => [`# ${name}=${value}`],
}

/** What stands in [Unit]; all else is the service's. */
const ofUnit = new RegExp(
  `^(${[
    ...['Description', 'Documentation', 'SourcePath', 'CollectMode', 'DefaultDependencies', 'AllowIsolate'],
    ...['Wants', 'Requires', 'Requisite', 'BindsTo', 'PartOf', 'Upholds', 'Conflicts', 'Before', 'After'],
    ...['OnSuccess\\w*', 'OnFailure\\w*', 'Propagates\\w+', '\\w+PropagatedFrom', 'JoinsNamespaceOf'],
    ...['(Requires|Wants)MountsFor', 'IgnoreOnIsolate', 'StopWhenUnneeded', 'RefuseManual\\w+'],
    ...['SurviveFinalKillSignal', '(Failure|Success)Action\\w*', 'Job\\w*Timeout\\w*', 'StartLimit\\w+'],
    ...['RebootArgument', 'Condition\\w+', 'Assert\\w+'],
  ].join('|')})=`,
)

/**
 * Text that is taken as a whole, or an assignment of the user's: what hides is shown, and a % that would begin a specifier is
 * doubled, for in a call it begins none. (A percentage ends in it, and has no specifiers either.)
 */
const plain = (text: string): string =>
  show(text)
    .replace(/%(?!$)/g, '%%')
    .replace(/\\$/, '\\x5c')

/** One word of several, after "Quoting" of systemd.syntax(7). */
const word = (text: string): string => {
  const doubled = text.replaceAll('%', '%%')
  if (/^[\w@%+=:,./-]+$/.test(doubled)) return doubled
  return `"${escapeHidden(doubled.replace(/["\\]/g, '\\$&'))}"`
}
