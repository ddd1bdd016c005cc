// tint0: words → request → command → exit status.
import { helpText } from './cli/help.ts'
import { nothingWritten } from './cli/parse.ts'
import { placed, readRequest } from './cli/request.ts'
import { configureBy } from './commands/configure.ts'
import { run } from './commands/run.ts'
import { checkArguments, createWorld, page, print, runProgram, showAs } from './program.ts'
import { dieBy } from './relay/die.ts'
import { version } from './version.ts'

runProgram('tint0', async (words) => {
  checkArguments(words)
  const world = createWorld()
  const configure = configureBy(world)
  let settled = nothingWritten
  const request = await readRequest(words, async (written) => {
    settled = await configure(written)
    return settled
  })
  switch (request.kind) {
    case 'help':
      await (request.pager ? page : print)(helpText())
      return 0
    case 'version':
      await print(`tint0 ${version}\nbackends: system user local\n`)
      return 0
    case 'validate': {
      const { validate } = await import('./commands/validate.ts')
      return placed(settled, () => validate(request.auth, world))
    }
    case 'forget': {
      const { forgetKept } = await import('./commands/validate.ts')
      return forgetKept(request.all)
    }
    case 'session': {
      showAs('tint0', words)
      const { status, signal } = await placed(settled, () => run(request, world, print))
      if (request.exitBySignal && signal !== undefined) dieBy(signal)
      return status
    }
  }
})
