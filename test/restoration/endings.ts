// The ways a session can end: the rows of the matrix. What does it, and what tint0's status must then be.
import type { Last } from './mess.ts'
import { type Place, places } from './places.ts'

export interface Ending {
  readonly name: string
  /** What the program does once it may go on. */
  readonly last: Last
  /** What the test does then. */
  readonly act?:
    | { readonly signal: NodeJS.Signals; readonly group?: 'group' }
    | { readonly type: string }
    | { readonly command: string }
  /** What is planted in tint0. */
  readonly place?: Place
  /** The status, or the signal that tint0 dies of; undefined: whatever it is. */
  readonly status?: number | NodeJS.Signals
  /** How the memory of Node is bounded, so that it aborts. */
  readonly memory?: boolean
}

/** tint0 cannot do anything any more: its guardian does. */
export const isSudden = ({ status, memory }: Ending): boolean => typeof status === 'string' || memory === true

const signals: readonly Ending[] = (
  [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const
).map(([signal, status]) => ({ name: signal, last: 'waits', act: { signal }, status }))

const deaths: readonly Ending[] = (['SIGKILL', 'SIGABRT', 'SIGSEGV'] as const).map((signal) => ({
  name: `${signal} of tint0`,
  last: 'waits',
  act: { signal },
  status: signal,
}))

const own: readonly Ending[] = [
  { name: 'the program exits', last: 'exits', status: 3 },
  { name: '^C', last: 'waits', act: { type: '\x03' }, status: 130 },
  { name: 'the program is killed', last: 'is killed', status: 137 },
]

const moments = { start: 'at the start', swing: 'in full swing', ending: 'at the end' }

/** With the guardian at work. */
export const endings: readonly Ending[] = [
  ...own,
  ...signals,
  ...deaths,
  {
    name: 'SIGKILL of the process group',
    last: 'waits',
    act: { signal: 'SIGKILL', group: 'group' },
    status: 'SIGKILL',
  },
  { name: 'no memory left', last: 'waits', memory: true, status: 'SIGABRT' },
  ...places.map(
    (place): Ending => ({
      name: `an exception in ${place.name}${place.call ? ` (${place.call})` : ''}, ${moments[place.when]}`,
      last: place.when === 'ending' ? 'exits' : 'draws on',
      place,
      ...(place.caught ? {} : { status: 125 }),
    }),
  ),
]

/** What else happens to a unit of systemd's; UNIT is its name. */
export const systemEndings: readonly Ending[] = [
  ...own,
  ...signals,
  ...deaths,
  {
    name: 'the unit is killed',
    last: 'draws on',
    act: { command: 'systemctl kill --signal=KILL "$UNIT"' },
    status: 137,
  },
  // The manager sends SIGTERM and SIGHUP: which of them ends the program is chance, and so is the status.
  { name: 'the unit is stopped', last: 'draws on', act: { command: 'systemctl stop "$UNIT"' } },
]
