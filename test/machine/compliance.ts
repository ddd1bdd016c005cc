// What is asked for a password, and how, in sudo's manner: a table of cases, with what sudo 1.9.16 does and what tint0 does. $SUDO is
// either; the words are bash's. After sudo(8) (--stdin, --askpass, --prompt, --non-interactive), and what sudo was seen to do.

export interface ComplianceCase {
  readonly name: string
  /** Run by alice in her shell, without a session. */
  readonly command: string
  /** Typed on a terminal, in turn, at each prompt; without it there is no terminal. */
  readonly typed?: readonly string[]
  /** What the command itself wrote; the same for both. (On a terminal: the end of what is seen, without the status.) */
  readonly output: string
  /** How often `Sorry, try again.` is said; the same for both. */
  readonly sorry?: number
  /** Of sudo, and of tint0: one number where they agree. */
  readonly status: number | readonly [sudo: number, tint0: number]
  /** What else is said, or asked: by both, or by each. */
  readonly says?: RegExp | readonly [sudo: RegExp, tint0: RegExp]
  /** Why they differ, where there is more to it than the statuses 1 and 126. */
  readonly difference?: string
}

const right = 'echo wonderland'
const three = [/3 incorrect password attempts/, /not granted: the password was wrong three times/] as const
const none = [/no password was provided/, /authorization: no password was given/] as const
const refused = [1, 126] as const
const ask = (name: string, script: string) =>
  `printf '#!/bin/sh\\n${script}\\n' >${name}; chmod 755 ${name}; export SUDO_ASKPASS=$PWD/${name}`

