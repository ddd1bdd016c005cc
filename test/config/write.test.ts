// The user's file is written whole or not at all, and only if it is right before and after.
import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pid, umask } from 'node:process'
import { after, test } from 'node:test'
import { createFile, setKey, wantsMending, writeAtomically } from '../../src/config/write.ts'
import { failureOf } from '../failure.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-write-'))
after(() => rmSync(top, { recursive: true }))
let count = 0

const home = (text?: string) => {
  const HOME = join(top, String(count++))
  const file = join(HOME, '.config/tint0/config.toml')
  if (text !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return { env: { HOME }, file }
}

test('a file that is not there is made, for its user alone', () => {
  const { env, file } = home()
  assert.equal(setKey(env, 'theme', 'nord'), file)
  assert.equal(readFileSync(file, 'utf8'), 'theme = "nord"\n')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700)
})

test('one that is there keeps all else, and its mode', () => {
  const { env, file } = home('# mine\nplain = true # yes\n\n[[rule]]\nuser = "a"\ntheme = "x"\n')
  chmodSync(file, 0o640)
  setKey(env, 'theme', 'nord')
  assert.equal(
    readFileSync(file, 'utf8'),
    '# mine\nplain = true # yes\ntheme = "nord"\n\n[[rule]]\nuser = "a"\ntheme = "x"\n',
  )
  assert.equal(statSync(file).mode & 0o777, 0o640)
  assert.deepEqual(readdirSync(dirname(file)), ['config.toml'])
})

test('a link still leads to it', () => {
  const { env, file } = home('')
  const real = join(dirname(file), 'real.toml')
  rmSync(file)
  writeFileSync(real, 'plain = true\n')
  symlinkSync(real, file)
  setKey(env, 'theme', 'nord')
  assert.ok(lstatSync(file).isSymbolicLink())
  assert.equal(readFileSync(real, 'utf8'), 'plain = true\ntheme = "nord"\n')
})

test('$TINT0_CONFIG is the file, where it names one; where it says none, none is written', () => {
  const { env } = home()
  const file = join(env.HOME, 'other.toml')
  assert.equal(setKey({ ...env, TINT0_CONFIG: file }, 'plain', true), file)
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
  assert.equal(failureOf(() => setKey({ ...env, TINT0_CONFIG: '' }, 'plain', true)).subject, 'TINT0_CONFIG')
  assert.equal(
    failureOf(() => setKey({ ...env, TINT0_CONFIG: 'x.toml' }, 'plain', true)).subject,
    'TINT0_CONFIG',
  )
  assert.equal(failureOf(() => setKey({}, 'plain', true)).subject, 'HOME')
})

test('a file that is wrong, or would be, stays as it is', () => {
  const wrong = 'themme = 1\n'
  const { env, file } = home(wrong)
  assert.match(failureOf(() => setKey(env, 'theme', 'nord')).subject, /config\.toml:1: themme$/)
  assert.equal(readFileSync(file, 'utf8'), wrong)
  const other = home('x.y = 1\n')
  assert.match(failureOf(() => setKey(other.env, 'theme', 'nord')).subject, /config\.toml:1: x$/)
  const good = home('plain = true\n')
  assert.match(failureOf(() => setKey(good.env, 'theme', true)).problem, /is no text/)
  assert.match(failureOf(() => setKey(good.env, 'user', 'root')).problem, /is no key/)
  assert.equal(readFileSync(good.file, 'utf8'), 'plain = true\n')
})

test('one that others can write is not trusted, and not written', () => {
  const { env, file } = home('plain = true\n')
  chmodSync(file, 0o666)
  assert.equal(failureOf(() => setKey(env, 'theme', 'nord')).problem, 'can be written by others')
})

test('where nothing can be written, that is said, and nothing is left', () => {
  const { env, file } = home()
  mkdirSync(env.HOME, { recursive: true })
  writeFileSync(join(env.HOME, '.config'), '')
  assert.match(failureOf(() => setKey(env, 'theme', 'nord')).problem, /cannot be written \(E/)
  assert.ok(!existsSync(file))
})

test('where no folder can be made it is refused at once', () => {
  const failure = failureOf(() => setKey({ HOME: '/proc/nope' }, 'theme', 'nord'))
  assert.match(failure.problem, /^cannot be written \(E[A-Z]+\)$/)
})

test('what is for all can be found by all, whatever the umask is', () => {
  const file = join(top, 'all/tint0/config.toml')
  const before = umask(0o077)
  try {
    createFile(file, '', 0o644)
  } finally {
    umask(before)
  }
  assert.deepEqual(
    [file, dirname(file), dirname(dirname(file))].map((path) => statSync(path).mode & 0o777),
    [0o644, 0o755, 0o755],
  )
})

test('a file that is for all is mended where others can write it or its folder, or cannot read it', () => {
  const file = join(top, 'mend/config.toml')
  createFile(file, 'plain = true\n', 0o644)
  const modes = () => [file, dirname(file)].map((path) => statSync(path).mode & 0o777)
  assert.equal(wantsMending(file), false)
  for (const [path, mode] of [
    [file, 0o666],
    [file, 0o600],
    [dirname(file), 0o777],
    [dirname(file), 0o700],
  ] as const) {
    chmodSync(path, mode)
    assert.equal(wantsMending(file), true, `${path} ${mode.toString(8)}`)
    writeAtomically(file, 'plain = true\n', 0o644, true)
    assert.deepEqual(modes(), [0o644, 0o755])
    assert.equal(wantsMending(file), false)
  }
})

test('a new file takes the place of none, not even of a link to nothing, and what is not ours is not removed', () => {
  const file = join(top, 'new/config.toml')
  mkdirSync(dirname(file), { recursive: true })
  symlinkSync('/no/such', file)
  assert.equal(failureOf(() => createFile(file, '', 0o600)).problem, 'is there already')
  assert.ok(lstatSync(file).isSymbolicLink())
  rmSync(file)
  const foreign = `${file}.${pid}.new`
  writeFileSync(foreign, 'of somebody else')
  assert.equal(failureOf(() => createFile(file, '', 0o600)).problem, 'cannot be written (EEXIST)')
  assert.equal(readFileSync(foreign, 'utf8'), 'of somebody else')
  rmSync(foreign)
  createFile(file, 'plain = true\n', 0o600)
  assert.deepEqual(readdirSync(dirname(file)), ['config.toml'])
})
