import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capabilitiesOf } from '../../src/terminal/capabilities.ts'
import { colorsTold } from '../../src/terminal/colorfgbg.ts'
import { hex } from '../color/judge.ts'

const [white, gray, black] = ['#ffffff', '#e5e5e5', '#000000'].map(hex)

const told: readonly (readonly [text: string, foreground: unknown, background: unknown])[] = [
  ['15;0', white, black],
  ['0;15', black, white],
  ['15;default;0', white, black],
  ['7;default;15', gray, white],
  ['default;default', undefined, undefined],
  ['0;default', black, undefined],
  ['default;0', undefined, black],
  ['12;1;8', hex('#5c5cff'), hex('#7f7f7f')],
]
for (const [text, foreground, background] of told)
  test(`COLORFGBG=${text} tells what it names, of the palette of xterm`, () => {
    assert.deepEqual(colorsTold(text), { foreground, background })
    assert.deepEqual(capabilitiesOf({ TERM: 'rxvt', COLORFGBG: text }).told, { foreground, background })
  })

test('anything else in it tells nothing', () => {
  const nothing = { foreground: undefined, background: undefined }
  for (const text of [undefined, '', '15', ';', '16;256', '-1;x', '1;2;3;4', ' 15; 0', '0x1;01', '#fff;#000'])
    assert.deepEqual(colorsTold(text), nothing, text)
})
