// tint0: words → request → command → exit status. Makes the real world; the only place that exits.
import { randomBytes } from 'node:crypto'
import { existsSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { helpText } from './cli/help.ts'
import { readRequest } from './cli/request.ts'
import { session } from './commands/session.ts'
import type { World } from './commands/world.ts'
import { failed, sentence, Tint0Error } from './errors.ts'
import { version } from './version.ts'

// Without a listener SIGUSR1 opens Node's inspector to every user of this machine.
process.on('SIGUSR1', () => {})

const world: World = {
  env: process.env,
  get directory() {
    try {
      return process.cwd()
    } catch {
      throw failed('current directory', 'does not exist any more', 'cd to one that does')
    }
  },
  hostname: hostname(),
  booted: existsSync('/run/systemd/system'),
  id: randomBytes(4).toString('hex'),
  sleep: (milliseconds) => setTimeout(milliseconds, undefined, { ref: false }),
  complain: (text) => {
    writeSync(2, text)
  },
  print: (text) =>
    new Promise((resolve, reject) =>
      process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
    ),
}

const run = async (words: readonly string[]): Promise<number> => {
  const request = readRequest(words)
  switch (request.kind) {
    case 'help':
      await world.print(helpText())
      return 0
    case 'version':
      await world.print(`tint0 ${version}\nbackends: system user local\n`)
      return 0
    case 'session':
      return session(request, world)
  }
}

run(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    const { failure } =
      error instanceof Tint0Error
        ? error
        : failed('bug', String(error instanceof Error ? error.message : error), 'please report it')
    try {
      world.complain(sentence('tint0', failure))
    } finally {
      if (!(error instanceof Tint0Error) && process.env.TINT0_DEBUG) console.error(error)
      process.exit(failure.status)
    }
  },
)
