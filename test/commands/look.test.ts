// How a session is tinted: from what was asked for, and what the terminal and its environment say of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LookRequest } from '../../src/cli/look.ts'
import type { Background } from '../../src/color/color.ts'
import { planTint } from '../../src/commands/look.ts'
import { capabilitiesOf } from '../../src/terminal/capabilities.ts'
import { gray, hex, oklab } from '../color/judge.ts'
import { colorOf, holds } from '../color/promises.ts'

const none = { colors: undefined, marks: undefined }
const request = (background: Background, tint?: LookRequest['tint']): LookRequest => ({
  background,
  tint,
  theme: undefined,
  title: undefined,
  titleMark: undefined,
  strict: false,
})
const auto = { kind: 'auto' } as const

/** The color that it is tinted with. */
const colorFor = (
  env: Record<string, string>,
  background = undefined as ReturnType<typeof hex> | undefined,
  text = undefined as ReturnType<typeof hex> | undefined,
) => {
  const plan = planTint(request(auto), none, capabilitiesOf(env), background, 'root', text)
  assert.equal(plan?.kind, 'rewrite')
  const color = colorOf(plan.parameters)
  assert.ok(color)
  return color
}
const isDark = (color: ReturnType<typeof hex>) => oklab(color)[0] < 0.5

test('COLORFGBG counts where the terminal does not answer, and not where it does', () => {
  const light = { TERM: 'xterm-256color', COLORFGBG: '0;15' }
  assert.equal(isDark(colorFor({ TERM: 'xterm-256color' })), true)
  assert.equal(isDark(colorFor(light)), false)
  assert.equal(isDark(colorFor(light, gray(0x10))), true)
})

test("the text that the terminal tells of is read on the tint; else COLORFGBG's, if it fits the background", () => {
  const background = gray(0x20)
  const dim = gray(0x8a)
  const env = { TERM: 'xterm-256color' }
  assert.equal(holds(colorFor(env, background), { background, text: dim }), 'broken')
  assert.equal(holds(colorFor(env, background, dim), { background, text: dim }), 'kept')
  const gray50 = gray(0x7f)
  const told = colorFor({ ...env, COLORFGBG: '8;0' }, gray(0))
  assert.equal(holds(told, { background: gray(0), text: gray50 }), 'kept')
  // Of another terminal: black text is not what is read on black.
  assert.deepEqual(colorFor({ ...env, COLORFGBG: '0;15' }, gray(0)), colorFor(env, gray(0)))
})

test('a terminal of 16 colors gets one of them, the Linux console none', () => {
  const plan = (TERM: string) => planTint(request(auto), none, capabilitiesOf({ TERM }), undefined, 'root')
  const sixteen = plan('xterm')
  assert.equal(sixteen?.kind, 'rewrite')
  assert.match(sixteen.parameters, /^(4[0-7]|10[0-7])$/)
  assert.equal(plan('linux'), undefined)
  assert.equal(plan('vt100'), undefined)
})

test('the default background has all bits, whatever the cells can show', () => {
  for (const TERM of ['xterm', 'xterm-16color', 'rxvt-256color', 'vt100'])
    for (const background of [
      auto,
      { kind: 'hue', hue: 200 },
      { kind: 'rgb', rgb: hex('#123456') },
    ] as const) {
      const asked = request(background, 'dynamic')
      const plan = planTint(asked, none, capabilitiesOf({ TERM }), gray(0x10), 'user')
      assert.equal(plan?.kind, 'dynamic', TERM)
      assert.match(plan.color, /^#[0-9a-f]{6}$/)
      const unanswered = planTint(asked, none, capabilitiesOf({ TERM }), undefined, 'user')
      assert.notEqual(unanswered?.kind, 'dynamic', TERM)
    }
})

test("a color of a theme is reduced so that it is read; the user's own is as it is", () => {
  const background = gray(0)
  const rgb = hex('#14141e')
  const scheme = {
    tint: { root: { kind: 'rgb', rgb }, user: auto, empower: auto },
    written: { root: '#14141e', user: '', empower: '' },
    background: undefined,
    foreground: undefined,
  } as const
  const colors = {
    ...{ id: 'x', name: 'X', summary: '', license: 'MIT', source: undefined, dark: scheme, light: scheme },
    ...{ tint: undefined, title: undefined, exceptions: [] },
    titleMark: { root: undefined, user: undefined, empower: undefined },
    promptMark: { root: undefined, user: undefined, empower: undefined },
  }
  const eight = capabilitiesOf({ TERM: 'rxvt-256color' })
  const text = gray(0x80)
  const theirs = planTint(request(auto), { colors, marks: undefined }, eight, background, 'root', text)
  assert.equal(theirs?.kind, 'rewrite')
  assert.equal(holds(colorOf(theirs.parameters), { background, text }, 8), 'kept')
  const own = planTint(request({ kind: 'rgb', rgb: gray(0) }), none, eight, background, 'root', text)
  assert.equal(own?.kind === 'rewrite' && own.parameters, '48;5;16')
})
