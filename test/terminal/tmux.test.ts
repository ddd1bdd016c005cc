// What is made of tmux's options.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trueColor } from '../../src/terminal/tmux.ts'

test('true color is known by a feature of the client, or by an override whose glob fits its terminal', () => {
  assert.equal(trueColor('xterm-256color', '256,RGB,title', ''), true)
  for (const overrides of ['xterm*:Tc', 'linux:x\n"xterm-256color:RGB"', 'screen:Tc,x?erm-*:Tc', '*:Tc'])
    assert.equal(trueColor('xterm-256color', '256', overrides), true, overrides)
  for (const overrides of ['', 'xterm:Tc', 'rxvt*:RGB', 'xterm*:colors=256'])
    assert.equal(trueColor('xterm-256color', '256', overrides), false, overrides)
  assert.equal(trueColor('', '', ''), undefined)
})

test('no override takes for ever', { timeout: 20_000 }, () => {
  assert.equal(trueColor('a'.repeat(200), '256', `${'*a'.repeat(40)}b:Tc`), false)
})
