// tint0(1), made from the tables of options, colors and presets.
import { syntaxes } from '../color/syntaxes.ts'
import { authorization, security } from './man-authorization.ts'
import { optionTexts } from './man-options.ts'
import { type Block, code, heading, item, type Page, paragraph, type Section } from './man-roff.ts'
import { groups, type OptionRow } from './option.ts'
import { options } from './options.ts'
import { type Preset, presets } from './sandbox.ts'

const rows: readonly OptionRow[] = options

/** `-u` <USER>, `--user=`<USER> */
const termOf = ({ name, short, also = [], value, config }: OptionRow): string => {
  const long = [name, ...also].map((one) => `\`--${one}${value ? `=\`<${value}>` : '`'}`)
  const terms = [...(short ? [`\`-${short}\`${value ? ` <${value}>` : ''}`] : []), ...long].join(', ')
  return config && !value ? `${terms}[\`=no\`]` : terms
}

/** A phrase of a table. */
export const sentenceOf = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

export const optionItems = (some: readonly OptionRow[]): readonly Block[] =>
  some.map((row) => item(termOf(row), ...optionTexts[row.name as keyof typeof optionTexts]))

const sandboxItems: readonly Block[] = Object.entries(presets).map(
  ([name, { text, properties }]: [string, Preset]) =>
    item(
      `\`${name}\``,
      `The command finds: ${text}. It sets ${properties.map((one) => `\`${one}\``).join(', ')}.`,
    ),
)

export const exitStatus: Section = {
  title: 'EXIT STATUS',
  blocks: [
    paragraph('The exit status is that of the command, or'),
    item('128+<n>', 'if signal <n> killed it (see `--exit-by-signal`);'),
    item('`125`', 'if tint0 itself failed;'),
    item('`126`', 'if it was refused, or the command was found but cannot be executed;'),
    item('`127`', 'if the command was not found.'),
    paragraph('In the last three cases one line on standard error says what is wrong, and the way out.'),
  ],
}

export const colors: Section = {
  title: 'COLORS',
  blocks: [
    paragraph('A color, as for `--background=`, is written in one of these ways:'),
    ...syntaxes.map(({ name, example }) =>
      item(
        example === '' ? "`''`" : `\`${example}\``,
        name.endsWith('()') ? `The function ${name} of CSS.` : sentenceOf(name),
      ),
    ),
    paragraph(
      'Names are those of CSS. Where the terminal has fewer colors, the nearest one is taken; a tint is not drawn where `NO_COLOR` is set, or `TERM` is `dumb`.',
    ),
  ],
}

