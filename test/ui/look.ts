// A look for tests that do not look at it.
import type { Look } from '../../src/ui/choice.ts'

export const look: Look = {
  scheme: 'dark',
  background: '#000000',
  known: 'asked',
  base: [],
  tint: undefined,
  color: undefined,
  contrast: undefined,
  titleMark: '',
  promptMark: '',
}
