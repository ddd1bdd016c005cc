// Door: what the manager wrote into the journal about a unit, where we may read that (root, and the groups adm and
// systemd-journal). Asked only when something went wrong, and not for long. Only fields are matched that the writer cannot set.
import { execFile } from 'node:child_process'
import { systemPath } from '../paths.ts'
import { caller } from './account.ts'
import type { End } from './backend.ts'

export interface Journal {
  /** Why it could not be started, in the manager's words. */
  reason(): Promise<string | undefined>
  /** How its command ended. */
  end(): Promise<End | undefined>
}

/** SD_MESSAGE_UNIT_PROCESS_EXIT of sd-messages(3). */
const processExit = '98e322203f7a4ed290d09fe03c09fe15'

/** Milliseconds: for journalctl, and for a message that is still on its way. */
const wait = { most: 1000, once: 150 }

/** From now on: who had the same name before does not matter. */
export const openJournal = (scope: 'system' | 'user', unit: string): Journal => {
  const since = `--since=@${Math.floor(Date.now() / 1000)}`
  const read = (...words: string[]) =>
    entries(['--output=json', '--lines=8', since, ...(scope === 'user' ? ['--user'] : []), ...words])
  const isUser = scope === 'user'
  const own = `${isUser ? '_SYSTEMD_USER_UNIT' : '_SYSTEMD_UNIT'}=${unit}`
  const managers = [`${isUser ? 'USER_UNIT' : 'UNIT'}=${unit}`, `_UID=${isUser ? caller().uid : 0}`]
  return {
    reason: async () => {
      // Before the command is there, whoever writes is of the manager. It may be gone before the journal knows its unit.
      const found = await read('--priority=notice', ...managers, '+', own, '_TRANSPORT=journal')
      const lines = found.map(({ MESSAGE }) => withoutName(String(MESSAGE), unit))
      return lines.find((line) => !summary.test(line)) ?? lines.flatMap(errorOf)[0]
    },
    end: async () => {
      const found = await read(...managers, `MESSAGE_ID=${processExit}`)
      const last = found.findLast(({ COMMAND }) => COMMAND === 'ExecStart')
      const status = Number(last?.EXIT_STATUS)
      if (!last || Number.isNaN(status)) return undefined
      return last.EXIT_CODE === 'exited' ? { kind: 'exited', status } : { kind: 'killed', signal: status }
    },
  }
}

/** What only says that it failed. */
const summary = /^Failed (to start|with result|at step) |^Main process exited/

/** The error's name at the end, where nobody says more. */
const errorOf = (line: string): readonly string[] => /^Failed at step .*: ([^:]+)$/.exec(line)?.slice(1) ?? []

const withoutName = (line: string, unit: string): string =>
  line.startsWith(`${unit}: `) ? line.slice(unit.length + 2) : line

type Entry = Readonly<Record<string, unknown>>

const entries = async (words: readonly string[]): Promise<readonly Entry[]> => {
  for (let left = 2; ; left--) {
    const { text, mayRead } = await journalctl(words)
    const found = text.split('\n').flatMap(parsed)
    if (found.length > 0 || !mayRead || left === 0) return found
    await new Promise((resolve) => setTimeout(resolve, wait.once))
  }
}

const parsed = (line: string): readonly Entry[] => {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

/** Without --quiet it tells on standard error that there is more than we may see. */
const journalctl = (words: readonly string[]) =>
  new Promise<{ readonly text: string; readonly mayRead: boolean }>((resolve) => {
    const options = { env: { PATH: systemPath, LC_ALL: 'C' }, timeout: wait.most, maxBuffer: 1 << 20 }
    execFile('journalctl', [...words], options, (error, stdout, stderr) =>
      resolve({
        text: error ? '' : stdout,
        mayRead: !error && !/not seeing messages|permission/i.test(stderr),
      }),
    )
  })
