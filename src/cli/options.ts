// THE table of options: parser, help, and later man page, completions and configuration are made from it. To add an option,
// add a row, and read it in request.ts. The spelling follows run0(1), and sudo(8) for the short ones.

export type OptionName = (typeof options)[number]['name']

export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** Other spellings, which help does not name. */
  readonly also?: readonly string[]
  /** Understood, but not in the help: run0 hides it, too, or it is not built yet. */
  readonly hidden?: boolean
  /** What the value is called in help; without it the option is a switch. */
  readonly value?: string
  /** Given several times, all count; else the last one does. */
  readonly repeatable?: boolean
  readonly group: OptionGroup
  readonly text: string
}

export type OptionGroup = keyof typeof groups

export const groups = {
  target: 'As whom and where',
  look: 'What it looks like',
  unit: 'The transient unit',
  how: 'Terminal, pipes, and the end',
  help: 'Help',
} as const

export const options = [
  {
    name: 'user',
    short: 'u',
    value: 'USER',
    group: 'target',
    text: 'run as this user, name or number (default: root)',
  },
  { name: 'group', short: 'g', value: 'GROUP', group: 'target', text: 'run with this primary group' },
  {
    name: 'chdir',
    short: 'D',
    value: 'DIR',
    group: 'target',
    text: "run in this directory; ~ is the user's home",
  },
  {
    name: 'setenv',
    value: 'NAME[=VALUE]',
    repeatable: true,
    group: 'target',
    text: 'set a variable, or pass on your own',
  },
  { name: 'via-shell', group: 'target', text: "by the user's login shell, which expands $NAMES" },
  {
    name: 'login',
    short: 'i',
    group: 'target',
    text: 'the same at home, as after a login',
  },
  {
    name: 'empower',
    group: 'target',
    text: 'stay who you are, with all capabilities of root',
  },
  { name: 'area', value: 'AREA', group: 'target', text: 'in this area of your home (systemd 258)' },
  {
    name: 'shell-prompt-prefix',
    value: 'STR',
    group: 'target',
    text: "set $SHELL_PROMPT_PREFIX; '' for none",
  },
  {
    name: 'same-root-dir',
    hidden: true,
    group: 'target',
    text: 'in the root directory of yours (systemd 259)',
  },
  {
    name: 'machine',
    value: 'CONTAINER',
    group: 'target',
    text: 'run in a local container of systemd-machined',
  },
  {
    name: 'background',
    value: 'COLOR',
    group: 'look',
    text: "tint: magenta, #3c1414, 48;2;60;20;20, '' (none)",
  },
  {
    name: 'tint',
    value: 'WAY',
    group: 'look',
    text: 'auto, rewrite, dynamic (default color), or off',
  },
  {
    name: 'title',
    value: 'TEXT',
    group: 'look',
    text: "of {command} {user} {host}; '' leaves it alone",
  },
  {
    name: 'filter',
    value: 'NAME',
    group: 'look',
    text: 'strict (drops what harms a terminal), or none',
  },
  {
    name: 'backend',
    value: 'NAME',
    group: 'unit',
    text: 'auto, system, user (your own), or local (none)',
  },
  {
    name: 'property',
    short: 'p',
    value: 'NAME=VALUE',
    repeatable: true,
    group: 'unit',
    text: 'set a property of the unit, as in a unit file',
  },
  { name: 'unit', value: 'UNIT', group: 'unit', text: 'name of the transient unit' },
  { name: 'description', value: 'TEXT', group: 'unit', text: 'description of the transient unit' },
  { name: 'slice', value: 'SLICE', group: 'unit', text: 'run in this slice (default: user.slice)' },
  { name: 'slice-inherit', group: 'unit', text: 'run in the slice of tint0 itself, or below it' },
  { name: 'nice', value: 'LEVEL', group: 'unit', text: 'nice level, from -20 to 19' },
  {
    name: 'lightweight',
    value: 'BOOL',
    group: 'unit',
    text: 'yes or no: whether the session needs no manager',
  },
  {
    name: 'sandbox',
    value: 'NAME',
    repeatable: true,
    group: 'unit',
    text: 'readonly, no-network, or private (no homes)',
  },
  { name: 'dry-run', group: 'unit', text: 'show the unit and the call, and start nothing' },
  {
    name: 'pty',
    also: ['pty-late'],
    group: 'how',
    text: 'all streams are a terminal, where yours are not',
  },
  { name: 'pipe', group: 'how', text: 'no tint; files and pipes go as they are' },
  {
    name: 'exit-by-signal',
    group: 'how',
    text: 'die by the signal that killed the command',
  },
  {
    name: 'json',
    value: 'FILE',
    group: 'how',
    text: 'report to a file or descriptor, such as 3',
  },
  {
    name: 'no-ask-password',
    short: 'n',
    also: ['non-interactive'],
    group: 'how',
    text: 'fail rather than ask for a password',
  },
  { name: 'stdin', short: 'S', hidden: true, group: 'how', text: 'read the password from standard input' },
  {
    name: 'reset-timestamp',
    short: 'k',
    hidden: true,
    group: 'how',
    text: 'forget the authorization given here',
  },
  {
    name: 'remove-timestamp',
    short: 'K',
    hidden: true,
    group: 'how',
    text: 'forget all that were given to you',
  },
  { name: 'validate', short: 'v', hidden: true, group: 'how', text: 'authorize, and run nothing' },
  { name: 'no-pager', group: 'help', text: 'show help as it is, however long' },
  { name: 'help', short: 'h', group: 'help', text: 'show this' },
  { name: 'version', short: 'V', group: 'help', text: 'show the version' },
] as const satisfies readonly OptionRow[]
