// Door: gives the terminal back when nobody else can. A small shell, in a session of its own, waits on a pipe: each line that
// comes is what it would have to write. When the pipe ends without a farewell, we are dead (kill -9, no memory, a crash), and it
// writes the last line and sets the terminal's settings back: those only if they still are the ones that we made, for a shell
// may have taken the terminal over already.
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Termios } from '../libc.ts'
import { widePath } from '../paths.ts'

export interface Guardian {
  /** From now on this is what it would write. */
  update(will: string): void
  /** The terminal has been given back: there is nothing to guard any more. */
  farewell(): void
}

/** How long the shell is left in peace after it was told something, in milliseconds. */
const rest = 20

const script = `trap '' HUP INT QUIT TERM USR1 USR2 PIPE TSTP TTIN TTOU
will=
while IFS= read -r line; do will=$line; done
[ "$will" = farewell ] && exit
if printf %b "$will" >&4; then
  [ -n "$1" ] && [ "$(stty -g <&3)" = "$1" ] && stty "$2" <&3
elif [ -n "$TMUX_PANE" ]; then
  sleep 0.1
  pane=$(tmux display -p -t "$TMUX_PANE" '#{pane_tty}') && [ -c "$pane" ] && [ -w "$pane" ] || exit
  case $will in *']111'*) printf '\\033]111\\033\\\\' >"$pane" ;; esac
  case $will in *'[23;0t'*) printf '\\033]2;%s\\033\\\\' "$(uname -n)" >"$pane" ;; esac
fi`

/**
 * Starts one for the terminal at `input` and `output`, whose settings were `found` before they were made `raw` (undefined: they
 * are not touched). In `tmux` (TMUX and
 * TMUX_PANE) a pane may get another terminal under us, and keeps the color and the title that we gave it: so they are told there.
 */
export const startGuardian = (
  input: number,
  output: number,
  settings: { readonly found: Termios; readonly raw: Termios } | undefined,
  tmux: Readonly<Record<string, string | undefined>>,
): Guardian => {
  const child = spawn(
    '/bin/sh',
    ['-c', script, 'tint0-guardian', ...(settings ? [saved(settings.raw), saved(settings.found)] : [])],
    {
      stdio: ['pipe', 'ignore', 'ignore', input, output],
      env: { ...tmux, PATH: widePath },
      cwd: '/',
      detached: true,
    },
  )
  // Without a guardian all goes on: it only matters if we are killed, too.
  child.on('error', () => {})
  child.unref()
  const pipe = child.stdin as Socket | null
  pipe?.on('error', () => {})
  pipe?.unref()
  let told: string | undefined
  let latest: string | undefined
  let timer: NodeJS.Timeout | undefined
  const isBehind = () => (pipe?.writableLength ?? 0) > 0
  const tell = () => {
    timer = setTimeout(() => {
      timer = undefined
      if (latest !== told) tell()
    }, rest)
    timer.unref()
    if (latest === undefined || isBehind()) return
    told = latest
    // Node writes what goes at once, so it is told before the terminal is.
    pipe?.write(`${escaped(latest)}\n`)
  }
  return {
    update: (will) => {
      latest = will
      // A program that changes modes all the time must keep neither us nor the shell busy: only the latest waits.
      if (!timer && latest !== told) tell()
    },
    farewell: () => {
      clearTimeout(timer)
      if (isBehind()) child.kill('SIGKILL')
      else pipe?.write('farewell\n')
    },
  }
}

/** As printf(1)'s %b reads it, on one line. */
const escaped = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\0${byte.toString(8).padStart(3, '0')}`,
    )
    .join('')

/** Settings as `stty -g` prints and reads them: four flags and the control characters, in hexadecimal. */
const saved = (termios: Termios): string =>
  [
    ...[0, 4, 8, 12].map((at) => termios.readUInt32LE(at)),
    ...Array.from({ length: 32 }, (_, i) => termios[17 + i] ?? 0),
  ]
    .map((value) => value.toString(16))
    .join(':')
