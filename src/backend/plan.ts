// What stands in a plan for what only a start has: descriptors that are not open, with numbers that none can have.
import type { StartOptions } from './backend.ts'
import type { Keeper } from './keeper.ts'

const placeholders = { life: -13, keeper: -12, pty: -11, none: -1 }

/** Nobody hears it. */
export const plannedKeeper: Keeper = {
  descriptors: [placeholders.keeper, placeholders.life],
  handedOver: () => {},
  send: () => false,
  end: () => {},
}

export const plannedPty: StartOptions['pty'] = { slave: placeholders.pty, path: '/dev/pts/N' }

/** What a descriptor of a plan is, as a word. */
export const descriptorName = (descriptor: number): string => names[descriptor] ?? String(descriptor)

const names: Readonly<Record<number, string>> = {
  0: 'STDIN',
  1: 'STDOUT',
  2: 'STDERR',
  [placeholders.pty]: 'PTY',
  [placeholders.keeper]: 'KEEPER',
  [placeholders.life]: 'KEEPER',
}
