// `npm run bench`: tint0 beside run0 in the test machine, and whether tint0 is within its bounds. Exits 1 when a bound is
// broken, and 77 where no machine can be had.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { bootMachine, type Machine } from '../test/machine/boot.ts'
import { checkout, hindrance } from '../test/machine/build.ts'
import { bundleForMachine } from '../test/machine/bundle.ts'
import { experiments } from './experiments.ts'
import type { Sample } from './inside.ts'
import { aligned, judge } from './table.ts'

const without = (why: string): never => {
  console.log(`no test machine: ${why}`)
  process.exit(77)
}

/** All samples, as they come. Throws when the measuring failed; its words are on stderr then. */
const measured = async (
  { inside }: Machine,
  script: string,
  progress: (text: string) => void,
): Promise<Sample[]> => {
  const [command = '', ...args] = [...inside, '/opt/node/bin/node', script]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const samples: Sample[] = []
  for await (const line of createInterface(child.stdout)) {
    samples.push(JSON.parse(line))
    progress(`measured ${samples.length} of ${experiments.length}\r`)
  }
  if ((await ended) !== 0) throw new Error('the measuring failed')
  return samples
}

const progress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(text)
}

const reason = hindrance()
if (reason !== undefined) without(reason)
const machine = await bootMachine().catch((error) => without(String(error)))
try {
  const [script = ''] = await bundleForMachine('bench', [join(checkout, 'bench/inside.ts')])
  const verdicts = judge(await measured(machine, script, progress))
  console.log(aligned(verdicts))
  process.exitCode = verdicts.some(({ verdict }) => verdict === 'over') ? 1 : 0
} finally {
  machine.stop()
}
