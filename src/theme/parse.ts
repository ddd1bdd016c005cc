// The text of a theme's file becomes a theme, or a failure that names the line, the key, and what was meant by it. The keys are
// described in themes/README.md. Pure: load.ts reads the files.
import * as v from 'valibot'
import type { Background, Rgb, Role } from '../color/color.ts'
import { parsedHex } from '../color/css.ts'
import { parseBackground } from '../color/syntaxes.ts'
import { closest } from '../suggest.ts'
import { partNames, wrongPart } from '../template.ts'
import { isTable, readToml, type TomlFile } from '../toml/toml.ts'
import { type Marks, promises, roles, type Scheme, schemes, type Theme } from './theme.ts'

/** What the terminal or a reader of it would take for something else than text: control characters, and what turns its direction. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

const line = (most: number) =>
  v.pipe(
    v.string('is no text'),
    v.check((text) => !unprintable.test(text), 'holds a control character'),
    v.maxLength(most, `is longer than ${most} characters`),
  )

const mark = line(32)

/** A shell expands what its prompt holds, and runs what stands in it: with the rights that the mark warns of. */
const promptMark = v.pipe(
  mark,
  v.check((text) => !/[$`\\%]/.test(text), 'holds one of $ ` \\ %, which a shell would expand'),
)

const each = <T extends v.GenericSchema>(one: T) =>
  v.strictObject({ root: v.optional(one), user: v.optional(one), empower: v.optional(one) })

const template = v.pipe(
  line(200),
  v.check((text) => wrongPart(text) === undefined, `names something else than ${partNames}`),
)

const hex = v.pipe(
  v.string('is no text'),
  v.check((text) => /^#[0-9a-f]{6}$/i.test(text), 'is no color as #rrggbb'),
)

const exception = v.pipe(
  v.string('is no text'),
  v.regex(
    new RegExp(`^(${schemes.join('|')}) (${promises.join('|')})( (24-bit|256|16))?$`),
    'names no promise of a theme',
  ),
)

const tints = v.string('is no text')

const scheme = v.strictObject({
  root: tints,
  user: tints,
  empower: tints,
  background: v.optional(hex),
  foreground: v.optional(hex),
})

const file = v.strictObject({
  name: v.pipe(
    line(64),
    v.check((text) => text.trim() !== '', 'is empty'),
  ),
  summary: v.optional(line(160), ''),
  license: v.optional(
    v.pipe(
      line(64),
      v.check((text) => /^[A-Za-z0-9.+() -]+$/.test(text), 'is no SPDX expression'),
    ),
  ),
  source: v.optional(
    v.pipe(
      line(256),
      v.check((text) => text === 'own' || /^https?:\/\/[^\s]+$/.test(text), 'is no address'),
    ),
  ),
  tint: v.optional(v.picklist(['rewrite', 'dynamic'], 'is neither rewrite nor dynamic')),
  exceptions: v.optional(v.array(exception, 'is no list'), []),
  dark: scheme,
  light: scheme,
  title: v.optional(v.strictObject({ mark: v.optional(v.unknown()), template: v.optional(template) })),
  prompt: v.optional(v.strictObject({ mark: v.optional(v.unknown()) })),
})

/** Throws a Tint0Error for what is no theme. `path` is for people. */
export const parseTheme = (id: string, path: string, text: string): Theme => {
  const toml = readToml(path, text)
  const table = checked(file, toml.table, toml, [])
  return {
    id,
    name: table.name,
    summary: table.summary,
    license: table.license ?? '',
    source: table.source === 'own' ? undefined : table.source,
    dark: schemeOf(table.dark, toml, 'dark'),
    light: schemeOf(table.light, toml, 'light'),
    tint: table.tint,
    titleMark: marksOf(mark, table.title?.mark, toml, 'title'),
    title: table.title?.template,
    promptMark: marksOf(promptMark, table.prompt?.mark, toml, 'prompt'),
    exceptions: table.exceptions,
  }
}

const schemeOf = (table: v.InferOutput<typeof scheme>, toml: TomlFile, name: string): Scheme => ({
  tint: byRole((role) => backgroundOf(table[role], toml, [name, role])),
  written: byRole((role) => table[role]),
  background: rgbOf(table.background),
  foreground: rgbOf(table.foreground),
})

const byRole = <T>(of: (role: Role) => T): Readonly<Record<Role, T>> => {
  const [root, user, empower] = roles
  return { root: of(root), user: of(user), empower: of(empower) }
}

const rgbOf = (text: string | undefined): Rgb | undefined =>
  text === undefined ? undefined : parsedHex(text)

const backgroundOf = (text: string, { wrong }: TomlFile, keys: readonly string[]): Background => {
  const parsed = parseBackground(text)
  if (!parsed.ok) throw wrong(keys, `is wrong: ${parsed.problem}`, parsed.hint)
  if (parsed.background.kind === 'theme')
    throw wrong(keys, 'refers to a theme', 'write the color itself: a theme cannot stand on another')
  return parsed.background
}

/** One text for all, or one for each. */
const marksOf = (
  one: typeof mark | typeof promptMark,
  value: unknown,
  toml: TomlFile,
  table: string,
): Marks => {
  const keys = [table, 'mark']
  if (!isTable(value))
    return byRole(() => (value === undefined ? undefined : checked(one, value, toml, keys)))
  const marks = checked(each(one), value, toml, keys)
  return byRole((role) => marks[role])
}

/** Throws a failure that names the place of the first thing that is wrong; what is missing may only be misspelled. */
const checked = <T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  { wrong }: TomlFile,
  above: readonly string[],
): v.InferOutput<T> => {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const issue = result.issues.find(({ expected }) => expected === 'never') ?? result.issues[0]
  const keys = [...above, ...(issue.path ?? []).map(({ key }) => String(key))]
  const name = keys.at(-1) ?? ''
  if (issue.type !== 'strict_object') throw wrong(keys, issue.message, hintFor(keys))
  if (issue.expected === 'never') {
    const known = knownIn(keys.slice(0, -1))
    const near = closest(name, known, 2)
    throw wrong(keys, 'is no key of a theme', near ? `did you mean ${near}?` : `here are ${known.join(', ')}`)
  }
  if (issue.received === 'undefined') throw wrong(keys, 'is missing', hintFor(keys))
  throw wrong(keys, 'is no table', `write [${keys.join('.')}], and its keys below`)
}

/** The keys of a table. */
const knownIn = ([name = '', mark]: readonly string[]): readonly string[] =>
  mark === undefined ? Object.keys(tables[name] ?? {}) : roles

const tables: Readonly<Record<string, object>> = {
  '': file.entries,
  dark: scheme.entries,
  light: scheme.entries,
  title: { mark: '', template: '' },
  prompt: { mark: '' },
}

const hintFor = ([name = '', key = '']: readonly string[]): string =>
  (Object.hasOwn(hints, key) ? hints[key] : hints[name]) ?? 'see themes/README.md'

const hints: Readonly<Record<string, string>> = {
  name: 'write name = "…", which people read',
  summary: 'write one short line about it',
  license: 'write its name on https://spdx.org/licenses, such as MIT',
  source: 'write where the colors come from, such as https://…, or own',
  tint: 'write one of them, or leave it out',
  exceptions: 'write a list such as ["light contrast", "dark roles 256"]',
  dark: 'write colors for root, user and empower below [dark], such as "hue:25" or "#3c1414"',
  light: 'write colors for root, user and empower below [light], such as "hue:25" or "#ffe8e4"',
  background: 'write the palette\'s own, such as "#1e1e2e"',
  foreground: 'write the palette\'s own, such as "#cdd6f4"',
  title: 'write text, such as "# ", or one for each role: mark = { root = "# " }',
  prompt: 'write text, such as "[root] ", or one for each role: mark = { root = "[root] " }',
  template: 'write text such as "{command} as {user} on {host}"',
}
