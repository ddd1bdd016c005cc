// What themes promise, on terminals by chance: 10^5 of them, each with one of the themes. What a theme says itself, at home, is
// measured in themes.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Background, Rgb, Role } from '../../src/color/color.ts'
import { isDark } from '../../src/color/mix.ts'
import type { Own } from '../../src/color/promise.ts'
import { type Depth, paletteColor, rgbOfSgr } from '../../src/color/reduce.ts'
import { tintFor } from '../../src/color/tint.ts'
import { listThemes } from '../../src/theme/load.ts'
import { roles, type Theme } from '../../src/theme/theme.ts'
import { contrast, difference, gray, hex } from '../color/judge.ts'
import { type Colors, holds, least, terminals, told, usualText } from '../color/promises.ts'

const themes: readonly Theme[] = listThemes({}).flatMap(({ theme }) => (theme ? [theme] : []))

const asked = (theme: Theme, background: Rgb, role: Role): Background =>
  theme[isDark(background) ? 'dark' : 'light'].tint[role]

/** The color that parameters show; the first 16 as xterm has them. */
const colorOf = (parameters: string | undefined): Rgb | undefined => {
  if (parameters === undefined || parameters.includes(';')) return rgbOfSgr(parameters ?? '')
  const value = Number(parameters)
  return paletteColor(value >= 100 ? value - 92 : value - 40)
}

/** xterm, VS Code, Windows Terminal, Ubuntu, Solarized, Dracula, Gruvbox, Nord, Monokai, Tomorrow, Tokyo Night, GitHub, Zenburn. */
const usualBackgrounds = [
  ...[
    '#000000',
    '#1e1e1e',
    '#0c0c0c',
    '#300a24',
    '#002b36',
    '#282a36',
    '#282828',
    '#2e3440',
    '#272822',
    '#1d1f21',
  ],
  ...[
    '#1a1b26',
    '#0d1117',
    '#3f3f3f',
    '#ffffff',
    '#fdf6e3',
    '#fbf1c7',
    '#eff1f5',
    '#fafafa',
    '#ffffdd',
    '#e1e2e7',
  ],
].map(hex)

const depths = [24, 8, 4] as const

const tintOn = (own: Own, what: Background, role: Role, depth: Depth) =>
  colorOf(tintFor(what, own, role, depth, true).parameters)

/** The text that is usual on the side that a theme takes a background for. */
const usual = (background: Rgb): Rgb => (isDark(background) ? gray(0xd0) : gray(0x20))

/** Of a color that nothing corrects. lost: the terminal has that color itself. */
const holdsFixed = (tint: Rgb | undefined, colors: Colors, depth: Depth) =>
  tint && difference(tint, colors.background) < least.difference ? 'lost' : holds(tint, colors, depth)

/** faint corner: where the terminal's own text can hardly be read, it may be read a little worse. */
const holdsMade = (tint: Rgb | undefined, colors: Colors, depth: Depth) => {
  const verdict = holds(tint, colors, depth)
  const { background, text } = colors
  const own = contrast(background, text)
  return verdict === 'broken' && tint && own < least.contrast && contrast(tint, text) > own * 0.9
    ? 'faint corner'
    : verdict
}

test('tints of all themes keep what is promised, on a hundred thousand terminals, but for what is named', () => {
  const verdicts = new Map<string, number>()
  const count = (key: string) => verdicts.get(key) ?? 0
  let at = 0
  for (const own of terminals(100_000, 5)) {
    const theme = themes[at % themes.length] as Theme
    const depth = depths[Math.floor(at++ / themes.length) % depths.length] as Depth
    const { background } = own
    for (const role of roles) {
      const what = asked(theme, background, role)
      if (what.kind === 'none') continue
      const isMade = what.kind === 'hue'
      const text = isMade ? (own.text ?? usualText(background)) : usual(background)
      const colors = { background, text }
      const tint = tintOn(isMade ? own : colors, what, role, depth)
      const verdict = isMade ? holdsMade(tint, colors, depth) : holdsFixed(tint, colors, depth)
      assert.notEqual(verdict, 'broken', `${theme.id}, ${role}, ${depth}: ${told(colors, tint)}`)
      const key = `${what.kind}: ${verdict}`
      verdicts.set(key, count(key) + 1)
      verdicts.set(what.kind, count(what.kind) + 1)
    }
  }
  assert.ok(count('hue') > 70_000 && count('rgb') > 150_000)
  assert.ok(count('hue: no room') < count('hue') / 200)
  assert.ok(count('hue: faint corner') < count('hue') / 10_000)
  assert.ok(count('rgb: lost') < count('rgb') / 50)
})

test('on terminals that people have all themes keep all of it, but where a color is the terminal’s own, which root’s never is', () => {
  const lost: { theme: Theme; role: Role; background: Rgb }[] = []
  for (const background of usualBackgrounds)
    for (const theme of themes)
      for (const role of roles) {
        const what = asked(theme, background, role)
        const colors = { background, text: usualText(background) }
        const tint = what.kind === 'none' ? undefined : tintOn(colors, what, role, 24)
        if (!tint) continue
        const verdict = holdsFixed(tint, colors, 24)
        if (verdict === 'lost') lost.push({ theme, role, background })
        else assert.equal(verdict, 'kept', `${theme.id}, ${role}: ${told(colors, tint)}`)
      }
  for (const { theme, role, background } of lost)
    assert.ok(
      theme[isDark(background) ? 'dark' : 'light'].tint[role].kind === 'rgb' && role !== 'root',
      theme.id,
    )
  assert.ok(lost.length < (usualBackgrounds.length * themes.length * 3) / 50)
})
