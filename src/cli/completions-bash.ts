// Completions for bash (complete and compgen in bash(1)). They need no bash-completion; with it, the arguments of the command
// are completed as the command's own. Nothing that was found is ever expanded: `compgen -W` would do so, and is not used.
import { systemPath } from '../paths.ts'
import { type CompanionRow, companionCommands, goesWith } from './companion.ts'
import { bashFinding, bashReading } from './completions-bash-engine.ts'
import { actionOffers, type Offer, offerOf } from './completions-values.ts'
import type { OptionRow } from './option.ts'
import { lookOptions, options } from './options.ts'

const rows: readonly OptionRow[] = options
const companions: readonly CompanionRow[] = companionCommands

const quoted = (text: string): string =>
  /^[\w=.,/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
const list = (words: readonly string[]): string => words.map(quoted).join(' ')

/** What `_tint0_values` is asked for. */
const kindOf = (row: OptionRow): string => {
  const offer = offerOf(row)
  if (offer === undefined) return row.config ? 'yes-no' : 'switch'
  return offer.kind === 'found' ? offer.source : offer.kind === 'words' ? `of-${row.name}` : 'nothing'
}

const tables = (some: readonly OptionRow[]): string => {
  const long = some.flatMap((row) =>
    [row.name, ...(row.also ?? [])].map((name) => `[${name}]=${kindOf(row)}`),
  )
  const short = some.flatMap((row) => (row.short === undefined ? [] : [`[${row.short}]=${kindOf(row)}`]))
  const shown = some.filter(({ hidden }) => !hidden)
  return `  local -A kinds=(${long.join(' ')})
  local -A letters=(${short.join(' ')})
  local -a offered=(${shown.map(({ name, value }) => `--${name}${value === undefined ? '' : '='}`).join(' ')})`
}

const wordsOf = (name: string, offer: Offer | undefined): string =>
  offer?.kind === 'words' ? `    of-${name}) ${how(offer)} ${list(offer.words)} ;;\n` : ''

const how = ({ listed }: Extract<Offer, { readonly kind: 'words' }>): string =>
  listed ? '_tint0_listed' : '_tint0_offer'

const actionsOf = ({ name, actions = [], switches = [], hasLook }: CompanionRow): string => {
  if (hasLook) return `    ${name}) _tint0_options 2 ${name === 'tint' ? '"$PATH"' : "''"} ;;\n`
  const flagsFor = (action: string) =>
    switches
      .filter((one) => goesWith(one, action))
      .map((one) => `--${one.name}${one.value === undefined ? '' : '='}`)
  const flags = flagsFor('')
  const later = (pattern: string, some: readonly string[]) =>
    some.length === 0 ? '' : `        ${pattern}) _tint0_offer_to "$cur" ${list(some)} ;;\n`
  const first = [...actions.map((one) => one.name), ...flags]
  const second = actions.flatMap((one) =>
    one.value === undefined
      ? []
      : [`        3${one.name}) _tint0_values ${sourceOf(one.value)} '' "$cur" ;;\n`],
  )
  const valued = switches.flatMap((one) =>
    one.value === undefined
      ? []
      : [
          `        *" --${one.name} "*) _tint0_values ${sourceOf(one.value)} '' "$cur"; return ;;
        *" --${one.name}="*) _tint0_values ${sourceOf(one.value)} --${one.name}= "\${cur#*=}"; return ;;\n`,
        ],
  )
  return first.length === 0
    ? ''
    : `    ${name})
${valued.length === 0 ? '' : `      case " \${words[last-1]} $cur" in\n${valued.join('')}      esac\n`}      case $last\${words[2]} in
        2*) _tint0_offer_to "$cur" ${list(first)} ;;
${second.join('')}${actions.length === 0 ? later('*', flags) : actions.map(({ name: one }) => later(`*${one}`, flagsFor(one))).join('')}      esac ;;
`
}

const sourceOf = (value: keyof typeof actionOffers): string => {
  const offer: Offer = actionOffers[value]
  return offer.kind === 'found' ? offer.source : 'nothing'
}

export const bashCompletions = (
  version: string,
): string => `# Completions of tint0 ${version} for bash: tint0 and tint0ctl.
# Made from the table of options by: tint0ctl completions bash

${bashFinding}# Values of the kind $1 that begin with $3; what stands before it in the same word is $2.
_tint0_values() {
  local prefix=$2 value=\${3#[\\"\\']}
  case $1 in
    users) _tint0_from compgen -u ;;
    groups) _tint0_from compgen -g ;;
    directories) _tint0_files d ;;
    files) _tint0_files f ;;
    variables) _tint0_from compgen -e ;;
    themes) _tint0_themes ;;
    containers) _tint0_from machinectl list --no-legend --no-pager ;;
    slices) _tint0_from systemctl list-units --type=slice --all --plain --no-legend --no-pager ;;
    yes-no) _tint0_offer yes no ;;
${rows.map((row) => wordsOf(row.name, offerOf(row))).join('')}  esac
}

${bashReading}_tint0() {
  local cur keep last
  local -a words starts
${tables(rows)}
  _tint0_begin
  _tint0_options 1 ${systemPath}
  _tint0_end
}

_tint0ctl() {
  local cur keep last
  local -a words starts
${tables(lookOptions)}
  _tint0_begin
  if ((last < 2)); then
    _tint0_offer_to "$cur" ${list([...companions.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case \${words[1]} in
${companions.map(actionsOf).join('')}  esac
  _tint0_end
}

complete -F _tint0 tint0
complete -F _tint0ctl tint0ctl
`
