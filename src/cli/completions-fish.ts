// Completions for fish (complete(1) of fish): one `complete` a row, under a condition that tells whether options still count.
import { systemPath } from '../paths.ts'
import { type CompanionRow, companionCommands } from './companion.ts'
import { actionOffers, type Offer, offerOf, type Source } from './completions-values.ts'
import type { OptionRow } from './option.ts'
import { lookOptions, options } from './options.ts'

const rows: readonly OptionRow[] = options
const companions: readonly CompanionRow[] = companionCommands

const quoted = (text: string): string =>
  /^[\w=.,/-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`

const finders: Readonly<Record<Source, string>> = {
  users: '(__fish_complete_users)',
  groups: '(__fish_complete_groups)',
  directories: '(__fish_complete_directories)',
  files: '',
  variables: '(set --names --export)',
  themes: '(__tint0_themes)',
  containers: '(__tint0_from machinectl list --no-legend --no-pager)',
  slices: '(__tint0_from systemctl list-units --type=slice --all --plain --no-legend --no-pager)',
}

/** What `complete` is told of a value. */
const argumentOf = (offer: Offer): string => {
  switch (offer.kind) {
    case 'nothing':
      return ' -x'
    case 'found':
      return offer.source === 'files' ? ' -r -F' : ` -x -a ${quoted(finders[offer.source])}`
    case 'words': {
      const words = offer.words.map(quoted).join(' ')
      return ` -x -a ${quoted(offer.listed ? `(__tint0_listed ${words})` : words)}`
    }
  }
}

const line = (program: string, row: OptionRow): string => {
  const offer = offerOf(row)
  const short = row.short === undefined ? '' : ` -s ${row.short}`
  return `complete -c ${program} -n __tint0_takes_options${short} -l ${row.name} -d ${quoted(row.text)}${offer ? argumentOf(offer) : ''}`
}

const lines = (program: string, some: readonly OptionRow[]): string =>
  some
    .filter(({ hidden }) => !hidden)
    .map((row) => `${line(program, row)}\n`)
    .join('')

const valued = rows.filter(({ value }) => value !== undefined)
const long = valued.flatMap(({ name, also = [] }) => [name, ...also])
const letters = valued.flatMap(({ short }) => short ?? [])

const companion = (row: CompanionRow): string => {
  const { name, actions = [], switches = [] } = row
  const at = (words: string) => `complete -c tint0ctl -n ${quoted(`__tint0ctl_at ${words}`.trim())}`
  return [
    `${at('')} -a ${name} -d ${quoted(row.text)}`,
    ...actions.map((one) => `${at(name)} -a ${one.name} -d ${quoted(one.text)}`),
    ...switches.map(
      (one) =>
        `complete -c tint0ctl -n '__tint0ctl_in ${[name, ...(one.with ?? [])].join(' ')}' -l ${one.name} -d ${quoted(one.text)}${one.value === undefined ? '' : argumentOf(actionOffers[one.value])}`,
    ),
    ...actions.flatMap((one) =>
      one.value === undefined
        ? []
        : [
            `${at(`${name} ${one.name}`)}${argumentOf(actionOffers[one.value]).replace(' -x', ' -f').replace(' -r', '')}`,
          ],
    ),
    '',
  ].join('\n')
}

export const fishCompletions = (
  version: string,
): string => `# Completions of tint0 ${version} for fish: tint0 and tint0ctl.
# Made from the table of options by: tint0ctl completions fish

# The words before the cursor, without the program's name.
function __tint0_words
    set -l words (commandline -xpc 2>/dev/null; or commandline -opc)
    set -e words[1]
    test (count $words) -gt 0; and printf '%s\\n' $words
end

# The words of which some may be options of tint0, or of tint0ctl tint and filter; fails where none may.
function __tint0_own_words
    set -l words (__tint0_words)
    set -l program (commandline -xpc 2>/dev/null; or commandline -opc)
    if string match -q '*tint0ctl' -- $program[1]
        contains -- "$words[1]" ${companions
          .filter(({ hasLook }) => hasLook)
          .map(({ name }) => name)
          .join(' ')}; or return 1
        set -e words[1]
    end
    test (count $words) -gt 0; and printf '%s\\n' $words
    return 0
end

# Cuts the options off; prints 'options' where more may come, 'value' behind one that wants one, else 'operands' and those.
function __tint0_parse
    set -l words $argv
    while set -q words[1]
        set -l word $words[1]
        if test "$word" = --
            set -e words[1]
            printf '%s\\n' operands $words
            return
        else if test "$word" = -; or not string match -q -- '-*' "$word"
            printf '%s\\n' operands $words
            return
        end
        set -e words[1]
        if string match -q -- '--*=*' "$word"
            continue
        else if string match -q -- '--*' "$word"
            set -l name (string sub -s 3 -- "$word")
            string match -q -- "$name*" ${long.join(' ')}; or continue
        else
            # Letters, of which the last wants a value.
            string match -qr -- '^-[^${letters.join('')}]*[${letters.join('')}]$' "$word"; or continue
        end
        if not set -q words[1]
            echo value
            return
        end
        set -e words[1]
    end
    echo options
end

function __tint0_takes_options
    set -l words (__tint0_own_words); or return 1
    set -l state (__tint0_parse $words)
    test "$state[1]" != operands
end

# The command, or its arguments, as fish completes them; looked up in the folders given.
function __tint0_command
    set -l words (__tint0_own_words); or return
    set -l state (__tint0_parse $words)
    set -l current (commandline -ct)
    switch $state[1]
        case value
            return
        case options
            string match -q -- '-*' "$current"; and return
    end
    set -lx PATH $argv
    if set -q state[2]
        complete -C (string join ' ' -- (string escape -- $state[2..-1]) "$current")
    else if string match -q -- '*/*' "$current"
        __fish_complete_path "$current"
    else
        for folder in $PATH
            set -l found $folder/$current*
            for file in $found
                test -f $file -a -x $file; and string replace -r '.*/' '' -- $file
            end
        end
    end
end

function __tint0_themes
    set -l folders ~/.config/tint0/themes /etc/tint0/themes
    set -q XDG_CONFIG_HOME[1]; and set folders[1] $XDG_CONFIG_HOME/tint0/themes
    set -l program (command -s tint0); and set -a folders (path resolve $program/../../themes 2>/dev/null)
    set -l files $folders/*.toml
    string replace -r '.*/' '' -- $files | string replace -r '\\.toml$' '' | string match -r '^[a-z0-9][a-z0-9-]*$' | sort -u
end

# The first words of the lines that a command prints.
function __tint0_from
    $argv 2>/dev/null | string match -rg '^(\\S+)'
end

# Several with commas between.
function __tint0_listed
    set -l before (commandline -ct | string replace -r '^--[a-z-]+=' '' | string match -r '^.*,')
    for word in $argv
        contains -- $word (string split , -- "$before"); or echo $before$word
    end
end

# Whether these and no others stand between tint0ctl and the cursor.
function __tint0ctl_at
    set -l words (__tint0_words)
    test "$words" = "$argv"
end

# Whether this is the first of the words, and one of the others the second, if there are any.
function __tint0ctl_in
    set -l words (__tint0_words)
    test "$words[1]" = "$argv[1]"; or return
    test (count $argv) -eq 1; or not set -q words[2]; or contains -- "$words[2]" $argv[2..-1]
end

complete -c tint0 -e
complete -c tint0 -f -a '(__tint0_command ${systemPath.replaceAll(':', ' ')})'
${lines('tint0', rows)}
complete -c tint0ctl -e
complete -c tint0ctl -f
${companions.map(companion).join('')}complete -c tint0ctl -n __tint0ctl_at -s h -l help -d 'show the help'
complete -c tint0ctl -n __tint0ctl_at -s V -l version -d 'show the version'
complete -c tint0ctl -n '__tint0_own_words >/dev/null' -a '(__tint0_command $PATH)'
${lines('tint0ctl', lookOptions)}`
