// The machine from the command line: `node --import tsx test/machine/machine.ts test [NAME…] | run CMD… | shell | why`.
import { spawn } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bootMachine, type Machine } from './boot.ts'
import { checkout, hindrance } from './build.ts'

const here = join(checkout, 'test/machine')
const bundles = join(checkout, '.cache/machine-tests')

const [word = 'why', ...rest] = process.argv.slice(2)
const reason = hindrance()

const attached = (argv: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const [command = '', ...args] = argv
    spawn(command, args, { stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1))
  })

/** Every test becomes one file that the machine's own Node can run; what is native stays where it is. */
const bundle = async (names: readonly string[]): Promise<string[]> => {
  rmSync(bundles, { recursive: true, force: true })
  const files = readdirSync(here).filter(
    (file) =>
      file.endsWith('.test.ts') && (names.length === 0 || names.includes(file.replace('.test.ts', ''))),
  )
  await build({
    entryPoints: files.map((file) => join(here, file)),
    outdir: bundles,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['*.node'],
    logLevel: 'warning',
  })
  return files.map((file) => `/src/.cache/machine-tests/${file.replace('.ts', '.mjs')}`)
}

const test = async ({ inside }: Machine): Promise<number> => {
  // Node may change its user only without io_uring (user.test.ts does).
  const runner = [
    'env',
    'UV_USE_IO_URING=0',
    'node',
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=1',
    '--test-timeout=120000',
  ]
  return attached([...inside, ...runner, ...(await bundle(rest))])
}

const actions: Readonly<Record<string, (machine: Machine) => Promise<number>>> = {
  test,
  run: ({ inside }) => attached([...inside, ...rest]),
  shell: ({ inside }) => attached([...inside.slice(0, 4), 'bash', '-l']),
}

const action = actions[word]
if (reason !== undefined || !action) {
  if (reason !== undefined) console.log(reason)
  process.exit(reason === undefined ? 0 : 1)
}
const machine = await bootMachine()
const status = await action(machine)
machine.stop()
process.exit(status)
