// What tint0 itself runs on, and what it was told: Node, the configuration, the theme.
import type { Finding } from '../ui/finding.ts'
import type { OwnFacts } from './findings.ts'

export const ownFindings = ({ version, node, files, problem, theme }: OwnFacts): readonly Finding[] => [
  { part: 'tint0', subject: 'version', verdict: 'good', text: version, values: { version } },
  isOld(node)
    ? {
        part: 'tint0',
        subject: 'Node',
        verdict: 'missing',
        text: `${node} is too old`,
        hint: 'install Node 20 or newer',
        values: { version: node },
      }
    : { part: 'tint0', subject: 'Node', verdict: 'good', text: node, values: { version: node } },
  {
    part: 'tint0',
    subject: 'configuration',
    verdict: problem ? 'could be better' : 'good',
    text: problem?.text ?? (files.length > 0 ? files.join(', ') : 'there is none, and none is needed'),
    ...(problem && { hint: problem.hint ?? 'correct it: tint0ctl config edit' }),
    values: { files, problem: problem?.text ?? null },
  },
  {
    part: 'tint0',
    subject: 'theme',
    verdict: 'good',
    text: theme ? `${theme.name} (${theme.origin})` : 'the default colors',
    values: { name: theme?.name ?? null, origin: theme?.origin ?? null },
  },
]

const isOld = (node: string): boolean => Number.parseInt(node.replace(/^v/, ''), 10) < 20
