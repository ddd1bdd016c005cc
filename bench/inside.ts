// Runs in the test machine, as root: every experiment, tint0 and run0 in turn, so that what else the host does meets both.
// Prints one line of JSON an experiment: its number, and what terminal.pl measured in each round.
import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import {
  configFile,
  type Experiment,
  experiments,
  hugeFile,
  payloadFolder,
  payloadSize,
  type Subject,
  subjects,
} from './experiments.ts'
import { payload, payloads } from './payloads.ts'

export type Measured = Readonly<Record<string, number>>

export interface Sample {
  readonly experiment: number
  readonly rounds: readonly Readonly<Record<Subject, Measured>>[]
}

/** clock_gettime(2). */
const clock = process.arch === 'arm64' ? 113 : 228

const program: Readonly<Record<Subject, string>> = { tint0: '/src/bin/tint0', run0: '/usr/bin/run0' }

const measure = (
  subject: Subject,
  { mode, keys = 0, input, node, config, options, command, instead }: Experiment,
): Measured => {
  const upstream = node === 'debian' ? '' : '/opt/node/bin:'
  const env = {
    PATH: `${upstream}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    HOME: '/root',
    USER: 'root',
    LOGNAME: 'root',
    SHELL: '/bin/bash',
    ...(config !== undefined && { TINT0_CONFIG: configFile }),
  }
  const measured = instead?.[subject] ?? [program[subject], ...options, ...command]
  const words = [mode, String(clock), input ?? String(keys), ...measured]
  const printed = execFileSync('/usr/bin/perl', ['/src/bench/terminal.pl', ...words], {
    encoding: 'utf8',
    env,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  })
  return JSON.parse(printed)
}

const round = (experiment: Experiment): Record<Subject, Measured> =>
  Object.fromEntries(subjects.map((subject) => [subject, measure(subject, experiment)])) as Record<
    Subject,
    Measured
  >

mkdirSync(payloadFolder, { recursive: true })
for (const kind of payloads) writeFileSync(`${payloadFolder}/${kind}`, payload(kind, payloadSize))
writeFileSync(hugeFile.path, '')
truncateSync(hugeFile.path, hugeFile.size)
for (const [number, experiment] of experiments.entries()) {
  if (experiment.config !== undefined) writeFileSync(configFile, experiment.config)
  // The first is for the caches.
  round(experiment)
  const rounds = Array.from({ length: experiment.rounds }, () => round(experiment))
  console.log(JSON.stringify({ experiment: number, rounds } satisfies Sample))
}
