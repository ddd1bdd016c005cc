// Every mixture of what descriptors 0, 1 and 2 may be, and whether the command gets what it shall: what is no terminal, itself;
// what is one, a terminal that is not the caller's; and nothing else.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PipeCase } from './case.ts'

const kinds = ['terminal', 'file', 'pipe', 'socket', 'closed', 'null'] as const

type Kind = (typeof kinds)[number]
type Mixture = readonly [Kind, Kind, Kind]

/** How bash says it: for input, and for output to a file of that name. */
const redirections: Readonly<Record<Kind, readonly [input: string, output: (file: string) => string]>> = {
  terminal: ['', () => ''],
  file: ['<in', (file) => `>${file}`],
  pipe: ['< <(echo ping)', (file) => `> >(cat >${file})`],
  socket: ['<&10', () => '>&10'],
  closed: ['<&-', () => '>&-'],
  null: ['</dev/null', () => '>/dev/null'],
}

const all: readonly Mixture[] = kinds.flatMap((input) =>
  kinds.flatMap((output) => kinds.map((errors): Mixture => [input, output, errors])),
)

/** Each two of them together once, and two terminals with each other kind. */
const chosen = all.filter((mixture) => {
  const [input, output, errors] = mixture.map((kind) => kinds.indexOf(kind)) as [number, number, number]
  return (
    (input + output) % kinds.length === errors || mixture.filter((kind) => kind === 'terminal').length === 2
  )
})

/** The cases; all 216 of them, or fewer that hold each two kinds together. */
export const mixtures = (thorough: boolean): readonly PipeCase[] => (thorough ? all : chosen).map(caseOf)

const caseOf = (mixture: Mixture): PipeCase => {
  const [input, output, errors] = mixture
  const words = 'perl $children/descriptors.pl'
  const pair = [
    `{ ${words} outside; "$@" ${words} inside; }`,
    redirections[input][0],
    redirections[output][1]('out'),
    `2${redirections[errors][1]('err')}`.replace(/^2$/, ''),
  ].join(' ')
  return {
    name: `input: ${input}; output: ${output}; errors: ${errors}`,
    script: `echo ping >in; export children; sockets unix '${pair}' "$@"; echo "status $?"`,
    shows: mixture.includes('closed') ? /status (0|125)\n$/ : `${seenOf(mixture).repeat(2)}status 0\n`,
    leaves: (folder) => troubleIn(mixture, folder),
  }
}

/** What one command shows on the terminal. */
const seenOf = ([, output, errors]: Mixture): string =>
  `${output === 'terminal' ? 'out of fd 1\n' : ''}${errors === 'terminal' ? 'out of fd 2\n' : ''}`

interface Descriptor {
  readonly fd: number
  readonly isTerminal: boolean
  readonly identity: string
  readonly device: string
  readonly flags: string
  readonly name: string
}

interface Report {
  readonly descriptors: readonly Descriptor[]
  readonly controlling: string
}

const reportIn = (folder: string, name: string): Report => {
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return {
    controlling: lines.pop()?.split(' ')[1] ?? '',
    descriptors: lines.map((line) => {
      const [fd, kind, identity = '', device = '', flags = '', ...name] = line.split(' ')
      return {
        fd: Number(fd),
        isTerminal: kind === 'terminal',
        identity,
        device,
        flags,
        name: name.join(' '),
      }
    }),
  }
}

const troubleIn = (mixture: Mixture, folder: string): string => {
  // What is closed may be refused, or be /dev/null.
  if (mixture.includes('closed') && !existsSync(join(folder, 'inside'))) return ''
  const [outside, inside] = [reportIn(folder, 'outside'), reportIn(folder, 'inside')]
  const trouble = mixture.map((kind, fd) => {
    const [had, got] = [outside, inside].map(({ descriptors }) => descriptors.find((one) => one.fd === fd))
    if (kind === 'closed') return got === undefined || got.name === '/dev/null' ? '' : `${fd} is ${got.name}`
    if (!got || !had) return `${fd} is closed`
    if (kind !== 'terminal')
      return got.identity === had.identity && got.flags === had.flags
        ? ''
        : `${fd} is ${got.name} (${got.flags}), not ${had.name} (${had.flags})`
    if (!got.isTerminal) return `${fd} is no terminal, but ${got.name}`
    if (got.device === had.device) return `${fd} is the terminal of the caller`
    return got.device === inside.controlling ? '' : `${fd} does not control the command`
  })
  const more = inside.descriptors.filter(({ fd }) => fd > 2).map(({ fd, name }) => `${fd} is ${name}`)
  const theirs =
    inside.controlling === outside.controlling ? ["the caller's terminal controls the command"] : []
  return [...trouble, ...more, ...theirs].filter((text) => text !== '').join(', ')
}
