// All tests: format, lint and types; what runs anywhere; and what takes the test machine (test/machine/), which is skipped
// by name where no machine can be had. With CI=true that is a failure. The tests go in two lanes at once, for most of their time
// is waiting: the second one is shown when it is over. The last line is the sum.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import './ready.mjs'
import { root } from './ready.mjs'

/** What machine.ts ends with where there is no machine, as automake's tests do. */
const SKIPPED = 77

const sum = { passed: 0, failed: 0, skipped: 0 }

/** Runs a step with its output shown, also at once where that is `live`; resolves to its status and output. */
const step = (words, live = true) =>
  new Promise((resolve) => {
    const [command, ...args] = words
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', live ? 'inherit' : 'pipe'] })
    let text = ''
    const take = (chunk) => {
      if (live) process.stdout.write(chunk)
      text += chunk
    }
    child.stdout.on('data', take)
    child.stderr?.on('data', take)
    child.on('close', (status) => resolve({ status: status ?? 1, text }))
  })

const counted = (text, word) =>
  [...text.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0)

const tests = async (words, files, live) => {
  const { status, text } = await step(words, live)
  if (!live) later.push(text)
  if (status === SKIPPED) {
    for (const file of files) console.log(`skipped: ${file}`)
    sum.skipped += files.length
    if (process.env.CI === 'true') {
      console.log('failed: with CI=true a machine is a must')
      sum.failed++
    }
    return
  }
  sum.passed += counted(text, 'pass')
  sum.skipped += counted(text, 'skipped')
  const failed = counted(text, 'fail') + counted(text, 'cancelled')
  sum.failed += failed === 0 && status !== 0 ? 1 : failed
}

/** What the second lane has said. */
const later = []

/** As machine.ts takes it. */
const nameOf = (file) => basename(file).split('.')[0]

const files = readdirSync(join(root, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .sort()
const inside = files.filter((file) => file.startsWith('test/machine/'))
const anywhere = files.filter((file) => !inside.includes(file))
const typescript = [process.execPath, '--import', 'tsx']
/** Those that run behind the ones that run anywhere: so both lanes take about as long. */
const behind = [
  'checklist',
  'compliance',
  'ends',
  'jobs',
  'manual',
  'many',
  'policy',
  'prompt',
  'ui',
  'window',
  'words',
]
const [first, second] = [true, false].map((is) =>
  inside.filter((file) => behind.includes(nameOf(file)) === is),
)

for (const words of [
  ['node_modules/.bin/biome', 'check', '--error-on-warnings'],
  ['node_modules/.bin/tsc', '--noEmit'],
]) {
  const { status } = await step(words)
  if (status === 0) sum.passed++
  else sum.failed++
}
const machine = [...typescript, 'test/machine/machine.ts']
// Built once, before both lanes want it; where none can be had the tests say so.
await step([...machine, 'run', 'true'])
const lane = tests([...machine, 'test', ...new Set(second.map(nameOf))], second, false)
await tests([...typescript, '--test', '--test-reporter=spec', ...anywhere], anywhere, true)
await tests([...machine, 'test', ...new Set(first.map(nameOf))], first, true)
await lane
for (const text of later) process.stdout.write(text)

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
