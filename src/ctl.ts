// tint0ctl: everything that is not running a command. Words → command → exit status; the second of the two programs.
import { existsSync, writeSync } from 'node:fs'
import process from 'node:process'
import { doctor } from './commands/doctor.ts'
import { failed, sentence, Tint0Error } from './errors.ts'
import { version } from './version.ts'

interface Command {
  readonly text: string
  run(): Promise<string>
}

/** One row a command. */
const commands: Readonly<Record<string, Command>> = {
  doctor: {
    text: 'show what tint0 finds here: manager, bus, polkit, agent, terminal',
    run: () => doctor({ env: process.env, booted: existsSync('/run/systemd/system') }),
  },
  version: { text: 'show the version', run: async () => `tint0ctl ${version}\n` },
}

const usage = (): string =>
  [
    'Usage: tint0ctl COMMAND',
    '',
    ...Object.entries(commands).map(([name, { text }]) => `  ${name.padEnd(10)} ${text}`),
    '',
  ].join('\n')

const run = async ([word, extra]: readonly string[]): Promise<string> => {
  if (word === undefined || word === '-h' || word === '--help' || word === 'help') return usage()
  const command = Object.hasOwn(commands, word === '-V' || word === '--version' ? 'version' : word)
    ? commands[word === '-V' || word === '--version' ? 'version' : word]
    : undefined
  if (!command) throw failed(word, 'is no command', 'see tint0ctl --help')
  if (extra !== undefined)
    throw failed(extra, `is too much: ${word} takes no argument`, 'see tint0ctl --help')
  return command.run()
}

run(process.argv.slice(2)).then(
  (text) => {
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
      process.exit(code === 'EPIPE' ? 141 : 125),
    )
    process.stdout.write(text)
  },
  (error: unknown) => {
    const failure =
      error instanceof Tint0Error ? error.failure : failed('bug', String(error), 'please report it').failure
    writeSync(2, sentence('tint0ctl', failure))
    process.exitCode = failure.status
  },
)
