// What was configured, joined with what was written: the files, their rules, the environment. A value that turns out to be wrong
// is named by the place where it was written.
import type { Written } from '../cli/parse.ts'
import type { Configure } from '../cli/request.ts'
import { asWritten, type Configuration, type Layer, type Rule, settle } from '../config/config.ts'
import { readFiles } from '../config/files.ts'
import { environmentLayer, firmLayer } from '../config/variables.ts'
import type { World } from './world.ts'

/** For request.ts. */
export const configureBy =
  (world: World): Configure =>
  async (written) => {
    const settled = await settledFor(written, world)
    return asWritten(settled, written.operands)
  }

/** All that counts for this command, each with its origin. */
export const settledFor = async (written: Written, { env }: World): Promise<Layer> => {
  const configuration: Configuration = {
    files: await readFiles(env, written.options.get('config')?.at(-1) ?? env.TINT0_CONFIG),
    environment: environmentLayer(env),
    firm: firmLayer(env),
  }
  return settle(written, configuration, (_rule: Rule) => false)
}
