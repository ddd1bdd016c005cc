// Whether a rule of the configuration applies to a session. What the session is about is asked only where a rule wants to know.

import { matches } from '../glob.ts'
import type { Condition, Rule } from './config.ts'

/** All that a condition may match: a name, the number that stands for it; '' for what there is none of. */
export type Facts = Readonly<Record<Condition, () => readonly string[]>>

/** The cheap ones first: groups are asked for by a program. */
const inTurn: readonly Condition[] = ['command', 'machine', 'host', 'user', 'group']

export const applies =
  (facts: Facts) =>
  ({ when }: Rule): boolean =>
    inTurn.every((name) => {
      const globs = when[name]
      return globs === undefined || facts[name]().some((text) => globs.some((glob) => matches(glob, text)))
    })
