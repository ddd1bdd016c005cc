// tint0 beside run0: plays the recordings through both in the test machine, and writes the table of what came out.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bootMachine } from '../machine/boot.ts'
import { checkout, hindrance } from '../machine/build.ts'
import { bundleForMachine } from '../machine/bundle.ts'
import type { Sample } from './inside.ts'

/** Exits 77 where no machine can be had. */
export const compareWithRun0 = async (names: readonly string[]): Promise<void> => {
  const reason = hindrance()
  if (reason !== undefined) {
    console.log(`no test machine: ${reason}`)
    process.exit(77)
  }
  const machine = await bootMachine()
  try {
    const files = ['inside.ts', 'player.ts'].map((file) => join(checkout, 'test/recordings', file))
    const [script = '', player = ''] = await bundleForMachine('recordings-run', files)
    const [command = '', ...args] = [...machine.inside, '/opt/node/bin/node', script, player, ...names]
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const samples: Sample[] = []
    for await (const line of createInterface(child.stdout)) {
      const sample: Sample = JSON.parse(line)
      samples.push(sample)
      const { tool, program, size, frames, wrongFrames, first } = sample
      console.log(`${program} ${size} ${tool}: ${wrongFrames} of ${frames} screens are wrong; ${first ?? ''}`)
    }
    if ((await ended) !== 0) throw new Error('the comparison failed')
    if (names.length === 0) writeTable(samples)
  } finally {
    machine.stop()
  }
}

const readme = join(checkout, 'test/recordings/README.md')
const marker = '<!-- the table: npm run recordings -- compare -->'

/** Replaces what stands behind the marker in the README. */
const writeTable = (samples: readonly Sample[]): void => {
  const [text = ''] = readFileSync(readme, 'utf8').split(marker)
  writeFileSync(readme, `${text}${marker}\n\n${tableOf(samples)}\n`)
}

const tableOf = (samples: readonly Sample[]): string => {
  const of = (tool: Sample['tool']) => samples.filter((sample) => sample.tool === tool)
  const others = of('run0')
  const rows = of('tint0').map((ours, i) => {
    const its = others[i] ?? ours
    return [
      ...[ours.program, ours.size, ours.frames, ours.wrongFrames, its.wrongFrames],
      ...[ratio(ours.bytesOut, ours.bytesIn), ratio(its.bytesOut, its.bytesIn)],
    ]
  })
  const total = (tool: Sample['tool'], what: 'frames' | 'wrongFrames' | 'bytesIn' | 'bytesOut') =>
    of(tool).reduce((sum, sample) => sum + sample[what], 0)
  const all = [
    ...['**all**', '', total('tint0', 'frames'), total('tint0', 'wrongFrames'), total('run0', 'wrongFrames')],
    ...(['tint0', 'run0'] as const).map((tool) => ratio(total(tool, 'bytesOut'), total(tool, 'bytesIn'))),
  ]
  return [
    ['program', 'size', 'screens', 'wrong: tint0', 'wrong: run0', 'bytes: tint0', 'bytes: run0'],
    ['---', '---', '--:', '--:', '--:', '--:', '--:'],
    all,
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

const ratio = (out: number, into: number): string => (out / into).toFixed(2)
