// What is told to programs: the report of a session, and that of a dry run.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, type Subject, scratch, tint0 } from './subject.ts'

type Data = Readonly<Record<string, unknown>>

export const reportClaims = ({ backend, claim, words }: Subject): void => {
  /** What no backend has a hand in is tried on one. */
  const claimOnce: typeof claim = (text, body) => backend === 'local' && claim(text, body)
  let count = 0
  const fresh = () => join(scratch, `report-${backend}-${++count}`)
  /** In a shell, which opens what `redirections` say; "$@" is tint0 with the options. */
  const run = (rest: readonly string[], redirections = '') => {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', `"$@" ${redirections}`, 'bash', ...words(...rest)],
      { encoding: 'utf8', env, cwd: '/tmp', input: '' },
    )
    return { status, stdout, stderr }
  }
  const read = (file: string): readonly Data[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  const reported = (rest: readonly string[]) => {
    const file = fresh()
    const result = run([`--json=${file}`, ...rest])
    const [report = {}, ...more] = read(file)
    assert.deepEqual(more, [])
    assert.equal(report.kind, 'session')
    assert.equal(report.status, result.status)
    return { ...result, report }
  }

  claim('a report tells the status, the command and the times', async () => {
    const before = Date.now()
    const { report } = reported(['sh', '-c', 'sleep 0.2; exit 3'])
    assert.equal(report.status, 3)
    assert.equal(report.end, 'exited')
    assert.equal(report.signal, null)
    assert.equal(report.failure, null)
    assert.equal(report.backend, backend)
    assert.deepEqual(report.command, ['sh', '-c', 'sleep 0.2; exit 3'])
    assert.match(String(report.path), /^\/.*\/sh$/)
    assert.equal(report.unit === null, backend === 'local')
    const [begun, ended] = [report.startedAt, report.endedAt].map((text) => Date.parse(String(text)))
    assert.ok(before <= Number(begun) && Number(begun) < Number(ended) && Number(ended) <= Date.now())
    assert.ok(Number(report.seconds) >= 0.2 && Number(report.seconds) <= (Date.now() - before) / 1000)
    for (const name of ['cpuNSec', 'memoryPeak'])
      assert.ok(report[name] === null || Number(report[name]) > 0, `${name}: ${report[name]}`)
  })

  claim('a report tells the signal that killed the command', async () => {
    const { report } = reported(['sh', '-c', 'kill -USR1 $$'])
    assert.deepEqual([report.end, report.signal, report.status], ['killed', 'SIGUSR1', 138])
  })

  claim('a report tells the signal that ended the session', async () => {
    const { report } = reported([
      'sh',
      '-c',
      `kill -XCPU $(pgrep -f -n -- "^tint0.*report-[m]e-${process.pid}"); exec sleep 20`,
      `report-me-${process.pid}`,
    ])
    assert.deepEqual([report.end, report.signal, report.status], ['interrupted', 'SIGXCPU', 152])
  })

  claim('a report is also made where nothing was run', async () => {
    const { report, stderr } = reported(['no-such-command', 'x'])
    assert.deepEqual([report.end, report.status, report.startedAt], ['not-started', 127, null])
    assert.deepEqual(report.command, ['no-such-command', 'x'])
    const { subject, problem, hint } = report.failure as Data
    assert.equal(stderr, `tint0: ${subject}: ${problem}; ${hint}\n`)
  })

  claimOnce(
    'reports are added to a file, which is for its owner only; a link to it is followed',
    async () => {
      const [file, link] = [fresh(), fresh()]
      spawnSync('ln', ['-s', file, link])
      for (const name of [file, link]) run([`--json=${name}`, 'true'])
      assert.equal(read(file).length, 2)
      assert.equal(statSync(file).mode & 0o777, 0o600)
    },
  )

  claim('a report goes to a descriptor, which the command does not have', async () => {
    const file = fresh()
    const { stdout } = run(['--json=9', 'sh', '-c', 'ls -l /proc/self/fd'], `9>${file}`)
    assert.equal(read(file).length, 1)
    assert.ok(stdout.includes('0 ->') && !stdout.includes(file), stdout)
  })

  claimOnce('what cannot be written to is refused before anything runs', async () => {
    const [ran, file] = [fresh(), fresh()]
    writeFileSync(file, '')
    const cases = [
      ['--json=/no/such/file', '', '/no/such/file'],
      [`--json=${scratch}`, '', 'EISDIR'],
      ['--json=9', '', 'not open;'],
      // Node has those for itself.
      ...[3, 4, 5].map((fd) => [`--json=${fd}`, '', 'not open']),
      ['--json=9', `9<${file}`, 'not open to write'],
    ] as const
    for (const [option = '', redirections = '', word = ''] of cases) {
      const { status, stderr } = run([option, 'touch', ran], redirections)
      assert.equal(status, 125, option)
      assert.ok(stderr.startsWith('tint0: --json: ') && stderr.includes(word), stderr)
    }
    assert.ok(!existsSync(ran))
  })

  claimOnce('a report that cannot be written is told, and the status stays that of the command', async () => {
    const { status, stderr } = run(['--json=/dev/full', 'sh', '-c', 'exit 4'])
    assert.equal(status, 4)
    assert.match(stderr, /^tint0: --json: .*ENOSPC/)
  })

  claim('a dry run starts nothing, and has the errors of a session', async () => {
    const ran = fresh()
    const { status, stdout } = run(['--dry-run', 'touch', ran])
    assert.equal(status, 0)
    assert.ok(stdout.includes(ran))
    assert.ok(!existsSync(ran))
    assert.equal(run(['--dry-run', 'no-such-command']).status, 127)
    assert.equal(run(['--dry-run', '--nice=x', 'id']).status, 125)
  })

  claim('a dry run in JSON has every word as it is, and on standard output nothing else', async () => {
    const argv = ['printf', '%s\n', '', 'a b', '"\\', '\x1b[31m\u202e', 'é', '$HOME']
    const { stdout } = run(['--dry-run', '--json=1', '--setenv=A=b c', ...argv])
    const data = JSON.parse(stdout)
    assert.equal(data.kind, 'dry-run')
    assert.equal(data.backend, backend)
    assert.deepEqual(data.argv, argv)
    assert.ok(data.environment.includes('A=b c'))
    assert.deepEqual(data.streams, { stdin: 'own', stdout: 'own', stderr: 'own' })
    if (backend === 'local') {
      assert.deepEqual(data.descriptors, ['stdin', 'stdout', 'stderr', 'keeper', 'keeper'])
      assert.ok(data.words.join('\0').includes(argv.join('\0').slice('printf'.length)))
      return
    }
    const named = (name: string) => data.properties.find((row: Data) => row.name === name)
    assert.deepEqual(named('Type'), { name: 'Type', signature: 's', value: 'exec' })
    assert.equal(named('StandardInputFileDescriptor').value, 'stdin')
    assert.equal(named('Environment').signature, 'as')
  })

  claimOnce('what is shown can be run', async () => {
    const argv = ['printf', '<%s>\n', '', 'a b', '"\\', '\x1b[31m\u202e', "it's é", '$HOME', 'a\nb\t']
    const { stdout } = run(['--dry-run', '--setenv=A=b c', ...argv])
    for (const c of ['\x1b', '\u202e']) assert.ok(!stdout.includes(c))
    // Nobody is there to keep it: then it would be ended.
    const shell = spawnSync('bash', ['-c', `${stdout.trimEnd()} 3< <(exec sleep 5 >/dev/null 2>&1)`], {
      encoding: 'utf8',
    })
    assert.equal(shell.stdout, spawnSync('printf', argv.slice(1), { encoding: 'utf8' }).stdout)
  })

  claimOnce('presets are refused where there is no manager', async () => {
    const { status, stderr } = run(['--sandbox=readonly', 'true'])
    assert.equal(status, 125)
    assert.equal(stderr.split(';')[0], 'tint0: --sandbox: takes a manager, and --backend=local does without')
    assert.equal(spawnSync(tint0, ['--sandbox=no', 'true'], { env }).status, 125)
  })
}
