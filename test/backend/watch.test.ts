// What the manager says becomes an end, whichever way and order it comes. The values are those that systemd 257 sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { End } from '../../src/backend/backend.ts'
import { createWatch, type Watch } from '../../src/backend/watch.ts'
import { variant } from '../../src/bus/value.ts'

const unit = 'tint0-x.service'
const path = '/org/freedesktop/systemd1/unit/tint0_2dx_2eservice'
const job = '/org/freedesktop/systemd1/job/7'

const changed = (values: Record<string, readonly [string, unknown]>) => ({
  path,
  interface: 'org.freedesktop.DBus.Properties',
  member: 'PropertiesChanged',
  body: [
    'org.freedesktop.systemd1.Service',
    Object.fromEntries(Object.entries(values).map(([name, [type, value]]) => [name, variant(type, value)])),
    [],
  ],
})
const state = (name: string) => changed({ ActiveState: ['s', name] })
const main = (code: number, status: number, Result: string, handedOff = 24740022306n) =>
  changed({
    ExecMainCode: ['i', code],
    ExecMainStatus: ['i', status],
    Result: ['s', Result],
    ExecMainHandoffTimestampMonotonic: ['t', handedOff],
  })
const removed = (result: string) => ({
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.systemd1.Manager',
  member: 'JobRemoved',
  body: [7, job, unit, result],
})

/** What a watch says after these; undefined: it still waits. */
const after = async (...acts: ((watch: Watch) => void)[]): Promise<End | undefined> => {
  const watch = createWatch(unit)
  for (const act of acts) act(watch)
  return Promise.race([watch.ended, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))])
}
type Heard = Parameters<Watch['hear']>[0]
const hear = (signal: Heard) => (watch: Watch) => watch.hear(signal)
const started = (watch: Watch) => watch.started(job)

const ends: readonly (readonly [title: string, job: string, last: Heard, End])[] = [
  ['exit 7', 'done', main(1, 7, 'exit-code'), { kind: 'exited', status: 7 }],
  ['exit 203 by the command itself', 'done', main(1, 203, 'exit-code'), { kind: 'exited', status: 203 }],
  ['no program', 'failed', main(1, 203, 'exit-code', 0n), { kind: 'unstartable', step: 203 }],
  ['no program for the kernel', 'failed', main(1, 203, 'exit-code'), { kind: 'unstartable', step: 203 }],
  ['no directory', 'failed', main(1, 200, 'exit-code', 0n), { kind: 'unstartable', step: 200 }],
  [
    'exit 200, faster than the manager looked',
    'failed',
    main(1, 200, 'exit-code'),
    { kind: 'exited', status: 200 },
  ],
  [
    'exit 3, faster than the manager looked',
    'failed',
    main(1, 3, 'exit-code'),
    { kind: 'exited', status: 3 },
  ],
  ['SIGTERM, which systemd calls a success', 'done', main(2, 15, 'success'), { kind: 'killed', signal: 15 }],
  ['a core', 'done', main(3, 11, 'core-dump'), { kind: 'killed', signal: 11 }],
  ['no memory', 'done', main(2, 9, 'oom-kill'), { kind: 'killed', signal: 9, cause: 'oom-kill' }],
  [
    'a helper had no memory',
    'done',
    main(1, 1, 'oom-kill'),
    { kind: 'exited', status: 1, cause: 'oom-kill' },
  ],
  ['its time was up', 'done', main(2, 15, 'timeout'), { kind: 'killed', signal: 15, cause: 'timeout' }],
  ['no process', 'failed', main(0, 0, 'resources', 0n), { kind: 'abandoned', result: 'resources' }],
  [
    'stopped before it began',
    'canceled',
    main(0, 0, 'success', 0n),
    { kind: 'abandoned', result: 'canceled' },
  ],
]
for (const [title, result, last, end] of ends)
  test(`${title}: ${JSON.stringify(end)}, in whatever order it is heard`, async () => {
    const [run, over, done] = [hear(removed(result)), hear(state('failed')), hear(last)]
    assert.deepEqual(await after(hear(state('inactive')), started, done, over, run), end)
    assert.deepEqual(await after(hear(state('active')), run, done, over, started), end)
    assert.deepEqual(
      await after(started, hear(state('active')), hear(state('deactivating')), run, done, over),
      end,
    )
  })

test('a unit that is not active yet, or of which another job is over, has not ended', async () => {
  assert.equal(await after(hear(state('inactive')), started), undefined)
  assert.equal(await after(started, hear(removed('done')), hear(state('active'))), undefined)
  const other = { ...removed('done'), body: [8, '/org/freedesktop/systemd1/job/8', unit, 'done'] }
  assert.equal(await after(started, hear(state('inactive')), hear(other)), undefined)
})

test('what was missed is asked for: the job that is no more, and the end', async () => {
  const all = {
    Job: [0, '/'],
    ActiveState: 'failed',
    Result: 'exit-code',
    ExecMainCode: 1,
    ExecMainStatus: 203,
  }
  const see = (changes: object) => (watch: Watch) => watch.see({ ...all, ...changes })
  const handedOff = { ExecMainHandoffTimestampMonotonic: 24740022306n }
  assert.deepEqual(await after(started, see(handedOff)), { kind: 'exited', status: 203 })
  assert.deepEqual(await after(started, see({})), { kind: 'unstartable', step: 203 })
  assert.equal(await after(started, see({ ActiveState: 'active' })), undefined)
  assert.equal(await after(started, see({ Job: [7, job], ActiveState: 'activating' })), undefined)
  assert.deepEqual(
    await after(
      started,
      see({ ActiveState: 'active' }),
      hear(main(1, 5, 'exit-code')),
      hear(state('failed')),
    ),
    {
      kind: 'exited',
      status: 5,
    },
  )
})

test('conditions that are not met are told from a job that is done', async () => {
  const unmet = changed({ ConditionResult: ['b', false] })
  assert.deepEqual(await after(started, hear(unmet), hear(state('inactive')), hear(removed('done'))), {
    kind: 'abandoned',
    result: 'skipped',
  })
})
