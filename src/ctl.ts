// tint0ctl: everything that is not running a command with other rights. Words → command → exit status; the second of the two
// programs.
import { helpOf } from './cli/help.ts'
import { readFilterRequest, readTintRequest } from './cli/request.ts'
import { doctor } from './commands/doctor.ts'
import { filter } from './commands/filter.ts'
import { session } from './commands/session.ts'
import { failed } from './errors.ts'
import { checkArguments, createWorld, print, runProgram, showAs } from './program.ts'
import { version } from './version.ts'

interface Command {
  /** What may stand behind its name; without it, nothing may. */
  readonly usage?: string
  readonly text: string
  /** Resolves to the exit status. */
  run(words: readonly string[]): Promise<number>
}

/** One row a command. */
const commands: Readonly<Record<string, Command>> = {
  tint: {
    usage: '[OPTIONS] [--] [COMMAND [ARG…]]',
    text: 'run a command as yourself, with a tint',
    run: async (words) => {
      checkArguments(words)
      showAs('tint0ctl tint', words)
      const { status } = await session(readTintRequest(words), createWorld())
      return status
    },
  },
  filter: {
    usage: '[OPTIONS] <IN >OUT',
    text: 'rewrite terminal output, as a session would',
    run: (words) => filter(readFilterRequest(words), createWorld()),
  },
  doctor: {
    text: 'show what tint0 finds here',
    run: async () => {
      await print(await doctor(createWorld()))
      return 0
    },
  },
  version: {
    text: 'show the version',
    run: async () => {
      await print(`tint0ctl ${version}\n`)
      return 0
    },
  },
}

/** Options that stand for a command, as everywhere. */
const names: Readonly<Record<string, string>> = { '-V': 'version', '--version': 'version' }
const help = new Set(['-h', '--help'])

const usage = (): string =>
  [
    'Usage: tint0ctl COMMAND',
    '',
    ...Object.entries(commands).map(
      ([name, { usage = '', text }]) => `  ${`${name} ${usage}`.padEnd(38)} ${text}`,
    ),
    '',
    ...helpOf('look', 'Options of tint and filter:'),
    '',
  ].join('\n')

runProgram('tint0ctl', async ([word, ...words]) => {
  if (word === undefined || word === 'help' || help.has(word) || help.has(words[0] ?? '')) {
    await print(usage())
    return 0
  }
  const name = names[word] ?? word
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw failed(word, 'is no command', 'see tint0ctl --help')
  if (command.usage === undefined && words[0] !== undefined)
    throw failed(words[0], `is too much: ${word} takes no argument`, 'see tint0ctl --help')
  return command.run(words)
})
