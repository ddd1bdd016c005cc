// What our stream makes of a recording, for the judges.
import { createStream } from '../../src/stream/stream.ts'
import type { Tinted } from './judge.ts'
import { isOutput, type Recording } from './recording.ts'

/** As a session has it: titles are marked, too. */
export const tintedByStream = ({ events }: Recording, tint: string): Tinted => {
  const stream = createStream({ tint, titleMark: '🔴 ', title: 'a title', escK: false })
  return {
    before: Buffer.from(stream.open()),
    outputs: events.filter(isOutput).map(({ output }) => Buffer.from(stream.push(output))),
  }
}
