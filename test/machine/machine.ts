// The machine from the command line: `node --import tsx test/machine/machine.ts test [NAME…] | run CMD… | shell | why`.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bootMachine, type Machine } from './boot.ts'
import { checkout, hindrance } from './build.ts'
import { bundleForMachine } from './bundle.ts'

const here = join(checkout, 'test/machine')

const [word = 'why', ...rest] = process.argv.slice(2)
const reason = hindrance()

const attached = (argv: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const [command = '', ...args] = argv
    spawn(command, args, { stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1))
  })

const named = (names: readonly string[]): string[] =>
  readdirSync(here)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => names.length === 0 || names.includes(file.split('.')[0] ?? ''))
    .map((file) => join(here, file))

/** What tells some tests how often, or of what: a service has none of our environment. */
const passedOn = ['JOBS_OF', 'TINT0_RUNS', 'RUNS', 'FIRST', 'ONLY_ENDING', 'SCREENS'].flatMap((name) =>
  process.env[name] ? [`${name}=${process.env[name]}`] : [],
)

const runner = [
  ...['env', 'TINT0_BIN=/src/bin/tint0', ...passedOn, 'node', '--test', '--test-reporter=spec'],
  ...['--test-concurrency=1', '--test-timeout=900000'],
  ...(process.env.ONLY ? [`--test-name-pattern=${process.env.ONLY}`] : []),
]

const alice = [
  ...['setpriv', '--reuid=alice', '--regid=alice', '--init-groups'],
  ...[
    'env',
    '--unset=DBUS_SESSION_BUS_ADDRESS',
    'HOME=/home/alice',
    'USER=alice',
    'XDG_RUNTIME_DIR=/run/user/1000',
  ],
]

/** Runs what is named (all, when nothing is), as root; NAME.alice.test.ts as alice, NAME.restarts.test.ts apart from what it restarts. */
const test = async ({ inside, apart }: Machine): Promise<number> => {
  const files = await bundleForMachine(`machine-tests-${process.pid}`, named(rest))
  const kinds = [
    [/^[^.]*\.test/, inside],
    [/\.restarts\./, [...apart, 'env', `PATH=${path}`]],
    [/\.alice\./, [...inside, ...alice]],
  ] as const
  let failed = 0
  for (const [kind, words] of kinds) {
    const some = files.filter((file) => kind.test(basename(file)))
    if (some.length > 0) failed |= await attached([...words, ...runner, ...some])
  }
  return failed
}

/** Where its programs are, and Node. */
const path = '/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const actions: Readonly<Record<string, (machine: Machine) => Promise<number>>> = {
  test,
  run: ({ inside }) => attached([...inside, ...rest]),
  shell: ({ enter }) => attached([...enter, 'bash', '-l']),
}

const action = actions[word]
if (!action) {
  console.log(reason ?? 'a machine can be had')
  process.exit(0)
}

/** No machine: the reason, and the status by which a test says that it was skipped. */
const without = (why: string): never => {
  console.log(`no test machine: ${why}`)
  process.exit(77)
}

const machine =
  reason === undefined ? await bootMachine().catch((error) => without(String(error))) : without(reason)
const status = await action(machine)
machine.stop()
process.exit(status)
