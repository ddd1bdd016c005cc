// tint0: words → request → command → exit status. Makes the real world.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { helpText } from './cli/help.ts'
import { readRequest } from './cli/request.ts'
import { session } from './commands/session.ts'
import type { World } from './commands/world.ts'
import { failed } from './errors.ts'
import { argumentsAreText, complain, onBug, print, runProgram } from './program.ts'
import { version } from './version.ts'

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
  now: () => performance.now(),
  onBug,
  complain,
}

runProgram('tint0', async (words) => {
  if (!argumentsAreText(words))
    throw failed('arguments', 'one is not UTF-8', 'rename the file, or pass its name by standard input')
  const request = readRequest(words)
  switch (request.kind) {
    case 'help':
      await print(helpText())
      return 0
    case 'version':
      await print(`tint0 ${version}\nbackends: system user local\n`)
      return 0
    case 'session':
      return session(request, world)
  }
})
