// --property beside systemd-run(1) on the same machine: what the manager holds about the one's unit it holds about the
// other's, and what the one cannot set the other cannot. Nothing is expected here but that.
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { doubtful, units, wrong } from './properties.table.ts'

const tint0 = process.env.TINT0_BIN ?? ''

/** What every session has of its own, for systemd-run. */
const ours = [
  ...['Slice=user.slice', 'PAMName=systemd-run0', 'IgnoreSIGPIPE=no', 'SendSIGHUP=yes'],
  ...['WorkingDirectory=/', 'CollectMode=inactive-or-failed'],
]

const command = ['sh', '-c', 'echo running; exec sleep 1000']

const options = (assignments: readonly string[]) => assignments.map((text) => `--property=${text}`)

interface Ran {
  readonly status: number
  readonly output: string
}

const run = (command: string, ...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(command, args, { cwd: '/', encoding: 'utf8', timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
  })

type Properties = Readonly<Record<string, unknown>>

const manager = 'org.freedesktop.systemd1'

/** All that the manager holds about a unit. */
const held = async (unit: string): Promise<Properties> => {
  const path = `/org/freedesktop/systemd1/unit/${unit.replace(/[^A-Za-z0-9]/g, (c) => `_${c.charCodeAt(0).toString(16)}`)}`
  const { status, output } = await run(
    'busctl',
    '--json=short',
    'call',
    manager,
    path,
    'org.freedesktop.DBus.Properties',
    'GetAll',
    's',
    '',
  )
  assert.equal(status, 0, output)
  const all: Record<string, { data: unknown }> = JSON.parse(output).data[0]
  return Object.fromEntries(Object.entries(all).map(([name, { data }]) => [name, data]))
}

/** A started unit, or how it was refused. */
type Started = { readonly properties: Properties } | Ran

const bySystemdRun = async (unit: string, assignments: readonly string[]): Promise<Started> => {
  const words = [
    '--quiet',
    '--service-type=exec',
    `--unit=${unit}`,
    '--description=a test',
    ...options([...ours, ...assignments]),
  ]
  const ran = await run('systemd-run', ...words, ...command)
  if (ran.status !== 0) return ran
  const properties = await held(unit)
  return isUp(properties) ? { properties } : { status: 1, output: 'it did not start' }
}

const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
})

const byTint0 = async (unit: string, assignments: readonly string[]): Promise<Started> => {
  const words = [
    '--backend=system',
    '--pty',
    `--unit=${unit}`,
    '--description=a test',
    ...options(assignments),
  ]
  const child = spawn(tint0, [...words, ...command], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let output = ''
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
  })
  const heard = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += String(chunk)
        if (output.includes('running')) resolve()
      })
  })
  // What it writes may go elsewhere.
  const waited = pause(3000)
  for (let ran = await Promise.race([ended, heard, waited]); ; ran = await Promise.race([ended, pause(50)])) {
    if (ran) return ran
    // The manager learns a moment later that it runs.
    const properties = await held(unit)
    if (isUp(properties)) return { properties }
  }
}

const isUp = ({ ActiveState, SubState }: Properties) => ActiveState === 'active' && SubState === 'running'

/** At once, whatever was set of how it is to be stopped, or started again. */
const stop = (names: readonly string[]) =>
  run(
    'sh',
    '-c',
    'systemctl kill --signal=KILL --kill-whom=all "$@"; systemctl stop --no-block "$@"',
    'sh',
    ...names,
  )

/** What differs between any two units, or between the two programs whatever was set. */
const varies = new RegExp(
  `^(${[
    'Id|Names|InvocationID|ControlGroup|ControlGroupId|MainPID|ExecMainPID|Job|Refs|MemoryAvailable|CPUUsageNSec',
    'TTYPath|ExtraFileDescriptorNames|ExecStart(Ex)?|.*Timestamp(Monotonic)?|.*(Current|Peak|Bytes|Packets|Operations)',
  ].join('|')})$`,
)

