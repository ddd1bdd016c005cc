// Makes the recordings, all or those that are named, and says what each has become.
import { programs, sizes } from './programs.ts'
import { record } from './record.ts'
import { isOutput, type Recording, writeRecordings } from './recording.ts'
import { buildRecordingRoot } from './root.ts'

/** So many programs run at a time: they mostly wait. */
const together = 4

const described = (recordings: readonly Recording[]): string =>
  recordings
    .map(({ events }) => {
      const outputs = events.filter(isOutput)
      const bytes = outputs.reduce((sum, { output }) => sum + output.length, 0)
      return `${outputs.length} frames of ${bytes} bytes, ${events.length - outputs.length} resizes`
    })
    .join('; ')

export const makeRecordings = async (names: readonly string[]): Promise<void> => {
  const root = buildRecordingRoot()
  const left = programs.filter(({ name }) => names.length === 0 || names.includes(name))
  const work = async () => {
    for (let program = left.shift(); program; program = left.shift()) {
      const recordings: Recording[] = []
      for (const size of sizes) recordings.push(await record(root, program, size))
      const length = writeRecordings(program.name, recordings)
      console.log(`${program.name}: ${described(recordings)}; ${length} bytes kept`)
    }
  }
  await Promise.all(Array.from({ length: together }, work))
}
