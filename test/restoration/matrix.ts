// Runs the matrix: each ending, again and again, each time in another setting; and tells what came of it.
import { type Ending, isSudden } from './endings.ts'
import type { Result } from './run.ts'
import type { Setting } from './window.ts'

export interface Cell {
  readonly name: string
  runs: number
  readonly violations: string[]
  readonly latencies: number[]
}

const messes = ['all', 'frames', 'printer', 'nothing', 'silence'] as const

const tints = ['rewrite', 'rewrite', 'dynamic', 'off', 'rewrite', 'dynamic', 'rewrite'] as const

/** The settings in turn: no two neighbors are alike, and each combination comes up in time. */
export const settingOf = (turn: number): Setting => {
  const tint = tints[turn % tints.length] ?? 'rewrite'
  const mess = messes[turn % messes.length] ?? 'all'
  return {
    mess,
    delay: turn % 3 === 1 ? 30 : 0,
    // Where nothing is tinted the terminal is not asked for its colors: only those that are configured can be given back.
    own: tint !== 'off' && (turn % 4 === 1 || turn % 4 === 2),
    tint,
    mouse: (turn % 11) % 3 === 1,
    // What goes to a printer is not answered.
    asks: mess !== 'printer' && (turn % 13) % 2 === 0,
  }
}

export interface MatrixOptions {
  readonly endings: readonly Ending[]
  readonly runs: number
  readonly atOnce: number
  readonly first: number
  readonly run: (ending: Ending, setting: Setting) => Promise<Result>
}

export const runMatrix = async ({ endings, runs, atOnce, first, run }: MatrixOptions): Promise<Cell[]> => {
  const cells = endings.map(({ name }): Cell => ({ name, runs: 0, violations: [], latencies: [] }))
  let next = 0
  const worker = async () => {
    for (let turn = next++; turn < runs; turn = next++) {
      const row = turn % endings.length
      const [ending, cell] = [endings[row], cells[row]]
      if (!ending || !cell) continue
      const setting = settingOf(first + row + 5 * Math.floor(turn / endings.length))
      const { violations, latency } = await run(ending, setting)
      cell.runs++
      cell.violations.push(...violations.map((violation) => `${described(setting)}: ${violation}`))
      if (latency !== undefined) cell.latencies.push(latency)
      else if (isSudden(ending)) cell.violations.push(`${described(setting)}: not given back in time`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return cells
}

const described = ({ mess, delay, own, tint, mouse, asks }: Setting): string =>
  [
    mess,
    tint,
    ...(delay ? [`${delay} ms`] : []),
    ...(own ? ['own colors'] : []),
    ...(mouse ? ['mouse'] : []),
    ...(asks ? ['asks'] : []),
  ].join(', ')

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)

/** A table of the cells, with each violation, and how fast the terminal was given back after a sudden death. */
export const report = (cells: readonly Cell[]): string => {
  const all = sorted(cells.flatMap(({ latencies }) => latencies))
  const median = all[Math.floor(all.length / 2)] ?? 0
  return [
    ...cells.map(
      ({ name, runs, violations }) => `${runs} × ${name}: ${violations.length || 'no'} violations`,
    ),
    ...cells.flatMap(({ name, violations }) => violations.map((violation) => `  ${name} (${violation})`)),
    `${cells.reduce((sum, { runs }) => sum + runs, 0)} runs; given back after a sudden death in ${median.toFixed(0)} ms (median of ${all.length}), ${(all.at(-1) ?? 0).toFixed(0)} ms at most`,
  ].join('\n')
}
