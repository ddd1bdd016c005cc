// The form of a configuration file for editors, as JSON Schema (draft-07, which most of them know). The copy in schema/ is for
// those who have no tint0.
import { toJsonSchema } from '@valibot/to-json-schema'
import { schemaOf } from './schema.ts'

const draft = 'http://json-schema.org/draft-07/schema#'

/** Ends in a newline. */
export const jsonSchema = (): string =>
  `${JSON.stringify({ $schema: draft, title: 'tint0: config.toml', ...toJsonSchema(schemaOf(true)) }, undefined, 2)}\n`
