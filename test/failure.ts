// What a call refuses, as the value whose words the user sees.
import { AssertionError } from 'node:assert/strict'
import { type Failure, Tint0Error } from '../src/errors.ts'

/** The failure that `act` throws; anything else that it throws, or nothing, fails the test. */
export const failureOf = (act: () => unknown): Failure => {
  try {
    act()
  } catch (error) {
    if (error instanceof Tint0Error) return error.failure
    throw error
  }
  throw new AssertionError({ message: 'it was not refused' })
}

/** The same of a promise. */
export const failureIn = async (promise: Promise<unknown>): Promise<Failure> => {
  let thrown: unknown
  const settled = await promise.catch((error: unknown) => {
    thrown = error
  })
  return failureOf(() => {
    if (thrown !== undefined) throw thrown
    return settled
  })
}
