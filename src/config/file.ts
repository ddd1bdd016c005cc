// Door: one file of the configuration, read and understood. Loaded late: most have none.
import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { configurable, layerOf, type Source } from './config.ts'

export const readSource = (path: string, _isSystem: boolean): Source => {
  const table = parse(readFileSync(path, 'utf8'))
  return {
    layer: layerOf(
      configurable.flatMap((row) => {
        const value = table[row.name]
        return value === undefined ? [] : [[row, [value === true ? 'yes' : String(value)], path]]
      }),
    ),
    rules: [],
    locked: new Map(),
  }
}
