// Lines for startup files, by which a shell shows $SHELL_PROMPT_PREFIX before its prompt: tint0 sets it, as run0 does. systemd's
// own snippet does so in login shells alone, and once; these look at each prompt whether it is there, by whomever it was put.
// Its text is shown, and never expanded: a shell of root's would run what it is told there.

export type Prompt = keyof typeof shellInit

const bash = `# tint0: $SHELL_PROMPT_PREFIX before the prompt. These lines belong into the startup file of the user that you become:
# /root/.bashrc, or /etc/bash.bashrc (Debian) or /etc/bashrc (Fedora) for everybody. They may stand there twice.
if [[ $- == *i* && -n \${SHELL_PROMPT_PREFIX-} ]]; then
  __tint0_prompt() {
    local status=$?
    if [[ -n \${SHELL_PROMPT_PREFIX-} && $PS1 != *"$SHELL_PROMPT_PREFIX"* && $PS1 != *SHELL_PROMPT_PREFIX* ]] &&
      shopt -q promptvars; then
      PS1='\${SHELL_PROMPT_PREFIX-}'$PS1
    fi
    return $status
  }
  if [[ "\${PROMPT_COMMAND[*]-}" == *__tint0_prompt* ]]; then
    :
  elif ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
    PROMPT_COMMAND+=(__tint0_prompt)
  else
    PROMPT_COMMAND=\${PROMPT_COMMAND:+$PROMPT_COMMAND$'\\n'}__tint0_prompt
  fi
fi
`

const zsh = `# tint0: $SHELL_PROMPT_PREFIX before the prompt. These lines belong into the startup file of the user that you become:
# /root/.zshrc, or /etc/zsh/zshrc (Debian) or /etc/zshrc (Fedora) for everybody. They may stand there twice.
# With starship or powerlevel10k see: tint0ctl shell-init starship, tint0ctl shell-init powerlevel10k.
if [[ -o interactive && -n \${SHELL_PROMPT_PREFIX-} ]]; then
  __tint0_prompt() {
    local mark=\${SHELL_PROMPT_PREFIX//\\%/%%}
    [[ -z $mark || $PROMPT == *"$mark"* || $PROMPT == *SHELL_PROMPT_PREFIX* ]] && return
    if [[ -o prompt_subst ]]; then
      PROMPT='\${SHELL_PROMPT_PREFIX//\\%/%%}'$PROMPT
    else
      PROMPT=$mark$PROMPT
    fi
  }
  autoload -Uz add-zsh-hook
  add-zsh-hook precmd __tint0_prompt
fi
`

const fish = `# tint0: $SHELL_PROMPT_PREFIX before the prompt. These lines belong into the startup file of the user that you become:
# /root/.config/fish/config.fish, or /etc/fish/config.fish for everybody. They may stand there twice.
if status is-interactive; and test -n "$SHELL_PROMPT_PREFIX"
    function __tint0_prompt --on-event fish_prompt
        functions fish_prompt | string match -q '*__tint0_inner_prompt*'; and return
        functions -e __tint0_inner_prompt
        functions -c fish_prompt __tint0_inner_prompt
        function fish_prompt
            set -l lines (__tint0_inner_prompt)
            string match -qr -- (string escape --style=regex -- "$SHELL_PROMPT_PREFIX") "$lines"
            or printf %s "$SHELL_PROMPT_PREFIX"
            string join \\n -- $lines
        end
    end
end
`

const starship = `# tint0: $SHELL_PROMPT_PREFIX before the prompt, for the starship.toml of the user that you become.
# Where that has a format already, begin it with \${env_var.SHELL_PROMPT_PREFIX} instead of taking this one.
format = "\${env_var.SHELL_PROMPT_PREFIX}$all"

[env_var.SHELL_PROMPT_PREFIX]
format = "$env_value"
`

const powerlevel10k = `# tint0: $SHELL_PROMPT_PREFIX before the prompt, for the end of the .p10k.zsh of the user that you become.
function prompt_tint0() {
  [[ -z \${SHELL_PROMPT_PREFIX-} ]] || p10k segment -t "\${\${SHELL_PROMPT_PREFIX% }//\\%/%%}"
}
POWERLEVEL9K_LEFT_PROMPT_ELEMENTS=(tint0 \${POWERLEVEL9K_LEFT_PROMPT_ELEMENTS:#tint0})
`

export const shellInit = { bash, zsh, fish, starship, powerlevel10k } as const
