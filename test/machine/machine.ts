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

/** The files of one kind, and how they are run. */
interface Kind {
  readonly name: RegExp
  readonly words: (machine: Machine) => readonly string[]
}

/** As root; NAME.alice.test.ts as alice, NAME.restarts.test.ts apart from what it restarts: one machine for all of these. */
const together: readonly Kind[] = [
  { name: /^[^.]*\.test/, words: ({ inside }) => inside },
  { name: /\.restarts\./, words: ({ apart }) => [...apart, 'env', `PATH=${path}`] },
  { name: /\.alice\./, words: ({ inside }) => [...inside, ...alice] },
]

/** NAME.alone.test.ts changes the machine for good, and has one of its own. */
const alone = /\.alone\./

/** Runs what is named (all, when nothing is). */
const test = async (): Promise<number> => {
  const files = await bundleForMachine(`machine-tests-${process.pid}`, named(rest))
  const [own, common] = [true, false].map((is) => files.filter((file) => alone.test(basename(file)) === is))
  const rounds = [
    [together, common ?? []],
    ...(own ?? []).map(
      (file) => [[{ name: alone, words: ({ inside }: Machine) => inside }], [file]] as const,
    ),
  ] as const
  let failed: number | undefined
  for (const [kinds, some] of rounds) {
    if (some.length === 0) continue
    const machine = await boot(failed === undefined ? SKIPPED : 1)
    for (const { name, words } of kinds) {
      const those = some.filter((file) => name.test(basename(file)))
      if (those.length > 0)
        failed = (failed ?? 0) | (await attached([...words(machine), ...runner, ...those]))
    }
    machine.stop()
  }
  return failed ?? 0
}

/** Where its programs are, and Node. */
const path = '/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const actions: Readonly<Record<string, () => Promise<number>>> = {
  test,
  run: async () => attached([...(await boot()).inside, ...rest]),
  shell: async () => attached([...(await boot()).enter, 'bash', '-l']),
}

/** The status by which a test says that it was skipped: nothing was run, for want of a machine. */
const SKIPPED = 77

/** Where no machine can be had: the reason, and the end, with `status`. */
const boot = (status = SKIPPED): Promise<Machine> => {
  const without = (why: string): never => {
    console.log(`no test machine: ${why}`)
    process.exit(status)
  }
  return reason === undefined ? bootMachine().catch((error) => without(String(error))) : without(reason)
}

const action = actions[word]
if (!action) {
  console.log(reason ?? 'a machine can be had')
  process.exit(0)
}

// What is still up is taken down by its own hook.
process.exit(await action())
