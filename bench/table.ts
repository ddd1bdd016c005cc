// From the samples to the table: medians, their ratio, the least and greatest ratio of a round, and the verdict.
import { type Bound, experiments, type Figure, type Subject } from './experiments.ts'
import type { Sample } from './inside.ts'

export interface Row {
  readonly what: string
  readonly tint0: string
  readonly run0: string
  readonly ratio: string
  readonly bound: string
  /** Empty where there is no bound. */
  readonly verdict: 'ok' | 'over' | ''
}

/** A row a figure. */
export const judge = (samples: readonly Sample[]): Row[] =>
  samples.flatMap((sample) =>
    (experiments[sample.experiment]?.figures ?? []).map((figure) => rowOf(figure, sample)),
  )

const rowOf = ({ what, unit, value, bound }: Figure, { rounds }: Sample): Row => {
  const values = (subject: Subject) => rounds.map((round) => value(round[subject]))
  const [tint0, run0] = [values('tint0'), values('run0')]
  const ratio = median(tint0) / median(run0)
  const ratios = tint0.map((value, round) => value / (run0[round] ?? Number.NaN))
  const shown = [ratio, Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2))
  return {
    what,
    tint0: `${median(tint0).toFixed(1)} ${unit}`,
    run0: `${median(run0).toFixed(1)} ${unit}`,
    ratio: `${shown[0]} (${shown[1]}–${shown[2]})`,
    bound: bound ? boundText(bound) : '',
    verdict: bound ? (keeps(ratio, ratios, bound) ? 'ok' : 'over') : '',
  }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

const boundText = (bound: Bound): string => {
  if ('mostly' in bound) return `${boundText(bound.mostly)} mostly`
  return 'atLeast' in bound ? `>= ${bound.atLeast.toFixed(2)}` : `<= ${bound.atMost.toFixed(2)}`
}

const keeps = (ratio: number, ratios: readonly number[], bound: Bound): boolean => {
  if ('mostly' in bound)
    return ratios.filter((ratio) => keeps(ratio, [], bound.mostly)).length >= ratios.length / 4
  return 'atLeast' in bound ? ratio >= bound.atLeast : ratio <= bound.atMost
}

const columns = [
  ['what', 'what'],
  ['tint0', 'tint0 median'],
  ['run0', 'run0 median'],
  ['ratio', 'ratio (min–max)'],
  ['bound', 'bound'],
  ['verdict', 'ok/over'],
] as const

/** Numbers end at the right. */
export const aligned = (rows: readonly Row[]): string => {
  const cells = [
    columns.map(([, head]): string => head),
    ...rows.map((row) => columns.map(([name]): string => row[name])),
  ]
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const padded = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return cells.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')
}
