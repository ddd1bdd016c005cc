// What is no terminal is the command's as it is: the very file, pipe, socket or device, with its offset and flags.
import { type PipeCase, withManager } from './case.ts'

export const fileCases: readonly PipeCase[] = [
  {
    name: 'a file is read on from where the shell was, and left where the command was',
    script: `printf 'one\\ntwo\\nthree\\n' >f; { read -r a; "$@" sh -c 'read -r b; echo "in: $b"'; cat; } <f`,
    shows: 'in: two\nthree\n',
  },
  {
    name: 'writers in turn share one offset',
    script: '{ echo one; "$@" echo two; echo three; } >f; cat f',
    shows: 'one\ntwo\nthree\n',
  },
  {
    name: 'two writers append to one file',
    script: `"$@" sh -c 'for i in $(seq 3000); do echo in; done' >>f &
until grep -q in f; do sleep 0.01; done; for i in $(seq 3000); do echo out; done >>f; wait
sort f | uniq -c | tr -s ' '`,
    shows: ' 3000 in\n 3000 out\n',
  },
  {
    name: 'a file for reading and writing',
    script: `echo old >f; "$@" sh -c 'read -r a; echo "$a, new" >&0' <>f; cat f`,
    shows: 'old\nold, new\n',
  },
  {
    name: 'a file that is deleted already',
    script: 'echo text >f; exec 3<f; rm f; "$@" cat <&3',
    shows: 'text\n',
  },
  { name: 'a file of /proc', script: '"$@" cat </proc/sys/kernel/ostype', shows: 'Linux\n' },
  {
    name: 'a directory as input',
    script: '"$@" readlink /proc/self/fd/0 </usr',
    shows: '/usr\n',
  },
  {
    name: 'a full device as output',
    script: '"$@" cat /etc/hostname >/dev/full 2>e; echo $?; cat e',
    shows: '1\ncat: write error: No space left on device\n',
  },
  {
    name: 'a full device for errors',
    script: `"$@" perl -e 'syswrite STDERR, "x" or print "$!\\n"' 2>/dev/full >o; cat o`,
    shows: 'No space left on device\n',
  },
  { name: 'a FIFO as input', script: 'mkfifo f; echo through >f & "$@" cat <f', shows: 'through\n' },
  {
    name: 'a FIFO as output',
    script: 'mkfifo f; "$@" echo through >f & cat f; wait',
    shows: 'through\n',
  },
  {
    name: 'a Unix socket in both directions',
    script: `sockets unix '"$@" sh -c "read -r a; echo in: \\$a" <&10 >&10' "$@"; cat got`,
    shows: 'in: ping\n',
  },
  {
    name: 'a TCP socket in both directions',
    script: `sockets tcp '"$@" sh -c "read -r a; echo in: \\$a" <&10 >&10' "$@"; cat got`,
    shows: 'in: ping\n',
  },
  {
    name: 'bytes of all kinds from a file into a pipe',
    script: 'head -c 3000000 /dev/urandom >f; "$@" cat <f | sha256sum | cmp - <(sha256sum <f) && echo same',
    shows: 'same\n',
  },
  {
    name: 'bytes of all kinds from a pipe into a file',
    script: 'head -c 3000000 /dev/urandom >f; cat f | "$@" cat >g; cmp f g && echo same',
    shows: 'same\n',
  },
  {
    name: 'no carriage return comes into a pipe',
    script: `"$@" printf 'a\\nb\\n' | od -An -tx1`,
    shows: ' 61 0a 62 0a\n',
  },
  {
    name: 'output and errors go apart into files',
    script: `"$@" sh -c 'echo out; echo err >&2' >o 2>e; cat o; echo; cat e`,
    shows: 'out\n\nerr\n',
  },
  {
    name: 'output on the terminal, errors in a file',
    script: `"$@" sh -c 'echo out; echo err >&2' 2>e; echo; cat e`,
    shows: 'out\n\nerr\n',
  },
  {
    name: 'output on the terminal, errors in a pipe',
    script: `{ "$@" sh -c 'echo out; sleep 0.3; echo err >&2' 2>&1 >&3 | sed 's/^/E: /'; } 3>&1`,
    shows: 'out\nE: err\n',
  },
  {
    name: 'output and errors keep their order in one file',
    script: `"$@" bash -c 'for i in {1..300}; do echo $i; echo $i >&2; done' >f 2>&1; cmp f <(counted) && echo in order`,
    shows: 'in order\n',
  },
  {
    name: 'output and errors keep their order in one pipe',
    script: `"$@" bash -c 'for i in {1..300}; do echo $i; echo $i >&2; done' |& cmp - <(counted) && echo in order`,
    shows: 'in order\n',
  },
  {
    name: 'output may be opened once more by its name',
    script: `"$@" sh -c 'echo out >/dev/stdout; echo err >/dev/stderr' 2>&1 | cat`,
    shows: 'out\nerr\n',
  },
  {
    name: 'a reader that begins late',
    script: '"$@" head -c 1000000 /dev/zero | (sleep 0.5; wc -c)',
    shows: '1000000\n',
  },
  {
    name: 'question and answer through two pipes',
    script:
      'mkfifo f g; "$@" cat <f >g & exec 4>f 3<g; for i in 1 2 3; do echo "ping $i" >&4; read -r a <&3; echo "$a"; done; exec 4>&-; wait',
    shows: 'ping 1\nping 2\nping 3\n',
  },
  {
    name: 'archives go through',
    script: `mkdir -p a/b c; seq 9999 >a/b/x; ln -s b a/l; tar -c -C a . | "$@" tar -x -C "$PWD/c"; diff -r a c && echo same`,
    shows: 'same\n',
  },
  {
    name: 'tee writes where the caller may not',
    script: `echo line | "$@" tee /root/tee-"$mark" >/dev/null; echo more | "$@" tee -a /root/tee-"$mark"; "$@" cat /root/tee-"$mark" | wc -l`,
    shows: 'more\n2\n',
    as: 'alice',
    on: withManager,
  },
  {
    name: "the caller's own files and pipes, as root",
    script: `echo mine >f; chmod 600 f; "$@" sh -c 'cat; id -u' <f | cat; "$@" id -u </dev/null >g; cat g`,
    shows: 'mine\n0\n0\n',
    as: 'alice',
    on: withManager,
  },
  {
    name: 'as another user, what only the caller could open',
    script: `echo secret >f; chmod 600 f; "$@" -u bob sh -c 'id -un; cat' <f >g; cat g`,
    shows: 'bob\nsecret\n',
  },
]
