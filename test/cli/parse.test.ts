import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { meant, type OptionRow } from '../../src/cli/option.ts'
import { options } from '../../src/cli/options.ts'
import { parse } from '../../src/cli/parse.ts'
import { failureOf } from '../failure.ts'

const rows: readonly OptionRow[] = options

/** What was written, as plain data. */
const read = (...words: string[]) => {
  const { options, operands } = parse(words)
  return { options: Object.fromEntries(options), operands }
}

type Case = readonly [
  claim: string,
  words: readonly string[],
  options: Readonly<Record<string, readonly string[]>>,
  operands: readonly string[],
]

const cases: readonly Case[] = [
  ['no words: no options, no operands', [], {}, []],
  ['a value stands behind =', ['--user=alice'], { user: ['alice'] }, []],
  ['a value may hold =', ['--setenv=A=b=c'], { setenv: ['A=b=c'] }, []],
  ['a value behind = may be empty', ['--background='], { background: [''] }, []],
  ['a value may be the next word', ['--user', 'alice', 'id'], { user: ['alice'] }, ['id']],
  [
    'a value may be the next word, though that is empty',
    ['--background', '', 'id'],
    { background: [''] },
    ['id'],
  ],
  [
    'a value may be the next word, though that looks like an option',
    ['--user', '--help'],
    { user: ['--help'] },
    [],
  ],
  ['a value may be the next word, though that is --', ['-u', '--', 'id'], { user: ['--'] }, ['id']],
  ['a letter takes the rest of its word for the value', ['-ualice'], { user: ['alice'] }, []],
  ['a letter takes = for a part of the value', ['-u=alice'], { user: ['=alice'] }, []],
  ['a letter takes the next word, if nothing is left of its own', ['-u', 'alice'], { user: ['alice'] }, []],
  ['switches may share a dash', ['-hV'], { help: ['yes'], version: ['yes'] }, []],
  ['the last of a cluster may have a value', ['-hualice', 'id'], { help: ['yes'], user: ['alice'] }, ['id']],
  [
    'the last of a cluster may have the next word',
    ['-hu', 'alice', 'id'],
    { help: ['yes'], user: ['alice'] },
    ['id'],
  ],
  ['letters behind a value are a part of it', ['-uhV'], { user: ['hV'] }, []],
  ['letters are told apart by case', ['-D/', '-V'], { chdir: ['/'], version: ['yes'] }, []],
  ['options stop at the first operand', ['id', '-u', '--help'], {}, ['id', '-u', '--help']],
  ['options stop at --, which goes', ['-h', '--', '-u', '--x'], { help: ['yes'] }, ['-u', '--x']],
  ['only the first -- goes', ['--', '--', 'id'], {}, ['--', 'id']],
  ['a -- behind an operand stays', ['id', '--', '-u'], {}, ['id', '--', '-u']],
  ['a - is an operand', ['-', '-h'], {}, ['-', '-h']],
  ['an empty word is an operand', ['', '-h'], {}, ['', '-h']],
  [
    'a long name may be cut short',
    ['--us=a', '--gr', 'b', '--vers'],
    { user: ['a'], group: ['b'], version: ['yes'] },
    [],
  ],
  ['a short of two words may be cut in its second', ['--no-ask-p'], { 'no-ask-password': ['yes'] }, []],
  ['all values are kept, in order', ['-ua', '--user=b', '-u', 'c'], { user: ['a', 'b', 'c'] }, []],
]
for (const [claim, words, options, operands] of cases)
  test(claim, () => {
    assert.deepEqual(read(...words), { options, operands })
  })

const refusals: readonly (readonly [
  claim: string,
  words: readonly string[],
  subject: string,
  problem: RegExp,
])[] = [
  ['an unknown long option is refused by its name', ['--nonsense'], '--nonsense', /^is no option$/],
  ['the value of an unknown option is not named', ['--secret=word'], '--secret', /^is no option$/],
  ['an unknown letter is refused', ['-x'], '-x', /^is no option$/],
  ['an unknown letter in a cluster is refused by itself', ['-hx'], '-x', /^is no option$/],
  ['a dash in a cluster is no option', ['-h-'], '--', /^is no option$/],
  ['an abbreviation of nothing is refused', ['--=x'], '--', /^is no option$/],
  ['three dashes are no option', ['---help'], '---help', /^is no option$/],
  ['options are told apart by case', ['--Help'], '--Help', /^is no option$/],
  ['a name with more behind it is refused', ['--users'], '--users', /^is no option$/],
  ['an abbreviation of two is refused, and both are named', ['--u=x'], '--u', /--user.*--unit/],
  ['an abbreviation of two is refused, however near', ['--back'], '--back', /--background.*--backend/],
  ['a switch takes no value', ['--help=yes'], '--help', /^takes no value$/],
  ['a switch takes no empty value either', ['--pty='], '--pty', /^takes no value$/],
  ['an abbreviated switch is named in full', ['--vers=1'], '--version', /^takes no value$/],
  ['a long option at the end lacks its value', ['--user'], '--user', /^wants a value \(USER\)$/],
  ['a letter at the end lacks its value', ['-h', '-D'], '-D', /^wants a value \(DIR\)$/],
]
for (const [claim, words, subject, problem] of refusals)
  test(claim, () => {
    const failure = failureOf(() => parse(words))
    assert.equal(failure.status, 125)
    assert.equal(failure.subject, subject)
    assert.match(failure.problem, problem)
    assert.ok(failure.hint)
  })

