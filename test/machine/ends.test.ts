// How commands end on a real manager: every status and signal, the steps of systemd.exec(5) that can be made to fail here, and
// what the manager does to a command. Drop-ins make them fail: they hold for transient units of that name, too.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { End } from '../../src/backend/backend.ts'
import { outcomeOf } from '../../src/backend/outcome.ts'
import { createSystemd } from '../../src/backend/systemd.ts'
import { launchOf, run } from '../backend/contract.ts'
import { pause, tint0 } from '../session/subject.ts'
import { shell } from './left.ts'
import { as } from './login.ts'
import { ruled } from './rule.ts'

const dropIns = '/run/systemd/system'

/** What does `body` for each, some at a time. */
const each = async <T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> => {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await body(item)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

/** The end of a script on the system's manager, and the sentence that tint0 would say. */
const ended = async (script: string): Promise<{ end: End; failure: unknown }> => {
  const backend = createSystemd('system')
  const launch = launchOf(script)
  try {
    const { end } = await run(backend, launch)
    return { end, failure: outcomeOf(end, launch).failure }
  } finally {
    backend.release()
  }
}

interface Outcome {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** The built program, without a terminal, but with one for the command. */
const outcome = (words: readonly string[], act?: () => void, as: readonly string[] = []): Promise<Outcome> =>
  new Promise((resolve) => {
    const [program = '', ...args] = [...as, tint0, '--background=', '--pty', ...words]
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { output: '', errors: '' }
    child.stdout.on('data', (chunk) => {
      text.output += chunk
      if (String(chunk).includes('ready')) act?.()
    })
    child.stderr.on('data', (chunk) => {
      text.errors += chunk
    })
    child.on('close', (status) => resolve({ status, ...text }))
  })

/** All that mean something to systemd, a shell or us; of the others some, or with RUNS all. */
const statuses = Array.from({ length: 256 }, (_, status) => status).filter(
  (status) => process.env.RUNS || status < 3 || status >= 124 || status % 8 === 0,
)

test(
  `${statuses.length} statuses from 0 to 255 come out as they are, without a word, 200 to 245 too`,
  { timeout: 120_000 },
  () =>
    each(statuses, async (status) =>
      assert.deepEqual(await ended(`exit ${status}`), {
        end: { kind: 'exited', status },
        failure: undefined,
      }),
    ),
)

/** SIGCHLD, SIGCONT, SIGURG and SIGWINCH end nobody, and SIGSTOP to SIGTTOU stop. */
const harmless = [17, 18, 19, 20, 21, 22, 23, 28]

test('every signal that ends a process comes out as it is', () =>
  each(
    Array.from({ length: 31 }, (_, i) => i + 1).filter((signal) => !harmless.includes(signal)),
    async (signal) => {
      const { end } = await ended(`kill -${signal} $$; sleep 5`)
      assert.deepEqual(end, { kind: 'killed', signal })
    },
  ))

const broken: readonly (readonly [name: string, lines: string, status: number, line: RegExp])[] = [
  ['203', 'NoExecPaths=/', 126, /^tint0: \/usr\/bin\/true: cannot be executed \(.*Permission denied\); /],
  ['215', 'CPUAffinity=8000', 125, /^tint0: CPU affinity: could not be set \(.*\); see CPUAffinity= /],
  ['225', 'NetworkNamespacePath=/no/such', 125, /^tint0: network namespace: .* \(.*No such file.*\); /],
  ['226', 'BindPaths=/no/such:/tmp/x', 125, /^tint0: namespaces: could not be set up \(.*No such file.*\); /],
  [
    '233',
    'RuntimeDirectory=tint0-taken',
    125,
    /^tint0: runtime directory: could not be made \(.*\); see RuntimeDirectory= /,
  ],
  ['238', 'StateDirectory=tint0-taken', 125, /^tint0: state directory: could not be made \(.*\); /],
  ['239', 'CacheDirectory=tint0-taken', 125, /^tint0: cache directory: could not be made \(.*\); /],
  ['240', 'LogsDirectory=tint0-taken', 125, /^tint0: logs directory: could not be made \(.*\); /],
  [
    '243',
    'LoadCredential=x:/no/such',
    125,
    /^tint0: credentials: could not be set up \(.*\); see LoadCredential= /,
  ],
  [
    'pre',
    'ExecStartPre=/bin/false',
    125,
    /^tint0: \/usr\/bin\/true: a command before it failed \(.*status=1.*\); see ExecStartPre= /,
  ],
  ['if', 'ExecCondition=/bin/false', 125, /^tint0: \/usr\/bin\/true: a condition before it said no; /],
  [
    'unmet',
    '[Unit]\nConditionPathExists=/no/such',
    125,
    /^tint0: \/usr\/bin\/true: a condition of its unit is not met; /,
  ],
]

const acted: readonly (readonly [
  name: string,
  lines: string,
  script: string,
  status: number,
  line: RegExp,
])[] = [
  ['time', 'RuntimeMaxSec=300ms', 'exec sleep 20', 143, /its time was up; see RuntimeMaxSec= /],
  [
    'deaf',
    'RuntimeMaxSec=300ms\nTimeoutStopSec=300ms',
    'trap "" TERM HUP; while :; do sleep 1; done',
    137,
    /its time was up/,
  ],
  ['dog', 'WatchdogSec=300ms', 'exec sleep 20', 134, /no sign of life; see WatchdogSec= /],
  ['cpu', 'LimitCPU=1:9', 'while :; do :; done', 152, /SIGXCPU.*LimitCPU=/],
  [
    'size',
    'LimitFSIZE=1000',
    `exec perl -e 'open F, ">/tmp/tint0-big"; print F "x" x 99999; close F'`,
    153,
    /SIGXFSZ.*LimitFSIZE=/,
  ],
  ['call', 'SystemCallFilter=~sync', 'exec sync', 159, /SIGSYS.*SystemCallFilter=/],
]

const taken = ['/run', '/var/lib', '/var/cache', '/var/log'].map((path) => `${path}/tint0-taken`)

/** The many need no session of PAM's, which would take most of the time; the few have one. */
const many = `${dropIns}/tint0-contract-.service.d`

before(() => {
  mkdirSync(many)
  writeFileSync(`${many}/a.conf`, '[Service]\nPAMName=\n')
  for (const path of taken) writeFileSync(path, '')
  for (const [name, lines] of [...broken, ...acted]) {
    mkdirSync(`${dropIns}/tint0-ends-${name}.service.d`, { recursive: true })
    writeFileSync(`${dropIns}/tint0-ends-${name}.service.d/a.conf`, `[Service]\n${lines}\n`)
  }
  shell('systemctl daemon-reload')
})

after(() => {
  rmSync(many, { recursive: true })
  for (const path of taken) rmSync(path, { force: true })
  for (const [name] of [...broken, ...acted])
    rmSync(`${dropIns}/tint0-ends-${name}.service.d`, { recursive: true })
  shell('systemctl daemon-reload')
})

/** One line on standard error, nothing on standard output. */
const assertOneLine = ({ output, errors }: Outcome, line: RegExp) => {
  assert.match(errors, line)
  assert.match(errors, /^tint0: [^\n]*\n$/)
  assert.equal(output, '')
}

describe('drop-ins', { concurrency: 4 }, () => {
  for (const [name, lines, status, line] of broken)
    test(`what cannot be begun (${lines.replace('\n', ', ')}) gets ${status} and one line with the manager's reason`, async () => {
      const result = await outcome([`--unit=tint0-ends-${name}`, 'true'])
      assertOneLine(result, line)
      assert.equal(result.status, status)
    })

  for (const [name, lines, script, status, line] of acted)
    test(`what is ended from outside (${lines.replace('\n', ', ')}) keeps its status ${status}, and gets one line`, async () => {
      const result = await outcome([`--unit=tint0-ends-${name}`, 'sh', '-c', script])
      assertOneLine(result, line)
      assert.equal(result.status, status)
    })
})

const asked: readonly (readonly [words: string[], line: RegExp])[] = [
  [
    ['-D', '/no/such', 'true'],
    /^tint0: \/no\/such: cannot be made the working directory \(.*No such file or directory\); /,
  ],
  [['-u', 'no-such', 'true'], /^tint0: user no-such: does not exist.* \(.*credentials.*\); /],
  [['-g', 'no-such', 'true'], /^tint0: group no-such: does not exist.* \(.*credentials.*\); /],
]
for (const [words, line] of asked)
  test(`${words.join(' ')} gets 125 and one line with the manager's reason`, async () => {
    const result = await outcome(words)
    assertOneLine(result, line)
    assert.equal(result.status, 125)
  })

test('a PAM that says no gets 125 and one line', async () => {
  const file = '/etc/pam.d/systemd-run0'
  writeFileSync(file, 'account required pam_deny.so\nsession required pam_deny.so\n', { flag: 'wx' })
  try {
    const result = await outcome(['true'])
    assertOneLine(
      result,
      /^tint0: PAM: did not open a session \(.*\); is \/etc\/pam\.d\/systemd-run0 in order/,
    )
    assert.equal(result.status, 125)
  } finally {
    rmSync(file)
  }
})

test('a unit that somebody stops is told by the signal: the manager sends SIGTERM and SIGHUP', async () => {
  const result = await outcome(['--unit=tint0-ends-stopped', 'sh', '-c', 'echo ready; exec sleep 20'], () =>
    shell('systemctl stop tint0-ends-stopped'),
  )
  assert.ok(result.status === 143 || result.status === 129, String(result.status))
  assert.equal(result.errors, '')
})

test('bob, who may not read the journal, gets the line without the reason', () =>
  ruled('bob', 'YES', async () => {
    const result = await outcome(['-u', 'no-such', 'true'], undefined, as('bob'))
    assertOneLine(result, /^tint0: user no-such: does not exist[^(]*; see getent passwd\n$/)
    assert.equal(result.status, 125)
  }))

const controllers = readFileSync('/sys/fs/cgroup/cgroup.controllers', 'utf8').split(/\s/)

test('a command that takes more memory than it may gets 137 and one line', {
  skip: controllers.includes('memory') ? false : 'this kernel gives the machine no memory controller',
}, async () => {
  const result = await outcome(
    [
      '--unit=tint0-ends-memory',
      'sh',
      '-c',
      'echo ready; sleep 1; exec perl -e \'$x = "x" x 500_000_000; sleep 9\'',
    ],
    () => shell('systemctl set-property --runtime tint0-ends-memory MemoryMax=40M MemorySwapMax=0'),
  )
  assert.match(result.errors, /^tint0: [^\n]*no memory left[^\n]*\n$/)
  assert.equal(result.status, 137)
})

test('the report has what the manager counted', async () => {
  const backend = createSystemd('system')
  const { report } = await run(backend, launchOf('i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 4'))
  backend.release()
  assert.equal(report.result, 'exit-code')
  assert.ok((report.cpuNSec ?? 0n) > 1_000_000n, String(report.cpuNSec))
})

test('none of these has left a unit', async () => {
  await pause(200)
  assert.equal(shell("systemctl list-units 'tint0-*' --all --no-legend --plain"), '')
})
