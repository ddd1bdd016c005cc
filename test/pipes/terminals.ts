// What is a terminal goes through one of tint0's own, whatever the rest is: keys, echo, questions and sizes.
import { join } from 'node:path'
import { exists, pause } from '../session/subject.ts'
import type { Acting, PipeCase } from './case.ts'

/** Types when the pattern is on the screen; it must not be in the script, which is in the title. */
const type =
  (pattern: RegExp, text: string) =>
  async ({ screen }: Acting): Promise<void> => {
    await screen.process.until(pattern)
    screen.process.write(text)
  }

/** Pages through, and leaves; what follows tells whether every key has reached the pager. */
const page = async ({ screen }: Acting): Promise<void> => {
  await screen.process.until(/line 20\b/)
  for (let key = 0; key < 5; key++) {
    await pause(150)
    screen.process.write(' ')
  }
  await screen.process.until(/line 130\b/)
  // While it waits for more to show, a pager may overlook a key.
  for (let left = 5; left > 0; left--) {
    screen.process.write('q')
    const ended = screen.process.until(/<<ended>>/, 2000)
    if (
      await ended.then(
        () => true,
        () => false,
      )
    )
      return
  }
}

/** run0 takes the keys itself, and hangs. */
const withKeys = ['tint0', 'local'] as const

const which = 'for i in 0 1 2; do test -t $i && echo $i; done'

export const terminalCases: readonly PipeCase[] = [
  {
    name: 'a pager has the keys, after a command that has ended',
    script: `"$@" sh -c 'for i in $(seq 200); do echo "line $i"; done' | less -X; statuses | tail -1`,
    acts: page,
    shows: /\n:?0 0\n$/,
  },
  {
    name: 'a pager has the keys, while the command goes on',
    script: `"$@" sh -c 'for i in $(seq 200); do echo "line $i"; done; while sleep 0.1; do echo more; done' | less -X; statuses`,
    acts: page,
    shows: /\n:?141 0\n$/,
    on: withKeys,
  },
  {
    // It found the settings of the pager, and gave those back.
    name: 'after a pager that began before it, and ends before it, the terminal is as it was',
    script: `(sleep 1; exec "$@" sh -c 'for i in $(seq 200); do echo "line $i"; done; while sleep 1; do echo more; done') | less -X; statuses`,
    acts: page,
    shows: /\n:?141 0\n$/,
    on: withKeys,
  },
  {
    name: 'a pager that begins after it keeps the keys when it ends',
    script: `"$@" sh -c 'touch begun; sleep 1; for i in $(seq 200); do echo "line $i"; done' | (until [ -e begun ]; do sleep 0.1; done; exec less -X); statuses`,
    acts: page,
    shows: /\n:?0 0\n$/,
  },
  {
    name: 'an answer is read from /dev/tty while the input is a pipe',
    script: `echo y | "$@" sh -c 'printf "%s " "?"; read -r a </dev/tty; read -r b; echo "in: $a $b"'`,
    acts: type(/\? /, 'typed\n'),
    shows: '? typed\nin: typed y\n',
  },
  {
    name: 'a password is not shown while the output is a pipe',
    script: `"$@" bash -c 'read -rs -p "Secret: " a </dev/tty; echo "in: $a" | wc -c' | cat; echo`,
    acts: async ({ screen }) => {
      await screen.process.until(/Secret: /)
      await pause(500)
      screen.process.write('hunter2\n')
    },
    shows: /^Secret: \n?12\n\n$/,
  },
  {
    name: 'what is typed into a log is seen',
    script: `"$@" bash -c 'printf "%s \\n" "?" >&2; read -r a; echo "in: $a"' >log; cat log`,
    acts: type(/\? /, 'typed\n'),
    shows: '? \ntyped\nin: typed\n',
  },
  {
    name: 'typed lines end with ^D while the output is a file',
    script: `"$@" sh -c 'printf "%s \\n" "?" >&2; cat' >log; cat log`,
    acts: type(/\? /, 'one\ntwo\n\x04'),
    shows: '? \none\ntwo\none\ntwo\n',
  },
  {
    name: 'what is typed does not come into files that are the output',
    script: `"$@" sh -c 'touch begun; cat' >o 2>e; wc -c <o; wc -c <e`,
    acts: async ({ screen, folder }) => {
      for (let left = 150; left > 0 && !exists(join(folder, 'begun')); left--) await pause(100)
      await pause(200)
      screen.process.write('one\n\x04')
    },
    shows: /^(one\n)?4\n0\n$/,
  },
  {
    name: 'the terminal of the command is not the one of the caller',
    script: `"$@" tty >f; grep -q ^/dev/pts f && ! grep -qx "$terminal" f && echo another`,
    shows: 'another\n',
  },
  { name: 'where the input is none, tty says so', script: '"$@" tty </dev/null', shows: 'not a tty\n' },
  { name: 'all three are terminals', script: `"$@" sh -c '${which}'`, shows: '0\n1\n2\n' },
  {
    name: 'only the input is a terminal',
    script: `"$@" sh -c '${which}' >f 2>/dev/null; cat f`,
    shows: '0\n',
  },
  { name: 'the input is none', script: `"$@" sh -c '${which}' </dev/null`, shows: '1\n2\n' },
  {
    name: 'none is a terminal',
    script: `"$@" sh -c '${which}' </dev/null >f 2>&1; cat f`,
    shows: '',
  },
  {
    name: '--pty makes terminals of all three',
    script: `"$@" --pty sh -c '${which}' </dev/null >f 2>e; tr -d '\\r' <f; cat e`,
    shows: '0\n1\n2\n',
  },
  {
    name: '--pipe leaves what is a terminal one, but not the one of the caller',
    script: `"$@" --pipe sh -c '${which}; test "$(tty)" = "'"$terminal"'" && echo the same'`,
    shows: '0\n1\n2\n',
  },
  {
    name: '--pty and --pipe together choose as neither does',
    script: `"$@" --pty --pipe sh -c '${which}' </dev/null | cat`,
    shows: '2\n',
  },
  {
    name: 'without, with one, with the other, and with both, $() has what was written',
    script: 'for o in "" --pty --pipe "--pipe --pty"; do x=$("$@" $o echo -n foo); printf "%q\\n" "$x"; done',
    shows: 'foo\nfoo\nfoo\nfoo\n',
  },
  {
    name: 'the size is known though the output is a file',
    script: '"$@" stty size >f; cat f',
    shows: '24 80\n',
  },
  {
    name: 'a terminal that controls somebody else',
    script: '"$@" true; setsid -w "$@" echo text; setsid -w "$@" cat <<<more',
    shows: 'text\nmore\n',
  },
]