test('every option is found by its name, by its letter, and by every beginning that is its alone', () => {
  for (const row of rows) {
    const { name, short, value } = row
    const given = [value === undefined ? 'yes' : 'v']
    const wanted = { options: Object.fromEntries(meant(row).map((one) => [one, given])), operands: [] }
    const rest = value === undefined ? [] : ['v']
    if (short !== undefined) assert.deepEqual(read(`-${short}`, ...rest), wanted)
    for (let end = 1; end <= name.length; end++) {
      const begun = name.slice(0, end)
      const others = rows.filter(
        (other) =>
          other.name !== name && [other.name, ...(other.also ?? [])].some((full) => full.startsWith(begun)),
      )
      // The whole name of another is that one.
      if (others.some((other) => other.name === begun) && end < name.length) continue
      if (end === name.length || others.length === 0) assert.deepEqual(read(`--${begun}`, ...rest), wanted)
      else assert.match(failureOf(() => parse([`--${begun}`])).problem, new RegExp(`--${name}( |$)`))
    }
  }
})

/** Whatever may stand behind the first operand. */
const anything = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('--', '-', '', '-h', '-x', '--user', '--user=b', '--nonsense', '-u', 'id'),
  ),
  { maxLength: 8 },
)

/** One option in one of the ways to write it, with the value it has then. */
const option = fc
  .record({
    row: fc.constantFrom(...rows),
    value: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('--', '-', '-h', '')),
    form: fc.constantFrom('behind', 'next', 'letter', 'letter-next'),
  })
  .map(({ row, value, form }) => {
    const letter = row.short === undefined ? undefined : `-${row.short}`
    if (row.value === undefined)
      return {
        row,
        value: 'yes',
        words: [form.startsWith('letter') && letter ? letter : `--${row.name}`],
      }
    if (form === 'behind') return { row, value, words: [`--${row.name}=${value}`] }
    if (form === 'letter' && letter && value) return { row, value, words: [`${letter}${value}`] }
    return { row, value, words: [letter && form !== 'next' ? letter : `--${row.name}`, value] }
  })

test('what is behind the first operand, or behind --, comes out as it went in', () => {
  fc.assert(
    fc.property(
      fc.array(option, { maxLength: 5 }),
      fc.constantFrom('--', 'id', '-', '', 'é', '/bin/a=b', '+x'),
      anything,
      (written, first, rest) => {
        const { options, operands } = parse([...written.flatMap(({ words }) => words), first, ...rest])
        assert.deepEqual(operands, first === '--' ? rest : [first, ...rest])
        for (const { name } of rows)
          assert.deepEqual(
            [...options].find(([found]) => found === name)?.[1] ?? [],
            written
              .slice(
                1 + written.findLastIndex(({ row, value }) => value !== '' && row.undoes?.includes(name)),
              )
              .filter(({ row }) => meant(row).includes(name))
              .map(({ value }) => value),
          )
      },
    ),
    { numRuns: 1000 },
  )
})

test('what comes later undoes what it contradicts', () => {
  assert.deepEqual(read('--plain', '--background=red').options, {
    'no-title': ['yes'],
    'no-prompt-mark': ['yes'],
    background: ['red'],
  })
  assert.deepEqual(read('--background=red', '--no-tint').options, { background: ['red'], 'no-tint': ['yes'] })
  assert.deepEqual(read('--background=red', '--theme=nord').options, { theme: ['nord'] })
  assert.deepEqual(read('--background=red', '--theme=').options, { background: ['red'], theme: [''] })
})

test('any words whatever are parsed, or refused with status 125 and a way out', () => {
  fc.assert(
    fc.property(anything, (words) => {
      const before = [...words]
      try {
        const { operands } = parse(words)
        assert.deepEqual(operands, operands.length === 0 ? [] : words.slice(-operands.length))
      } catch {
        const failure = failureOf(() => parse(words))
        assert.equal(failure.status, 125)
        assert.ok(failure.hint)
      }
      assert.deepEqual(words, before)
    }),
    { numRuns: 1000 },
  )
})
