// Pipes, files and terminals in every mixture, by run0 and by tint0: what the command gets, what the caller keeps, and how it
// ends. run0's own failures are told in the table that is printed last; tint0's are failures. With TINT0_RUNS: all
// mixtures, all with `local`, too, and 32 sessions one in the other.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type PipeCase, type SubjectName, subjects, withManager } from '../pipes/case.ts'
import { endCases } from '../pipes/ends.ts'
import { fileCases } from '../pipes/files.ts'
import { mixtures } from '../pipes/mixtures.ts'
import { run } from '../pipes/run.ts'
import { nested, shellCases } from '../pipes/shells.ts'
import { floods, race } from '../pipes/speed.ts'
import { terminalCases } from '../pipes/terminals.ts'
import { endAll } from '../pty-process.ts'
import { ruleFor } from './rule.ts'

let removeRule: (() => Promise<void>) | undefined

before(async () => {
  removeRule = await ruleFor('alice', 'YES')
})

const table: string[][] = [['case', ...subjects, "run0's failure"]]

after(async () => {
  endAll()
  await removeRule?.()
  const widths = subjects.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 7)).join('  '))
})

/** What there is to tell of a subject: a figure, if it is one, and what is wrong. */
type Told = Readonly<Partial<Record<SubjectName, { readonly seconds?: number; readonly trouble: string }>>>

/** One row of the table; the test fails by what is wrong with tint0. */
const tell = (name: string, told: Told): void => {
  const cells = subjects.map((subject) => {
    const { seconds, trouble } = told[subject] ?? { trouble: '–' }
    if (told[subject] === undefined) return trouble
    return `${trouble ? 'fails' : 'ok'}${seconds === undefined ? '' : ` ${seconds.toFixed(2)} s`}`
  })
  table.push([name, ...cells, told.run0?.trouble.slice(0, 100) ?? ''])
  const wrong = subjects.filter((subject) => subject !== 'run0' && told[subject]?.trouble)
  assert.equal(wrong.map((subject) => `${subject}: ${told[subject]?.trouble}`).join('\n'), '')
}

const thorough = process.env.TINT0_RUNS !== undefined

/** Where `local` does nothing of its own it is tried only if there is time; so are run0 and all mixtures. */
const [some, few] = thorough ? [subjects, subjects] : [withManager, ['tint0'] as const]

const groups: readonly (readonly [cases: readonly PipeCase[], on: readonly SubjectName[]])[] = [
  [[nested(thorough ? 32 : 8)], subjects],
  [shellCases, some],
  [endCases, some],
  [terminalCases, some],
  [fileCases, some],
  [mixtures(thorough), few],
]

describe('pipes', { concurrency: 4 }, () => {
  for (const [cases, on] of groups)
    for (const pipeCase of cases)
      test(pipeCase.name, async () => {
        const told: Partial<Record<SubjectName, { trouble: string }>> = {}
        for (const subject of on.filter((one) => (pipeCase.on ?? subjects).includes(one)))
          told[subject] = { trouble: await run(pipeCase, subject) }
        tell(pipeCase.name, told)
      })
})

describe('floods', () => {
  for (const flood of floods) test(flood.name, async () => tell(flood.name, await race(flood, some)))
})
