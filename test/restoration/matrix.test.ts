// However a session ends, the terminal is as before: every ending, in changing settings. RUNS=500 for more of them, FIRST=n to
// begin with other settings, ONLY_ENDING=text for some.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endings } from './endings.ts'
import { report, runMatrix } from './matrix.ts'
import { run } from './run.ts'

const { RUNS, FIRST, ONLY_ENDING = '', AT_ONCE } = process.env
/** What is planted is planted everywhere only if there is time. */
const chosen = endings.filter(
  ({ name, place }, turn) => name.includes(ONLY_ENDING) && (RUNS || ONLY_ENDING || !place || turn % 2 === 0),
)

test('however a session ends, the terminal is as before', { timeout: 3_600_000 }, async () => {
  const cells = await runMatrix({
    endings: chosen,
    runs: Number(RUNS ?? chosen.length),
    atOnce: Number(AT_ONCE ?? 4),
    first: Number(FIRST ?? 0),
    run,
  })
  console.log(report(cells))
  const sum = cells.reduce((all, { violations }) => all + violations.length, 0)
  assert.equal(sum, 0, 'violations, as told above')
})
