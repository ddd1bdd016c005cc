// Files that others could have written, and what is no file, are refused; nothing waits for them.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkTrusted, mayBeRoot, readTrusted } from '../src/trust.ts'
import { failureOf } from './failure.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-trust-'))
after(() => rmSync(top, { recursive: true }))
let count = 0

/** A file in a folder of its own, with these modes. */
const made = (content: string | Buffer, mode = 0o644, folderMode = 0o755): string => {
  const folder = join(top, String(count++))
  mkdirSync(folder)
  const file = join(folder, 'file')
  writeFileSync(file, content)
  chmodSync(file, mode)
  chmodSync(folder, folderMode)
  return file
}

test('a file that only its owner can write is read, byte for byte', () => {
  assert.equal(readTrusted(made('über\n'), 100), 'über\n')
  assert.equal(readTrusted(made(''), 100), '')
  assert.equal(readTrusted(made('x'.repeat(100)), 100).length, 100)
})

test('a file that others can write is refused, with the way out', () => {
  const file = made('', 0o646)
  assert.deepEqual(
    failureOf(() => readTrusted(file, 100)),
    {
      subject: file,
      problem: 'can be written by others',
      hint: `chmod go-w ${file}`,
      status: 125,
    },
  )
})

test('a folder that others can write is refused, but for one like /tmp, where nobody can replace what is ours', () => {
  const file = made('x', 0o644, 0o757)
  const { subject, problem } = failureOf(() => checkTrusted(file))
  assert.equal(subject, join(file, '..'))
  assert.equal(problem, 'can be written by others')
  assert.equal(readTrusted(made('x', 0o644, 0o1777), 100), 'x')
})

test('a link is as good as what it leads to, and as the folder that it stands in', () => {
  const [good, bad] = [made('good'), made('bad', 0o666)]
  const link = (target: string, folderMode = 0o755) => {
    const file = join(made('', 0o644), '../link')
    symlinkSync(target, file)
    chmodSync(join(file, '..'), folderMode)
    return file
  }
  assert.equal(readTrusted(link(good), 100), 'good')
  assert.equal(failureOf(() => readTrusted(link(bad), 100)).subject, bad)
  assert.equal(failureOf(() => readTrusted(link(good, 0o777), 100)).problem, 'can be written by others')
  assert.equal(failureOf(() => readTrusted(link('/nowhere'), 100)).problem, 'does not exist')
  const circle = join(top, 'circle')
  symlinkSync(circle, circle)
  assert.equal(failureOf(() => readTrusted(circle, 100)).problem, 'cannot be read (ELOOP)')
})

test('what is no regular file is refused at once, without waiting for a writer', () => {
  const fifo = join(made(''), '../fifo')
  execFileSync('mkfifo', ['-m', '600', fifo])
  assert.equal(failureOf(() => readTrusted(fifo, 100)).problem, 'is no regular file')
  assert.equal(failureOf(() => readTrusted(join(fifo, '..'), 100)).problem, 'is a folder')
  assert.equal(failureOf(() => readTrusted(join(top, 'nothing'), 100)).problem, 'does not exist')
})

test('what is too large, or not UTF-8, is refused', () => {
  assert.equal(failureOf(() => readTrusted(made('x'.repeat(2049)), 2048)).problem, 'is larger than 2 KiB')
  assert.equal(failureOf(() => readTrusted(made(Buffer.from([0x66, 0xff])), 100)).problem, 'is not UTF-8')
})

/** Whether files can be given away. */
const isRoot = process.geteuid?.() === 0

test('a file of somebody else is refused', (t) => {
  const file = made('x')
  if (isRoot) execFileSync('chown', ['12345', file])
  else t.mock.method(process as { geteuid: () => number }, 'geteuid', () => 54321)
  const owner = isRoot ? 12345 : process.getuid?.()
  assert.equal(
    failureOf(() => checkTrusted(file)).problem,
    `belongs to user ${owner}, who is neither you nor root`,
  )
})

test('a file in a folder of somebody else is refused: they could put another in its place', (t) => {
  const file = made('x')
  if (isRoot) execFileSync('chown', ['12345', join(file, '..')])
  else t.mock.method(process as { geteuid: () => number }, 'geteuid', () => 54321)
  const { subject, problem } = failureOf(() => checkTrusted(file))
  assert.match(problem, /^belongs to user \d+, who is neither you nor root$/)
  if (isRoot) assert.equal(subject, join(file, '..'))
})

test('whoever is not in a user namespace may be root only if root is not in it, either', () => {
  const alone = '         0       1000          1\n'
  const container = '         0       1000          1\n         1     100000      65536\n'
  const whole = '         0          0 4294967295\n'
  const rootToo = '      1000       1000          1\n     70000          0          1\n'
  assert.equal(mayBeRoot(65534, alone, 65534), true)
  assert.equal(mayBeRoot(65534, container, 65534), true)
  assert.equal(mayBeRoot(65534, whole, 65534), false)
  assert.equal(mayBeRoot(65534, rootToo, 65534), false)
  // Such a user is in it, and is not root.
  assert.equal(mayBeRoot(1000, alone, 65534), false)
  assert.equal(mayBeRoot(65534, alone, 99), false)
})

test('what a group can write is refused, but for a group that has nobody else', () => {
  const file = made('x', 0o664)
  if (isRoot) execFileSync('chown', [':12345', file])
  const isShared = isRoot || execFileSync('id', ['-gn']).toString() !== execFileSync('id', ['-un']).toString()
  if (isShared) assert.equal(failureOf(() => checkTrusted(file)).problem, 'can be written by others')
  else assert.equal(readTrusted(file, 100), 'x')
  const own = made('x', 0o664)
  if (isRoot) assert.equal(readTrusted(own, 100), 'x')
})
