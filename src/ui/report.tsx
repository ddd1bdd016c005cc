// The table of what was found: as wide as the terminal, in columns where there is room for them.
import { Box, renderToString, Text } from 'ink'
import { type Finding, marks, shown, type Verdict } from './finding.ts'
import { wrapped } from './wrap.ts'

const colors: Readonly<Record<Verdict, string>> = {
  good: 'green',
  'could be better': 'yellow',
  missing: 'red',
}
const headings: Readonly<Record<Finding['part'], string>> = {
  machine: 'Machine',
  terminal: 'Terminal',
  tint0: 'tint0',
}

/** One frame of it, without a newline at its end. A terminal that does not know its size says 0. */
export const drawFindings = async (
  findings: readonly Finding[],
  told: number,
  colored: boolean,
): Promise<string> => {
  const columns = told > 0 ? told : 80
  const frame = renderToString(
    <Report findings={findings.map(shown)} columns={columns} colored={colored} />,
    {
      columns,
    },
  )
  return frame
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

interface Props {
  readonly columns: number
  readonly colored: boolean
}

/** From here on what was found stands beside its subject, and the way out beside that. */
const wide = { text: 60, hint: 110 }

const Report = ({ findings, ...props }: Props & { readonly findings: readonly Finding[] }) => {
  const width = Math.max(...findings.map(({ subject }) => subject.length))
  const parts = [...new Set(findings.map(({ part }) => part))]
  return (
    <Box flexDirection="column" width={props.columns}>
      {parts.map((part, i) => (
        <Box key={part} flexDirection="column" marginTop={i === 0 ? 0 : 1}>
          <Text bold={props.colored}>{headings[part]}</Text>
          {findings
            .filter((finding) => finding.part === part)
            .map((finding) => (
              <Row key={finding.subject} finding={finding} width={width} {...props} />
            ))}
        </Box>
      ))}
    </Box>
  )
}

const Row = ({
  finding,
  width,
  columns,
  colored,
}: Props & { readonly finding: Finding; readonly width: number }) => {
  const { subject, verdict, text, hint } = finding
  const isNarrow = columns < wide.text
  const isWide = columns >= wide.hint
  const indent = isNarrow ? 2 : width + 4
  const room = isWide ? Math.floor((columns - indent - gap) / 2) : columns - indent
  const found = <Text>{wrapped(text, room)}</Text>
  const way = hint !== undefined && (
    <Text {...(colored && { color: 'yellow' })}>{wrapped(`→ ${hint}`, room)}</Text>
  )
  return (
    <Box>
      <Box width={2} flexShrink={0}>
        <Text {...(colored && { color: colors[verdict] })}>{marks[verdict]}</Text>
      </Box>
      {isNarrow ? (
        <Box flexDirection="column">
          <Text bold={colored}>{subject}</Text>
          {found}
          {way}
        </Box>
      ) : (
        <>
          <Box width={width + 2} flexShrink={0}>
            <Text>{subject}</Text>
          </Box>
          <Box flexDirection={isWide ? 'row' : 'column'}>
            <Box {...(isWide && { width: room + gap })}>{found}</Box>
            {way}
          </Box>
        </>
      )}
    </Box>
  )
}

/** Between what was found and the way out. */
const gap = 2
