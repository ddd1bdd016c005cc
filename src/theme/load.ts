// Door: finds and reads the files of themes: the user's, the administrator's, then those that come along. Loaded late, where one
// is asked for.
import { failed } from '../errors.ts'
import type { Theme } from './theme.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The theme of this name. Throws a Tint0Error where there is none, or it cannot be understood. */
export const loadTheme = (id: string, _env: Environment): Theme => {
  throw failed(`theme ${id}`, 'does not exist', 'see tint0ctl themes')
}
