// Every end has a status that is true, and at most one line that says what the user cannot know otherwise.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { End, Launch } from '../../src/backend/backend.ts'
import { outcomeOf } from '../../src/backend/outcome.ts'
import { sentence } from '../../src/errors.ts'
import { noSetting } from './contract.ts'

const launch: Launch = {
  path: '/usr/bin/psql',
  argv: ['psql'],
  user: 'postgres',
  group: 'dba',
  asRoot: false,
  directory: '/var/lib/db',
  directoryIsOptional: false,
  environment: [],
  inherits: false,
  machine: undefined,
  unit: 'tint0-psql.service',
  description: 'a test',
  setting: noSetting,
  caller: { uid: 1000, gid: 1000, name: 'alice' },
}

const told = (end: End, changes: Partial<Launch> = {}) => {
  const { status, failure } = outcomeOf(end, { ...launch, ...changes })
  assert.equal(failure?.status ?? status, status, 'the line and the status belong together')
  return { status, line: failure && sentence('tint0', failure) }
}

test('what the command returns is the status, 0 to 255, without a word', () => {
  for (let status = 0; status < 256; status++)
    assert.deepEqual(told({ kind: 'exited', status }), { status, line: undefined })
})

test('a signal n is 128+n, without a word but where the kernel sends it for a limit', () => {
  const limits = [24, 25, 31]
  for (let signal = 1; signal < 32; signal++) {
    const { status, line } = told({ kind: 'killed', signal })
    assert.equal(status, 128 + signal)
    assert.equal(line !== undefined, limits.includes(signal), `${signal}: ${line}`)
  }
  assert.match(told({ kind: 'killed', signal: 24 }).line ?? '', /SIGXCPU.*CPU time.*LimitCPU=/)
  assert.match(told({ kind: 'killed', signal: 25 }).line ?? '', /SIGXFSZ.*file.*LimitFSIZE=/)
  assert.match(told({ kind: 'killed', signal: 31 }).line ?? '', /SIGSYS.*SystemCallFilter=/)
})

const causes: readonly (readonly [End, status: number, line: RegExp])[] = [
  [{ kind: 'killed', signal: 9, cause: 'oom-kill' }, 137, /psql: .*no memory left; .*MemoryMax=/],
  [{ kind: 'exited', status: 1, cause: 'oom-kill' }, 1, /no memory left/],
  [{ kind: 'killed', signal: 15, cause: 'timeout' }, 143, /its time was up; .*RuntimeMaxSec=/],
  [{ kind: 'killed', signal: 9, cause: 'timeout' }, 137, /its time was up/],
  [{ kind: 'exited', status: 0, cause: 'timeout' }, 0, /its time was up/],
  [{ kind: 'killed', signal: 6, cause: 'watchdog' }, 134, /no sign of life; .*WatchdogSec=/],
  [{ kind: 'exited', status: 0, cause: 'protocol' }, 0, /did not report/],
  [{ kind: 'abandoned', result: 'start-limit-hit' }, 125, /started too often/],
  [
    { kind: 'abandoned', result: 'resources', reason: 'No space' },
    125,
    /what it needs for it \(No space\); /,
  ],
  [{ kind: 'abandoned', result: 'canceled' }, 125, /somebody stopped its unit before it began/],
  [{ kind: 'abandoned', result: 'skipped' }, 125, /condition.*not met/],
  [{ kind: 'abandoned', result: 'exit-code' }, 125, /a command before it failed; .*ExecStartPre=/],
  [
    { kind: 'abandoned', result: 'news' },
    125,
    /gave it up: 'news'; see journalctl --unit=tint0-psql\.service/,
  ],
  [{ kind: 'lost' }, 125, /ended while the bus .* status is not known; /],
]
for (const [end, status, line] of causes)
  test(`${JSON.stringify(end)} is ${status} and a line`, () => {
    const outcome = told(end)
    assert.equal(outcome.status, status)
    assert.match(outcome.line ?? '', line)
  })

test('a result that is news to us takes nothing from a true status, and adds nothing', () => {
  assert.deepEqual(told({ kind: 'exited', status: 3, cause: 'news' }), { status: 3, line: undefined })
  assert.deepEqual(told({ kind: 'killed', signal: 9, cause: 'news' }), { status: 137, line: undefined })
})

/** All that systemd.exec(5) has between 200 and 245, but for 223, which is free. */
const steps = Array.from({ length: 46 }, (_, i) => 200 + i).filter((step) => step !== 223)

test('every step of systemd.exec(5) has a sentence of its own, with the way out', () => {
  const lines = steps.map((step) => {
    const { status, line } = told({ kind: 'unstartable', step })
    assert.equal(status, step === 203 ? 126 : 125)
    assert.match(line ?? '', /^tint0: [^:]+: [^;]+; [^\n]+\n$/)
    assert.doesNotMatch(line ?? '', /\b2\d\d\b|undefined/)
    return line
  })
  assert.equal(new Set(lines).size, steps.length)
})

test('a step that nobody knows is named by its number', () => {
  assert.match(told({ kind: 'unstartable', step: 223 }).line ?? '', /psql: could not be started: step 223 /)
})

test('the sentence names what is at fault', () => {
  const named: readonly (readonly [step: number, RegExp, Partial<Launch>?])[] = [
    [200, /^tint0: \/var\/lib\/db: /],
    [200, /^tint0: home directory: /, { directory: '~' }],
    [203, /^tint0: \/usr\/bin\/psql: cannot be executed/],
    [216, /^tint0: group dba: /],
    [216, /^tint0: group of postgres: /, { group: undefined }],
    [217, /^tint0: user postgres: /],
    [217, /^tint0: user root: /, { user: undefined }],
    [224, /^tint0: PAM: .*tint0-psql\.service/],
    [218, /capabilities: .*CapabilityBoundingSet=/],
    [226, /^tint0: namespaces: /],
  ]
  for (const [step, line, changes] of named)
    assert.match(told({ kind: 'unstartable', step }, changes).line ?? '', line)
})

test("the manager's reason stands in the line; no byte of it acts on the terminal, and it is not endless", () => {
  const line = (reason: string) => told({ kind: 'unstartable', step: 200, reason }).line ?? ''
  assert.equal(
    line('No such file or directory'),
    'tint0: /var/lib/db: cannot be made the working directory (No such file or directory); choose another with --chdir\n',
  )
  assert.equal(line('a\x1b]2;x\x07\nb').split('\n').length, 2)
  assert.doesNotMatch(line('a\x1b]2;x\x07\nb'), /[^\P{Cc}\n]/u)
  assert.ok(line('long '.repeat(10_000)).length < 500)
})
