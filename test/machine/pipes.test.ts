// Pipes, files and terminals in every mixture, by run0 and by tint0: what the command gets, what the caller keeps, and how it
// ends. run0's own failures are told in the table that is printed last; tint0's are failures. TINT0_RUNS=216: all mixtures.
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { type PipeCase, type SubjectName, subjects } from '../pipes/case.ts'
import { endCases } from '../pipes/ends.ts'
import { fileCases } from '../pipes/files.ts'
import { mixtures } from '../pipes/mixtures.ts'
import { run } from '../pipes/run.ts'
import { shellCases } from '../pipes/shells.ts'
import { terminalCases } from '../pipes/terminals.ts'
import { endAll } from '../pty-process.ts'
import { pause } from '../session/subject.ts'

const rule = '/etc/polkit-1/rules.d/00-pipes.rules'

before(async () => {
  writeFileSync(
    rule,
    'polkit.addRule(function(action, subject) { if (subject.user == "alice") return polkit.Result.YES })',
  )
  await pause(1000)
})

const table: string[][] = [['case', ...subjects]]

after(() => {
  rmSync(rule)
  endAll()
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '))
})

/** One row of the table; the test fails by what is wrong with tint0. */
const row = (name: string, trouble: Readonly<Partial<Record<SubjectName, string>>>): void => {
  table.push([
    name,
    ...subjects.map(
      (subject) => (trouble[subject] === undefined ? '–' : trouble[subject] && 'fails') || 'ok',
    ),
  ])
  const wrong = subjects.filter((subject) => subject !== 'run0' && trouble[subject])
  assert.equal(wrong.map((subject) => `${subject}: ${trouble[subject]}`).join('\n'), '')
}

const inTurn = async (pipeCase: PipeCase): Promise<void> => {
  const trouble: Partial<Record<SubjectName, string>> = {}
  for (const subject of pipeCase.on ?? subjects) trouble[subject] = await run(pipeCase, subject)
  row(pipeCase.name, trouble)
}

const thorough = process.env.TINT0_RUNS !== undefined

/** The longest is first. */
const cases = [...shellCases, ...endCases, ...terminalCases, ...fileCases, ...mixtures(thorough)]

describe('pipes', { concurrency: 4 }, () => {
  for (const pipeCase of cases) test(pipeCase.name, () => inTurn(pipeCase))
})