/** Sets, which the manager tells in any order. */
const isSet = (value: readonly unknown[], name: string): boolean =>
  name.startsWith('IPAddress') ||
  name.endsWith('MountsFor') ||
  value.every((item) => /^[^\s=]+\.(service|slice|socket|target|mount)$/.test(String(item)))

/** To what is set in these tint0 adds its own. */
const longer = new Set(['Environment', 'LogExtraFields'])

/** Without the unit's own name, and of a command that has run, when and as which process. */
const neutral = (value: unknown, unit: string): string =>
  JSON.stringify(value)
    .replaceAll(unit, 'THE.service')
    .replace(/,\d{9,},\d{6,},\d{9,},\d{6,},\d+,(\d+,\d+\])/g, ',$1')

const comparable = (properties: Properties, name: string, unit: string, length?: number): string => {
  const value = properties[name]
  if (!Array.isArray(value)) return neutral(value, unit)
  if (longer.has(name)) return neutral(value.slice(0, length), unit)
  return isSet(value, name)
    ? [...value]
        .map((item) => neutral(item, unit))
        .sort()
        .join()
    : neutral(value, unit)
}

interface Unit {
  readonly name: string
  readonly properties: Properties
}

/** Where `other` is not as `one`, with what may be the cause. */
const differences = (one: Unit, other: Unit, assignments: readonly string[]): readonly unknown[] =>
  Object.keys(one.properties)
    .filter((name) => !varies.test(name))
    .map((name) => {
      const value = one.properties[name]
      const length = Array.isArray(value) ? value.length : undefined
      const [expected, found] = [one, other].map((unit) =>
        comparable(unit.properties, name, unit.name, length),
      )
      const by = assignments.filter((text) => text.startsWith(name.slice(0, 5)))
      return { name, expected, found, by }
    })
    .filter(({ expected, found }) => expected !== found)

let count = 0
const both = async (assignments: readonly string[]) => {
  const number = count++
  const names = { theirs: `tint0-theirs-${number}.service`, mine: `tint0-mine-${number}.service` }
  const [theirs, mine] = await Promise.all([
    bySystemdRun(names.theirs, assignments),
    byTint0(names.mine, assignments),
  ])
  if ('properties' in theirs || 'properties' in mine) await stop(Object.values(names))
  return { theirs, mine, names }
}

/** Both units, where both have started. */
const started = async (
  assignments: readonly string[],
): Promise<{ readonly theirs: Unit; readonly mine: Unit }> => {
  const { theirs, mine, names } = await both(assignments)
  assert.ok('properties' in theirs, `systemd-run: ${JSON.stringify(theirs)}`)
  assert.ok('properties' in mine, `tint0: ${JSON.stringify(mine)}`)
  return { theirs: { name: names.theirs, ...theirs }, mine: { name: names.mine, ...mine } }
}

