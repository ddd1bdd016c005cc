// tint0's own end by the signal of its command, seen by who waits for it.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(checkout, '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'die-'))
const cores = mkdtempSync(join(tmpdir(), 'tint0-cores-'))
after(() => {
  rmSync(folder, { recursive: true })
  rmSync(cores, { recursive: true })
})

/** As the program is: bundled, with listeners for signals, and with work of Node's threads under way. */
const program = join(folder, 'die.mjs')
await build({
  stdin: {
    contents: `import { dieBy } from './src/relay/die.ts'
import { untilReadable } from './src/libc.ts'
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGPIPE', 'SIGXCPU']) process.on(signal, () => process.exit(99))
untilReadable(0, 300)
setTimeout(() => dieBy(Number(process.argv[2])), 5)`,
    resolveDir: checkout,
    loader: 'ts',
  },
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})

const end = (signal: number) =>
  new Promise<{ code: number | null; name: string | null }>((resolve) => {
    spawn(process.execPath, [program, String(signal)], {
      stdio: ['pipe', 'ignore', 'inherit'],
      cwd: cores,
    }).on('exit', (code, name) => resolve({ code, name }))
  })

const names = Object.entries(constants.signals)
const harmless = [17, 18, 19, 20, 21, 22, 23, 28]
const all = Array.from({ length: 31 }, (_, i) => i + 1)

test('who waits for tint0 sees the very signal, any of the 23 that end a process', async () => {
  const deadly = all.filter((n) => !harmless.includes(n))
  const ends = await Promise.all(deadly.map(end))
  for (const [i, signal] of deadly.entries()) {
    const { code, name } = ends[i] ?? assert.fail()
    assert.equal(code, null, `${signal}`)
    assert.ok(
      names.some(([known, number]) => known === name && number === signal),
      `${signal} came out as ${name}`,
    )
  }
})

test('of the 8 that end no process, or would only stop it, the status tells', async () => {
  const ends = await Promise.all(harmless.map(end))
  assert.deepEqual(
    ends,
    harmless.map((signal) => ({ code: 128 + signal, name: null })),
  )
})

test('no core is left of Node, where the user wants cores of programs', () => {
  const script = `ulimit -c unlimited; for n in 3 4 6 8 11; do "$0" "$1" $n </dev/null; echo $?; done 2>&1`
  const text = execFileSync('bash', ['-c', script, process.execPath, program], {
    cwd: cores,
    encoding: 'utf8',
  })
  assert.deepEqual(text.match(/^\d+$/gm), ['131', '132', '134', '136', '139'])
  assert.doesNotMatch(text, /core dumped/)
  assert.deepEqual(readdirSync(cores), [])
})
