// What the signature of a property does not tell, one row each: a value that is written in a way of its own, or a property
// that the manager knows by another name. After systemd.exec(5), systemd.resource-control(5), systemd.service(5) and
// systemd.unit(5); what systemd-run(1) does with each is what test/machine/properties.test.ts compares with.
import { commandLine } from './command.ts'
import { type Form, listed, one, orEmpty } from './form.ts'
import { assignments, credential, list, ofDevice, optionalPath, temporary, text, time } from './forms.ts'
import { resourceLimit } from './limits.ts'
import * as names from './names.ts'
import { base64, cpus, integer, mode, scale, share, size, small } from './numbers.ts'
import { cutAt, rootOptions } from './paths.ts'
import * as special from './special.ts'
import { microseconds, nanoseconds } from './time.ts'

/** The name in unit files; what the manager calls it, if that is another name; how the value is written. */
export type Exception = readonly [name: RegExp, known: ((name: string) => string) | undefined, form: Form]

const same = undefined
/** Unit files give times in any unit, the manager has them in microseconds, and says so in the name. */
export const usec = (name: string): string => name.replace(/Sec$/, 'USec')
const paths = (name: string): string => name.replace('Directories', 'Paths')
const conditions = (name: string): string => (name.startsWith('Assert') ? 'Asserts' : 'Conditions')

const number = (least: number, most: number): Form =>
  one('i', `a number from ${least} to ${most}`, (value) => small(value, least, most))

/** Two parts, of which the second may be missing. */
const pair = (wants: string, separator: string): Form =>
  listed('a(ss)', wants, (value) => {
    const [first, second = ''] = cutAt(value, separator)
    return [first, second]
  })

const quota = one(
  't',
  'a share of one CPU such as 20% or 150%',
  (value) => BigInt(share(value) ?? 0) * 100n || undefined,
)
const bytes = special.amount('a size such as 512M', (value) => size(value, 1024))
const count = special.amount('a number', (value) => integer(value))
const deviceWeight = ofDevice('a device and a number, such as "/dev/sda 100"', (value) => integer(value))
const deviceTime = ofDevice('a device and a time, such as "/dev/sda 25ms"', microseconds)
const numbers = one('ay', 'numbers such as "0-3 5"', cpus)

/** One row a property, or a few that are written alike. */
export const exceptions: readonly Exception[] = [
  [/^(Default)?(Startup)?Memory(Min|Low|High|Max|SwapMax|ZSwapMax|Limit)$/, same, bytes],
  [/^TasksMax$/, same, count],
  [/^(Startup)?CPUWeight$/, same, special.weight(1n, 10_000n, true)],
  [/^(Startup)?IOWeight$/, same, special.weight(1n, 10_000n)],
  [/^(Startup)?CPUShares$/, same, special.weight(2n, 262_144n)],
  [/^(Startup)?BlockIOWeight$/, same, special.weight(10n, 1000n)],
  [/^CPUQuota$/, () => 'CPUQuotaPerSecUSec', special.orUnset(quota)],
  [/^(CPUQuotaPeriod|ManagedOOMMemoryPressureDuration)Sec$/, usec, special.orUnset(time)],
  [/^ManagedOOMMemoryPressureLimit$/, same, one('u', 'a share such as 60%', scale)],
  [/^(Block)?IODeviceWeight$/, same, deviceWeight],
  [/^IODeviceLatencyTargetSec$/, usec, deviceTime],
  [/^(Startup)?Allowed(CPUs|MemoryNodes)$|^NUMAMask$/, same, numbers],
  [/^CPUAffinity$/, same, special.affinity],
  [/^NUMAPolicy$/, same, special.named(names.numaPolicies)],
  [/^DeviceAllow$/, same, pair('a device and what is allowed, such as "/dev/null rw"', ' ')],
  [/^BPFProgram$/, same, pair('a type and a path, such as egress:/path', ':')],
  [/^IP(In|E)gressFilterPath$/, same, listed('as', 'a path', (value) => value)],
  [/^Delegate$/, same, special.delegation],
  [/^Private(Tmp|Users)$|^ProtectControlGroups$/, same, special.orMore],
  [/^SELinuxContext$/, same, text],
  [/^RootImageOptions$/, same, one('a(ss)', 'options such as "root:ro home:nodev"', rootOptions)],
  [/^TemporaryFileSystem$/, same, temporary],
  [/^RootHash$/, same, special.rootHash],
  [/^RootHashSignature$/, same, special.rootHashSignature],
  [/^SetCredentialEncrypted$/, same, credential('a name and base64, such as name:aGVsbG8=', base64)],
  [/^(State|Runtime|Cache|Logs)Directory$/, same, special.directoryNames],
  [/^(ReadWrite|ReadOnly|Inaccessible)Directories$/, paths, list],
  [/^(Pass|Unset)?Environment$/, same, assignments],
  [/^EnvironmentFile$/, () => 'EnvironmentFiles', optionalPath],
  [/^Standard(Output|Error)$/, same, special.output],
  [/^Limit[A-Z]+$/, same, resourceLimit],
  [/^(CapabilityBoundingSet|AmbientCapabilities)$/, same, special.capabilities],
  [/^SecureBits$/, same, special.secureBits],
  [/^RestrictNamespaces$/, same, special.namespaces],
  [/^CoredumpFilter$/, same, one('t', 'default, all, or what systemd.exec(5) names', names.dumpFilters)],
  [/^MountFlags$/, same, special.propagation],
  [/^SystemCallErrorNumber$/, same, one('i', 'an error such as EPERM, or kill', names.systemCallError)],
  [/^(SyslogLevel|LogLevelMax)$/, same, special.named(names.logLevels, 7)],
  [/^SyslogFacility$/, same, special.named(names.logFacilities, 127)],
  [/^IOSchedulingClass$/, same, special.named(names.ioClasses, 7)],
  [/^IOSchedulingPriority$/, same, number(0, 7)],
  [/^CPUSchedulingPolicy$/, same, special.named(names.schedulers, 7)],
  [/^Nice$/, same, number(-20, 19)],
  [/^UMask$|DirectoryMode$/, same, one('u', 'an octal mode such as 0750', mode)],
  [/^TimerSlackNSec$/, same, one('t', 'a time such as 50us', nanoseconds)],
  [/^TimeoutSec$/, () => 'TimeoutStartUSec', special.startAndStop],
  [/^((Restart|Final)?Kill|Watchdog|Reload)Signal$/, same, one('i', 'a signal such as SIGINT', names.signal)],
  [/^(Success|Failure)ActionExitStatus$/, same, orEmpty(number(0, 255), (name) => [name, 'i', -1])],
  [/^Exec(Condition|StartPre|StartPost|Reload|Stop|StopPost)(Ex)?$/, same, commandLine],
  [/^(Condition|Assert)[A-Z]/, conditions, special.condition],
]
