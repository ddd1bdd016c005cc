// However a session ends, the terminal is as before: also in a real tmux, and where systemd runs the command. RUNS=500 for more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endings, systemEndings } from '../restoration/endings.ts'
import { type MatrixOptions, report, runMatrix } from '../restoration/matrix.ts'
import { run } from '../restoration/run.ts'
import { runInTmux } from '../restoration/tmux.ts'

const { RUNS, FIRST = '0', ONLY_ENDING = '' } = process.env

/** What is planted is planted everywhere only if there is time. */
const inTmux = endings.filter(({ place }, turn) => RUNS || !place || turn % 5 === 0)

const holds = async (options: Omit<MatrixOptions, 'atOnce' | 'first'>): Promise<void> => {
  const chosen = options.endings.filter(({ name }) => name.includes(ONLY_ENDING))
  const cells = await runMatrix({ ...options, endings: chosen, atOnce: 3, first: Number(FIRST) })
  console.log(report(cells))
  const sum = cells.reduce((all, { violations }) => all + violations.length, 0)
  assert.equal(sum, 0, 'violations, as told above')
}

test('in tmux, however a session ends, the pane is as before', { timeout: 3_600_000 }, () =>
  holds({ endings: inTmux, runs: Number(RUNS ?? inTmux.length), run: runInTmux }),
)

test('with systemd, however a session ends, the terminal is as before', { timeout: 3_600_000 }, () =>
  holds({
    endings: systemEndings,
    runs: Number(RUNS ?? systemEndings.length),
    run: (ending, setting) => run(ending, setting, 'system'),
  }),
)
