// How much memory is really held: the heap after a collection.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that are reachable, buffers included. */
export const heldBytes = (): number => {
  // What is being compiled meanwhile is let go of by a later one.
  for (let left = 3; left > 0; left--) collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
