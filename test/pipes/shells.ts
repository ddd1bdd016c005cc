// How shells and other tools use it: in loops, lists, substitutions, scripts, and in itself.
import { type PipeCase, withManager } from './case.ts'

export const shellCases: readonly PipeCase[] = [
  { name: 'a here-document', script: '"$@" cat <<END\none\ntwo\nEND', shows: 'one\ntwo\n' },
  { name: 'a process substitution as input', script: '"$@" cat < <(echo text)', shows: 'text\n' },
  {
    name: 'a process substitution as output',
    script: '"$@" echo text > >(cat >f); wait $!; cat f',
    shows: 'text\n',
  },
  {
    name: 'xargs',
    script: `printf '1\\n2\\n3\\n' | xargs -n1 "$@" echo in:`,
    shows: 'in: 1\nin: 2\nin: 3\n',
  },
  {
    name: 'find -exec',
    script: 'mkdir d; touch d/a d/b; find d -type f -exec "$@" echo {} \\; | sort',
    shows: 'd/a\nd/b\n',
  },
  {
    name: 'a loop reads its list, though the command could',
    script: 'seq 3 >l; while read -r i; do "$@" echo "in: $i"; done <l',
    shows: 'in: 1\nin: 2\nin: 3\n',
  },
  {
    name: 'a loop reads its list from a pipe, and writes into one',
    script: 'seq 3 | while read -r i; do "$@" echo "in: $i"; done | cat',
    shows: 'in: 1\nin: 2\nin: 3\n',
  },
  {
    name: 'three in one pipe',
    script: '"$@" seq 3 | "$@" tac | "$@" wc -l; statuses',
    shows: '3\n0 0 0\n',
  },
  {
    name: 'three in one pipe, as alice',
    script: `"$@" seq 3 | "$@" tac | "$@" sh -c 'id -u; wc -l'; statuses`,
    shows: '0\n3\n0 0 0\n',
    as: 'alice',
    on: withManager,
  },
  {
    name: 'a shell has its script from a pipe',
    script: `echo 'read -r a; echo "in: $a"\ntext\necho end' | "$@" bash`,
    shows: 'in: text\nend\n',
  },
  {
    name: 'without a command the shell has its script from a pipe',
    script: `echo 'echo "in: $((6*7))"' | "$@" | tail -1`,
    shows: 'in: 42\n',
  },
  {
    name: 'without any terminal, as from cron',
    script: 'setsid -w "$@" sh -c "id -u; tty" </dev/null >f 2>&1; cat f',
    shows: '0\nnot a tty\n',
  },
  {
    name: 'without any terminal, as from cron, as alice',
    script: 'setsid -w "$@" sh -c "id -u; tty" </dev/null >f 2>&1; cat f',
    shows: '0\nnot a tty\n',
    as: 'alice',
    on: withManager,
  },
  {
    name: 'under timeout, which puts it into the background',
    script: 'timeout 20 "$@" echo text | cat; x=$(timeout 20 "$@" echo more); echo "$x"',
    shows: 'text\nmore\n',
  },
  {
    name: 'in the background of a script',
    script: '"$@" echo one >f & "$@" echo two >g & wait; cat f g',
    shows: 'one\ntwo\n',
  },
  {
    name: 'three deep, through pipes',
    script: 'echo text | "$@" "$@" "$@" cat | cat',
    shows: 'text\n',
  },
]

/** One in the other; each takes as long as one alone. */
export const nested = (depth: number): PipeCase => ({
  name: `${depth} deep`,
  script: `all=(); for i in {1..${depth}}; do all+=("$@"); done; "\${all[@]}" bash -c 'echo "in: $SUDO_USER"'`,
  shows: 'in: root\n',
  patience: 180_000,
})
