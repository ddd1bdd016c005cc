// Completions for zsh: a function for its completion system (zshcompsys(1), _arguments), which does nearly all there is to do.
import { systemPath } from '../paths.ts'
import { type CompanionRow, companionCommands, type Switch } from './companion.ts'
import { actionOffers, type Offer, offerOf, type Source } from './completions-values.ts'
import type { OptionRow } from './option.ts'
import { lookOptions, options } from './options.ts'

const rows: readonly OptionRow[] = options
const companions: readonly CompanionRow[] = companionCommands

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Text inside a description of _arguments, where brackets and colons mean something. */
const described = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&')

const finders: Readonly<Record<Source, string>> = {
  users: '_users',
  groups: '_groups',
  directories: '_directories',
  files: '_files',
  variables: '_parameters -g "*export*"',
  themes: '_tint0_themes',
  containers: ' _tint0_from machinectl list --no-legend --no-pager',
  slices: ' _tint0_from systemctl list-units --type=slice --all --plain --no-legend --no-pager',
}

const action = (name: string, offer: Offer): string => {
  switch (offer.kind) {
    case 'found':
      return finders[offer.source]
    case 'nothing':
      return ' '
    case 'words':
      return ` _tint0_of ${name}`
  }
}

/** One specification of _arguments. */
const spec = (row: OptionRow): string => {
  const { name, short, value, repeatable } = row
  const offer = offerOf(row)
  const text = `[${described(row.text)}]${offer ? `:${described(value ?? '')}:${action(name, offer)}` : ''}`
  const long = `--${name}${offer ? '=' : ''}`
  const alone = row.group === 'help' && !offer ? '- *' : ''
  if (short === undefined) return quoted(`${repeatable ? '*' : alone ? `(${alone})` : ''}${long}${text}`)
  const both = `{-${short}${offer ? '+' : ''},${long}}`
  const others = alone || `-${short} --${name}`
  return `${repeatable ? `'*'` : quoted(`(${others})`)}${both}${quoted(text)}`
}

const specs = (some: readonly OptionRow[]): string =>
  some
    .filter(({ hidden }) => !hidden)
    .map((row) => `    ${spec(row)}`)
    .join('\n')

const wordsOf = (row: OptionRow): string => {
  const offer = offerOf(row)
  if (offer?.kind !== 'words') return ''
  const list = offer.words.map(quoted).join(' ')
  if (offer.listed) return `    ${row.name}) _values -s , ${quoted(row.name)} ${list} ;;\n`
  const end = offer.open ? `-S '' ` : ''
  return `    ${row.name}) _wanted words expl ${quoted(row.value ?? '')} compadd ${end}-- ${list} ;;\n`
}

/** _arguments sees no operands behind -- where that is the first word. (A function could not change the words: zsh gives them back.) */
const dashes = (indent: string, specs: string): string =>
  [`if [[ $words[2] == -- ]] && ((CURRENT > 2)); then`, `  ${specs}=() words[2]=()`, '  ((CURRENT--))', 'fi']
    .map((line) => `${indent}${line}\n`)
    .join('')

const pair = ({ name, text }: { readonly name: string; readonly text: string }): string =>
  quoted(`${name.replaceAll(':', '\\:')}:${text}`)

/** A value, in the same word or in the next one. */
const behindSwitch = ({ name, value }: Switch): string =>
  value === undefined
    ? ''
    : `      if [[ $words[CURRENT-1] == --${name} ]] || compset -P '--${name}='; then
        ${action(name, actionOffers[value])} && ret=0
        return
      fi\n`

