// tint0ctl: everything that is not running a command with other rights. Words → command → exit status; the second of the two
// programs.
import process from 'node:process'
import { type Chosen, readChosen } from './cli/chosen.ts'
import { type CompanionName, type CompanionRow, companionCommands } from './cli/companion.ts'
import type { Shell } from './cli/completions.ts'
import { companionHelp } from './cli/help.ts'
import { readFilterRequest, readRequest, readTintRequest } from './cli/request.ts'
import type { Prompt } from './cli/shell-init.ts'
import { configureBy } from './commands/configure.ts'
import { doctor } from './commands/doctor.ts'
import { filter } from './commands/filter.ts'
import { session } from './commands/session.ts'
import { failed } from './errors.ts'
import { checkArguments, createWorld, print, runProgram, showAs } from './program.ts'
import { closest } from './suggest.ts'
import { version } from './version.ts'

/** Resolves to the exit status. */
type Run = (words: readonly string[], chosen: Chosen) => Promise<number>

/** What each command does. */
const runs: Readonly<Record<CompanionName, Run>> = {
  tint: async (words) => {
    checkArguments(words)
    showAs('tint0ctl tint', words)
    const world = createWorld()
    const { status } = await session(await readTintRequest(words, configureBy(world, 'self')), world)
    return status
  },
  filter: async (words) => {
    const world = createWorld()
    return filter(await readFilterRequest(words, configureBy(world, 'self')), world)
  },
  config: async (_, { action, switches }) => {
    const world = createWorld()
    const { config } = await import('./commands/config.ts')
    return config(action, {
      world,
      isSystem: switches.has('system'),
      isRoot: process.getuid?.() === 0,
      print,
      // Without any configuration, for that may be what is wrong.
      asRoot: async () => {
        const words = [process.execPath, process.argv[1] ?? '', 'config', action, '--system']
        const request = await readRequest(['--setenv=VISUAL', '--setenv=EDITOR', '--', ...words])
        return request.kind === 'session' ? (await session(request, world)).status : 125
      },
    })
  },
  themes: async (_, chosen) => {
    const world = createWorld()
    if (chosen.action === 'pick') {
      const { pick } = await import('./commands/pick.ts')
      return pick(world, print)
    }
    const { themes } = await import('./commands/themes.ts')
    const { text, status } = await themes(chosen, world)
    await print(text)
    return status
  },
  doctor: async (_, { switches }) => {
    await print(await doctor(createWorld(), switches.has('json')))
    return 0
  },
  auth: async (_, { switches }) => {
    const { auth } = await import('./commands/auth.ts')
    await print(await auth(switches.has('json'), createWorld()))
    return 0
  },
  policy: async (_, chosen) => {
    const { policy } = await import('./commands/policy.ts')
    await print(await policy(chosen))
    return 0
  },
  completions: async (_, { action }) => {
    const { completionsFor } = await import('./cli/completions.ts')
    await print(completionsFor(action as Shell))
    return 0
  },
  'shell-init': async (_, { action }) => {
    const { shellInit } = await import('./cli/shell-init.ts')
    await print(shellInit[action as Prompt])
    return 0
  },
  version: async () => {
    await print(`tint0ctl ${version}\n`)
    return 0
  },
}

const nothing: Chosen = { action: '', value: '', switches: new Set(), values: new Map() }

/** Options that stand for a command, as everywhere. */
const names: Readonly<Record<string, string>> = { '-V': 'version', '--version': 'version' }
const help = new Set(['-h', '--help'])

const showHelp = async (): Promise<number> => {
  await print(companionHelp())
  return 0
}

runProgram('tint0ctl', async ([word, ...words]) => {
  if (word === undefined || word === 'help' || help.has(word) || help.has(words[0] ?? '')) return showHelp()
  const name = names[word] ?? word
  const rows: readonly CompanionRow[] = companionCommands
  const row = rows.find((one) => one.name === name)
  const run = row && runs[row.name as CompanionName]
  if (!run) {
    const near = closest(word, [...rows.map((one) => one.name), ...Object.keys(names)], 2)
    throw failed(word, 'is no command', near ? `did you mean ${near}?` : 'see tint0ctl --help')
  }
  if (!row.hasLook && words.some((one) => help.has(one))) return showHelp()
  return run(words, row.hasLook ? nothing : readChosen(row, words))
})
