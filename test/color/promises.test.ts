// What a tint promises, on a hundred thousand terminals, judged by promises.ts. The stream of them is the same each time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Background, Rgb, Role } from '../../src/color/color.ts'
import { defaultTint } from '../../src/color/mix.ts'
import { type Depth, paletteColor } from '../../src/color/reduce.ts'
import { tintFor } from '../../src/color/tint.ts'
import { contrast, difference, gray, hex, shown } from './judge.ts'
import {
  type Colors,
  colorOf,
  holds,
  least,
  seeded,
  terminals,
  told,
  usualText,
  type Verdict,
} from './promises.ts'

const roles: readonly Role[] = ['root', 'user', 'empower']
const depths: readonly Depth[] = [24, 8, 4]

/** How often each verdict was given at each depth. */
const judged = (
  count: number,
  seed: number,
  asked: (random: () => number) => Background,
): Readonly<Record<string, number>> => {
  const random = seeded(seed)
  const verdicts: Record<string, number> = {}
  for (const own of terminals(count, seed)) {
    const role = roles[Math.floor(random() * 3)] ?? 'root'
    const background = asked(random)
    const colors: Colors = { background: own.background, text: own.text ?? usualText(own.background) }
    for (const depth of depths) {
      const { parameters } = tintFor(background, own, role, depth, false)
      const color = colorOf(parameters)
      const verdict: Verdict = holds(color, colors, depth)
      if (verdict === 'broken')
        assert.fail(`${depth} bits, ${role}, ${JSON.stringify(background)}: ${told(colors, color)}`)
      verdicts[`${verdict} ${depth}`] = (verdicts[`${verdict} ${depth}`] ?? 0) + 1
    }
  }
  return verdicts
}

/** The exceptions are for terminals that are hard to read, or nearly: they must stay rare where colors are many. */
const checked = (verdicts: Readonly<Record<string, number>>, count: number) => {
  for (const depth of depths)
    assert.ok((verdicts[`kept ${depth}`] ?? 0) > count * 0.7, JSON.stringify(verdicts))
  assert.ok((verdicts['no room 24'] ?? 0) < count * 0.003, JSON.stringify(verdicts))
  assert.equal(verdicts['too coarse 8'] ?? 0, 0, JSON.stringify(verdicts))
  assert.ok((verdicts['too coarse 4'] ?? 0) < count * 0.001, JSON.stringify(verdicts))
}

test('on 50000 terminals the default tint is read and seen, for every role, with 24 bits, 256 and 16 colors', (context) => {
  const verdicts = judged(50_000, 1, () => ({ kind: 'auto' }))
  context.diagnostic(JSON.stringify(verdicts))
  checked(verdicts, 50_000)
})

test('and on 50000 others a tint of any hue is', (context) => {
  const verdicts = judged(50_000, 2, (random) => ({ kind: 'hue', hue: random() * 360 }))
  context.diagnostic(JSON.stringify(verdicts))
  checked(verdicts, 50_000)
})

test('exception faint pair: where text is hardly read, it is read no worse on the tint', () => {
  const faint = [
    ['#808080', '#909090'],
    ['#0000ff', '#ff0000'],
    ['#002b36', '#586e75'], // Solarized's secondary text.
    ['#777777', '#777777'],
  ] as const
  for (const pair of faint)
    for (const role of roles) {
      const [background, text] = [hex(pair[0]), hex(pair[1])]
      assert.ok(contrast(background, text) < least.contrast)
      assert.equal(holds(defaultTint(background, role, text), { background, text }), 'faint pair', `${pair}`)
    }
})

test('exception no room: on white with text of just 4.5 the tint is seen, and read nearly as well', () => {
  const colors = { background: gray(0xff), text: gray(0x76) }
  assert.equal(holds(defaultTint(colors.background, 'root', colors.text), colors), 'no room')
})

test('exception too coarse: where none of 16 colors is read and seen there is no tint', () => {
  const coarse = [...terminals(40_000, 9)].filter(({ background, text }) => {
    const all = { background, text: text ?? usualText(background) }
    return holds(undefined, all, 4) === 'too coarse'
  })
  assert.ok(coarse.length > 0)
  for (const terminal of coarse)
    assert.equal(tintFor({ kind: 'auto' }, terminal, 'root', 4, false).parameters, undefined)
})

test('the judge finds a tint that cannot be read, one that cannot be seen, and one that is missing', () => {
  const colors = { background: gray(0), text: gray(0xd0) }
  assert.equal(holds(gray(0x90), colors), 'broken')
  assert.equal(holds(gray(0x42), { ...colors, background: gray(0x40) }), 'broken')
  assert.equal(holds(undefined, colors), 'broken')
  assert.equal(holds(undefined, colors, 8), 'broken')
  assert.equal(holds(hex('#300000'), colors), 'kept')
})

