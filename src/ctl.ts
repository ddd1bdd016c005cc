// tint0ctl: everything that is not running a command. Words → command → exit status; the second of the two programs.
import { existsSync } from 'node:fs'
import process from 'node:process'
import { doctor } from './commands/doctor.ts'
import { failed } from './errors.ts'
import { print, runProgram } from './program.ts'
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

/** Options that stand for a command, as everywhere. */
const names: Readonly<Record<string, string>> = { '-V': 'version', '--version': 'version' }

const usage = (): string =>
  [
    'Usage: tint0ctl COMMAND',
    '',
    ...Object.entries(commands).map(([name, { text }]) => `  ${name.padEnd(10)} ${text}`),
    '',
  ].join('\n')

const report = async ([word, extra]: readonly string[]): Promise<string> => {
  if (word === undefined || word === '-h' || word === '--help' || word === 'help') return usage()
  const name = names[word] ?? word
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw failed(word, 'is no command', 'see tint0ctl --help')
  if (extra !== undefined)
    throw failed(extra, `is too much: ${word} takes no argument`, 'see tint0ctl --help')
  return command.run()
}

runProgram('tint0ctl', async (words) => {
  await print(await report(words))
  return 0
})
