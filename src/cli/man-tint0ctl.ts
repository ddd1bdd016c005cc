// tint0ctl(1), made from the table of its commands.
import { type CompanionRow, companionCommands } from './companion.ts'
import { type Block, code, item, type Page, paragraph } from './man-roff.ts'
import { colors, exitStatus, optionItems, sentenceOf } from './man-tint0.ts'
import { lookOptions } from './options.ts'

const companions: readonly CompanionRow[] = companionCommands

/** More than the table says, where there is more to say. */
const more: Readonly<Record<string, readonly string[]>> = {
  policy: [
    'Tells what polkit(8) would answer you now, if tint0 asked it to run a command as root; or prints rules that would have it answer otherwise. It asks nobody, and installs nothing.',
    'Rules are programs, and polkit does not tell which of them decided. So `show` names the files that could have, as far as you may read them: some distributions keep /etc/polkit-1/rules.d to root. It tells how to be sure.',
    'What `suggest` prints wants `--group=`, and one of `--no-password`, `--self`, `--keep`, `--root-password`; `--self` and `--keep` go together. Each means all units and commands, for polkit cannot tell one from another; the comments say more, and how to test and undo it.',
  ],
  tint: [
    'The command runs as you, in your environment, and is found by your path; only the terminal looks otherwise.',
  ],
  filter: [
    'Reads standard input, and writes what a session would write to the terminal. It sets no title of its own.',
  ],
  'shell-init': [
    'Prints lines that put `$SHELL_PROMPT_PREFIX` before the prompt, where nobody else has. They belong into the startup file of the user that you become, such as /root/.bashrc; the first lines of the output say which, and how.',
  ],
  completions: ['Prints a file for the completion system of the shell, for tint0 and tint0ctl.'],
}

const termOf = ({ name, actions = [], wantsAction, hasLook }: CompanionRow): string => {
  if (hasLook) return `\`${name}\` [<OPTIONS>]${name === 'tint' ? ' [`--`] [<COMMAND> [<ARG>...]]' : ''}`
  const words = actions.map((one) => `\`${one.name}\`${one.value ? ` <${one.value}>` : ''}`).join('|')
  return words === '' ? `\`${name}\`` : wantsAction ? `\`${name}\` ${words}` : `\`${name}\` [${words}]`
}

const itemsOf = (row: CompanionRow): readonly Block[] => [
  item(
    termOf(row),
    sentenceOf(row.text),
    ...(more[row.name] ?? []),
    ...(row.actions ?? []).map(
      (one, i) =>
        `\`${one.name}\`${one.value ? ` <${one.value}>` : ''}: ${one.text}${i === 0 && !row.wantsAction ? '; this is what is done where no word follows' : ''}.`,
    ),
    ...(row.switches ?? []).map(
      ({ name, value, text }) => `\`--${name}${value === undefined ? '`' : `=\`<${value}>`}: ${text}.`,
    ),
  ),
]

export const tint0ctlPage: Page = {
  name: 'tint0ctl',
  number: 1,
  purpose: 'themes, configuration, and all else about tint0',
  synopsis: ['`tint0ctl` <COMMAND> [<ARG>...]'],
  sections: [
    {
      title: 'DESCRIPTION',
      blocks: [
        paragraph(
          'tint0ctl is everything about tint0(1) that is not running a command with other rights: it needs none itself.',
        ),
      ],
    },
    {
      title: 'COMMANDS',
      blocks: [
        ...companions.flatMap(itemsOf),
        item('`help`, `-h`, `--help`', 'Show a short help, and exit.'),
        item('`-V`, `--version`', 'Show the version, and exit.'),
      ],
    },
    {
      title: 'OPTIONS',
      blocks: [paragraph('These go with `tint` and `filter`.'), ...optionItems(lookOptions)],
    },
    colors,
    {
      ...exitStatus,
      blocks: [
        paragraph(
          'That of the command, for `tint`. `themes check` ends with 1 where a promise is not kept, or where no theme of this name is looked for, and `config show` with 125 where a file is wrong. Otherwise:',
        ),
        ...exitStatus.blocks.slice(1),
      ],
    },
    {
      title: 'EXAMPLES',
      blocks: [
        paragraph('A tint of its own for a session on another machine:'),
        code('tint0ctl tint --background=navy -- ssh prod'),
        paragraph('Completions, and the mark in the prompt of root:'),
        code(
          'source <(tint0ctl completions bash)',
          'cd ~/.config/fish/completions',
          'tint0ctl completions fish | tee tint0.fish >tint0ctl.fish',
          'tint0ctl shell-init bash | tint0 tee -a /root/.bashrc',
        ),
        paragraph('Who may, and rules for a group, to be read before they are installed:'),
        code('tint0ctl policy', 'tint0ctl policy suggest --group=wheel --self >49-tint0.rules'),
        paragraph('For zsh the file must be called _tint0, and stand in a folder of `$fpath`:'),
        code('tint0ctl completions zsh >~/.zfunc/_tint0'),
      ],
    },
    { title: 'SEE ALSO', blocks: [paragraph('tint0(1), tint0.toml(5), polkit(8)')] },
  ],
}
