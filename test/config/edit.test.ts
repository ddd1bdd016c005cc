// What an editor's work comes to where something else fails, and what editing the file of all users mends.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { plainText } from '../session/subject.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-edit-test-'))
after(() => {
  endAll()
  rmSync(top, { recursive: true })
})
let count = 0

const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)))

/** A file in a folder of its own, edited by this shell command ($1) as the one of all users, or as one's own. */
const editing = (text: string, EDITOR: string, isSystem: boolean) => {
  const home = join(top, String(count++))
  const file = join(home, 'tint0/config.toml')
  const TMPDIR = join(home, 'tmp')
  mkdirSync(dirname(file), { recursive: true })
  mkdirSync(TMPDIR)
  writeFileSync(file, text)
  const script = `
    import { editConfig } from ${source('commands/config-edit.ts')}
    import { runProgram } from ${source('program.ts')}
    const complain = (text) => process.stderr.write(text)
    runProgram('tint0ctl', async () => {
      await editConfig(${JSON.stringify(file)}, ${isSystem}, { env: process.env, complain })
      return 0
    })`
  const start = () =>
    spawnOnPty(
      [process.execPath, '--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      {
        env: { PATH: process.env.PATH, HOME: home, TMPDIR, TERM: 'xterm', EDITOR: `sh -c '${EDITOR}' --` },
      },
    )
  return { file, start }
}

/** The text that was kept, by the hint that names it. */
const keptIn = (output: Buffer): string => {
  const [, path = ''] = /yours is kept as ([^\s)]+)/.exec(plainText(output)) ?? []
  return readFileSync(path, 'utf8')
}

test('the file of all users is mended, and its folder, though its text stays', async () => {
  const { file, start } = editing('plain = true\n', 'true', true)
  chmodSync(file, 0o600)
  chmodSync(dirname(file), 0o777)
  const pty = start()
  assert.equal((await pty.exit).code, 0)
  assert.match(plainText(pty.output()), /the text stays; who may read and write it is mended/)
  assert.equal(statSync(file).mode & 0o777, 0o644)
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o755)
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
})

test('one that needs no mending is not written where nothing was changed', async () => {
  const { file, start } = editing('plain = true\n', 'true', true)
  chmodSync(file, 0o644)
  chmodSync(dirname(file), 0o755)
  const { ino } = statSync(file)
  const pty = start()
  assert.equal((await pty.exit).code, 0)
  assert.match(plainText(pty.output()), /nothing is changed/)
  assert.equal(statSync(file).ino, ino)
})

test('what was written is kept where it cannot be saved', async () => {
  // The file that is to take its place bears the name of the process, which is above the shells of the editor.
  const { file, start } = editing(
    'plain = true\n',
    'echo plain = false >"$1"; for p in $PPID $(cut -d" " -f4 /proc/$PPID/stat); do : >"$HOME/tint0/config.toml.$p.new"; done',
    false,
  )
  const pty = start()
  assert.equal((await pty.exit).code, 125)
  assert.match(plainText(pty.output()), /cannot be written \(EEXIST\); [^\n]*\(yours is kept as /)
  assert.equal(keptIn(pty.output()), 'plain = false\n')
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
})

test('what was written is kept where the editor fails in a later round', async () => {
  const { file, start } = editing(
    'plain = true\n',
    'if grep -q wrong "$1"; then exit 3; else echo wrong = 1 >"$1"; fi',
    false,
  )
  const pty = start()
  await pty.until(/What now\?[^\n]*: /)
  pty.write('e\n')
  assert.equal((await pty.exit).code, 125)
  assert.match(plainText(pty.output()), /ended with status 3; nothing is changed; [^\n]*\(yours is kept as /)
  assert.equal(keptIn(pty.output()), 'wrong = 1\n')
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
})
