// Which descriptors a command gets, and how. What is no terminal goes as it is: files keep their offsets, pipes their ends.
// For what is one, the command gets the PTY. A session takes its controlling terminal from fd 0; so where the input is a file,
// a shell is started with the PTY there, and puts all where it belongs on its way to the command. It starts the keeper, too.
import { show } from '../errors.ts'
import type { Launch, StartOptions } from './backend.ts'
import { keep } from './keeper.ts'

export interface Program {
  readonly path: string
  readonly argv: readonly string[]
  /** fds 0, 1 and 2 that it is started with. */
  readonly descriptors: readonly [number, number, number]
  /** fds 3 and on. */
  readonly more: readonly number[]
}

/**
 * What is to be started for a launch. `keeper`: the pipes for it, where there can be one; then there can be more descriptors
 * than three, too. Where there cannot, and the input is a file, one of the outputs must be the PTY.
 */
export const programOf = (
  { path, argv }: Pick<Launch, 'path' | 'argv'>,
  { pty, streams }: Pick<StartOptions, 'pty' | 'streams'>,
  keeper: readonly number[] | undefined,
): Program => {
  const [input, output, error] = streams.map((own) => own ?? pty?.slave ?? -1) as [number, number, number]
  const exchanges = pty !== undefined && streams[0] !== undefined
  const shell = (script: string) => ({
    path: '/bin/sh',
    argv: ['sh', '-c', script, show(path), path, ...argumentsOf(argv)],
  })
  // A login shell is told so by its argv[0]; and it does its own job control.
  if (!exchanges && (keeper === undefined || argv[0]?.startsWith('-')))
    return { path, argv, descriptors: [input, output, error], more: [] }
  if (keeper !== undefined)
    return {
      ...shell(`${alone}\n${keep}\n${checks}\nexec "$@" 3<&- 4<&-${exchanges ? ' <&5 5<&-' : ''}`),
      descriptors: [exchanges ? pty.slave : input, output, error],
      more: exchanges ? [...keeper, input] : keeper,
    }
  if (streams[2] === undefined)
    return {
      ...shell(`${checks}\nexec "$@" 3<&0 <&2 2>&3 3>&-`),
      descriptors: [pty?.slave ?? -1, output, input],
      more: [],
    }
  return {
    ...shell(`${checks}\nexec "$@" 3<&0 <&1 >&3 3>&-`),
    descriptors: [pty?.slave ?? -1, input, error],
    more: [],
  }
}

/** The manager says how many descriptors there are (sd_listen_fds(3)); the command must not take them for its own. */
const alone = 'unset LISTEN_FDS LISTEN_FDNAMES LISTEN_PID LISTEN_PIDFDID'

/** What the caller may not see is looked at here, where it can be seen; and said in our words, not in the shell's. */
const checks = `case $1 in
/*) if [ ! -e "$1" ]; then printf 'tint0: %s: no such file; check the path\\n' "$0" >&2; exit 127; fi
if [ ! -x "$1" ]; then printf 'tint0: %s: is no program that can be executed; see chmod(1)\\n' "$0" >&2; exit 126; fi ;;
*) if ! command -v -- "$1" >/dev/null; then printf 'tint0: %s: not found there; check its name\\n' "$0" >&2; exit 127; fi ;;
esac`

/** Without argv[0], whose dash makes a login shell; every shell knows -l, too. */
export const argumentsOf = ([first, ...rest]: readonly string[]): readonly string[] =>
  first?.startsWith('-') ? ['-l', ...rest] : rest
