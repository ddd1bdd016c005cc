import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Rgb } from '../../src/color/color.ts'
import { defaultTint } from '../../src/color/mix.ts'
import { paletteColor, sgrBackground, sgrOfEntry } from '../../src/color/reduce.ts'
import { tintFor } from '../../src/color/tint.ts'
import { difference, gray, hex, oklab, shown } from './judge.ts'

const channel = fc.integer({ min: 0, max: 255 })
const colors = fc.record({ r: channel, g: channel, b: channel })

/** xterm's 256 colors from 16 on, written down a second time: 256colres.pl. */
const palette: readonly (readonly [entry: number, color: Rgb])[] = [
  ...[0, 1, 2, 3, 4, 5].flatMap((r) =>
    [0, 1, 2, 3, 4, 5].flatMap((g) =>
      [0, 1, 2, 3, 4, 5].map((b) => {
        const level = (value: number) => (value === 0 ? 0 : 40 * value + 55)
        return [16 + 36 * r + 6 * g + b, { r: level(r), g: level(g), b: level(b) }] as const
      }),
    ),
  ),
  ...Array.from({ length: 24 }, (_, i) => [232 + i, gray(8 + 10 * i)] as const),
]

/** The entry that 256 colors have for it. */
const entryOf = (rgb: Rgb): number => {
  const [, entry] = /^48;5;(\d+)$/.exec(sgrBackground(rgb, 8) ?? '') ?? []
  assert.ok(entry, `${sgrBackground(rgb, 8)} is not well formed`)
  return Number(entry)
}

test("the palette is xterm's", () => {
  assert.equal(palette.length, 240)
  for (const [entry, color] of palette) assert.deepEqual(paletteColor(entry), color, String(entry))
  const known = [
    [16, '#000000'],
    [52, '#5f0000'],
    [125, '#af005f'],
    [208, '#ff8700'],
    [231, '#ffffff'],
    [232, '#080808'],
    [255, '#eeeeee'],
  ] as const
  for (const [entry, color] of known) assert.equal(shown(paletteColor(entry)), color)
})

test('with 24 bits a color is what it is', () => {
  assert.equal(sgrBackground({ r: 60, g: 20, b: 0 }, 24), '48;2;60;20;0')
  fc.assert(
    fc.property(colors, (rgb) => {
      const [selector, form, ...channels] = (sgrBackground(rgb, 24) ?? '').split(';').map(Number)
      assert.deepEqual([selector, form, ...channels], [48, 2, rgb.r, rgb.g, rgb.b])
    }),
  )
})

/** xterm's own 16, written down a second time: XTerm-col.ad. */
const sixteen = [
  ...['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  ...['#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
]

test('with 16 colors each of them is itself, as SGR 40 to 47 and 100 to 107', () => {
  const written = sixteen.map((color) => sgrBackground(hex(color), 4))
  assert.deepEqual(written, ['40', '41', '42', '43', '44', '45', '46', '47', ...written.slice(8)])
  assert.deepEqual(written.slice(8), ['100', '101', '102', '103', '104', '105', '106', '107'])
  assert.deepEqual(
    sixteen.map((_, entry) => shown(paletteColor(entry))),
    sixteen,
  )
})

test('without colors there is no tint', () => {
  fc.assert(
    fc.property(colors, (rgb) => {
      assert.equal(sgrBackground(rgb, 0), undefined)
    }),
  )
})

test('every color of the palette is itself', () => {
  for (const [entry, color] of palette) assert.equal(entryOf(color), entry, shown(color))
})

test("the user's own 16 colors are never taken", () => {
  fc.assert(
    fc.property(colors, (rgb) => {
      const entry = entryOf(rgb)
      assert.ok(entry >= 16 && entry <= 255, String(entry))
    }),
    { numRuns: 200 },
  )
})

test('no other entry is nearer, where lightness counts half', () => {
  const near = (rgb: Rgb, color: Rgb) => difference(rgb, color, 0.5)
  fc.assert(
    fc.property(colors, (rgb) => {
      const taken = near(rgb, paletteColor(entryOf(rgb)))
      for (const [entry, color] of palette)
        assert.ok(
          near(rgb, color) >= taken - 1e-4,
          `${shown(rgb)}: ${entry} (${shown(color)}) is nearer than ${entryOf(rgb)}`,
        )
    }),
    { numRuns: 300 },
  )
})

test('a channel that is a step off an entry goes to that entry', () => {
  for (const [entry, { r, g, b }] of palette.filter(([entry]) => entry < 232 && entry % 7 === 0))
    assert.equal(entryOf({ r: Math.max(0, r - 1), g, b }), entry)
})

test('the tint of any gray terminal is still red with 256 colors, not gray', () => {
  for (let value = 0; value < 256; value += 5) {
    const tint = paletteColor(entryOf(defaultTint(gray(value), 'root')))
    const [, a] = oklab(tint)
    assert.ok(a > 0.02 && tint.r > tint.g && tint.r > tint.b, `${shown(tint)} on ${shown(gray(value))}`)
  }
})

test('known colors get the entry that a reader expects', () => {
  const known = [
    ['#000000', 16],
    ['#ffffff', 231],
    ['#ff0000', 196],
    ['#5f0000', 52],
    ['#600202', 52],
    ['#808080', 244],
  ] as const
  for (const [color, entry] of known) assert.equal(entryOf(hex(color)), entry, color)
})

test('where there are no colors there are no parameters, whatever entry of the palette is asked for', () => {
  const own = { background: { r: 0, g: 0, b: 0 }, text: undefined }
  for (const entry of [0, 1, 9, 15, 16, 52, 255]) {
    assert.equal(sgrOfEntry(entry, 0), undefined, String(entry))
    assert.equal(tintFor({ kind: 'palette', entry }, own, 'root', 0, false).parameters, undefined)
  }
})
