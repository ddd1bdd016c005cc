// Who judges must be right first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, difference, gray, hex, hue, oklab, shown } from './judge.ts'

const near = (value: number, wanted: number) =>
  assert.ok(Math.abs(value - wanted) < 0.002, `${value} is not ${wanted}`)

test('OKLab has the values of its author for white, red, green and blue', () => {
  const known = [
    ['#ffffff', 1, 0, 0],
    ['#ff0000', 0.628, 0.2249, 0.1258],
    ['#00ff00', 0.8664, -0.2339, 0.1795],
    ['#0000ff', 0.452, -0.0325, -0.3115],
  ] as const
  for (const [color, ...wanted] of known)
    for (const [i, value] of oklab(hex(color)).entries()) near(value, wanted[i] ?? Number.NaN)
})

test('WCAG contrast has its known values', () => {
  near(contrast(gray(0), gray(255)), 21)
  near(contrast(gray(255), gray(0)), 21)
  near(contrast(gray(0x77), gray(0x77)), 1)
  near(contrast(gray(0x76), gray(255)), 4.5416)
})

test('the hue of red is 29 degrees, and black is as far from white as can be', () => {
  near(hue(hex('#ff0000')) / 100, 0.2923)
  near(difference(gray(0), gray(255)), 1)
  near(difference(gray(0), gray(255), 0.5), 0.5)
  assert.equal(shown(hex('#0a1b2c')), '#0a1b2c')
})