test('the three roles are told from each other on any terminal whose text is read well (6:1)', () => {
  for (const { background, text } of terminals(5000, 3)) {
    const [root, user, empower] = roles.map((role) => defaultTint(background, role, text))
    assert.ok(root && user && empower)
    const on = `${shown(background)}: ${[root, user, empower].map(shown)}`
    const colors = { background, text: text ?? usualText(background) }
    // What is hardly read leaves little room, near white.
    if (contrast(background, colors.text) < 6) continue
    for (const [one, other] of [
      [root, user],
      [root, empower],
      [user, empower],
    ] as const)
      assert.ok(difference(one, other) > 0.02, on)
  }
})

/** What who has no cones for long, or for middle waves sees, after Viénot, Brettel and Mollon (1999), in linear light. */
const blind = {
  protan: [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1],
  deutan: [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1],
} as const

const seenBy = (matrix: readonly number[], { r, g, b }: Rgb): Rgb => {
  const linear = [r, g, b].map((byte) => (byte / 255) ** 2.2)
  const [x = 0, y = 0, z = 0] = [0, 3, 6].map((row) => {
    const sum = linear.reduce((all, value, i) => all + value * (matrix[row + i] ?? 0), 0)
    return Math.round(Math.max(0, Math.min(1, sum)) ** (1 / 2.2) * 255)
  })
  return { r: x, g: y, b: z }
}

test('more rights are told from root and from another user also by those who take red and green for one', () => {
  for (const background of ['#000000', '#1e1e1e', '#002b36', '#300a24', '#ffffff', '#fdf6e3', '#fafafa'].map(
    hex,
  ))
    for (const matrix of Object.values(blind)) {
      const [root, user, empower] = roles.map((role) => seenBy(matrix, defaultTint(background, role)))
      assert.ok(root && user && empower)
      for (const other of [root, user])
        assert.ok(
          difference(empower, other) > 0.05,
          `${shown(empower)} and ${shown(other)} on ${shown(background)}`,
        )
    }
})

test('a mix is so much of the color over the background, whatever that is', () => {
  const own = { background: hex('#204060'), text: undefined }
  const mix = (share: number) =>
    tintFor({ kind: 'mix', rgb: hex('#ff0000'), share }, own, 'root', 24, false).color ?? gray(0)
  assert.deepEqual(mix(0), own.background)
  assert.deepEqual(mix(1), hex('#ff0000'))
  const whole = difference(hex('#ff0000'), own.background)
  for (const share of [0.1, 0.2, 0.5, 0.9])
    assert.ok(Math.abs(difference(mix(share), own.background) - whole * share) < 0.01, String(share))
})

test('with fewer colors a mix keeps what it keeps with all', () => {
  const random = seeded(4)
  for (const own of terminals(5000, 4)) {
    const rgb = {
      r: Math.floor(random() * 256),
      g: Math.floor(random() * 256),
      b: Math.floor(random() * 256),
    }
    const asked = { kind: 'mix', rgb, share: random() } as const
    const colors = { background: own.background, text: own.text ?? usualText(own.background) }
    const whole = tintFor(asked, own, 'root', 24, false).color
    assert.ok(whole)
    if (!['kept', 'faint pair'].includes(holds(whole, colors))) continue
    for (const depth of [8, 4] as const)
      assert.notEqual(
        holds(colorOf(tintFor(asked, own, 'root', depth, false).parameters), colors, depth),
        'broken',
        `${JSON.stringify(asked)} ${told(colors, whole)}`,
      )
  }
})

test("a color that the user chose is never corrected; with 256 or 16 colors it is the nearest; a theme's keeps its promise", () => {
  const own = { background: gray(0), text: gray(0x80) }
  const asked = { kind: 'rgb', rgb: hex('#7e7e7e') } as const
  assert.equal(tintFor(asked, own, 'root', 24, false).parameters, '48;2;126;126;126')
  assert.equal(tintFor(asked, own, 'root', 8, false).parameters, '48;5;244')
  assert.equal(tintFor(asked, own, 'root', 4, false).parameters, '100')
  assert.equal(tintFor({ kind: 'sgr', parameters: '1;41' }, own, 'root', 4, false).parameters, '1;41')
  assert.equal(tintFor({ kind: 'rgb', rgb: gray(0) }, own, 'root', 8, false).parameters, '48;5;16')
  const theirs = { kind: 'rgb', rgb: hex('#200000') } as const
  assert.equal(holds(theirs.rgb, own), 'kept')
  const reduced = colorOf(tintFor(theirs, own, 'root', 8, true).parameters)
  assert.notEqual(holds(reduced, own, 8), 'broken')
})

test('an entry of the palette is itself; where there are 16, the first 16 have their own parameters', () => {
  const own = { background: gray(0), text: undefined }
  const written = (entry: number, depth: Depth) =>
    tintFor({ kind: 'palette', entry }, own, 'root', depth, false).parameters
  assert.equal(written(1, 24), '48;5;1')
  assert.equal(written(52, 8), '48;5;52')
  assert.deepEqual(
    [0, 7, 8, 15].map((entry) => written(entry, 4)),
    ['40', '47', '100', '107'],
  )
  assert.equal(written(196, 4), '101')
  assert.equal(written(16, 4), '40')
  assert.equal(shown(paletteColor(1)), '#cd0000')
})
