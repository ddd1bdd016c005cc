// tint0ctl config: what is configured and by whom, and the file itself. Works also where the configuration is wrong: that is when
// it is needed. Loaded late.
import { dirname, join } from 'node:path'
import { filesFor, ownFile, systemFile } from '../config/files.ts'
import { schemaName, templateFor } from '../config/template.ts'
import { createFile, isThere } from '../config/write.ts'
import { show } from '../errors.ts'
import { editConfig } from './config-edit.ts'
import { showConfig } from './config-show.ts'
import type { World } from './world.ts'

export interface ConfigCall {
  readonly world: World
  /** Of the file in /etc. */
  readonly isSystem: boolean
  readonly isRoot: boolean
  print(text: string): Promise<void>
  /** The same command as root, in a session without any configuration; resolves to its status. */
  asRoot(): Promise<number>
}

/** Resolves to the exit status. */
export const config = (action: string, call: ConfigCall): Promise<number> =>
  actions[action]?.(call) ?? showConfig(call)

const actions: Readonly<Record<string, (call: ConfigCall) => Promise<number>>> = {
  path: async ({ world, print }) => {
    await print(
      filesFor(world.env, undefined)
        .map(({ path }) => `${show(path)}\n`)
        .join(''),
    )
    return 0
  },
  init: async ({ world, isSystem, print }) => {
    const path = isSystem ? systemFile : ownFile(world.env)
    createFile(path, templateFor(isSystem), isSystem ? 0o644 : 0o600)
    if (!isSystem) await writeSchema(path)
    await print(`${show(path)}\n`)
    return 0
  },
  edit: async (call) => {
    const { world, isSystem, isRoot, asRoot } = call
    if (isSystem && !isRoot) return asRoot()
    const path = isSystem ? systemFile : ownFile(world.env)
    const isNew = await editConfig(path, isSystem, world)
    if (isNew && !isSystem) await writeSchema(path)
    return 0
  },
  schema: async ({ print }) => {
    await print(await schemaText())
    return 0
  },
}

const schemaText = async (): Promise<string> => (await import('../config/json-schema.ts')).jsonSchema()

/** Beside a new file, whose first line refers to it; one that is there is left alone. */
const writeSchema = async (path: string): Promise<void> => {
  const schema = join(dirname(path), schemaName)
  if (!isThere(schema)) createFile(schema, await schemaText(), 0o600)
}
