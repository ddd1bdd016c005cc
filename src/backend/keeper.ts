// Door, and the keeper: a few small processes that stay beside the command, in its session, with its rights, while it runs. By them
// tint0, which has no rights of its own, sends it signals: polkit would ask again for each. And they give its process group a
// parent in its session: without one it would be orphaned, and the kernel drops what ^Z sends to such a group (setpgid(2)).
// It hears by a pipe, whose end means that tint0 is gone. The command's own process is what the manager started: it is exec'ed.
import { closeSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { makeNonBlocking, openPipe } from '../libc.ts'
import type { Launch } from './backend.ts'

/** What can be sent. To the whole process group goes what a terminal would send there, or what stops and continues it. */
export type KeptSignal = keyof typeof signals

const signals = {
  SIGHUP: 'HUP',
  SIGINT: '-INT',
  SIGQUIT: '-QUIT',
  SIGTSTP: '-TSTP',
  SIGCONT: '-CONT',
  SIGKILL: '-KILL',
  SIGTERM: 'TERM',
  SIGALRM: 'ALRM',
  SIGUSR1: 'USR1',
  SIGUSR2: 'USR2',
} as const

export interface Keeper {
  /** The end that the command's shell is given. */
  readonly descriptor: number
  /** The command's shell has it: ours of that end is closed. */
  handedOver(): void
  /** False where nobody listens (any more). Whether the command may be sent it, only the keeper finds out. */
  send(signal: KeptSignal): boolean
  /** The command has ended, or never began. */
  end(): void
}

export const createKeeper = (): Keeper => {
  const [reading, writing] = openPipe()
  // Whoever has the command's rights may stop the keeper: that must not stop us.
  makeNonBlocking(writing)
  let given = false
  let ended = false
  const write = (line: string): boolean => {
    if (ended) return false
    try {
      return writeSync(writing, `${line}\n`) > 0
    } catch {
      return false
    }
  }
  const handedOver = () => {
    if (!given) closeSync(reading)
    given = true
  }
  return {
    descriptor: reading,
    handedOver,
    send: (signal) => write(signals[signal]),
    end: () => {
      write('bye')
      handedOver()
      if (!ended) closeSync(writing)
      ended = true
    },
  }
}

/** A signal's number, as kill -l has it. */
export const numberOf = (signal: KeptSignal): number => constants.signals[signal]

/** Descriptors besides the three can be passed since 257; and the shell must be there, and able to start others. */
export const canKeep = ({ setting }: Launch, version: number): boolean =>
  version >= 257 && !setting.properties.some((text) => hinders.test(text))

/** Properties with which the command may run, but perhaps no shell, no sleep(1) and no timeout(1) beside it. */
const hinders = new RegExp(
  `^(${[
    'Root(Directory|Image|MStack|Hash)\\w*|MountImages|ExtensionImages|ExtensionDirectories|TasksMax|LimitNPROC\\w*',
    'NoExecPaths|ExecPaths|AppArmorProfile|SELinuxContext|SmackProcessLabel|SystemCallFilter=(?!~)\\w*',
    'TemporaryFileSystem=/($|[ :])|(InaccessiblePaths|BindPaths|BindReadOnlyPaths)=.*?/(usr|bin)',
  ].join('|')})`,
)

/**
 * What the command's shell does first, with the pipe as fd 3: a sleeper stays in the command's process group; its parent
 * leaves that (which timeout(1) of coreutils does; without that ^Z is dropped as before) and hears. As long as one of them lives, the command's number is not given to another.
 */
export const keep = `( (
trap '' INT QUIT TSTP TTIN TTOU HUP
case $(timeout --version 2>&1) in *coreutils*) leave=timeout ;; *) leave= ;; esac
sleep 2147483647 3<&- &
exec \${leave:+"$leave" 0} sh -c 'while read -r s <&3; do case $s in
bye) break ;;
-*) kill -s "\${s#-}" -- "-$2" ;;
*) kill -s "$s" "$2" ;;
esac; done
[ "$s" = bye ] || kill -s HUP "$2"
kill -s KILL "$1"' tint0-keeper $! $$
) </dev/null >/dev/null 2>&1 4<&- & )`
