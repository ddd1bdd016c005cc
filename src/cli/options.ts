// THE table of options: parser, help, and later man page, completions and configuration are made from it. To add an option,
// add a row, and read it in request.ts. The spelling follows run0(1), and sudo(8) for the short ones.

export type OptionName = (typeof options)[number]['name']

export interface OptionRow {
  readonly name: string
  readonly short?: string
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
  how: 'How it is run',
  help: 'Help',
} as const

export const options = [
  {
    name: 'user',
    short: 'u',
    value: 'USER',
    group: 'target',
    text: 'run as this user, by name or number (default: root)',
  },
  { name: 'group', short: 'g', value: 'GROUP', group: 'target', text: 'run with this primary group' },
  {
    name: 'chdir',
    short: 'D',
    value: 'DIR',
    group: 'target',
    text: 'run in this directory; ~ is the home of the user',
  },
  {
    name: 'setenv',
    value: 'NAME[=VALUE]',
    repeatable: true,
    group: 'target',
    text: 'set a variable, or pass on your own',
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
    text: 'tint: magenta, #3c1414, 48;2;60;20;20; empty for none',
  },
  {
    name: 'tint',
    value: 'WAY',
    group: 'look',
    text: 'auto, rewrite, dynamic (the default color), or off',
  },
  {
    name: 'title',
    value: 'TEXT',
    group: 'look',
    text: 'title, of {command} {user} {host}; empty: left alone',
  },
  {
    name: 'filter',
    value: 'NAME',
    group: 'look',
    text: 'strict (drops what can harm a terminal), or none',
  },
  {
    name: 'backend',
    value: 'NAME',
    group: 'how',
    text: 'auto, system, user (your own manager) or local (none)',
  },
  { name: 'unit', value: 'UNIT', group: 'how', text: 'name of the transient unit' },
  { name: 'description', value: 'TEXT', group: 'how', text: 'description of the transient unit' },
  { name: 'pty', group: 'how', text: 'a terminal for the input, too, where yours is none' },
  { name: 'no-ask-password', group: 'how', text: 'fail rather than ask for a password' },
  { name: 'help', short: 'h', group: 'help', text: 'show this' },
  { name: 'version', short: 'V', group: 'help', text: 'show the version' },
] as const satisfies readonly OptionRow[]
