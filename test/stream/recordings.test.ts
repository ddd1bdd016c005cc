// What the stream makes of the output of real programs, on a reference terminal: test/recordings says how it was recorded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeRecording } from '../recordings/judge.ts'
import { readRecordings, recordedPrograms, sizeOf } from '../recordings/recording.ts'
import { tintedAfter, tintedByStream } from '../recordings/tinted.ts'
import { tint } from './judge.ts'

for (const program of recordedPrograms())
  test(`${program} looks as ever, but tinted`, async () => {
    for (const recording of readRecordings(program)) {
      const verdict = await judgeRecording(recording, tintedByStream(recording, tint), tint)
      assert.ok(verdict.frames > 3)
      assert.equal(verdict.wrongCells, 0, `${sizeOf(recording)}: ${verdict.first}`)
    }
  })

/** How many programs a wrong stream is found out by. */
const caught = async (where: RegExp, programs: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const program of programs) {
    const [recording] = readRecordings(program)
    if (!recording) continue
    const { wrongCells, wrongFrames, first } = await judgeRecording(
      recording,
      tintedAfter(recording, where, tint),
      tint,
    )
    assert.equal(wrongCells > 0, wrongFrames > 0)
    assert.equal(wrongCells > 0, first !== undefined)
    if (wrongCells > 0) found.push(program)
  }
  return found
}

const some = ['htop', 'fzf', 'less', 'vim-desert']

test('a stream that forgets the tint after CSI 49 m is found out', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
  assert.ok((await caught(/\x1b\[(?:0?|0;[34]9|[\d;]*;0)m|\x1b\(B\x1b\[m/g, some)).length > 0)
})

test('a stream that puts the tint at the beginning of lines is found out', async () => {
  assert.ok((await caught(/\r|\n/g, some)).length > 2)
})

test('a stream that paints over backgrounds of the program is found out', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
  assert.ok((await caught(/\x1b\[[\d;]*m/g, some)).length > 2)
})
