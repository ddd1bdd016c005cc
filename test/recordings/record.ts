// Records a program: runs it in the recordings' root, in namespaces of its own, on a PTY whose terminal is @xterm/headless, so
// that it gets the answers that a real terminal would give, and types at it whenever it has become quiet.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import xterm from '@xterm/headless'
import { type PtyProcess, spawnOnPty } from '../pty-process.ts'
import type { Terminal } from './marks.ts'
import type { Program, Step } from './programs.ts'
import type { RecordedEvent, Recording, Resize } from './recording.ts'
import { cache } from './root.ts'

/**
 * What makes a little machine of the root: a throw-away overlay, processes, host name and network of its own. The terminal is
 * taken over by a session inside, or the program's process group would have no number there; the shell reaps orphans.
 */
const isolate = `set -e; root=$1 base=$2; shift 2
mount --make-rprivate /; mount -t tmpfs tmpfs "$base"; mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$base/upper,workdir=$base/work" "$base/root"; cd "$base/root"
mount -t proc proc proc; for place in dev tmp run; do mount -t tmpfs -o mode=1777 tmpfs $place; done
for node in null zero full random urandom tty; do : >dev/$node; mount --bind /dev/$node dev/$node; done
mkdir dev/pts dev/shm; mount --bind /dev/pts dev/pts; ln -s pts/ptmx dev/ptmx; ln -s /proc/self/fd dev/fd
hostname tint0test; exec chroot . sh -c 'setsid --ctty --fork --wait env -i --chdir=/root/project "$@"; exit' sh "$@"`

const namespaces = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child']

const environment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin:/usr/games',
  HOME: '/root',
  USER: 'root',
  LOGNAME: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
}

/** Output with no longer pause than this is one event. */
const pauseOfFrames = 8

/** The size that a terminal of this size is resized to. */
const otherSize = ({ columns, rows }: Resize): Resize =>
  columns >= 132
    ? { columns: 90, rows: 20 }
    : { columns: Math.round(columns * 1.25), rows: Math.round(rows * 1.25) }

export const record = async (root: string, program: Program, size: Resize): Promise<Recording> => {
  mkdirSync(cache, { recursive: true })
  const base = mkdtempSync(join(cache, 'run-'))
  const env = Object.entries({ ...environment, ...program.env }).map(([name, value]) => `${name}=${value}`)
  const process = spawnOnPty(
    ['unshare', ...namespaces, 'sh', '-c', isolate, 'sh', root, base, ...env, ...program.command],
    { ...size, cwd: '/' },
  )
  try {
    const events = await driven(process, program, size)
    return { program: program.name, ...size, events }
  } finally {
    process.kill()
    await process.exit
    rmSync(base, { recursive: true, force: true })
  }
}

const driven = async (process: PtyProcess, program: Program, size: Resize): Promise<RecordedEvent[]> => {
  const { quiet = 150, first = 5000, bytes = 120_000, frames = 60 } = program
  const terminal = answering(process, size)
  const events: RecordedEvent[] = []
  let chunks: Buffer[] = []
  let heard = 0
  let total = 0
  let ended = false
  process.exit.then(() => {
    ended = true
  })
  const full = () => total >= bytes || events.length >= frames
  const endFrame = () => {
    if (chunks.length > 0) events.push({ output: Buffer.concat(chunks) })
    chunks = []
  }
  process.onData((chunk) => {
    terminal.write(chunk)
    const now = performance.now()
    if (now - heard > pauseOfFrames) endFrame()
    heard = now
    if (full()) return
    const kept = chunk.subarray(0, bytes - total)
    chunks.push(kept)
    total += kept.length
  })
  /** Until nothing has come for a while, or for `longest`; `mustBegin`: something has to come first. */
  const rest = async (longest: number, silence: number, mustBegin = false) => {
    const began = performance.now()
    for (;;) {
      await pause(10)
      const now = performance.now()
      if (ended || full() || now - began > longest) return
      if (mustBegin && heard < began) continue
      if (now - Math.max(heard, began) >= silence) return
    }
  }
  await rest(first, quiet, true)
  for (const step of program.steps) {
    if (ended || full()) break
    const change = perform(process, terminal, step, size)
    if (change) {
      endFrame()
      terminal.resize(change.columns, change.rows)
      events.push(change)
    }
    if (typeof step === 'object' && 'pause' in step) await rest(step.pause, step.pause)
    else await rest(quiet * 10, quiet)
    endFrame()
  }
  endFrame()
  terminal.dispose()
  return events
}

/** Types, or changes the size, which is returned. */
const perform = (process: PtyProcess, terminal: Terminal, step: Step, size: Resize): Resize | undefined => {
  if (typeof step === 'string') process.write(keysFor(terminal, step))
  else if ('resize' in step) {
    const { columns, rows } = step.resize === 'other' ? otherSize(size) : size
    process.resize(columns, rows)
    return { columns, rows }
  }
  return undefined
}

/** Cursor keys, as the program has asked for them. */
const keysFor = (terminal: Terminal, keys: string): string =>
  terminal.modes.applicationCursorKeysMode ? keys.replaceAll(cursorKey, '\x1bO$1') : keys

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what keys send
const cursorKey = /\x1b\[([A-DFH])/g

/** A terminal that only answers: the questions that xterm.js knows, and those about colors, as xterm would. */
const answering = (process: PtyProcess, { columns, rows }: Resize) => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 })
  terminal.onData((text) => process.write(text))
  const colors = { 10: 'd0d0/d0d0/d0d0', 11: '0000/0000/0000', 12: 'd0d0/d0d0/d0d0' }
  for (const [number, color] of Object.entries(colors))
    terminal.parser.registerOscHandler(Number(number), (text) => {
      if (text === '?') process.write(`\x1b]${number};rgb:${color}\x1b\\`)
      return true
    })
  return terminal
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
