// --dry-run: everything is decided as a session would, and shown: as a unit file and as the call of the manager, or, without a
// manager, as the words that would be run. Nothing is started, no PTY opened, and nobody asked.
import type { Launch, Plan } from '../backend/backend.ts'
import { busCallText, dataOf } from '../backend/bus-call.ts'
import { descriptorName, plannedPty } from '../backend/plan.ts'
import { unitFileText } from '../backend/unit-file.ts'
import { shellWord } from '../backend/words.ts'
import type { SessionRequest } from '../cli/request.ts'
import { isPiped, standardTerminals } from '../terminal/tty.ts'
import { chooseBackend } from './choose.ts'
import { planLaunch } from './launch.ts'
import { planStreams, type StreamPlan } from './streams.ts'
import { themedBy } from './themed.ts'
import type { World } from './world.ts'

interface DryRun {
  /** For people. */
  readonly text: string
  /** For JSON. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Throws a Tint0Error where a session would, as far as it can be known before. */
export const dryRun = async (request: SessionRequest, world: World): Promise<DryRun> => {
  const { marks } = await themedBy(request.look, world.env)
  const backend = chooseBackend(request, world)
  try {
    const streams = planStreams(request.streams, standardTerminals(), isPiped())
    const launch = planLaunch(request, backend.name, streams.usesPty, marks, world)
    const pty = streams.usesPty ? plannedPty : undefined
    const plan = await backend.plan(launch, { pty, streams: streams.streams })
    return {
      text: textOf(launch, plan, backend.name === 'user' ? 'user' : 'system'),
      data: {
        kind: 'dry-run',
        backend: backend.name,
        unit: plan.kind === 'unit' ? launch.unit : null,
        path: launch.path,
        argv: launch.argv,
        streams: streamNames(streams),
        ...dataOfPlan(plan),
      },
    }
  } finally {
    backend.release()
  }
}

const textOf = (launch: Launch, plan: Plan, scope: 'system' | 'user'): string => {
  switch (plan.kind) {
    case 'unit':
      return `${unitFileText(launch, plan.rows, plan.wanted)}\n${busCallText(scope, launch.unit, plan.rows)}`
    case 'process':
      return `# descriptors: ${plan.descriptors.map(descriptorName).join(' ')}\n${[
        `cd ${shellWord(plan.directory)} && env -i`,
        ...plan.environment.map((text) => `  ${shellWord(text)}`),
        `  ${plan.words.map(shellWord).join(' ')}`,
      ].join(' \\\n')}\n`
  }
}

const dataOfPlan = (plan: Plan): Readonly<Record<string, unknown>> => {
  switch (plan.kind) {
    case 'unit':
      return {
        environment: plan.rows.flatMap(([name, , value]) => (name === 'Environment' ? value : [])),
        properties: plan.rows.map(([name, signature, value]) => ({
          name,
          signature,
          value: dataOf(signature, value),
        })),
      }
    case 'process':
      return {
        environment: plan.environment,
        directory: plan.directory,
        words: plan.words,
        descriptors: plan.descriptors.map((descriptor) => descriptorName(descriptor).toLowerCase()),
      }
  }
}

/** What the command's streams are: the PTY, or the caller's own. */
const streamNames = ({ streams }: StreamPlan) => {
  const [stdin, stdout, stderr] = streams.map((own) => (own === undefined ? 'pty' : 'own'))
  return { stdin, stdout, stderr }
}
