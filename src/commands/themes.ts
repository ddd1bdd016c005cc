// tint0ctl themes: lists, shows and checks them. Loaded late. What comes from a file is shown, never written as it is; colors
// are for terminals that have them.
import type { Chosen } from '../cli/chosen.ts'
import type { Rgb } from '../color/color.ts'
import { isDark } from '../color/mix.ts'
import { promised, usual } from '../color/promise.ts'
import { type Depth, hexOf } from '../color/reduce.ts'
import type { Failure } from '../errors.ts'
import { capabilitiesOf } from '../terminal/capabilities.ts'
import { openTerminal, standardTerminals } from '../terminal/tty.ts'
import { distrustOf, type Listed, listThemes, loadTheme, misnamed, readThemeFile } from '../theme/load.ts'
import { colorsOf, type Ground, homeOf, keeps, measure, measureAll, type Row } from '../theme/measure.ts'
import { type Marks, roles, type SchemeName, schemes, type Theme } from '../theme/theme.ts'
import { ask } from './ask.ts'
import { columns, outside, type Piece } from './swatch.ts'
import type { World } from './world.ts'

export interface Told {
  readonly text: string
  readonly status: number
}

/** Throws a Tint0Error for a theme that is not there, or is none. */
export const themes = async ({ action, value }: Chosen, world: World): Promise<Told> => {
  const { depth, decorate } = capabilitiesOf(world.env)
  const paint: Depth = decorate && standardTerminals().output ? depth : 0
  switch (action) {
    case 'show': {
      const listed = find(value, world)
      return { text: shown(listed, paint, await groundOf(world)), status: 0 }
    }
    case 'check': {
      // A theme that is there may be named, too.
      const path = listThemes(world.env).find(({ id }) => id === value)?.path ?? value
      return checked(readThemeFile(path), path, paint)
    }
    default:
      return { text: list(listThemes(world.env), paint), status: 0 }
  }
}

/** Longest wait for a round of questions, in milliseconds. */
const longest = 1000

/** The terminal's own colors, if it is ours to ask, and answers. */
const groundOf = async (world: World): Promise<Ground | undefined> => {
  const { input, output } = standardTerminals()
  const capabilities = capabilitiesOf(world.env)
  if (!input || !output || !capabilities.decorate) return undefined
  const terminal = openTerminal()
  try {
    if (!terminal.isForeground()) return undefined
    const { background, foreground } = await ask(terminal, capabilities, longest, world)
    return background && { scheme: isDark(background) ? 'dark' : 'light', background, text: foreground }
  } finally {
    terminal.close()
  }
}

/** A line each: patches of color, name, whose it is, and what it is like; or what is wrong with it. */
const list = (all: readonly Listed[], depth: Depth): string =>
  columns(
    all.map(({ id, theme, failure, origin }) => [
      ...(depth === 0 ? [] : schemes.map((scheme) => patches(theme, scheme, depth))).flat(),
      outside(id),
      outside(theme?.name ?? ''),
      { text: origins[origin] },
      outside(failure ? `is wrong: ${failure.subject}: ${failure.problem}` : (theme?.summary ?? '')),
    ]),
    depth > 0,
  )

const origins: Readonly<Record<Listed['origin'], string>> = { user: 'yours', system: 'system', package: '' }

const patches = (theme: Theme | undefined, scheme: SchemeName, depth: Depth): readonly Piece[] =>
  theme
    ? measure(theme, homeOf(theme, scheme), depth).map(({ parameters }) => ({ text: '   ', sgr: parameters }))
    : roles.map(() => ({ text: '   ' }))

/** All that is known of one. */
const shown = (
  { theme, path }: { theme: Theme; path: string },
  depth: Depth,
  own: Ground | undefined,
): string => {
  const { name, id, summary, license, source, tint, title, exceptions } = theme
  const facts: readonly (readonly [string, string])[] = [
    ['theme', name === id ? id : `${id}, "${name}"`],
    ['summary', summary],
    ['license', license],
    ['source', source ?? 'own'],
    ['file', path],
    ['tint', tint ?? 'as it suits the terminal'],
    ['title', title ?? 'the default'],
    ['title marks', marksText(theme.titleMark)],
    ['prompt marks', marksText(theme.promptMark)],
    ['excepted', exceptions.join(', ')],
  ]
  const rows = facts
    .filter(([, text]) => text !== '')
    .map(([key, text]): readonly Piece[] => [{ text: key }, outside(text)])
  const homes = schemes.map((scheme) => part(`${scheme} terminals`, theme, homeOf(theme, scheme), depth))
  const here = own && part('this terminal', theme, own, depth)
  return [columns(rows, depth > 0), ...homes, ...(here ? [here] : [])].join('\n')
}

