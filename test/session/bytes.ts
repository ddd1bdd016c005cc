// What goes through, in both directions: all of it, as it is, and no more than the other end takes.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnOnPty } from '../pty-process.ts'
import { env, exists, firstStatus, pause, type Subject, scratch } from './subject.ts'

/** The status of the command at a place in a pipe, in bash. */
const firstOf = (place: number): string => firstStatus.replace('0', String(place))

/** How often what may be lost now and then is tried. */
const rounds = Number(process.env.TINT0_RUNS ?? 30)

/** Declares them for one backend. */
export const byteClaims = ({ backend, claim, raw, words }: Subject): void => {
  claim('input that comes from elsewhere ends', async () => {
    const file = join(scratch, `in-${backend}`)
    writeFileSync(file, 'one\ntwo')
    const process = spawnOnPty(
      ['sh', '-c', `exec "$@" <${file} | cat`, 'sh', ...words('sh', '-c', 'cat; echo " end"')],
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.equal(process.output().toString(), 'one\r\ntwo end\r\n')
  })

  claim('a reader that goes away ends the command, as SIGPIPE would', async () => {
    const process = spawnOnPty(
      ['bash', '-c', `"$@" | head -1; echo ${firstStatus}`, 'bash', ...words('yes')],
      { env, cwd: '/tmp' },
    )
    await process.exit
    assert.equal(process.output().toString(), 'y\r\n141\r\n')
  })

  claim('a terminal that hangs costs no memory, and ^C still goes through', async () => {
    const process = raw([
      'sh',
      '-c',
      `trap "echo int >${join(scratch, `int-${backend}`)}; exit 3" INT; echo ready; while :; do head -c 100000 /dev/zero | tr "\\0" x; done`,
    ])
    await process.until(/ready\r\n/)
    process.stall()
    await pause(1500)
    const memory = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1])
    const before = memory()
    await pause(1500)
    assert.ok(memory() - before < 4096, `${memory() - before} KiB more`)
    process.write('\x03')
    for (let left = 50; left > 0 && !exists(join(scratch, `int-${backend}`)); left--) await pause(100)
    assert.ok(exists(join(scratch, `int-${backend}`)), '^C arrived while the terminal hung')
    process.resume()
    assert.equal((await process.exit).code, 3)
  })

  claim(`in ${rounds} runs of a command that writes 1 MB and exits at once, every byte arrives`, async () => {
    const line = 'x'.repeat(99)
    const expected = createHash('sha256').update(`${line}\n`.repeat(10_486)).digest('hex')
    const lost: string[] = []
    for (let round = 0; round < rounds; round++) {
      const script = `exec "$@" >${join(scratch, `big-${backend}`)}`
      const process = spawnOnPty(
        ['sh', '-c', script, 'sh', ...words('sh', '-c', `yes ${line} | head -10486`)],
        { env, cwd: '/tmp' },
      )
      const { code } = await process.exit
      const sum = createHash('sha256')
        .update(readFileSync(join(scratch, `big-${backend}`)))
        .digest('hex')
      if (code !== 0 || sum !== expected) lost.push(`${round}: ${code}`)
    }
    assert.deepEqual(lost, [])
  })

  const shells: readonly (readonly [title: string, shell: string, output: string | RegExp])[] = [
    [
      'an input from elsewhere arrives as it is, byte by byte',
      'printf "a\\003\\004b\\023\\r\\n\\377" | "$@" od -An -tx1 | cat',
      ' 61 03 04 62 13 0d 0a ff\r\n',
    ],
    ['an input without line ends is not cut', 'head -c 300000 /dev/zero | "$@" wc -c | cat', '300000\r\n'],
    [
      'an input that has ended has ended for every reader',
      '"$@" sh -c "cat; echo one; cat; echo two" </dev/null',
      /^one\r+\ntwo\r+\n$/,
    ],
    [
      'a shell reads its commands from an input that begins late, and ends with it',
      '(sleep 1; echo "echo it is me") | "$@" bash --norc | cat',
      'it is me\r\n',
    ],
    [
      'a command that does not read its input is not waited for',
      `yes | "$@" true; echo ${firstOf(1)}`,
      '0\r\n',
    ],
    [
      'more than a terminal holds goes through one that reads',
      'seq 100000 | "$@" cat | tail -1',
      '100000\r\n',
    ],
    ['with --pty the input, too, is a terminal', '"$@" --pty tty </dev/null | cat', /^\/dev\/pts\/\d+\r\n$/],
    ['with --pty, too, all goes through', 'seq 30000 | "$@" --pty cat | tail -1', '30000\r\n'],
  ]
  for (const [title, shell, output] of shells)
    claim(title, async () => {
      const process = spawnOnPty(['bash', '-c', shell, 'bash', ...words('--background=')], {
        env: { ...env, NO_COLOR: '1' },
        cwd: '/tmp',
      })
      assert.equal((await process.exit).code, 0)
      if (typeof output === 'string') assert.equal(process.output().toString(), output)
      else assert.match(process.output().toString(), output)
    })

  claim('a paste that the command does not read stops neither its output nor a signal', async () => {
    const process = raw(['sh', '-c', 'echo ready; while :; do echo tick; sleep 0.1; done'])
    await process.until(/ready/)
    process.write('x\n'.repeat(100_000))
    await process.until(/(tick\s+){8}/)
    process.kill('SIGTERM')
    assert.equal((await process.exit).code, 143)
  })

  claim('who goes on writing after the end of the command does not keep us', async () => {
    const process = raw(['bash', '-c', '(trap "" HUP; exec yes) & sleep 0.3; exit 3'])
    const timer = setTimeout(() => process.kill(), 10_000)
    assert.deepEqual(await process.exit, { code: 3, signal: null })
    clearTimeout(timer)
  })
}
