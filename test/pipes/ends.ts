// How it ends where pipes are in play: by itself, by the other end, by a key, or by a signal.
import type { Acting, PipeCase } from './case.ts'

/** A key, once the command is there. */
const press =
  (key: string) =>
  async ({ screen, started }: Acting): Promise<void> => {
    await started()
    screen.process.write(key)
  }

/** In the background, all in pipes and files, and then ended from outside. */
const killed = (signal: string, status: number): PipeCase => ({
  name: `SIG${signal} to it in a pipe`,
  script: `mkfifo f; exec 3<>f; "$@" --unit="$unit" /usr/bin/sleep "$mark" <&3 >o 2>e & started; kill -${signal} $!; wait $! 2>/dev/null; echo $?; gone`,
  shows: `${status}\ngone\n`,
})

export const endCases: readonly PipeCase[] = [
  {
    name: 'the status in the midst of a pipe',
    script: `echo text | "$@" sh -c 'cat; exit 37' | cat; statuses`,
    shows: 'text\n0 37 0\n',
  },
  {
    name: 'the status of a command that a signal ended',
    script: `"$@" sh -c 'kill -USR1 $$' </dev/null >o 2>e; echo $?; cat o e`,
    shows: '138\n',
  },
  {
    name: 'a command that is not there',
    script: '"$@" nosuch-command </dev/null >o 2>e; echo $?; cat o; wc -l <e',
    shows: '127\n1\n',
  },
  {
    name: 'the end of the input is the end for the command',
    script: `printf x | "$@" sh -c 'cat; echo " end"'`,
    shows: 'x end\n',
  },
  {
    name: 'a command that does not read its input is not waited for',
    script: 'yes | "$@" true; statuses',
    shows: '141 0\n',
  },
  {
    name: 'an input that never ends is not waited for',
    script: 'mkfifo f; exec 3<>f; "$@" echo done <f',
    shows: 'done\n',
  },
  {
    name: 'a reader that goes away ends the command by SIGPIPE',
    script: '"$@" yes | head -1; statuses',
    shows: 'y\n141 0\n',
  },
  {
    name: 'a reader that is gone does not end who writes nothing',
    script: `"$@" sh -c 'sleep 0.5; exit 3' | true; statuses`,
    shows: '3 0\n',
  },
  {
    name: '^C where all is pipes',
    script: `trap : INT; mkfifo f; exec 3<>f; "$@" --unit="$unit" /usr/bin/sleep "$mark" <&3 2>&1 | cat; statuses; gone`,
    acts: press('\x03'),
    shows: /^\^C130 (0|130)\ngone\n$/,
  },
  {
    name: '^C where only the output is the terminal',
    script: 'trap : INT; "$@" --unit="$unit" /usr/bin/sleep "$mark" </dev/null; echo $?; gone',
    acts: press('\x03'),
    shows: /^(\^C)?\n?130\ngone\n$/,
  },
  {
    name: '^C where only the input is the terminal',
    script: 'trap : INT; "$@" --unit="$unit" /usr/bin/sleep "$mark" >o 2>e; echo $?; gone; cat o e',
    acts: press('\x03'),
    shows: /^(\^C)?\n?130\ngone\n$/,
  },
  {
    name: '^\\ where all is pipes',
    script: `trap : QUIT; "$@" --unit="$unit" /usr/bin/sleep "$mark" </dev/null >o 2>e; echo $?; gone`,
    acts: press('\x1c'),
    shows: /^\^\\131\ngone\n$/,
  },
  killed('TERM', 143),
  killed('HUP', 129),
  killed('KILL', 137),
]
