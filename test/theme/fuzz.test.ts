// Files that are no themes any more, by chance: whatever they hold, one is read or refused in words.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sentence, Tint0Error } from '../../src/errors.ts'
import { measureAll } from '../../src/theme/measure.ts'
import { parseTheme } from '../../src/theme/parse.ts'
import { seeded } from '../color/promises.ts'

const folder = fileURLToPath(new URL('../../themes', import.meta.url))
const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.toml'))
  .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))

/** What stands in TOML, and what is trouble there. */
const tokens = [
  ...'[]{}="\'#,.\n\r\t \\-:_0Zx',
  ...[
    '"""',
    "'''",
    '[[',
    ']]',
    '[dark]\n',
    '[light]\n',
    '[title]\n',
    '[prompt.mark]\n',
    'root = ',
    'mark = ',
    'name = ',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'true',
    'inf',
    '-nan',
    '1e999',
    '0x7fffffffffffffffff',
  ],
  ...[
    '1979-05-27T07:32:00Z',
    '25:61:61',
    '9007199254740993',
    '"\\u0000"',
    '"\\uD800"',
    '\\u202e',
    '\u001b[2J',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '"hue:1e9"',
    '"red/101%"',
    '"oklch(1 1 1)"',
    '"48;5;1"',
    '"palette:3"',
    '"theme:tint0"',
    '""',
    '{ root = "x" }',
    '[1, [2]]',
  ],
  ...[
    'exceptions = ["dark roles"]\n',
    'tint = "dynamic"\n',
    'background = "#000000"\n',
    '[dark.root]\n',
    'dark.root = 1\n',
  ],
]

test('ten thousand changed files are themes, or refused in one line that names the file', () => {
  const random = seeded(11)
  const below = (most: number) => Math.floor(random() * most)
  const one = <T>(all: readonly T[]): T => all[below(all.length)] as T
  let read = 0
  for (let run = 0; run < 10_000; run++) {
    let text = one(texts)
    for (let changes = 1 + below(6); changes > 0; changes--) {
      const at = below(text.length + 1)
      const gone = random() < 0.5 ? 0 : below(random() < 0.8 ? 8 : 200)
      const come =
        [one(tokens), one(texts).slice(at, at + below(40)), String.fromCharCode(below(0x3000)), ''][
          below(4)
        ] ?? ''
      text = text.slice(0, at) + come + text.slice(at + gone)
    }
    try {
      const theme = parseTheme('f', '/f.toml', text)
      read++
      if (run % 20 === 0) measureAll(theme)
    } catch (error) {
      if (!(error instanceof Tint0Error)) throw new Error(`${JSON.stringify(text)}: ${error}`)
      assert.match(sentence('tint0', error.failure), /^tint0: \/f\.toml(:\d+)?: \P{Cc}+; \P{Cc}+\n$/u)
      assert.equal(error.failure.status, 125)
    }
  }
  assert.ok(read > 500 && read < 9000, `${read} were read`)
})
