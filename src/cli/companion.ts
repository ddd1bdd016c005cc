// The table of tint0ctl's commands: its help, man page and completions are made from it. What they do is ctl.ts's.

export interface CompanionRow {
  readonly name: string
  /** What may stand behind its name, for people; without it, nothing may. */
  readonly usage?: string
  readonly text: string
  /** Words of which one may stand behind its name; the first is meant where none does, but for `wantsAction`. */
  readonly actions?: readonly Action[]
  readonly wantsAction?: true
  /** The options of the group `look` go with it. */
  readonly hasLook?: true
  /** Its only options: those of its own. */
  readonly switches?: readonly Switch[]
}

export interface Switch {
  readonly name: string
  /** What stands behind it; without it, nothing may. */
  readonly value?: 'GROUP'
  readonly text: string
  /** The only actions that it goes with. */
  readonly with?: readonly string[]
}

/** Whether it may stand behind this action; '' for none yet. */
export const goesWith = ({ with: some }: Switch, action: string): boolean =>
  action === '' || some === undefined || some.includes(action)

interface Action {
  readonly name: string
  /** What stands behind it. */
  readonly value?: 'NAME' | 'FILE'
  readonly text: string
}

export type CompanionName = (typeof companionCommands)[number]['name']

const shells = [
  { name: 'bash', text: 'for bash' },
  { name: 'zsh', text: 'for zsh' },
  { name: 'fish', text: 'for fish' },
] as const

const prompts = [
  ...shells,
  { name: 'starship', text: 'for the configuration of starship' },
  { name: 'powerlevel10k', text: 'for .p10k.zsh' },
] as const

export const companionCommands = [
  {
    name: 'themes',
    usage: '[list|show|check|pick]',
    text: 'show the themes, check one, or choose one',
    actions: [
      { name: 'list', text: 'all of them, with their colors' },
      { name: 'show', value: 'NAME', text: 'one of them, on this terminal' },
      {
        name: 'check',
        value: 'FILE',
        text: 'whether a file is a theme that can be read, with its contrasts',
      },
      { name: 'pick', text: 'choose one on a sample, and write it to the configuration' },
    ],
  },
  {
    name: 'config',
    usage: '[show|edit|init|path|schema]',
    text: 'what is configured, and by whom; edit it',
    actions: [
      { name: 'show', text: 'every value, and where it comes from' },
      { name: 'edit', text: 'open yours in an editor, and check it' },
      { name: 'init', text: 'write one with a comment for each key' },
      { name: 'path', text: 'the files that are read' },
      { name: 'schema', text: 'the JSON Schema of the file' },
    ],
    switches: [
      {
        name: 'system',
        with: ['edit', 'init'],
        text: 'with edit and init: that of all users, in /etc; as root',
      },
    ],
  },
  {
    name: 'doctor',
    usage: '[--json]',
    text: 'what this machine and terminal can do',
    switches: [{ name: 'json', text: 'for programs' }],
  },
  {
    name: 'auth',
    usage: '[--json]',
    text: 'what polkit keeps granted, and how long',
    switches: [{ name: 'json', text: 'for programs' }],
  },
  {
    name: 'policy',
    usage: '[show|suggest]',
    text: 'what polkit says to you; rules for more',
    actions: [
      { name: 'show', text: 'whether you need a password to run as root, and why' },
      { name: 'suggest', text: 'a file of rules for a group, with what it means; nothing is installed' },
    ],
    switches: [
      { name: 'json', with: ['show'], text: 'for programs' },
      { name: 'group', value: 'GROUP', with: ['suggest'], text: 'for whom' },
      { name: 'no-password', with: ['suggest'], text: 'none of them is asked' },
      { name: 'self', with: ['suggest'], text: 'their own password is enough' },
      { name: 'keep', with: ['suggest'], text: 'a password counts for some minutes' },
      { name: 'root-password', with: ['suggest'], text: 'they are asked for that of root' },
      { name: 'local', with: ['suggest'], text: 'only at the screen of this machine, not by ssh or cron' },
    ],
  },
  {
    name: 'tint',
    usage: '[OPTIONS] [--] [COMMAND [ARG…]]',
    text: 'run a command as yourself, with a tint',
    hasLook: true,
  },
  {
    name: 'filter',
    usage: '[OPTIONS] <IN >OUT',
    text: 'rewrite terminal output, as sessions do',
    hasLook: true,
  },
  {
    name: 'shell-init',
    usage: 'bash|zsh|fish|…',
    text: 'the mark in the prompt, for startup files',
    actions: prompts,
    wantsAction: true,
  },
  {
    name: 'completions',
    usage: 'bash|zsh|fish',
    text: 'the completions of both programs',
    actions: shells,
    wantsAction: true,
  },
  { name: 'version', text: 'show the version' },
] as const satisfies readonly CompanionRow[]
