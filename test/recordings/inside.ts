// Runs in the test machine: plays every recording (or those of the programs that are named) through tint0 and through run0, and
// prints one line of JSON for each, with what the judge says of what came out.
import { judgeRecording } from './judge.ts'
import { isOutput, readRecordings, recordedPrograms, sizeOf } from './recording.ts'
import { replay } from './replay.ts'

const tint = '48;2;64;16;16'

const tools = {
  tint0: ['/src/bin/tint0', '--backend=system', `--background=${tint}`, '--'],
  run0: ['run0', `--background=${tint}`, '--'],
}

export interface Sample {
  readonly tool: keyof typeof tools
  readonly program: string
  readonly size: string
  readonly frames: number
  readonly wrongFrames: number
  readonly wrongCells: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly first: string | undefined
}

const sum = (pieces: readonly Uint8Array[]) => pieces.reduce((all, { length }) => all + length, 0)

const [, , player = '', ...names] = process.argv
for (const program of names.length > 0 ? names : recordedPrograms())
  for (const recording of readRecordings(program))
    for (const tool of ['tint0', 'run0'] as const) {
      const tinted = await replay(tools[tool], player, recording)
      const { frames, wrongFrames, wrongCells, first } = await judgeRecording(recording, tinted, tint)
      const bytesIn = sum(recording.events.filter(isOutput).map(({ output }) => output))
      const bytesOut = sum(tinted.outputs)
      const size = sizeOf(recording)
      const sample: Sample = {
        tool,
        program,
        size,
        frames,
        wrongFrames,
        wrongCells,
        bytesIn,
        bytesOut,
        first,
      }
      console.log(JSON.stringify(sample))
    }
process.exit(0)
