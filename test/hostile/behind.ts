// A session as users have it: in a shell, on a terminal. When tint0 has ended the shell reads what was typed to it, by whomever.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PtyProcess } from '../pty-process.ts'
import { exists, pause, scratch, tint0 } from '../session/subject.ts'

/** Runs tint0 with `rest`, then tells its status and all that the shell finds in its input within `seconds`. */
export const inShell = (rest: readonly string[], seconds = 0.5): readonly string[] => [
  'bash',
  '--norc',
  '-c',
  `"$@"; status=$?; IFS= read -rs -t ${seconds} -N 100000 rest; printf 'status %s, typed <%q>\\n' $status "$rest"`,
  'bash',
  tint0,
  '--backend=local',
  ...rest,
]

export interface Behind {
  readonly status: number
  /** As bash quotes it; '' is nothing. */
  readonly typed: string
}

/** What the shell tells when all is over. */
export const behind = async (shell: PtyProcess): Promise<Behind> => {
  await shell.exit
  const last = shell.output().subarray(-8192).toString()
  const [, status, typed = ''] = /status (\d+), typed <([^\n]*)>\r\n$/.exec(last) ?? []
  if (status === undefined) throw new Error(`the shell told nothing: ${JSON.stringify(last.slice(-300))}`)
  return { status: Number(status), typed: typed === "''" ? '' : typed }
}

/** The process that is tint0: the shell's child. */
export const tint0In = async (shell: PtyProcess): Promise<number> => {
  for (let left = 100; left > 0; left--) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        if (parent === shell.pid && /^tint0 |tint0\.cjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
          return Number(pid)
      } catch {}
    await pause(50)
  }
  throw new Error('tint0 does not run')
}

/** Resident memory, in KiB. */
export const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

let programs = 0

/** A program in JavaScript as the words of a command: `write(text)` is there; when it has run it waits for a line. */
export const program = (script: string) => {
  const done = join(scratch, `done-${programs++}`)
  const frame = `const fs = require('fs')
const write = (text) => { for (let b = Buffer.from(text, 'latin1'); b.length > 0; ) b = b.subarray(fs.writeSync(1, b)) }
${script}
fs.writeFileSync(${JSON.stringify(done)}, '')
try { fs.readSync(0, Buffer.alloc(1)) } catch {}`
  return {
    words: [process.execPath, '-e', frame],
    /** Resolves when it waits. */
    ran: async (milliseconds = 30_000): Promise<void> => {
      for (let left = milliseconds / 50; !exists(done); left--) {
        if (left < 0) throw new Error('the program has not come to its end')
        await pause(50)
      }
    },
  }
}