export const complianceCases: readonly ComplianceCase[] = [
  // Retries.
  { name: 'right at once', command: `${right} | $SUDO -S id -u`, output: '0\n', status: 0, sorry: 0 },
  {
    name: 'wrong, wrong, right',
    command: "printf 'a\\nb\\nwonderland\\n' | $SUDO -S id -u",
    output: '0\n',
    status: 0,
    sorry: 2,
  },
  {
    name: 'three wrong',
    command: "printf 'a\\nb\\nc\\nwonderland\\n' | $SUDO -S id -u",
    output: '',
    status: refused,
    sorry: 2,
    says: three,
  },
  {
    name: 'wrong, and no more',
    command: 'echo a | $SUDO -S id -u',
    output: '',
    status: refused,
    sorry: 1,
    says: none,
  },
  { name: 'none', command: '$SUDO -S id -u </dev/null', output: '', status: refused, sorry: 0, says: none },
  {
    name: 'an empty one, and no more',
    command: 'echo | $SUDO -S id -u',
    output: '',
    status: refused,
    sorry: 1,
    says: none,
  },

  // -S.
  { name: '-S: without a newline', command: 'printf wonderland | $SUDO -S id -u', output: '0\n', status: 0 },
  {
    name: '-S: with a carriage return',
    command: "printf 'wonderland\\r\\n' | $SUDO -S id -u",
    output: '0\n',
    status: 0,
  },
  {
    name: '-S: the rest is the command’s',
    command: "printf 'wonderland\\nrest\\nof it' | $SUDO -S cat",
    output: 'rest\nof it',
    status: 0,
  },
  {
    name: '-S: the status is the command’s',
    command: `${right} | $SUDO -S sh -c 'exit 7'`,
    output: '',
    status: 7,
  },
  {
    name: '-S: too long',
    command: "head -c 2000 /dev/zero | tr '\\0' x | $SUDO -S id -u",
    output: '',
    status: refused,
    says: [/password attempts/, /That is no password/],
    difference: 'sudo takes it in pieces for several tries',
  },
  {
    name: '-S: a NUL behind it',
    command: "printf 'wonderland\\0x\\n' | $SUDO -S id -u",
    output: '',
    status: [0, 126],
    says: [/^/, /That is no password/],
    difference: 'sudo takes what is before the NUL',
  },
  { name: '-S -v: right', command: `${right} | $SUDO -S -v`, output: '', status: 0 },
  {
    name: '-S -v: wrong',
    command: 'echo a | $SUDO -S -v',
    output: '',
    status: refused,
    sorry: 1,
    says: none,
  },
  { name: '-S -k', command: `${right} | $SUDO -S -k id -u`, output: '0\n', status: 0 },
  {
    name: '-S: no such command',
    command: `${right} | $SUDO -S nosuch`,
    output: '',
    status: [1, 127],
    says: /nosuch: command not found/,
    difference: 'it is not asked for in vain',
  },

  // -n.
  {
    name: '-n',
    command: '$SUDO -n id -u',
    output: '',
    status: refused,
    says: [/^sudo: a password is required\n$/, /^tint0: [^\n]*wants a password[^\n]*\n$/],
  },
  {
    name: '-n -v',
    command: '$SUDO -n -v',
    output: '',
    status: 1,
    says: [/a password is required/, /^$/],
    difference: 'ours says nothing, for what asks at every prompt',
  },
  {
    name: '-n -S reads nothing',
    command: `${right} | ($SUDO -n -S id -u; echo "status $?"; cat)`,
    output: 'wonderland\n',
    status: 0,
  },
  {
    name: 'no terminal',
    command: 'setsid -w $SUDO id -u </dev/null',
    output: '',
    status: refused,
    says: [/a terminal is required to read the password/, /there is no terminal to ask on/],
  },

  // -A.
  { name: '-A', command: `${ask('a1', 'echo wonderland')}; $SUDO -A id -u`, output: '0\n', status: 0 },
  {
    name: '-A: an empty one is wrong',
    command: `${ask('a2', 'echo')}; $SUDO -A id -u`,
    output: '',
    status: refused,
    sorry: 2,
    says: three,
  },
  {
    name: '-A: none',
    command: `${ask('a3', 'exit 0')}; $SUDO -A id -u`,
    output: '',
    status: refused,
    sorry: 0,
    says: none,
  },
  {
    name: '-A: its first line counts',
    command: `${ask('a4', 'echo wonderland; echo more')}; $SUDO -A id -u`,
    output: '0\n',
    status: 0,
  },
  {
    name: '-A: it fails',
    command: `${ask('a5', 'echo wonderland; exit 3')}; $SUDO -A id -u`,
    output: '',
    status: [0, 126],
    says: [/^/, none[1]],
    difference: 'what fails has no answer, as for ssh(1)',
  },
  {
    name: '-A: it has the question',
    command: `${ask('a6', 'echo "<$1>" >&2; echo wonderland')}; $SUDO -A -p '%p for %U:' id -u`,
    output: '0\n',
    status: 0,
    says: /<alice for root:>/,
  },
  {
    name: '-A: standard input is the command’s',
    command: `${ask('a7', 'echo wonderland')}; echo data | $SUDO -A cat`,
    output: 'data\n',
    status: 0,
  },
  {
    name: '-A: no program',
    command: '$SUDO -A id -u',
    output: '',
    status: refused,
    says: [/no askpass program specified/, /no program is named that could ask/],
  },
  {
    name: '-A: one that is not there',
    command: 'SUDO_ASKPASS=/nonexistent $SUDO -A id -u',
    output: '',
    status: refused,
    says: [/unable to run \/nonexistent/, /\/nonexistent', which cannot be executed/],
  },
  {
    name: '-A: one that cannot be run',
    command: 'SUDO_ASKPASS=/etc/passwd $SUDO -A id -u',
    output: '',
    status: refused,
    says: [/unable to run \/etc\/passwd/, /\/etc\/passwd', which cannot be executed/],
  },
  {
    name: '-A: a relative path',
    command: 'SUDO_ASKPASS=asks $SUDO -A id -u',
    output: '',
    status: refused,
    says: [/unable to run asks/, /asks', which is no absolute path/],
  },
  {
    name: '-A -S',
    command: '$SUDO -A -S id -u',
    output: '',
    status: [1, 125],
    says: [/may not be used together/, /--askpass: does not go with --stdin/],
  },

  // The prompt.
  {
    name: '-p: its escapes',
    command: `${right} | $SUDO -S -u bob -p '%p %u %U %H %h %% %x %%u %:' id -un`,
    output: 'bob\n',
    status: 0,
    says: /alice alice bob tint0test tint0test % %x %u %:/,
  },
  {
    name: '$SUDO_PROMPT',
    command: `${right} | SUDO_PROMPT='env %u> ' $SUDO -S id -u`,
    output: '0\n',
    status: 0,
    says: /env alice> /,
  },
  {
    name: '-p, rather than $SUDO_PROMPT',
    command: `${right} | SUDO_PROMPT='env> ' $SUDO -S -p 'opt> ' id -u`,
    output: '0\n',
    status: 0,
    says: /^(?![\s\S]*env>)[\s\S]*opt> /,
  },
  {
    name: '-p: none',
    command: `${right} | $SUDO -S -p '' id -u`,
    output: '0\n',
    status: 0,
    says: /^(?![\s\S]*assword)/,
  },

  // On a terminal.
  { name: 'typed', command: '$SUDO id -u', typed: ['wonderland\r'], output: '0\n', status: 0, sorry: 0 },
  {
    name: 'three typed wrong',
    command: '$SUDO id -u',
    typed: ['a\r', 'b\r', 'c\r'],
    output: '',
    status: refused,
    sorry: 2,
    says: three,
  },
  {
    name: 'backspace and ^U',
    command: '$SUDO id -u',
    typed: ['wrong\x15wonderlanx\x7fd\r'],
    output: '0\n',
    status: 0,
    sorry: 0,
  },
  {
    name: '^C',
    command: '$SUDO id -u',
    typed: ['wond\x03'],
    output: '',
    status: [1, 130],
    sorry: 0,
    difference: 'it was interrupted, which a script may want to know',
  },
  { name: '^D', command: '$SUDO id -u', typed: ['\x04'], output: '', status: refused, sorry: 0, says: none },
  {
    name: 'a pipe to the command',
    command: 'echo data | $SUDO cat',
    typed: ['wonderland\r'],
    output: 'data\n',
    status: 0,
  },
  {
    name: 'what is typed ahead behind it',
    command: "$SUDO sh -c 'echo ready; head -n 1'",
    typed: ['wonderland\rpasted\r', 'later\r'],
    output: 'later\n',
    status: 0,
  },
]
