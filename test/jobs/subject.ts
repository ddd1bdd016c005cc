// Who is tried: tint0 on one backend, or, to see that it is the test that is right, another program; and what is run by it.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { scratch, tint0 } from '../session/subject.ts'
import { type OuterShell, openShell, type ShellName } from './shell.ts'

export interface JobSubject {
  readonly name: string
  readonly words: readonly string[]
  /** The same, to be typed into a shell. */
  readonly typed: string
  /** It changes the look of the terminal, and has an escape key. */
  readonly isTint0: boolean
  /** It may ask for a password. */
  readonly asks: boolean
  /** Declares a test, which has a shell to type into. */
  inShell(claim: string, options: ShellOptions, body: (shell: OuterShell) => Promise<void>): void
  /** Declares a test. */
  claim(claim: string, body: () => Promise<void>): void
}

export interface ShellOptions {
  readonly user?: 'root' | 'alice'
  readonly shell?: ShellName
}

export const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ')

const backends = ['system', 'local']

/** A backend's name is tint0 on it; any other is a program's. */
export const jobSubject = (name: string): JobSubject => {
  const isTint0 = backends.includes(name)
  const words = isTint0
    ? [tint0, `--backend=${name}`]
    : name === 'sudo'
      ? ['sudo', '--prompt=Password: ']
      : [name]
  const claim = (text: string, body: () => Promise<void>) => {
    test(`${name}: ${text}`, { timeout: 60_000 }, body)
  }
  return {
    name,
    words,
    typed: quoted(words),
    isTint0,
    asks: name !== 'local',
    claim,
    inShell: (text, { user = 'root', shell = 'bash' }, body) =>
      claim(`${text} (${user === 'root' ? shell : `${shell}, ${user}`})`, async () => {
        const outer = await openShell(user, shell)
        try {
          await body(outer)
        } finally {
          outer.screen.process.kill('SIGKILL')
          outer.screen.process.hangUp()
        }
      }),
  }
}

/** A word of its own in each command line. */
export const mark = (): string => `${process.pid}${(marks++).toString().padStart(3, '0')}`
let marks = 1

/**
 * A command that tells which signals it gets, and how often; it ends with status 7 when the file named first is there. To a
 * process named second it sends SIGTERM, and ends with 5 when that has had time to come back.
 */
chmodSync(scratch, 0o755)
const listener = join(scratch, 'listener')
writeFileSync(
  listener,
  `$| = 1;
my ($end, $other) = @ARGV;
my %count;
for my $name (qw(TERM ALRM HUP INT QUIT USR1 USR2 CONT WINCH)) {
  $SIG{$name} = sub { print "got $name ", ++$count{$name}, $name eq 'WINCH' ? ' ' . \`stty size\` : "\\n" };
}
print "ready $$\\n";
if ($other) {
  kill 'TERM', $other;
  my $until = time + 2;
  select undef, undef, undef, 0.1 while time < $until;
  exit 5;
}
for (my $left = 600; $left > 0; $left--) {
  exit 7 if -e $end;
  select undef, undef, undef, 0.05;
}
`,
)

export interface Listener {
  readonly words: readonly string[]
  /** Lets it end, with status 7. */
  end(): void
}

/** The name of a file that is not there yet. */
export const newFile = (): string => join(scratch, mark())

export const newListener = (): Listener => {
  const file = newFile()
  return { words: ['perl', listener, file], end: () => writeFileSync(file, '') }
}

/** What a listener has told: names with counts, in order. */
export const heard = (output: string): string[] =>
  [...output.matchAll(/got ([A-Z0-9]+ \d+)/g)].map(([, what]) => what ?? '')
