// The house's two rules, checked on the imports as they are written: imports go one way, and the world comes in through
// named doors only.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const src = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src')

/** From the top down: a file imports only from lower ranks, or from its own folder. */
const ranks = [
  ['main', 'ctl', 'authorized'],
  ['program'],
  ['commands'],
  ['ui', 'backend', 'polkit', 'relay', 'config'],
  ['cli'],
  ['prompt'],
  ['theme', 'terminal', 'pty', 'bus', 'unit'],
  ['color', 'stream', 'flow', 'cast'],
  ['proc', 'rights', 'toml', 'trust'],
  ['boolean', 'errors', 'glob', 'libc', 'paths', 'suggest', 'template', 'version'],
]

/** The only files that import from Node or a package with effects, or touch a process, a clock or a timer. */
const doors = [
  'authorized.ts',
  'main.ts',
  'ctl.ts',
  'libc.ts',
  'proc.ts',
  'rights.ts',
  'trust.ts',
  'program.ts',
  'backend/account.ts',
  'backend/executable.ts',
  'backend/keeper.ts',
  'backend/journal.ts',
  'backend/local.ts',
  'bus/bridge.ts',
  'bus/connect.ts',
  'bus/patience.ts',
  'commands/destination.ts',
  'commands/doctor.proc.ts',
  'bus/receive.ts',
  'config/files.ts',
  'config/edit.ts',
  'config/write.ts',
  'flow/sink.ts',
  'polkit/helper.ts',
  'polkit/pkttyagent.ts',
  'polkit/rules-files.ts',
  'prompt/askpass.ts',
  'prompt/stdin.ts',
  'prompt/terminal.ts',
  'prompt/tty.ts',
  'prompt/turn.ts',
  'pty/open.ts',
  'relay/die.ts',
  'relay/signals.ts',
  'terminal/guardian.ts',
  'terminal/input.ts',
  'terminal/job.ts',
  'terminal/multiplexer.ts',
  'terminal/tty.ts',
  'theme/load.ts',
]

/** Packages that only compute. */
const pure = /^(culori|culori\/fn|smol-toml|valibot|@valibot\/to-json-schema)$/
const outside = /\b(process|setTimeout|setInterval|setImmediate|Date|performance|console)\b[.(]|Math\.random/

const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file))
const read = (file: string) => readFileSync(join(src, file), 'utf8')
const room = (file: string) =>
  (file.includes('/') ? dirname(file).split('/')[0] : file.replace(/\.tsx?$/, '')) ?? ''
const rank = (name: string) => ranks.findIndex((row) => row.includes(name))
const imports = (file: string) =>
  [...read(file).matchAll(/(?:from|import|import\()\s*'([^'\n]+)'/g)].map(([, target]) => target ?? '')

test('every file stands in a room that has a rank', () => {
  assert.ok(files.length > 20)
  assert.deepEqual(
    files.filter((file) => rank(room(file)) < 0),
    [],
  )
})

test('imports only go down, or stay in their folder', () => {
  const wrong = files.flatMap((file) =>
    imports(file)
      .filter((target) => target.startsWith('.') && !target.endsWith('.json'))
      .map((target) => relative(src, join(src, dirname(file), target)))
      .filter((target) => room(target) !== room(file) && rank(room(target)) <= rank(room(file)))
      .map((target) => `${file} imports ${target}`),
  )
  assert.deepEqual(wrong, [])
})

test('only doors import from Node or from packages with effects', () => {
  const wrong = files
    .filter((file) => !doors.includes(file) && !file.startsWith('ui/'))
    .flatMap((file) =>
      imports(file)
        .filter((target) => !target.startsWith('.') && !pure.test(target) && target !== 'node:path')
        .map((target) => `${file} imports ${target}`),
    )
  assert.deepEqual(wrong, [])
})

test('only doors touch the process, a clock, a timer or the console', () => {
  const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const wrong = files.filter(
    (file) => !doors.includes(file) && !file.startsWith('ui/') && outside.test(code(file)),
  )
  assert.deepEqual(wrong, [])
})

test('every door is there, and no file is longer than 250 lines', () => {
  assert.deepEqual(
    doors.filter((door) => !files.includes(door)),
    [],
  )
  assert.deepEqual(
    files.filter((file) => read(file).split('\n').length > 251),
    [],
  )
})

test('there is no index, and no room for odds and ends', () => {
  assert.deepEqual(
    // (polkit/helper.ts is polkit's own word.)
    files.filter((file) => /(^|\/)(index|utils?|helpers|common|types)\.tsx?$/.test(file)),
    [],
  )
})

test('a folder holds two files or more', () => {
  const folders = files.filter((file) => file.includes('/')).map(room)
  const lonely = folders.filter((name) => folders.filter((other) => other === name).length < 2)
  assert.deepEqual(lonely, [])
})
