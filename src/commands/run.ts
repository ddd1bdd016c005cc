// What tint0 was asked for: a session, or a dry run; and the report of it, where one is wanted. What it goes to is opened first.
import type { SessionRequest } from '../cli/request.ts'
import { failed, sentence, Tint0Error } from '../errors.ts'
import { dryRun } from './dry-run.ts'
import { createReporter, jsonLine, nobody } from './report.ts'
import { type Finish, session } from './session.ts'
import type { World } from './world.ts'

/** Resolves to how it ended. Throws a Tint0Error where nothing was run. */
export const run = async (
  request: SessionRequest,
  world: World,
  print: (text: string) => Promise<void>,
): Promise<Finish> => {
  const { report } = request
  const write = report === undefined ? undefined : world.openReport(report)
  const reporter = write ? createReporter(request.command, world) : undefined
  let finish: Finish = { status: 0, signal: undefined }
  let text: string | undefined
  try {
    if (request.dryRun) {
      const shown = await dryRun(request, world)
      text = jsonLine(shown.data)
      // There it would be in the way.
      if (report !== 1) await print(shown.text)
    } else finish = await session(request, world, reporter ?? nobody)
  } catch (error) {
    const { failure } = error instanceof Tint0Error ? error : failed('bug', String(error))
    writeAfter(write, reporter?.report(failure.status, failure), world)
    // Killed, and there is a word to be said about it.
    if (!request.exitBySignal || failure.signal === undefined) throw error
    world.complain(sentence('tint0', failure))
    return { status: failure.status, signal: failure.signal }
  }
  writeAfter(write, text ?? reporter?.report(finish.status), world)
  return finish
}

/** The status stays that of the command. */
const writeAfter = (
  write: ((text: string) => void) | undefined,
  text: string | undefined,
  { complain }: World,
): void => {
  try {
    if (text !== undefined) write?.(text)
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    complain(sentence('tint0', error.failure))
  }
}
