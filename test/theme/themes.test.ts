// The themes that come along: what each says of itself, and what it promises at home, judged without the code that makes tints.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { filterDeficiencyDeuter, filterDeficiencyProt, formatHex, parse } from 'culori'
import { tintFor } from '../../src/color/tint.ts'
import { listThemes } from '../../src/theme/load.ts'
import { colorsOf, homeOf, measureAll, type Row } from '../../src/theme/measure.ts'
import { roles, schemes, type Theme } from '../../src/theme/theme.ts'
import { contrast, difference, gray, hex, shown } from '../color/judge.ts'
import { least, terminals } from '../color/promises.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const listed = listThemes({})
const themes: readonly Theme[] = listed.flatMap(({ theme }) => (theme ? [theme] : []))
const themeOf = (id: string): Theme => themes.find((theme) => theme.id === id) ?? assert.fail(`no ${id}`)

test('every file of themes/ is a theme, and comes with the package', () => {
  const files = readdirSync(join(root, 'themes')).filter((file) => file.endsWith('.toml'))
  assert.deepEqual(
    listed.map(({ id, failure }) => [`${id}.toml`, failure]),
    files.sort().map((file) => [file, undefined]),
  )
  assert.ok(themes.length >= 14)
  assert.ok(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files.includes('themes'))
})

test('every theme says what it is like, under which license, and where its colors come from', () => {
  for (const { id, name, summary, license, source } of themes) {
    assert.ok(name && summary.length > 10, id)
    assert.match(license, /^(MIT|Apache-2\.0)$/, id)
    assert.match(source ?? 'own', /^(own$|https:\/\/github\.com\/)/, id)
  }
  assert.equal(new Set(themes.map(({ name }) => name)).size, themes.length, 'no name is there twice')
})

/** What a row breaks, measured a second time. */
const brokenBy = (
  theme: Theme,
  { scheme, role, depth, color }: Row,
  rows: readonly Row[],
): readonly string[] => {
  if (!color) return []
  const { background } = homeOf(theme, scheme)
  const texts = [scheme === 'dark' ? gray(0xd0) : gray(0x20), theme[scheme].foreground ?? []].flat()
  const others = rows.filter((row) => row.scheme === scheme && row.depth === depth && row.role !== role)
  const apart = Math.min(...others.map((row) => (row.color ? difference(color, row.color) : 1)))
  const mustDiffer = depth === 24 || (depth === 8 && role === 'root')
  return [
    texts.some((text) => contrast(color, text) < Math.min(least.contrast, contrast(background, text)) - 0.01)
      ? 'contrast'
      : [],
    difference(color, background) < least.difference - 0.001 ? 'difference' : [],
    mustDiffer && apart < least.difference - 0.001 ? 'roles' : [],
  ].flat()
}

for (const theme of themes)
  test(`${theme.id} keeps at home what themes promise, but for what its file excepts, and excepts no more`, () => {
    const rows = measureAll(theme)
    const used = new Set<string>()
    for (const row of rows)
      for (const promise of brokenBy(theme, row, rows)) {
        const exception = theme.exceptions.find((one) =>
          [`${row.scheme} ${promise}`, `${row.scheme} ${promise} ${colorsOf[row.depth]}`].includes(one),
        )
        const told = `${row.scheme} ${promise} of ${row.role} with ${colorsOf[row.depth]} colors, ${row.color && shown(row.color)}`
        assert.ok(exception, told)
        used.add(exception)
      }
    assert.deepEqual([...used].sort(), [...theme.exceptions].sort())
  })

test('tint0 is what there is without a theme', () => {
  for (const own of terminals(300, 1))
    for (const scheme of schemes)
      for (const role of roles)
        assert.deepEqual(
          tintFor(themeOf('tint0')[scheme].tint[role], own, role, 24, true),
          tintFor({ kind: 'auto' }, own, role, 24, true),
        )
})

test('quiet has no tint, and plain no letter that a keyboard has not', () => {
  assert.ok(measureAll(themeOf('quiet')).every(({ without }) => without === 'no tint'))
  const { titleMark, promptMark } = themeOf('plain')
  for (const role of roles)
    for (const mark of [titleMark[role], promptMark[role]]) assert.match(mark ?? '', /^\[[a-z]+\] $/)
})

test('with deuteranopia and protanopia blue-orange is told apart, and from the background', () => {
  const apart = (theme: Theme, scheme: 'dark' | 'light', see: (color: string) => string) => {
    const colors = measureAll(theme, [24])
      .filter((row) => row.scheme === scheme)
      .map(({ color }) => hex(see(color ? shown(color) : assert.fail())))
    const all = [...colors, hex(see(shown(homeOf(theme, scheme).background)))]
    return Math.min(...all.flatMap((one, i) => all.slice(i + 1).map((other) => difference(one, other))))
  }
  for (const scheme of schemes)
    for (const filter of [filterDeficiencyDeuter(1), filterDeficiencyProt(1)]) {
      const see = (color: string) => formatHex(filter(parse(color) ?? assert.fail(color)))
      const least = apart(themeOf('blue-orange'), scheme, see)
      assert.ok(least > 0.05, `${scheme}: ${least}`)
    }
})
