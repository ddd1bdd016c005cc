// What a start of a unit decides before the manager is asked for it; a dry run goes so far.
import type { Bus } from '../bus/bus.ts'
import { failed } from '../errors.ts'
import type { Launch, StartOptions } from './backend.ts'
import { checkBehindShell } from './executable.ts'
import { canKeep, type Keeper } from './keeper.ts'
import { askWanted } from './properties.ts'
import { programOf } from './streams.ts'
import { type UnitRow, unitRows } from './unit.ts'

export interface Decided {
  readonly keeper: Keeper | undefined
  readonly rows: readonly UnitRow[]
  /** Those of the rows that are the user's own. */
  readonly wanted: readonly UnitRow[]
}

/** Throws a Tint0Error for what cannot be. `version`: the manager's. */
export const decideUnit = async (
  bus: Bus,
  version: number,
  scope: 'system' | 'user',
  launch: Launch,
  options: Omit<StartOptions, 'interactive'>,
  createKeeper: () => Keeper,
): Promise<Decided> => {
  const { passesDescriptors } = bus
  const ownFiles = options.streams.some((own) => own !== undefined)
  if (ownFiles && !passesDescriptors)
    throw failed(
      `${scope} bus`,
      'passes no file descriptors, so neither files nor pipes',
      'give the command a terminal with --pty',
    )
  const wanted = await askWanted(bus, launch)
  const keeper = passesDescriptors && canKeep(launch, version) ? createKeeper() : undefined
  const program = programOf(launch, options, keeper?.descriptors)
  // What is in a container cannot be looked at from here.
  if (program.path !== launch.path && launch.machine === undefined) checkBehindShell(launch.path)
  const rows = unitRows(scope, launch, wanted, { pty: options.pty, program, version, passesDescriptors })
  return { keeper, rows, wanted: wanted.rows }
}
