// All tests: format, lint and types; what runs anywhere; and what takes the test machine (test/machine/), which is skipped
// by name where no machine can be had. With CI=true that is a failure. The last line is the sum.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import './ready.mjs'
import { root } from './ready.mjs'

/** What machine.ts ends with where there is no machine, as automake's tests do. */
const SKIPPED = 77

const sum = { passed: 0, failed: 0, skipped: 0 }

/** Runs a step with its output shown; resolves to its status and the counts that Node's test runner printed. */
const step = (words) =>
  new Promise((resolve) => {
    const [command, ...args] = words
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk)
      text += chunk
    })
    child.on('close', (status) => resolve({ status: status ?? 1, text }))
  })

const counted = (text, word) =>
  [...text.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0)

const tests = async (words, files) => {
  const { status, text } = await step(words)
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

const files = readdirSync(join(root, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .sort()
const inside = files.filter((file) => file.startsWith('test/machine/'))
const anywhere = files.filter((file) => !inside.includes(file))
const typescript = [process.execPath, '--import', 'tsx']

for (const words of [
  ['node_modules/.bin/biome', 'check', '--error-on-warnings'],
  ['node_modules/.bin/tsc', '--noEmit'],
]) {
  const { status } = await step(words)
  if (status === 0) sum.passed++
  else sum.failed++
}
await tests([...typescript, '--test', '--test-reporter=spec', ...anywhere], anywhere)
await tests([...typescript, 'test/machine/machine.ts', 'test'], inside)

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
