// tint0.toml(5): the configuration, made from the rows of the option table that are keys, and the files of themes.
import { type Block, code, item, type Page, paragraph } from './man-roff.ts'
import { sentenceOf } from './man-tint0.ts'
import { isLook, type OptionRow } from './option.ts'
import { options } from './options.ts'

const keys = (options as readonly OptionRow[]).filter(({ config }) => config)

const typeOf = ({ value, repeatable }: OptionRow): string => {
  if (value === undefined) return 'true or false'
  if (value === 'LEVEL' || value === 'MIN') return 'a number'
  if (value === 'BOOL') return 'true, false, or a text'
  return repeatable ? 'a list of texts' : 'a text'
}

const keyItem = (row: OptionRow): Block =>
  item(
    `\`${row.name}\``,
    // As values are written: none of them is a capital.
    `${row.text}. ${sentenceOf(typeOf(row))}${isLook(row) ? ' Also in rules.' : ''}`,
  )

const conditions: readonly Block[] = [
  item('`user`', 'As whom the command runs: its name, or number.'),
  item('`group`', 'What `--group=` says, or a group that the user is in.'),
  item('`host`', 'The name of this machine.'),
  item('`machine`', "The container of `--machine=`; '' for none."),
  item(
    '`command`',
    "The name of the command, or all of its words with a blank between; '' for the shell where none was named.",
  ),
]

export const tomlPage: Page = {
  name: 'tint0.toml',
  number: 5,
  purpose: 'configuration and themes of tint0',
  synopsis: [
    '/etc/tint0/config.toml',
    '`$XDG_CONFIG_HOME`/tint0/config.toml',
    '/etc/tint0/themes/<NAME>.toml',
    '`$XDG_CONFIG_HOME`/tint0/themes/<NAME>.toml',
  ],
  sections: [
    {
      title: 'DESCRIPTION',
      blocks: [
        paragraph(
          'The configuration of tint0(1) is a file in TOML (see https://toml.io). A key is an option of the same name: what is `--theme=nord` on the command line is `theme = "nord"` here. Where `XDG_CONFIG_HOME` is not set, ~/.config is meant. `tint0ctl config` shows what counts, and where it was set; `tint0ctl config init` writes a file with a comment for each key.',
        ),
        paragraph(
          'A file is read only if nobody else could have written it: it must belong to root or to you, and nobody else may write to it, or to its folder. A key that is not known is an error; it is told with its line.',
        ),
      ],
    },
    {
      title: 'PRECEDENCE',
      blocks: [
        paragraph('Of what was set several times the last one counts, in this order:'),
        item('1.', '/etc/tint0/config.toml, and then its rules;'),
        item(
          '2.',
          'your own file, and then its rules; `--config=` or `TINT0_CONFIG` name another one, or none;',
        ),
        item(
          '3.',
          'variables of the environment: `TINT0_` and the key in capitals, with _ for each hyphen, as `TINT0_NO_TINT`; one that is empty is none, but for colors, themes, titles and marks;',
        ),
        item('4.', 'the command line;'),
        item('5.', '`SYSTEMD_TINT_BACKGROUND=no` and `SYSTEMD_ADJUST_TERMINAL_TITLE=no`;'),
        item('6.', 'what the table `[locked]` of /etc/tint0/config.toml sets.'),
        paragraph(
          'Of a key that takes several values all count, in this order. A switch that is on can be undone later: `no-tint = false`, or `--no-tint=no`. A key also undoes what it contradicts, if that stands in a place before: a `background` there undoes `no-tint`; in one file `no-tint` holds. `NO_COLOR` is no key: where it is set there is no tint.',
        ),
      ],
    },
    {
      title: 'KEYS',
      blocks: [paragraph('See the option of the same name in tint0(1) for more.'), ...keys.map(keyItem)],
    },
    {
      title: 'RULES',
      blocks: [
        paragraph(
          'A table `[[rule]]` sets what it looks like where all of its conditions hold; of several rules the later one wins. A condition is a text or a list of texts of which one must match: `*` is any letters, `?` is one, `[a-z]` one of these, and `[!a-z]` one of the others.',
        ),
        ...conditions,
      ],
    },
    {
      title: 'LOCKED KEYS',
      blocks: [
        paragraph(
          'What stands in the table `[locked]` of /etc/tint0/config.toml holds against all else. An option on the command line that contradicts it is refused. In other files the table is an error.',
        ),
        paragraph(
          'With a locked `sandbox`, `--property=` takes only what limits resources or time, or is an option, too. A theme that is locked is that of /etc or of the package, never one of the user of the same name.',
        ),
      ],
    },
    {
      title: 'THEMES',
      blocks: [
        paragraph(
          'A theme is a file <NAME>.toml: in `$XDG_CONFIG_HOME`/tint0/themes, in /etc/tint0/themes, or in the folder of the package; of one name the first one counts. `tint0ctl themes` shows all of them, and `tint0ctl themes check` <FILE> what is wrong with one.',
        ),
        item(
          '`name`, `summary`, `license`, `source`',
          'For people: what it is called, one line about it, an SPDX expression, and where its colors come from.',
        ),
        item(
          '`[dark]`, `[light]`',
          'The colors for dark and for light terminals: `root`, `user` (another user than root) and `empower` (you, with more rights), each written as for `--background=` (see COLORS in tint0(1)). `background` and `foreground` are those of the terminal that they are made for.',
        ),
        item('`tint`', '`rewrite` or `dynamic`, as for `--tint=`; left out, it is as it suits the terminal.'),
        item('`[title]`', '`mark`: what titles begin with. `template`: the title, as for `--title=`.'),
        item('`[prompt]`', '`mark`: what goes before the prompt of a shell. It holds none of $ ` \\ %.'),
        item(
          '`exceptions`',
          'Promises of a theme that it knowingly breaks; see README.md beside the themes of the package.',
        ),
        paragraph(
          'A mark is a text for all, or a table: `mark = { root = "# ", user = "$ " }`. `name`, and both tables with three colors each, must be there.',
        ),
      ],
    },
    {
      title: 'EXAMPLES',
      blocks: [
        code(
          'theme = "nord"',
          'setenv = ["EDITOR=vim"]',
          '',
          '[[rule]]',
          'user = ["postgres", "www-*"]',
          'background = "blue"',
          '',
          '[[rule]]',
          'host = "prod-*"',
          'title = "PRODUCTION {command} on {host}"',
        ),
        paragraph('For all users, in /etc/tint0/config.toml:'),
        code('[locked]', 'filter = "strict"'),
        paragraph('A theme:'),
        code(
          'name = "Mine"',
          '',
          '[dark]',
          'root = "hue:22"',
          'user = "#303010"',
          'empower = "purple/15%"',
          '',
          '[light]',
          'root = "hue:22"',
          'user = "#ffffe0"',
          'empower = "purple/10%"',
        ),
      ],
    },
    { title: 'SEE ALSO', blocks: [paragraph('tint0(1), tint0ctl(1)')] },
  ],
}
