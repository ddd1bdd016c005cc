// What tint0ctl doctor finds, a row each, and how it is written without a screen. findings.*.ts make them, report.tsx draws them.
import { show } from '../errors.ts'

export interface Finding {
  readonly part: 'machine' | 'terminal' | 'tint0'
  readonly subject: string
  readonly verdict: Verdict
  /** What was found. */
  readonly text: string
  /** The way out, where it could be better. */
  readonly hint?: string
  /** The same for programs. */
  readonly values?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export type Verdict = 'good' | 'could be better' | 'missing'

export const marks: Readonly<Record<Verdict, string>> = { good: '✓', 'could be better': '◦', missing: '✗' }

/** Text of others cannot act on a terminal. */
export const shown = ({ hint, ...finding }: Finding): Finding => ({
  ...finding,
  text: show(finding.text),
  ...(hint !== undefined && { hint: show(hint) }),
})

/** A line each, for what is no terminal. */
export const linesOf = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ subject }) => subject.length))
  return findings
    .map(shown)
    .map(
      ({ subject, verdict, text, hint }) =>
        `${marks[verdict]} ${subject.padEnd(width)}  ${text}${hint ? `; ${hint}` : ''}\n`,
    )
    .join('')
}

export const jsonOf = (version: string, findings: readonly Finding[]): string =>
  jsonText({ version, findings })

/** JSON for a terminal, too: what could act on one is escaped. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2)}\n`.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) =>
    c === '\n'
      ? c
      : [...Array(c.length).keys()]
          .map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`)
          .join(''),
  )
