// Items 1 to 30: who the command is, where, and what it has for a terminal.
import { at, type Check, check } from './checklist.ts'

const caller = 'SUDO_USER SUDO_UID SUDO_GID'

/** Of each the shell, and the directory where it begins; testuser's login shell is another than everybody's. */
const targets = [
  ['', '/bin/bash', '/'],
  ['--user=root', '/bin/bash', '/root'],
  ['--user=0', '/bin/bash', '/root'],
  ['--user=testuser', '/bin/zsh', '/home/testuser'],
] as const

/** (sh is dash here, which does not count SHLVL.) */
const forTargets = (): readonly Check[] =>
  targets.flatMap(([target, shell, home]) => {
    const of = target ? ` (${target})` : ''
    return [
      check(
        '3–9',
        `SUDO_* are the caller's, PAM was passed, no shell counts SHLVL up, SHELL and directory are the target's${of}`,
        `$R ${target} --setenv=SHLVL=10 sh -c 'printenv ${caller} XDG_SESSION_ID SHLVL SHELL; pwd'`,
        new RegExp(`^root\n0\n0\nc?\\d+\n10\n${shell}\n${home}$`),
      ),
      ...(target === '--user=0' ? [] : [throughShell(target, of, shell)]),
    ]
  })

const throughShell = (target: string, of: string, shell: string): Check =>
  target
    ? check(
        '8, 10',
        `-i has a shell in between, which expands, and SHELL is the target's${of}`,
        `$R ${target} --setenv=SHLVL=10 -i echo \\$SHLVL \\$SHELL`,
        `11 ${shell}`,
      )
    : check(
        '8',
        '--via-shell has a shell in between, which expands',
        '$R --setenv=SHLVL=10 --via-shell echo \\$SHLVL',
        '11',
      )

/** 12, 14 and, but for where one comes from, 18 are among those above. */
const directories = [
  ['13', '/', '-D /tmp', '/tmp'],
  ['15', '/', '-D /tmp --user=testuser', '/tmp'],
  ['16', '/tmp', '', '/tmp'],
  ['17', '/tmp', '-D /', '/'],
  ['19', '/tmp', '-D / --user=testuser', '/'],
] as const

const sameTerminal = (script: string) =>
  `look() { stat -c %U:%G:%a "$(tty)"; }; was=$(look); ${script}; [ "$was" = "$(look)" ] && echo same`

/** How deep in itself: systemd's 32 take longer than one wants to wait every day. */
const levels = process.env.RUNS ? 32 : 4

const nested = `$R $(yes "$R" 2>/dev/null | head -${levels - 1}) printenv SUDO_USER`
const inPipe = "$R sh -c 'test -t 1 && echo terminal || echo pipe' | cat"
const threeTerminals = `$R --pty --user=testuser sh -c 'id -un; test -t 0 && test -t 1 && test -t 2 && tty'`

/** Prints CapEff:, and what is not 0 of it. */
const capabilities = "sed -n 's/^CapEff:.0*/CapEff:/p' /proc/self/status"
const empowered = `$R --empower sh -c "id -un; ${capabilities}; id -Gn"`
const isEmpowered = /testuser\nCapEff:[0-9a-f]+\n.*\bempower\b.*$/
const touched = `f=/run/empower-$$; $R -u testuser --empower touch $f; stat -c %U $f`

export const whoChecks = (): readonly Check[] => [
  check('1', 'a command succeeds', '$R ls / >/dev/null', ''),
  check('2', 'what it prints arrives', 'echo "[$($R echo foo)]"', '[foo]', at('testuser')),
  ...forTargets(),
  check('3–5', 'SUDO_* are those of who asked', `$R printenv ${caller}`, /alice\n1000\n1000$/, at('alice')),
  check('3–5', 'and not of who gave the password', `$R printenv ${caller}`, /bob\n1001\n1001$/, at('bob')),
  check(
    '6',
    'without a terminal XDG_SESSION_TYPE is unspecified',
    '$R printenv XDG_SESSION_TYPE',
    'unspecified',
  ),
  check('11', `${levels} of them, one in another, keep SUDO_USER`, nested, 'root'),
  ...directories.map(([item, from, options, where]) =>
    check(
      item,
      `from ${from}, ${options || 'no option'}, pwd is ${where}`,
      `cd ${from}; $R ${options} pwd`,
      where,
    ),
  ),
  ...['', '--pty', '--pipe', '--pipe --pty'].map((options, i) =>
    check(
      `${20 + i}`,
      `echo -n foo gives foo ${options && `(${options})`}`,
      `echo "[$($R ${options} echo -n foo)]"`,
      '[foo]',
    ),
  ),
  check('20', 'what is written to a pipe is written as to a pipe', inPipe, 'pipe'),
  check(
    '24',
    "in a pipeline the caller's terminal keeps owner, group and mode",
    sameTerminal('$R --user=testuser echo -n foo | cat; echo'),
    /foo\nsame$/,
    at('root at a terminal'),
  ),
  check(
    '25',
    '--pty --user=testuser is testuser, has a terminal thrice, and the outer one is as it was',
    sameTerminal(threeTerminals),
    /testuser\n\/dev\/pts\/\d+\nsame$/,
    at('root at a terminal'),
  ),
  check(
    '26',
    '--pty gives a terminal where the input is none',
    '$R --pty tty </dev/null',
    /^\/dev\/pts\/\d+$/,
  ),
  check('27', '--pipe gives none', '$R --pipe tty </dev/null', /not a tty$/, {
    status: 1,
    ...at('root at a terminal'),
  }),
  check(
    '28',
    '--empower stays who one is, with capabilities, and in the group empower',
    empowered,
    isEmpowered,
    at('testuser'),
  ),
  check(
    '29–30',
    '-u testuser --empower writes where only root may, and it is testuser’s',
    touched,
    'testuser',
  ),
]
