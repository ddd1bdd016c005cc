// Which descriptors a command gets, and how. A session takes its controlling terminal from fd 0; so where the input is no
// terminal, a shell is started with the slave there, the input as fd 2, and puts them where they belong on its way to the
// command. (Through a PTY input cannot go as it is: it has no end, and control characters act.)
import { show } from '../errors.ts'
import type { Launch, StartOptions } from './backend.ts'

export interface Program {
  readonly path: string
  readonly argv: readonly string[]
  /** fds 0, 1 and 2 that it is started with. */
  readonly descriptors: readonly [number, number, number]
}

/** What is to be started for a launch. */
export const programOf = (
  { path, argv }: Launch,
  { slave, input }: Pick<StartOptions, 'slave' | 'input'>,
): Program =>
  input === undefined
    ? { path, argv, descriptors: [slave, slave, slave] }
    : {
        path: '/bin/sh',
        argv: ['sh', '-c', exchange, show(path), path, ...argumentsOf(argv)],
        descriptors: [slave, slave, input],
      }

/** What the caller may not see is looked at here, where it can be seen; and said in our words, not in the shell's. */
const exchange = `if [ ! -e "$1" ]; then printf 'tint0: %s: no such file; check the path\\n' "$0"; exit 127; fi
if [ ! -x "$1" ]; then printf 'tint0: %s: is no program that can be executed; see chmod(1)\\n' "$0"; exit 126; fi
exec "$@" <&2 2>&1`

/** Without argv[0], whose dash makes a login shell; every shell knows -l, too. */
export const argumentsOf = ([first, ...rest]: readonly string[]): readonly string[] =>
  first?.startsWith('-') ? ['-l', ...rest] : rest
