// Why the manager was told no: whoever was asked failed, or a rule says so without asking, or polkit is not there, or does not know the
// action. To the manager all of that is one and the same refusal.
import type { Bus } from '../bus/bus.ts'
import { later } from '../bus/patience.ts'
import { manageUnits, policyOf } from './authority.ts'
import { type Words, words } from './words.ts'

/** Longest that it is worth to wait for the reason, in milliseconds. */
const usualPatience = 3000

/** What to tell of a refusal; `usual` is that where polkit is as it should be. */
export const whyDenied = (bus: Bus, usual: Words, patience = usualPatience): Promise<Words> =>
  Promise.race([reasonOf(bus, usual), later(patience).then(words.polkitSilent)])

const reasonOf = async (bus: Bus, usual: Words): Promise<Words> => {
  try {
    const policy = await policyOf(bus, manageUnits)
    return policy ? usual : words.actionUnknown()
  } catch (error) {
    return words.polkitAway((error as Error).message)
  }
}
