// The default tint, judged by measures of our own over many backgrounds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Rgb } from '../../src/color/color.ts'
import { defaultTint } from '../../src/color/mix.ts'
import { contrast, difference, gray, hex, hue, oklab, shown } from './judge.ts'

/** Backgrounds of emulators and of themes that many use. */
const dark = [
  '#000000', // xterm, the console
  '#1e1e1e', // VS Code
  '#0c0c0c', // Windows Terminal
  '#300a24', // Ubuntu
  '#002b36', // Solarized dark
  '#282a36', // Dracula
  '#282828', // Gruvbox dark
  '#2e3440', // Nord
  '#272822', // Monokai
  '#1d1f21', // Tomorrow Night
  '#1a1b26', // Tokyo Night
  '#0d1117', // GitHub dark
  '#00002a', // Midnight
  '#3f3f3f', // Zenburn
].map(hex)
const light = [
  '#ffffff',
  '#fdf6e3', // Solarized light
  '#fbf1c7', // Gruvbox light
  '#eff1f5', // Catppuccin Latte
  '#fafafa', // One Light
  '#ffffdd', // rxvt users'
  '#e1e2e7', // Tokyo Night Day
  '#f2f2f2',
].map(hex)

/** Dark to light in steps, in all colors of a cube. */
const levels = [0, 0x33, 0x66, 0x99, 0xcc, 0xff]
const grid: readonly Rgb[] = [
  ...levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => ({ r, g, b })))),
  ...Array.from({ length: 52 }, (_, i) => gray(i * 5)),
]
const all = [...dark, ...light, ...grid]

const text = { onDark: gray(0xd0), onLight: gray(0x20) }

/** Text as it is usual on such a background: the one of the two that can be read better. */
const usual = (background: Rgb): Rgb =>
  contrast(background, text.onDark) >= contrast(background, text.onLight) ? text.onDark : text.onLight

const isColor = (rgb: Rgb): boolean =>
  Object.values(rgb).every((channel) => Number.isInteger(channel) && channel >= 0 && channel <= 255)

test('a tint is a color that a screen can show, whatever the background', () => {
  const channel = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(
      fc.record({ r: channel, g: channel, b: channel }),
      fc.constantFrom('root', 'user'),
      (rgb, kind) => {
        assert.ok(isColor(defaultTint(rgb, kind)))
      },
    ),
    { numRuns: 1000 },
  )
})

test("root's tint is red: the red channel leads by what an eye can see, on any background", () => {
  for (const background of all) {
    const tint = defaultTint(background, 'root')
    const told = `${shown(tint)} on ${shown(background)}`
    assert.ok(tint.r - tint.g >= 20 && tint.r - tint.b >= 15, told)
    assert.ok(hue(tint) > 5 && hue(tint) < 40, `${told} has the hue ${hue(tint)}`)
  }
})

test("another user's tint is amber, which can be told from root's", () => {
  for (const background of all) {
    const tint = defaultTint(background, 'user')
    const told = `${shown(tint)} on ${shown(background)}`
    assert.ok(hue(tint) > 50 && hue(tint) < 100, `${told} has the hue ${hue(tint)}`)
    assert.ok(tint.r >= tint.g && tint.g - tint.b >= 15, told)
    assert.ok(difference(tint, defaultTint(background, 'root')) > 0.03, told)
  }
})

test('a tint can be told from the background: well from the usual ones, and from any of the cube', () => {
  for (const background of all)
    for (const kind of ['root', 'user'] as const) {
      const tint = defaultTint(background, kind)
      const far = difference(tint, background)
      assert.ok(
        far > (grid.includes(background) ? 0.02 : 0.05),
        `${shown(tint)} on ${shown(background)} (${kind}): ${far.toFixed(3)}`,
      )
    }
})

test('usual text is readable on the tint of a usual background (WCAG 2, 4.5:1)', () => {
  for (const kind of ['root', 'user'] as const) {
    for (const background of dark) assert.ok(contrast(defaultTint(background, kind), text.onDark) >= 4.5)
    for (const background of light) assert.ok(contrast(defaultTint(background, kind), text.onLight) >= 4.5)
  }
})

test('what text can be read on any background can be read on its tint', () => {
  for (const background of all) {
    const [l] = oklab(background)
    // Between the two it depends on taste which text is usual; the tint takes the side by lightness.
    const foreground = l < 0.59 ? text.onDark : l > 0.61 ? text.onLight : usual(background)
    if (contrast(background, foreground) < 4.5) continue
    for (const kind of ['root', 'user'] as const) {
      const tint = defaultTint(background, kind)
      const ratio = contrast(tint, foreground)
      assert.ok(
        ratio >= 4.5,
        `${shown(foreground)} on ${shown(tint)} for ${shown(background)}: ${ratio.toFixed(2)}`,
      )
    }
  }
})

test('a dark background stays dark and a light one light: the screen does not flash', () => {
  for (const background of [...dark, ...light]) {
    const [before, after] = [oklab(background)[0], oklab(defaultTint(background, 'root'))[0]]
    assert.equal(after < 0.6, before < 0.6, shown(background))
    if (before > 0.21 && before < 0.95) assert.ok(Math.abs(after - before) < 0.08, shown(background))
  }
})

test("text of the terminal's own color counts: the tint gives way to it", () => {
  const dim = gray(0x80)
  const tint = defaultTint(gray(0x10), 'root', dim)
  assert.ok(contrast(gray(0x10), dim) >= 4.5)
  assert.ok(contrast(tint, dim) >= 4.5, shown(tint))
  assert.ok(
    contrast(defaultTint(gray(0x10), 'root'), dim) < contrast(tint, dim),
    'it was dimmed for the text',
  )
  const light = gray(0x66)
  const pale = defaultTint(gray(0xee), 'root', light)
  assert.ok(contrast(gray(0xee), light) >= 4.5)
  assert.ok(contrast(pale, light) >= 4.5, shown(pale))
})

test('the same background gets the same tint', () => {
  for (const background of dark)
    assert.deepEqual(defaultTint({ ...background }, 'root'), defaultTint(background, 'root'))
})