const marksText = (marks: Marks): string =>
  roles.every((role) => marks[role] === undefined)
    ? 'the default'
    : roles.map((role) => `${role} ${JSON.stringify(marks[role] ?? 'the default')}`).join(', ')

/** Its tints on one background. */
const part = (where: string, theme: Theme, ground: Ground, depth: Depth): string => {
  const text = ground.text ?? theme[ground.scheme].foreground ?? usual[ground.scheme].text
  const rows = measure(theme, ground, depth === 0 ? 24 : depth).map((row): readonly Piece[] => [
    { text: `  ${row.role}` },
    ...(depth === 0 ? [] : [{ text: ' # apt upgrade ', sgr: sampleOf(row, text) }]),
    outside(theme[ground.scheme].written[row.role]),
    { text: row.color ? hexOf(row.color) : (row.without ?? '') },
    { text: row.color ? `contrast ${figures(row)}` : '' },
  ])
  return `on ${where}, ${hexOf(ground.background)}:\n${columns(rows, depth > 0)}`
}

const figures = ({ contrast, ownContrast, difference }: Row): string =>
  [
    ratio(contrast),
    ...(ownContrast === undefined ? [] : [`${ratio(ownContrast)} with its own text`]),
    `difference ${difference.toFixed(3)}`,
  ].join(', ')

/** Text of that color on the tint, where there are colors for it. */
const sampleOf = ({ parameters, depth }: Row, { r, g, b }: Rgb): string | undefined =>
  parameters && depth === 24 ? `38;2;${r};${g};${b};${parameters}` : parameters

const ratio = (contrast: number): string => `${(Math.floor(contrast * 10) / 10).toFixed(1)}:1`

/** A verdict on each tint, with the figures that it is made of. */
const checked = (theme: Theme, path: string, depth: Depth): Told => {
  const rows = measureAll(theme)
  const header = ['', 'colors', 'for', 'tint', 'text', 'own text', 'difference', 'apart', 'verdict']
  const lines = rows.map((row): readonly Piece[] => {
    const figure = (text: string) => ({ text: row.color ? text : '–' })
    return [
      { text: row.scheme },
      { text: colorsOf[row.depth] },
      { text: row.role },
      { text: row.color ? hexOf(row.color) : '–', sgr: row.depth <= depth ? row.parameters : undefined },
      figure(ratio(row.contrast)),
      figure(row.ownContrast === undefined ? '–' : ratio(row.ownContrast)),
      figure(row.difference.toFixed(3)),
      figure(Number.isFinite(row.apart) ? row.apart.toFixed(3) : '–'),
      { text: verdictOf(row) },
    ]
  })
  const failing = rows.filter((row) => !keeps(row)).length
  const table = columns([header.map((text) => ({ text })), ...lines], depth > 0)
  const name = misnamed(path)
  const why = name ?? distrustOf(path)
  const sum =
    failing > 0
      ? `${failing} of ${rows.length} fail: see themes/README.md`
      : why
        ? 'its colors are well'
        : 'all is well'
  return {
    text: `${table}\n${outside(theme.name).text}: ${sum}\n${why ? unloaded(why) : ''}`,
    status: failing > 0 || name ? 1 : 0,
  }
}

const wanted = {
  contrast: `text wants ${promised.contrast}:1`,
  difference: `is hardly seen, wants ${promised.difference}`,
  roles: 'is like another',
} as const

const verdictOf = ({ without, broken, excepted }: Row): string => {
  if (without) return without
  const bad = broken.filter((promise) => !excepted.includes(promise)).map((promise) => wanted[promise])
  if (bad.length > 0) return `fails: ${bad.join('; ')}`
  return excepted.length > 0 ? `excepted: ${excepted.join(', ')}` : 'good'
}

/** What else is to be said of a file. */
const unloaded = ({ subject, problem, hint }: Failure): string =>
  `${outside(`it would not be loaded: ${subject} ${problem}; ${hint}`).text}\n`

const find = (id: string, { env }: World): { theme: Theme; path: string } => ({
  theme: loadTheme(id, env),
  path: listThemes(env).find((listed) => listed.id === id)?.path ?? '',
})
