// Why the manager was told no without anybody having been asked: a rule says so, or polkit is not there, or does not know the action.
// To the manager all of that is one and the same refusal.
import type { Bus } from '../bus/bus.ts'
import { later } from '../bus/patience.ts'
import { manageUnits, policyOf } from './authority.ts'
import { type Words, words } from './words.ts'

/** Longest that it is worth to wait for the reason, in milliseconds. */
const usualPatience = 3000

/** What to tell of a refusal for which the manager gave that reason. */
export const whyDenied = (bus: Bus, said: string, patience = usualPatience): Promise<Words> =>
  Promise.race([reasonOf(bus, said), later(patience).then(words.polkitSilent)])

const reasonOf = async (bus: Bus, said: string): Promise<Words> => {
  try {
    const policy = await policyOf(bus, manageUnits)
    return policy ? words.ruleSaysNo(said) : words.actionUnknown()
  } catch (error) {
    return words.polkitAway((error as Error).message)
  }
}
