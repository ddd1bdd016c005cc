// The command as a job of the caller's shell: a command that stops stops us, too, with the terminal given back; what the shell
// continues goes on, in front if the shell has put us there. (Inside an interactive shell ^Z stays inside: that does not stop.)
import type { Running } from '../backend/backend.ts'
import type { KeptSignal } from '../backend/keeper.ts'
import { isStopped } from '../proc.ts'
import { type EndingSignal, stopHere } from '../relay/signals.ts'
import type { Recipient } from './interrupted.ts'
import type { World } from './world.ts'

/** When the command is looked at after what may stop it, and otherwise (milliseconds). */
const looks = { soon: [30, 100, 250], idle: 1000, behind: 250, unstopped: 50 } as const

export interface JobOptions {
  readonly running: Running
  /** A shell at its prompt ignores most signals: what would end it ends us. */
  readonly isShell: boolean
  readonly resized: () => void
  /** Goes to the front where the terminal is ours, or does nothing. */
  readonly comeForward: () => Promise<void>
  /** Where we are in front: the terminal may have been set otherwise while we were stopped. */
  readonly again: () => void
  /** Whether the terminal that we had is no more. */
  readonly isGone: () => boolean
  /** Gives the terminal back. */
  readonly leave: () => Promise<void>
  readonly isFront: () => boolean
  /** Sends a signal through the terminal, where there is one that does. */
  readonly interrupt: (signal: 'SIGINT' | 'SIGQUIT') => boolean
}

export interface Job extends Recipient {
  /** What was typed may stop the command. */
  poke(): void
  /** Nobody looks any more. */
  end(): void
}

export const createJob = (options: JobOptions, { sleep }: World): Job => {
  const { running, isShell } = options
  let ended = false
  let stopping = false
  let wakes = () => {}
  const hasStopped = () => running.mainPid() > 0 && isStopped(running.mainPid())
  const goOn = async () => {
    if (ended) return
    options.resized()
    await options.comeForward()
    await running.signal('SIGCONT')
  }
  const look = async () => {
    if (ended || stopping || isShell || !hasStopped()) return
    stopping = true
    await options.leave()
    // Nothing goes on behind this line until somebody continues us.
    const continued = new Promise<void>((resolve) => {
      wakes = resolve
    })
    if (!ended) stopHere()
    // Where nobody could stop us, nobody continues us either.
    await Promise.race([continued, sleep(looks.unstopped)])
    await goOn()
    // It hears of that a little later than we do.
    for (const time of looks.soon) if (hasStopped()) await sleep(time)
    stopping = false
  }
  const watch = async () => {
    while (!ended) {
      await sleep(options.isFront() ? looks.idle : looks.behind)
      await look()
      if (!ended && !stopping && !options.isFront()) await options.comeForward()
    }
  }
  watch()
  let soon = false
  const lookSoon = async () => {
    if (soon) return
    soon = true
    for (const time of looks.soon) {
      await sleep(time)
      await look()
    }
    soon = false
  }
  return {
    poke: lookSoon,
    end: () => {
      ended = true
    },
    resized: options.resized,
    continued: () => {
      wakes()
      if (stopping) return
      options.resized()
      options.again()
      goOn()
    },
    suspended: async () => {
      await running.signal('SIGTSTP')
      lookSoon()
    },
    passed: async (signal) => {
      if (signal === 'SIGHUP' && options.isGone()) return false
      if (isShell && signal !== 'SIGINT') return false
      if (isKept(signal) && !isShell && (await running.signal(signal))) return true
      return (signal === 'SIGINT' || signal === 'SIGQUIT') && options.interrupt(signal)
    },
  }
}

const kept: ReadonlySet<string> = new Set<KeptSignal>([
  ...(['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGALRM', 'SIGUSR1', 'SIGUSR2'] as const),
])

const isKept = (signal: EndingSignal | KeptSignal): signal is KeptSignal => kept.has(signal)