describe('--property', { concurrency: 3 }, () => {
  // Else root's own manager would start and end with every session.
  before(() => run('loginctl', 'enable-linger', 'root'))
  after(() => run('loginctl', 'disable-linger', 'root'))

  test('what is set makes a difference, and one that is seen', async () => {
    const [assignments = []] = units
    const [plain, set] = [await started([]), await started(assignments)]
    assert.deepEqual(differences(plain.theirs, plain.mine, []), [])
    assert.ok(differences(plain.theirs, set.theirs, assignments).length > 12)
    assert.ok(differences(plain.theirs, set.mine, assignments).length > 12)
  })

  for (const [i, assignments] of units.entries())
    test(`unit ${i + 1} of ${units.length} (${assignments[0]} …) is what systemd-run makes of it`, async () => {
      const { theirs, mine } = await started(assignments)
      assert.deepEqual(differences(theirs, mine, assignments), [])
    })

  for (const assignment of doubtful)
    test(`${assignment} starts with both, or with neither`, async () => {
      const { theirs, mine } = await both([assignment])
      assert.equal(
        'properties' in mine,
        'properties' in theirs,
        JSON.stringify({ theirs, mine }).slice(0, 500),
      )
    })

  for (const assignment of wrong)
    test(`${assignment} is refused by both`, async () => {
      const { theirs, mine } = await both([assignment])
      assert.ok(!('properties' in theirs), 'systemd-run takes it')
      assert.ok(!('properties' in mine), 'tint0 takes it')
      assert.equal(mine.status, 125, mine.output)
      assert.match(mine.output, /^tint0: [^\n]+\n$/)
    })

  const ended = (...words: readonly string[]) => run(tint0, '--backend=system', ...words)

  test('an output goes where a property says, and the other one to the terminal', async () => {
    const file = '/tmp/tint0-properties'
    const script = `sh -c 'echo out; echo err >&2'`
    const { status, output } = await run(
      'sh',
      '-c',
      `${tint0} --backend=system --pty --property=StandardOutput=file:${file} ${script} && cat ${file}`,
    )
    assert.deepEqual({ status, output }, { status: 0, output: 'err\nout\n' })
  })

  test('an inherited output is the terminal', async () => {
    const both = ['--property=StandardOutput=inherit', '--property=StandardError=inherit']
    const { output } = await ended('--pty', ...both, 'sh', '-c', 'tty <&1; tty <&2')
    assert.match(output, /^(\/dev\/pts\/\d+)\n\1\n$/)
  })

  test('an output goes where a property says also where the input is no terminal', async () => {
    const { status, output } = await ended(
      '--property=StandardError=null',
      'sh',
      '-c',
      'echo out; echo err >&2',
    )
    assert.deepEqual({ status, output }, { status: 0, output: 'out\n' })
  })

  test('who is named by a property is who the session is for', async () => {
    const { output } = await ended('--property=User=alice', 'sh', '-c', 'id -un; pwd')
    assert.equal(output, 'alice\n/home/alice\n')
  })

  test('what is set for the control group holds for the command: no session takes it out of its unit', async () => {
    const group = 'grep ^0: /proc/self/cgroup'
    const { output } = await ended(
      '--property=Slice=tint0-test.slice',
      '--unit=tint0-stays',
      'sh',
      '-c',
      group,
    )
    assert.equal(output, '0::/tint0.slice/tint0-test.slice/tint0-stays.service\n')
    const { output: share } = await ended('--property=TasksMax=50%', '--unit=tint0-stays', 'sh', '-c', group)
    assert.equal(share, '0::/user.slice/tint0-stays.service\n')
    const { output: other } = await ended('--property=Nice=1', '--unit=tint0-goes', 'sh', '-c', group)
    assert.match(other, /session-\w+\.scope\n$/)
  })

  test('a command that is started again is one session until its end', async () => {
    const script = 'echo try; test -e /tmp/tint0-again || { touch /tmp/tint0-again; exit 1; }'
    const { status, output } = await ended('--pty', '--property=Restart=on-failure', 'sh', '-c', script)
    assert.deepEqual({ status, output }, { status: 0, output: 'try\ntry\n' })
  })

  test('a directory that is set by a property is the one that is named when it is not there', async () => {
    const { status, output } = await ended('--property=WorkingDirectory=/nonexistent', 'true')
    assert.equal(status, 125)
    assert.match(output, /^tint0: \/nonexistent: cannot be made the working directory[^\n]*; [^\n]+\n$/)
  })

  test('a condition that is not met is named', async () => {
    const { status, output } = await ended('--property=ConditionPathExists=!/etc', 'true')
    assert.equal(status, 125)
    assert.match(output, /^tint0: \S*true: a condition of its unit is not met[^\n]*; [^\n]+\n$/)
  })

  test('without a manager there are no properties', async () => {
    const { status, output } = await run(tint0, '--backend=local', '--property=Nice=5', 'true')
    assert.equal(status, 125)
    assert.match(output, /^tint0: --property: takes a manager, and [^\n]+; [^\n]+\n$/)
  })
})
