// What was configured, joined with what was written: the files, their rules, the environment. A value that turns out to be wrong
// is named by the place where it was written; one that is overruled is not looked at.
import { isLook } from '../cli/option.ts'
import type { OptionName } from '../cli/options.ts'
import type { Written } from '../cli/parse.ts'
import type { Configure } from '../cli/request.ts'
import { asWritten, type Configuration, type Layer, settle } from '../config/config.ts'
import { readFiles } from '../config/files.ts'
import { applies } from '../config/rules.ts'
import { rowOf } from '../config/undo.ts'
import { environmentLayer, firmLayer } from '../config/variables.ts'
import { factsOf } from './facts.ts'
import type { World } from './world.ts'

/** For request.ts. `self`: what runs stays who and where it is (tint0ctl tint), so only the look counts. */
export const configureBy =
  (world: World, who: 'target' | 'self' = 'target'): Configure =>
  async (written) => {
    const settled = await settledFor(written, who === 'self', world)
    const counts = who === 'self' ? new Map([...settled].filter(([name]) => isLookName(name))) : settled
    return asWritten(counts, written.operands)
  }

const isLookName = (name: OptionName): boolean => {
  const row = rowOf(name)
  return row !== undefined && isLook(row)
}

/** All that counts for this command, each with its origin. */
export const settledFor = async (written: Written, self: boolean, world: World): Promise<Layer> => {
  const { env } = world
  const configuration: Configuration = {
    files: await readFiles(env, written.options.get('config')?.at(-1)),
    environment: environmentLayer(env),
    firm: firmLayer(env),
  }
  // Rules set the look alone, so who it is about is known without them.
  const plain = settle(written, configuration, () => false)
  if (configuration.files.every(({ rules }) => rules.length === 0)) return plain
  const facts = factsOf(asWritten(plain, written.operands), self, world)
  return settle(written, configuration, applies(facts))
}
