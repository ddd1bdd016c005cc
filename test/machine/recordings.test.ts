// What the stream makes of the output of real programs, in real tmux, with tints of all three kinds of color.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readRecordings, recordedPrograms, sizeOf } from '../recordings/recording.ts'
import { tintedAfter, tintedByStream } from '../recordings/tinted.ts'
import { judgeWithTmux } from '../recordings/tmux.judge.ts'
import { startTmux } from '../recordings/tmux.ts'

const tmux = await startTmux('tint0-recordings')
after(() => tmux.stop())

/** Each size with another kind of color. */
const tints = ['48;2;64;16;16', '48;5;52', '41']

for (const program of recordedPrograms())
  test(`tmux shows ${program} as ever, but tinted`, async () => {
    for (const [i, recording] of readRecordings(program).entries()) {
      const tint = tints[i % tints.length] ?? ''
      const tinted = tintedByStream(recording, tint)
      const { wrongScreens, first } = await judgeWithTmux(tmux, recording, tinted, tint)
      assert.equal(wrongScreens, 0, `${sizeOf(recording)}, ${tint}: ${first}`)
    }
  })

test('a stream that puts the tint at the beginning of lines is found out by tmux, too', async () => {
  const [tint = ''] = tints
  for (const program of ['htop', 'vim-desert', 'bat']) {
    const [recording] = readRecordings(program)
    assert.ok(recording)
    const tinted = tintedAfter(recording, /\r|\n/g, tint)
    const { wrongScreens, first } = await judgeWithTmux(tmux, recording, tinted, tint)
    assert.ok(wrongScreens > 0 && first !== undefined, program)
  }
})
