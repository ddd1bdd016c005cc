// tint0ctl config edit: an editor on a copy, which takes the file's place when it is right; as visudo(8) does it.

import { wrongValues } from '../config/check.ts'
import { ask, checkTerminal, createDraft, runEditor } from '../config/edit.ts'
import { readAnyText, readConfigText } from '../config/file.ts'
import { templateFor } from '../config/template.ts'
import { understand } from '../config/understand.ts'
import { isThere, mendFolder, wantsMending, writeAtomically } from '../config/write.ts'
import { type Failure, failed, Tint0Error, withWayOut } from '../errors.ts'
import { layersOf, tell } from './config-show.ts'
import type { World } from './world.ts'

/** Resolves to whether the file is new. Throws a Tint0Error where it stays as it was, but should not. */
export const editConfig = async (path: string, isSystem: boolean, world: World): Promise<boolean> => {
  checkTerminal()
  const before = textOf(path, isSystem, world)
  const wasThere = isThere(path)
  const first = before ?? templateFor(isSystem)
  const draft = createDraft(first)
  let isKept = false
  /** What was written is not lost where this fails. */
  const keeping: Keeping = async (act) => {
    try {
      return await act()
    } catch (error) {
      isKept = true
      throw error instanceof Tint0Error
        ? new Tint0Error(withWayOut(error.failure, `yours is kept as ${draft.path}`))
        : error
    }
  }
  try {
    const text = await edited(draft.path, path, isSystem, world, keeping)
    const mends = isSystem && text !== undefined && wantsMending(path)
    if (text === undefined || (text === first && !mends)) {
      world.complain(`tint0ctl: nothing is changed\n`)
      return false
    }
    if (text === first) world.complain('tint0ctl: the text stays; who may read and write it is mended\n')
    if (text === first && !wasThere) {
      mendFolder(path, 0o644)
      return false
    }
    await keeping(() => {
      if (textOf(path, isSystem, { complain: () => {} }) !== before)
        throw failed(path, 'was changed by another meanwhile')
      writeAtomically(path, text, isSystem ? 0o644 : 0o600, isSystem)
    })
    return before === undefined
  } finally {
    if (!isKept) draft.remove()
  }
}

type Keeping = (act: () => void | Promise<void>) => Promise<void>

/**
 * What is in the file; undefined where there is none. One in /etc that cannot be trusted or read is mended by this, and so is
 * taken as it is, or, if that cannot be, for none.
 */
const textOf = (path: string, isSystem: boolean, world: Pick<World, 'complain'>): string | undefined => {
  if (!isThere(path)) return undefined
  if (!isSystem) return readConfigText(path)
  try {
    return readConfigText(path, true)
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    tell([error.failure], world)
    return readAnyText(path)
  }
}

/** What comes out of the editor when it is right, or wanted all the same; undefined where it is given up. */
const edited = async (
  draft: string,
  path: string,
  isSystem: boolean,
  world: World,
  keeping: Keeping,
): Promise<string | undefined> => {
  for (let round = 1; ; round++) {
    const edit = () => runEditor(draft, world.env)
    // In the first round nothing was written before.
    await (round === 1 ? edit() : keeping(edit))
    const { text, problems } = await judged(draft, path, isSystem, world)
    if (problems.length === 0) return text
    tell(problems, world)
    const answer = await decided()
    if (answer === 'x') return undefined
    if (answer === 'Q' && text !== undefined) return text
  }
}

const decided = async (): Promise<string> => {
  for (;;) {
    const answer = await ask(
      'What now? (e)dit again, e(x)it and change nothing, (Q)uit and save it as it is: ',
    )
    if (answer === undefined) return 'x'
    if (['e', 'x', 'Q'].includes(answer)) return answer
  }
}

interface Judged {
  readonly text: string | undefined
  readonly problems: readonly Failure[]
}

/** What is wrong is said of the file that it is to become. */
const judged = async (draft: string, path: string, isSystem: boolean, { env }: World): Promise<Judged> => {
  try {
    const text = readConfigText(draft)
    const { source, problems } = understand(text, path, isSystem)
    const wrong = await Promise.all(layersOf(source).map((layer) => wrongValues(layer, env)))
    return { text, problems: [...problems, ...wrong.flat()] }
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    return { text: undefined, problems: [error.failure] }
  }
}
