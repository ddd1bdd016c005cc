// Which files are read: one that is not there is none, but one that cannot be seen is an error.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSource } from '../../src/config/file.ts'
import { filesFor, readFiles } from '../../src/config/files.ts'
import { configHome } from '../../src/paths.ts'
import { failureIn, failureOf } from '../failure.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-files-'))
after(() => rmSync(top, { recursive: true }))

const isThere = (XDG_CONFIG_HOME: string) => filesFor({ XDG_CONFIG_HOME }, undefined).at(-1)?.isThere

test('a file is there or not, whatever stands where its folder should be', () => {
  const folder = join(top, 'good')
  assert.equal(isThere(folder), false)
  mkdirSync(folder)
  writeFileSync(join(folder, 'tint0'), '')
  assert.equal(isThere(folder), false)
  rmSync(join(folder, 'tint0'))
  mkdirSync(join(folder, 'tint0'))
  assert.equal(isThere(folder), false)
  writeFileSync(join(folder, 'tint0/config.toml'), '')
  assert.equal(isThere(folder), true)
})

test('one that cannot be seen is not passed over: it may lock something', async () => {
  const folder = join(top, 'loop')
  mkdirSync(folder)
  // As root nothing is EACCES, but this is ELOOP.
  symlinkSync('tint0', join(folder, 'tint0'))
  const { problem, hint } = await failureIn(readFiles({ XDG_CONFIG_HOME: folder }, undefined))
  assert.equal(problem, 'cannot be read (ELOOP)')
  assert.match(hint ?? '', /\(--config= goes without it\)$/)
  assert.match(
    failureOf(() => readSource(join(folder, 'tint0/config.toml'), true)).hint ?? '',
    /\(tint0ctl config edit --system mends it\)$/,
  )
})

test('a home is where XDG says, or where HOME is; never relative', () => {
  assert.equal(configHome({ XDG_CONFIG_HOME: '/x', HOME: '/h' }), '/x/tint0')
  assert.equal(configHome({ XDG_CONFIG_HOME: 'x', HOME: '/h' }), '/h/.config/tint0')
  assert.equal(configHome({ XDG_CONFIG_HOME: 'x', HOME: 'h' }), undefined)
})
