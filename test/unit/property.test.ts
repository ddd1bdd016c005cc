import assert from 'node:assert/strict'
import { test } from 'node:test'
import { propertyRows } from '../../src/unit/property.ts'
import { signaturesOf } from '../../src/unit/signatures.ts'
import { failureOf } from '../failure.ts'

/** What a manager says, as org.freedesktop.DBus.Introspectable has it; Foo and bar are what a later one may have. */
const signatures = signaturesOf(
  `<node>
 <interface name="org.freedesktop.DBus.Properties"><property name="Elsewhere" type="s" access="read"/></interface>
 <interface name="org.freedesktop.systemd1.Service">
  ${Object.entries({
    MemoryMax: 't',
    RuntimeMaxUSec: 't',
    CPUQuotaPerSecUSec: 't',
    LimitNOFILE: 't',
    PrivateNetwork: 'b',
    PrivateTmp: 'b',
    EnvironmentFiles: 'a(sb)',
    Environment: 'as',
    ExecStartPre: 'a(sasbttttuii)',
    StateDirectory: 'as',
    StandardOutput: 's',
    TimeoutStartUSec: 't',
    TTYRows: 'q',
    Odd: 'a{sv}',
    FooBar: 'b',
    FooUSec: 't',
  })
    .map(
      ([name, type]) =>
        `<property name="${name}" type="${type}" access="read">\n<annotation name="x" value="y"/></property>`,
    )
    .join('\n')}
 </interface>
 <interface name="org.freedesktop.systemd1.Unit">
  <property name="After" type="as" access="read"/><property name="Conditions" type="a(sbbsi)" access="read"/>
 </interface>
</node>`,
  ['Service', 'Unit'],
)

const rows = (assignment: string) => propertyRows(assignment, signatures)

/** What is understood, by type and by exception. */
const good: readonly (readonly [assignment: string, ...rows: readonly unknown[]])[] = [
  ['PrivateNetwork=yes', ['PrivateNetwork', 'b', true]],
  ['After=a.service "b c"', ['After', 'as', ['a.service', 'b c']]],
  ['After=', ['After', 'as', []]],
  ['RuntimeMaxSec=1min 30s', ['RuntimeMaxUSec', 't', 90_000_000n]],
  ['FooBar=no', ['FooBar', 'b', false]],
  ['FooSec=1', ['FooUSec', 't', 1_000_000n]],
  ['MemoryMax=1G 512M', ['MemoryMax', 't', 1_610_612_736n]],
  ['MemoryMax=50%', ['MemoryMaxScale', 'u', 0x80000000]],
  ['MemoryMax=', ['MemoryMax', 't', 2n ** 64n - 1n]],
  ['CPUQuota=20%', ['CPUQuotaPerSecUSec', 't', 200_000n]],
  ['LimitNOFILE=512:1024', ['LimitNOFILE', 't', 1024n], ['LimitNOFILESoft', 't', 512n]],
  ['TimeoutSec=5', ['TimeoutStartUSec', 't', 5_000_000n], ['TimeoutStopUSec', 't', 5_000_000n]],
  ['PrivateTmp=on', ['PrivateTmp', 'b', true]],
  ['PrivateTmp=disconnected', ['PrivateTmpEx', 's', 'disconnected']],
  ['EnvironmentFile=-/a b', ['EnvironmentFiles', 'a(sb)', [['/a b', true]]]],
  ['Environment=A=1 "B=\\x41 c"', ['Environment', 'as', ['A=1', 'B=A c']]],
  ['ExecStartPre=-/bin/a "b c"', ['ExecStartPre', 'a(sasb)', [['/bin/a', ['/bin/a', 'b c'], true]]]],
  ['ExecStartPre=:/a', ['ExecStartPreEx', 'a(sasas)', [['/a', ['/a'], ['no-env-expand']]]]],
  [
    'StateDirectory=a b:c',
    ['StateDirectory', 'as', ['a']],
    ['StateDirectorySymlink', 'a(sst)', [['b', 'c', 0n]]],
  ],
  ['StandardOutput=append:/x', ['StandardOutputFileToAppend', 's', '/x']],
  ['TTYRows=24', ['TTYRows', 'u', 24]],
  ['ConditionUser=|!root', ['Conditions', 'a(sbbs)', [['ConditionUser', true, true, 'root']]]],
]
for (const [assignment, ...expected] of good)
  test(`${assignment} is understood`, () => {
    assert.deepEqual(rows(assignment), expected)
  })

/** What is not, and what is said of it. */
const wrong: readonly (readonly [assignment: string, words: RegExp])[] = [
  ['Foo=1', /no property 'Foo'.*see systemd\.exec/],
  ['memorymax=1', /did you mean MemoryMax\?/],
  ['RuntimeMaxSecs=1', /did you mean RuntimeMaxSec\?/],
  ['RuntimeMaxUSec=1', /no property.*did you mean RuntimeMaxSec\?/],
  ['Elsewhere=1', /no property/],
  ['constructor=1', /no property/],
  ['Odd=1', /no property/],
  ['LimitBOGUS=1', /no property/],
  ['MemoryMax=lots', /'MemoryMax=lots' is not understood; write a size/],
  ['PrivateNetwork=', /not understood; write yes or no/],
  ['RuntimeMaxSec=', /not understood; write a time/],
  ['After="a', /not understood; write words/],
  ['ExecStartPre=@/bin/sh', /not understood; write a command/],
  ['ExecStart=/bin/sh', /is the command itself; write it behind/],
  ['StandardInputText=x', /gets its terminal/],
  ['Type=oneshot', /is exec/],
  ['RemainAfterExit=yes', /never end/],
]
for (const [assignment, words] of wrong)
  test(`${assignment} is refused, and it is said why`, () => {
    const { subject, problem, hint, status } = failureOf(() => rows(assignment))
    assert.equal(`${subject} ${status}`, '--property 125')
    assert.match(`${problem}; ${hint}`, words)
  })