const behind = (row: CompanionRow): string => {
  const { name, actions = [], switches = [], hasLook } = row
  if (hasLook) {
    const operands = name === 'tint' ? `'(-)1:command:_command_names -e' '*::argument:_normal'` : ''
    return `    ${name})
${dashes('      ', 'look')}      _arguments -s -S -A '-*' : $look ${operands} && ret=0 ;;\n`
  }
  if (actions.length === 0 && switches.length === 0) return ''
  const flags = switches.map((one) => quoted(`--${one.name}[${described(one.text)}]`)).join(' ')
  const offered = (some: readonly Switch[]) =>
    some
      .map(({ name: one, value, text }) =>
        quoted(`--${one}${value === undefined ? '' : '='}:${described(text)}`),
      )
      .join(' ')
  const valued = switches.filter(({ value }) => value !== undefined)
  const some = switches.every((one) => one.with)
    ? [...new Set(switches.flatMap((one) => one.with ?? []))]
    : []
  const where = some.length > 0 ? ` && ( $CURRENT -eq 2 || $words[2] == (${some.join('|')}) )` : ''
  if (actions.length === 0) return `    ${name}) _arguments ${flags} && ret=0 ;;\n`
  const values = actions.flatMap((one) => {
    const offer: Offer | undefined = one.value && actionOffers[one.value]
    return offer ? [`          ${one.name}) ${action(one.name, offer)} && ret=0 ;;\n`] : []
  })
  return `    ${name})
      local -a actions=(${actions.map(pair).join(' ')})
${valued.map(behindSwitch).join('')}${flags && `      if [[ $PREFIX == -*${where} ]]; then\n        local -a flags=(${offered(switches.filter(({ value }) => value === undefined))}) valued=(${offered(valued)})\n        _describe -o -t options option flags -- valued -S '' && ret=0\n        return\n      fi\n`}      if ((CURRENT == 2)); then
        _describe -t actions action actions && ret=0
      elif ((CURRENT == 3)); then
        case $words[2] in
${values.join('')}        esac
      fi ;;
`
}

export const zshCompletions = (version: string): string => `#compdef tint0 tint0ctl
# Completions of tint0 ${version} for zsh: tint0 and tint0ctl.
# Made from the table of options by: tint0ctl completions zsh

# Values that are known beforehand, of the option $1.
_tint0_of() {
  local expl
  case $1 in
${rows.map(wordsOf).join('')}  esac
}

# The first words of the lines that a command prints.
_tint0_from() {
  local expl
  local -a found=(\${\${(f)"$(_call_program names "\${(@q)@}" 2>/dev/null)"}%%[[:space:]]*})
  _wanted names expl name compadd -a found
}

_tint0_themes() {
  local expl folder
  local -aU found
  for folder in \${XDG_CONFIG_HOME:-$HOME/.config}/tint0/themes /etc/tint0/themes \${commands[tint0]:A:h:h}/themes; do
    found+=($folder/[a-z0-9]*.toml(N:t:r))
  done
  found=(\${(M)found:#[a-z0-9-]##})
  _wanted themes expl theme compadd -a found
}

# A command where tint0 looks for it, and not where the shell does.
_tint0_commands() {
  local -a +h path
  local -A +h commands
  path=(\${(s.:.):-${systemPath}})
  _command_names -e
}

_tint0_arguments() {
  local -a +h path
  path=(\${(s.:.):-${systemPath}})
  _normal
}

_tint0_run() {
  local -a opts=(
${specs(rows)}
  )
${dashes('  ', 'opts')}  _arguments -s -S -A '-*' : $opts '(-)1:command:_tint0_commands' '*::argument:_tint0_arguments'
}

_tint0ctl_run() {
  local curcontext=$curcontext ret=1
  local -a flags=('--help:show the help' '--version:show the version')
  local -a look=(
${specs(lookOptions)}
  )
  local -a names=(${companions.map(pair).join(' ')})
  if ((CURRENT == 2)); then
    _describe -t commands command names -- flags && ret=0
  else
    shift words
    ((CURRENT--))
    curcontext=\${curcontext%:*}-$words[1]:
    _tint0ctl_rest
  fi
  return ret
}

_tint0ctl_rest() {
  case $words[1] in
${companions.map(behind).join('')}  esac
}

_tint0_service() {
  case $service in
    tint0ctl) _tint0ctl_run ;;
    *) _tint0_run ;;
  esac
}

# As a file in $fpath it is the function itself; sourced from a startup file it registers it.
if [[ $funcstack[1] == _tint0 ]]; then
  _tint0_service
elif ((\${+functions[compdef]})); then
  compdef _tint0_service tint0 tint0ctl
fi
`