export const tint0Page: Page = {
  name: 'tint0',
  number: 1,
  purpose: 'run a command as root or another user, in a tinted terminal',
  synopsis: ['`tint0` [<OPTIONS>] [`--`] [<COMMAND> [<ARG>...]]'],
  sections: [
    {
      title: 'DESCRIPTION',
      blocks: [
        paragraph(
          'tint0 runs a command, or your shell where none is named, as root or another user. The terminal is tinted while it runs, and the title of the window has a mark, so that you see with which rights you work. Afterwards the terminal is as before, also if tint0 is killed.',
        ),
        paragraph(
          'No program is SUID: tint0 asks systemd for a transient unit, as run0(1) does. polkit decides whether you may, and asks for a password where it must. Nothing of your environment reaches the command but `TERM`, `COLORTERM`, `NO_COLOR` and what `--setenv=` names. The command is looked up in a fixed path, not in yours.',
        ),
        paragraph(
          'Files and pipes are handed over as they are; what is a terminal among the three streams goes through a terminal of its own. `^]` three times within a second leaves, whatever hangs.',
        ),
      ],
    },
    {
      title: 'OPTIONS',
      blocks: [
        paragraph(
          'Options end at the first operand, or at `--`. Long ones may be abbreviated. A switch that may be configured can be undone: `--no-tint=no`.',
        ),
        ...Object.entries(groups).flatMap(([group, title]) => [
          heading(title),
          ...optionItems(rows.filter((row) => row.group === group)),
        ]),
      ],
    },
    colors,
    {
      title: 'SANDBOX',
      blocks: [
        paragraph(
          'A preset of `--sandbox=` is no more than some properties; what you give by `--property=` comes after them, and wins. They are against accidents: who is root, and means to, may find a way around them. Only a manager can do so, not `--backend=local`.',
        ),
        ...sandboxItems,
      ],
    },
    authorization,
    security,
    {
      title: 'ENVIRONMENT',
      blocks: [
        item(
          '`TINT0_`<NAME>',
          'Sets the option of this name, in capitals and with _ for each hyphen, if it is a key of the configuration: `TINT0_THEME`, or `TINT0_NO_TINT=yes`. Options on the command line win. See tint0.toml(5).',
        ),
        item(
          '`TINT0_CONFIG`',
          'Read this file instead of your own configuration, as by `--config=`; an absolute path. Empty: read none.',
        ),
        item(
          '`SUDO_PROMPT`',
          'The prompt for a password, as by `--prompt=`, where neither that nor the configuration says.',
        ),
        item(
          '`SYSTEMD_TINT_BACKGROUND`',
          '`no` switches the tint off, whatever else is set, if it is not locked.',
        ),
        item('`SYSTEMD_ADJUST_TERMINAL_TITLE`', '`no` leaves the title alone, likewise.'),
        item(
          '`SYSTEMD_RUN_SHELL_PROMPT_PREFIX`',
          'As `TINT0_SHELL_PROMPT_PREFIX`, where that is not set: the mark in the prompt, if `--shell-prompt-prefix=` does not say.',
        ),
        item('`SYSTEMD_EMOJI`', '`no` leaves out a mark in the prompt that is not plain ASCII.'),
        item(
          '`NO_COLOR`',
          'If it is set and not empty, there is neither a tint nor a title. The command is given it, too.',
        ),
        item(
          '`COLORFGBG`',
          'The colors of the terminal, where it does not answer when it is asked for them.',
        ),
        item('`SUDO_ASKPASS`', 'The program that asks with `--askpass`: an absolute path.'),
        item('`SYSTEMD_PAGER`, `PAGER`', 'The pager for `--help`.'),
        paragraph('The command finds, besides what its user has:'),
        item(
          '`SUDO_USER`, `SUDO_UID`, `SUDO_GID`, `SUDO_COMMAND`',
          'Who called tint0, and for what; as by sudo(8).',
        ),
        item('`TINT0_SESSION`', 'A name for this session; set in each.'),
        item('`SHELL_PROMPT_PREFIX`', 'What shells show before their prompt; see `--shell-prompt-prefix=`.'),
      ],
    },
    {
      title: 'FILES',
      blocks: [
        item(
          '/etc/tint0/config.toml, `$XDG_CONFIG_HOME`/tint0/config.toml',
          'The configuration; see tint0.toml(5).',
        ),
        item('/etc/tint0/themes, `$XDG_CONFIG_HOME`/tint0/themes', 'Themes, one a file.'),
        paragraph('Where `XDG_CONFIG_HOME` is not set, ~/.config is meant.'),
      ],
    },
    exitStatus,
    {
      title: 'EXAMPLES',
      blocks: [
        paragraph('Your shell as root; a command as another user; the login shell of alice:'),
        code('tint0', 'tint0 -u postgres psql', 'tint0 -i -u alice'),
        paragraph('Stay who you are, with all capabilities; in another color; without a tint:'),
        code('tint0 --empower', 'tint0 --background=hue:200', 'tint0 --no-tint make install'),
        paragraph('No more than a gigabyte, and no network:'),
        code('tint0 --property=MemoryMax=1G --sandbox=no-network make install'),
        paragraph('Without a question, as in a script; with the password on standard input:'),
        code('tint0 -n systemctl restart nginx', 'pass show laptop | tint0 -S id'),
        paragraph('Show what would be started, and start nothing:'),
        code("tint0 --dry-run -u www-data sh -c 'id'"),
      ],
    },
    {
      title: 'SEE ALSO',
      blocks: [
        paragraph('tint0ctl(1), tint0.toml(5), run0(1), systemd-run(1), systemd.exec(5), polkit(8), sudo(8)'),
      ],
    },
  ],
}
