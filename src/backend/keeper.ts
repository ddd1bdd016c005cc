// Door, and the keeper: a few small processes that stay beside the command, in its session, with its rights, while it runs. By them
// tint0, which has no rights of its own, sends it signals: polkit would ask again for each. And they give its process group a
// parent in its session: without one it would be orphaned, and the kernel drops what ^Z sends to such a group (setpgid(2)).
// It hears by a pipe, whose end means that tint0 is gone. The command's own process is what the manager started: it is exec'ed.
import { closeSync, writeSync } from 'node:fs'
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
  /** The ends that the command's shell is given: to hear by, and to stay by. */
  readonly descriptors: readonly [number, number]
  /** The command's shell has it: ours of that end is closed. */
  handedOver(): void
  /** False where nobody listens (any more). Whether the command may be sent it, only the keeper finds out. */
  send(signal: KeptSignal): boolean
  /** The command has ended, or never began. */
  end(): void
}

export const createKeeper = (): Keeper => {
  const [reading, writing] = openPipe()
  const [staying, holding] = openPipe()
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
    if (!given) for (const fd of [reading, staying]) closeSync(fd)
    given = true
  }
  return {
    descriptors: [reading, staying],
    handedOver,
    send: (signal) => write(signals[signal]),
    end: () => {
      write('bye')
      handedOver()
      if (!ended) for (const fd of [writing, holding]) closeSync(fd)
      ended = true
    },
  }
}

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
 * What the command's shell does first, with the pipes as fds 3 and 4: one process stays in the command's process group until the
 * second pipe ends; its parent leaves that group (which timeout(1) of coreutils does; without that ^Z is dropped as before) and
 * hears by the first. Each ends by its own pipe, for a manager that stops the unit waits for all. As long as one of them lives,
 * the command's number is not given to another.
 */
export const keep = `( (
trap '' INT QUIT TSTP TTIN TTOU HUP
case $(timeout --version 2>&1) in *coreutils*) leave=timeout ;; *) leave= ;; esac
(read -r s <&4) 3<&- &
exec \${leave:+"$leave" 0} sh -c 'while read -r s <&3; do case $s in
bye) exit ;;
-*) kill -s "\${s#-}" -- "-$1" ;;
*) kill -s "$s" "$1" ;;
esac; done
kill -s HUP "$1"' tint0-keeper $$ 4<&-
) </dev/null >/dev/null 2>&1 5<&- & )`
