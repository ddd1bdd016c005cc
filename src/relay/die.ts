// Door: tint0's own end by the signal that ended its command, so that a shell sees what it would have seen without us.
import { exitAtOnce } from '../libc.ts'
import { dieOf } from '../proc.ts'

/** SIGCHLD, SIGCONT, SIGURG and SIGWINCH end nobody; SIGSTOP, SIGTSTP, SIGTTIN and SIGTTOU would only stop us. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, 28])

/** To be called last, when the terminal was given back. Where the signal ends nobody, the status says which it was. */
export const dieBy = (signal: number): void => {
  if (!harmless.has(signal)) dieOf(signal)
  exitAtOnce(128 + signal)
}
