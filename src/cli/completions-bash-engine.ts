// The part of the completions for bash that is the same whatever the tables say: how the line is read, and how what was found is
// offered. Nothing that was found is ever expanded: `compgen -W` would do so, and is not used.

/** What is offered. */
export const bashFinding = `# The words up to the cursor, not cut at = or : as bash does; \`starts\` has where each begins in COMP_WORDS, \`keep\` what
# readline will put the completion in the place of.
_tint0_split() {
  local rest=\${COMP_LINE:0:COMP_POINT} piece trimmed i
  words=() starts=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    trimmed=\${rest#"\${rest%%[![:space:]]*}"}
    [[ $trimmed == "$piece"* ]] || piece=$trimmed
    if ((i == 0)) || [[ $trimmed != "$rest" ]]; then
      words+=("$piece") starts+=("$i")
    else
      words[\${#words[@]} - 1]+=$piece
    fi
    rest=\${trimmed#"$piece"}
  done
  last=$((\${#words[@]} - 1))
  cur=\${words[last]} keep=$piece
  [[ $keep == *[!=:@]* ]] || keep=
  keep=\${keep#[\\"\\']}
}

# What the value of a long option is; it may be abbreviated.
_tint0_kind() {
  local one
  kind=
  [[ $1 =~ ^[a-z-]+$ ]] || return 0
  kind=\${kinds[$1]-}
  [[ -n $kind ]] && return 0
  for one in "\${!kinds[@]}"; do
    [[ $one == "$1"* ]] && kind=\${kinds[$one]}
  done
  return 0
}

# Letters in one word: the kind of the value that ends them, and what stands there of it already.
_tint0_letters() {
  local rest=\${1#-} letter
  kind= attached= before=-
  while [[ -n $rest ]]; do
    letter=\${rest:0:1} rest=\${rest:1} before+=$letter
    [[ $letter == [A-Za-z] ]] || return 0
    kind=\${letters[$letter]-}
    case $kind in
      '' | switch | yes-no) kind= ;;
      *) attached=$rest; return 0 ;;
    esac
  done
  return 0
}

# Those of the words that begin with $1, as they are.
_tint0_offer_to() {
  local begin=$1 one
  shift
  for one; do
    [[ $one == "$begin"* ]] && COMPREPLY+=("$one")
  done
  return 0
}

# The same for \`value\`, quoted where the shell would take them for something else, without what readline has kept of the word.
_tint0_offer() {
  local one cut=$((\${#prefix} + \${#value} - \${#keep}))
  for one; do
    [[ $one == "$value"* ]] || continue
    one=$prefix$one one=\${one:cut}
    [[ $one == *[!A-Za-z0-9_=.,:%@/+-]* ]] && printf -v one %q "$one"
    COMPREPLY+=("$one")
  done
  return 0
}

# Several with commas between.
_tint0_listed() {
  local one before=
  [[ $value == *,* ]] && before=\${value%,*},
  for one; do
    [[ ,$before == *",$one,"* ]] || _tint0_offer "$before$one"
  done
}

# Files are readline's to complete, where it knows where their name begins; $1 is f, or d for directories.
_tint0_files() {
  if ((\${#keep} == \${#value})); then
    if [[ $1 == d ]]; then compopt -o dirnames; else compopt -o default; fi
    return 0
  fi
  local name
  compopt -o filenames
  while IFS= read -r name; do
    if [[ -d $name ]]; then
      name+=/
      compopt -o nospace
    fi
    COMPREPLY+=("$prefix$name")
  done < <(compgen "-$1" -- "\${value//\\\\/}")
}

_tint0_themes() {
  local file program
  program=$(type -P -- "\${words[0]}") && program=$(readlink -f -- "$program")
  for file in "\${XDG_CONFIG_HOME:-$HOME/.config}"/tint0/themes/*.toml /etc/tint0/themes/*.toml "\${program%/*/*}"/themes/*.toml; do
    file=\${file##*/} file=\${file%.toml}
    [[ $file =~ ^[a-z0-9][a-z0-9-]*$ && " \${COMPREPLY[*]} " != *" $file "* ]] && _tint0_offer "$file"
  done
  return 0
}

# The first words of the lines that a command prints.
_tint0_from() {
  local name rest
  while read -r name rest; do
    [[ -n $name ]] && _tint0_offer "$name"
  done < <("$@" 2>/dev/null)
}

`

/** What stands on the line: options by the tables `kinds`, `letters` and `offered`, then a command. */
export const bashReading = `# The command, or its arguments: the word $1 is its name, which is looked up in the folders $2.
_tint0_command() {
  local folder file
  local -a folders
  IFS=: read -ra folders <<<"$2"
  if (($1 < last)); then
    if declare -F _comp_command_offset >/dev/null; then
      PATH=$2 _comp_command_offset "\${starts[$1]}"
    elif declare -F _command_offset >/dev/null; then
      PATH=$2 _command_offset "\${starts[$1]}"
    else
      compopt -o default
    fi
  elif [[ $cur == [/.~]* || $cur == */* ]]; then
    compopt -o default
  else
    for folder in "\${folders[@]}"; do
      for file in "$folder/$cur"*; do
        [[ -f $file && -x $file ]] && COMPREPLY+=("\${file##*/}")
      done
    done
  fi
}

# Options from the word $1 on, and behind them a command in the folders $2; none where that is empty.
_tint0_options() {
  local i=$1 kind attached before wants=
  for ((; i < last; i++)); do
    if [[ -n $wants ]]; then
      wants=
      continue
    fi
    kind=
    case \${words[i]} in
      --)
        [[ -n $2 ]] && _tint0_command $((i + 1)) "$2"
        return ;;
      --*=*) ;;
      --*) _tint0_kind "\${words[i]#--}" ;;
      -?*)
        _tint0_letters "\${words[i]}"
        [[ -z $attached ]] || kind= ;;
      *)
        [[ -n $2 ]] && _tint0_command "$i" "$2"
        return ;;
    esac
    case $kind in
      switch | yes-no) ;;
      *) wants=$kind ;;
    esac
  done
  if [[ -n $wants ]]; then
    _tint0_values "$wants" '' "$cur"
    return
  fi
  case $cur in
    --*=*)
      local name=\${cur%%=*}
      _tint0_kind "\${name#--}"
      _tint0_values "$kind" "$name=" "\${cur#*=}" ;;
    - | --*) _tint0_offer_to "$cur" "\${offered[@]}" ;;
    -*)
      _tint0_letters "$cur"
      if [[ -n $kind ]]; then _tint0_values "$kind" "$before" "$attached"; fi ;;
    *) [[ -z $2 ]] || _tint0_command "$i" "$2" ;;
  esac
}

_tint0_begin() {
  COMPREPLY=()
  _tint0_split
}

# What is to be followed by something gets no blank.
_tint0_end() {
  [[ \${#COMPREPLY[@]} -gt 0 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}

`
