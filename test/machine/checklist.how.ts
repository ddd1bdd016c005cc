// Items 40 to 60, most of them systemd-run's, which bind the code that run0 shares; and two options of run0's without one.
import { at, type Check, check } from './checklist.ts'

const refusals = [
  ['an unknown option', '--no-such-option'],
  ['an empty command', "''"],
  ['a service as --slice=', '--slice=foo.service'],
  ['an empty --nice=', '--nice='],
  ['a --nice= that is no number', '--nice=abc'],
  ['a --nice= out of range', '--nice=20'],
  ['an empty --property=', '--property='],
  ['a --property= that is no assignment', '--property=foo'],
  ['an unknown --property=', '--property=Nonsense=1'],
  ['an empty --setenv=', '--setenv='],
  ['an --area= that is a path', '--area=a/b'],
  ['a --lightweight= that is no boolean', '--lightweight=maybe'],
] as const

const ownSlice = (options: string) =>
  `u=check-$$; $R --unit=$u ${options} systemctl --no-pager show --property=Slice --value $u.service`
const inSlice = (slice: string, script: string) =>
  `systemd-run --quiet --wait --pipe --collect --expand-environment=no --slice=${slice} --setenv=R="$R" bash -c '${script}'`

const threeProperties = `touch /tmp/mark-$$; $R --property=LimitCORE=1M --property=LimitCORE=2M --property=PrivateTmp=yes \
  --property='Environment="A=b  c" D=e' \
  sh -c 'prlimit --core --output=SOFT,HARD --noheadings --raw; ls /tmp; echo "$A,$D"'`

const variables = `B='x  y' $R --setenv=A= --setenv='C=a b' --setenv=B sh -c 'echo "[$A][$B][$C]"'`
const fresh = `FOO=bar $R sh -c 'echo "[$FOO]" $PWD $INVOCATION_ID'`
const niceAndLiteral = `$R --nice=10 sh -c 'nice; printf "%s " "$@"' sh '$HOME' %n '$$'`

/** The signal comes when the command has begun. */
const interrupted = `f=/tmp/begun-$$; (until [ -e $f ]; do sleep 0.05; done; sleep 0.2; kill -INT $$) &
  exec $R sh -c "touch $f; exec sleep 30"`

export const howChecks = (): readonly Check[] => [
  check('40', 'the slice is user.slice, as run0 has it', ownSlice(''), 'user.slice'),
  check('40', '--slice=foo.slice', ownSlice('--slice=foo.slice'), 'foo.slice'),
  check(
    '41',
    "--slice-inherit is in the caller's own",
    inSlice('outer', ownSlice('--slice-inherit')),
    /^outer(-user)?\.slice$/,
  ),
  check(
    '42',
    'with --slice=foo it is a slice in that',
    inSlice('outer', ownSlice('--slice-inherit --slice=foo')),
    'outer-foo.slice',
  ),
  check(
    '43–44',
    'the environment is fresh, but PWD and INVOCATION_ID are set',
    fresh,
    /^\[\] \/ [0-9a-f]{32}$/,
  ),
  check(
    '47, 52',
    '--property=: of two the last counts, /tmp is private, quotes are those of a unit',
    threeProperties,
    '2097152 2097152\nb  c,e',
  ),
  check('48', '--user=bob is bob, in his groups', '$R --user=bob sh -c "id -un; id -Gn"', 'bob\nbob'),
  check('49', '--group=bob alone', '$R --group=bob sh -c "id -un; id -gn"', 'root\nbob'),
  check(
    '50',
    '--user=bob --group=testuser',
    '$R --user=bob --group=testuser sh -c "id -un; id -gn"',
    'bob\ntestuser',
  ),
  check('51', '--nice=10; and nothing is expanded on the way', niceAndLiteral, '10\n$HOME %n $$'),
  check('52', '--setenv= of the same name: the last counts', '$R --setenv=A=1 --setenv=A=2 printenv A', '2'),
  check('52', '--setenv= may be empty, hold blanks, or pass on', variables, '[][x  y][a b]'),
  check('54', '--machine=.host true', '$R --machine=.host true', ''),
  check('53–54', '--machine=.host --pty true', '$R --machine=.host --pty true', '', at('root at a terminal')),
  check('55', 'SHELL=/bin/true is the shell', 'SHELL=/bin/true $R', '', at('root at a terminal')),
  check('55', 'SHELL=/bin/false fails', 'SHELL=/bin/false $R', '', { status: 1 }),
  ...refusals.map(([what, option]) =>
    check('56', `refused: ${what}`, `$R ${option} echo ran`, '', { status: 'refused' }),
  ),
  check('', 'refused before 258, which has the first areas: --area=x', '$R --area=x echo ran', '', {
    status: 'refused',
  }),
  check(
    '',
    '--lightweight= yes, no and auto start',
    'for i in yes no auto; do $R --lightweight=$i echo $i; done',
    'yes\nno\nauto',
  ),
  check('60', "SIGINT to the client gives 130 (systemd's own test wants 0)", interrupted, '', {
    status: 130,
    ...at('root at a terminal'),
  }),
  ...['--pipe', '--pty'].map((option) =>
    check(
      '58',
      `daemon-reexec in the middle, and exit 37: ${option}`,
      `$R ${option} sh -c 'systemctl daemon-reexec; exit 37'`,
      '',
      { status: 37, alone: true },
    ),
  ),
]
