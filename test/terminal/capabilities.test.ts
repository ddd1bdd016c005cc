import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capabilitiesOf } from '../../src/terminal/capabilities.ts'

const depths: readonly (readonly [what: string, env: Record<string, string>, depth: number])[] = [
  ['no terminal', {}, 0],
  ['a dumb one', { TERM: 'dumb', COLORTERM: 'truecolor' }, 0],
  ['the Linux console', { TERM: 'linux', COLORTERM: 'truecolor' }, 0],
  ['the Linux console, by its longer name', { TERM: 'linux-16color' }, 0],
  ['one that knows none', { TERM: 'vt100' }, 0],
  ['one that nobody knows', { TERM: 'x' }, 0],
  ['a monochrome one', { TERM: 'xterm-mono' }, 0],
  ['what says truecolor', { TERM: 'xterm', COLORTERM: 'truecolor' }, 24],
  ['what says 24bit', { TERM: 'anything', COLORTERM: '24bit' }, 24],
  ['kitty', { TERM: 'xterm-kitty' }, 24],
  ['foot', { TERM: 'foot' }, 24],
  ['a direct one', { TERM: 'xterm-direct' }, 24],
  ['over ssh, where COLORTERM is lost', { TERM: 'xterm-256color' }, 24],
  ["Apple's", { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, 8],
  ['another of 256 colors', { TERM: 'rxvt-256color' }, 8],
  ['one of 16', { TERM: 'xterm' }, 4],
  ['one that says 16', { TERM: 'xterm-16color' }, 4],
  ['one of 88, whose numbers are others', { TERM: 'rxvt-88color' }, 4],
  ['rxvt', { TERM: 'rxvt-unicode' }, 4],
  ["screen's name, outside of screen", { TERM: 'screen' }, 8],
  ['tmux, which maps colors itself', { TERM: 'tmux-256color', TMUX: '/tmp/x,1,0' }, 24],
  ['screen, whatever is outside', { TERM: 'screen-256color', STY: '1.x', COLORTERM: 'truecolor' }, 8],
]
for (const [what, env, depth] of depths)
  test(`${what} has ${depth} bits of color`, () => {
    assert.equal(capabilitiesOf(env).depth, depth)
  })

test('NO_COLOR and dumb terminals are not decorated', () => {
  assert.equal(capabilitiesOf({ TERM: 'xterm', NO_COLOR: '1' }).decorate, false)
  assert.equal(capabilitiesOf({ TERM: 'xterm', NO_COLOR: '' }).decorate, true)
  assert.equal(capabilitiesOf({ TERM: 'dumb' }).decorate, false)
})

test('the Linux console has no title, and screen and Apple’s keep none', () => {
  const titles = (env: Record<string, string>) => [
    capabilitiesOf(env).hasTitle,
    capabilitiesOf(env).keepsTitles,
  ]
  assert.equal(titles({ TERM: 'linux' })[0], false)
  assert.deepEqual(titles({ TERM: 'screen', STY: '1.x' }), [true, false])
  assert.deepEqual(titles({ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }), [true, false])
  assert.deepEqual(titles({ TERM: 'xterm-256color' }), [true, true])
})

test('which multiplexer it is, the terminal knows better than the environment', () => {
  const both = { TERM: 'screen-256color', TMUX: '/tmp/x,1,0', STY: '1.x' }
  assert.deepEqual([capabilitiesOf(both, 83).inTmux, capabilitiesOf(both, 83).inScreen], [false, true])
  assert.deepEqual([capabilitiesOf(both, 84).inTmux, capabilitiesOf(both, 84).inScreen], [true, false])
  assert.equal(capabilitiesOf({ TERM: 'xterm-256color' }, 84).inTmux, true, 'over ssh')
  const window = capabilitiesOf({ TERM: 'xterm-256color', TMUX: '/tmp/x,1,0' }, 41)
  assert.equal(window.inTmux, false, 'a window that was opened from a pane')
})

test('background color erase: not in kitty, and in screen only where its name says so', () => {
  const erases = (TERM: string) => capabilitiesOf({ TERM }).erasesWithBackground
  assert.deepEqual(
    ['xterm-kitty', 'screen-256color', 'screen-256color-bce', 'xterm-256color', 'linux'].map(erases),
    [false, false, true, true, true],
  )
})

test('the default background is never changed where it cannot be given back', () => {
  const changes = (env: Record<string, string>) => capabilitiesOf(env).changesBackground
  assert.equal(changes({ TERM: 'screen-256color', STY: '1.x' }), 'no')
  assert.equal(changes({ TERM: 'linux' }), 'no')
  assert.equal(changes({ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }), 'no')
  assert.equal(changes({ TERM: 'tmux-256color' }), 'yes')
  assert.equal(changes({ TERM: 'xterm-256color' }), 'if it answers')
})
