// What our stream makes of a recording, for the judges; and what wrong ones make of it, so that they are judged, too.
import { createStream, unadorned } from '../../src/stream/stream.ts'
import type { Tinted } from './judge.ts'
import { isOutput, type Recording } from './recording.ts'

/** As a session has it: titles are marked, too. */
export const tintedByStream = ({ events }: Recording, tint: string): Tinted => {
  const plan = { kind: 'rewrite', parameters: tint, color: undefined } as const
  const stream = createStream({ ...unadorned, tint: plan, titleMark: '🔴 ', title: 'a title' })
  return {
    before: Buffer.concat([stream.open(), stream.paint()]),
    outputs: events.filter(isOutput).map(({ output }) => Buffer.from(stream.push(output))),
  }
}

/** A stream that is wrong: the tint comes first, and then wherever `where` matches, behind it. */
export const tintedAfter = ({ events }: Recording, where: RegExp, tint: string): Tinted => ({
  before: Buffer.from(`\x1b[${tint}m\x1b[J`),
  outputs: events
    .filter(isOutput)
    .map(({ output }) =>
      Buffer.from(Buffer.from(output).toString('latin1').replace(where, `$&\x1b[${tint}m`), 'latin1'),
    ),
})
