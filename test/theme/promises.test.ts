// What themes promise, on terminals by chance: 10^5 of them, each with one of the themes. What a theme says itself, at home, is
// measured in themes.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Background, Rgb, Role } from '../../src/color/color.ts'
import { isDark } from '../../src/color/mix.ts'
import { type Depth, paletteColor, rgbOfSgr } from '../../src/color/reduce.ts'
import { tintFor } from '../../src/color/tint.ts'
import { listThemes } from '../../src/theme/load.ts'
import { roles, type Theme } from '../../src/theme/theme.ts'
import { contrast, difference, gray, hex } from '../color/judge.ts'
import { type Colors, holds, least, seeded, terminals, told, usualText } from '../color/promises.ts'

const themes: readonly Theme[] = listThemes({}).flatMap(({ theme }) => (theme ? [theme] : []))

const asked = (theme: Theme, background: Rgb, role: Role): Background =>
  theme[isDark(background) ? 'dark' : 'light'].tint[role]

/** The color that parameters show; the first 16 as xterm has them. */
const colorOf = (parameters: string | undefined): Rgb | undefined => {
  if (parameters === undefined || parameters.includes(';')) return rgbOfSgr(parameters ?? '')
  const value = Number(parameters)
  return paletteColor(value >= 100 ? value - 92 : value - 40)
}

const depths = [24, 8, 4] as const

/** Both kinds are colors of their own: nothing corrects them. */
const isFixed = ({ kind }: Background) => kind === 'rgb' || kind === 'mix'

const show = (own: { background: Rgb; text: Rgb | undefined }, what: Background, role: Role, depth: Depth) =>
  colorOf(tintFor(what, own, role, depth, true).parameters)

test('a tint on the terminal’s own background keeps what is promised, on any terminal, of all themes', () => {
  const verdicts = new Map<string, number>()
  let at = 0
  for (const own of terminals(100_000, 5)) {
    const theme = themes[at++ % themes.length] as Theme
    const colors: Colors = { background: own.background, text: own.text ?? usualText(own.background) }
    for (const role of roles) {
      const what = asked(theme, own.background, role)
      if (what.kind !== 'hue') continue
      for (const depth of depths) {
        const tint = show(own, what, role, depth)
        const verdict = holds(tint, colors, depth)
        assert.notEqual(verdict, 'broken', `${theme.id}, ${role}, ${depth}: ${told(colors, tint)}`)
        verdicts.set(`${verdict} ${depth}`, (verdicts.get(`${verdict} ${depth}`) ?? 0) + 1)
      }
    }
  }
  const count = (verdict: string) => verdicts.get(verdict) ?? 0
  console.log(verdicts)
  assert.ok(count('kept 24') > 20 * (count('no room 24') + 1), 'exceptions are rare')
})
