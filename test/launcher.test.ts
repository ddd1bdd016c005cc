// bin/tint0 itself: which program it starts, and with what, seen by a Node that only tells.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { scratch, tint0 } from './session/subject.ts'

const folder = join(scratch, 'launcher')
mkdirSync(folder)
const told = join(folder, 'told')
const node = join(folder, 'node')
writeFileSync(
  node,
  `#!/bin/sh\nread line; echo "$line out"; echo err >&2\nprintf '%s\\n' "\${1##*/}" "$line" >${told}; exit 7\n`,
)
chmodSync(node, 0o755)

/** The bundle, what it could read, what it wrote, and its status. */
const started = (...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(tint0, words, {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    input: 'typed\n',
    encoding: 'utf8',
  })
  const [bundle, line] = spawnSync('cat', [told], { encoding: 'utf8' }).stdout.split('\n')
  return { bundle, line, text: stdout + stderr, status }
}

const silent = ['-n', '--no-ask-password', '--non-interactive']
const asks = ['-v', '--validate']
const pairs = silent.flatMap((one) =>
  asks.flatMap((other) => [
    [one, other],
    [other, one],
  ]),
)
for (const words of [['-nv'], ['-vn'], ...pairs])
  test(`${words.join(' ')} starts the quick program, which can read nothing, and write nowhere`, () => {
    assert.deepEqual(started(...words), { bundle: 'authorized.cjs', line: '', text: '', status: 7 })
  })

for (const words of [
  ...[[], ['-n'], ['-v'], ['-n', '-n'], ['-v', '-v'], ['-nv', 'true'], ['-nv', ''], ['-n', '-v', '-k']],
  ...[['-nvk'], ['-knv'], ['-n -v'], ['-n', 'v'], ['--', '-nv'], ['-n', '--valid'], ['1:-nv:']],
])
  test(`${JSON.stringify(words)} goes the usual way`, () => {
    assert.deepEqual(started(...words), {
      bundle: 'tint0.cjs',
      line: 'typed',
      text: 'typed out\nerr\n',
      status: 7,
    })
  })
