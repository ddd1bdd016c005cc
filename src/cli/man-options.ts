// What the manual says of each option, by its name; the option table has the one line of the help. Marks are those of man-roff.ts.
import type { OptionName } from './options.ts'

export const optionTexts: Readonly<Record<OptionName, readonly [string, ...string[]]>> = {
  user: [
    'Run the command as this user: a name, or a number (default: root). It runs in the home of that user; without this option, in your current directory.',
  ],
  group: ['Run the command with this primary group: a name, or a number.'],
  chdir: ["Run the command in this directory. `~` is the user's home."],
  setenv: [
    'Set a variable of the environment for the command. With the name alone your own value is passed on, where there is one. May be given several times.',
  ],
  'via-shell': [
    "Run the command by the user's login shell, which expands variables in it, as in `tint0 --via-shell echo '$HOME'`. Without a command the shell itself is run.",
  ],
  login: ['The same as `--via-shell --chdir=~`.'],
  empower: [
    'Stay the user that you are, but with all capabilities of root (see capabilities(7)). Files that the command makes are yours.',
  ],
  area: ['Run in this area of your home directory; see `--area=` of run0(1). It takes systemd 258.'],
  'shell-prompt-prefix': [
    "Set the variable `SHELL_PROMPT_PREFIX` for the command, which shells show before their prompt: login shells by systemd's own /etc/profile.d, others by the lines of `tint0ctl shell-init` (see tint0ctl(1)). Empty: set none. Without this option it is a sign for root, for other users, and for `--empower`.",
  ],
  'same-root-dir': ['Run in the root directory of yours. Understood, but not built yet.'],
  machine: [
    'Run the command in a local container that systemd-machined knows (see `machinectl list`), on a terminal of its own there. `.host` is this machine. It takes root, as with run0(1).',
  ],
  background: [
    'Tint the terminal with this color, in any of the ways listed under COLORS. Empty: no tint. Without this option the tint is mixed from the background of the terminal: red for root, amber for other users, violet for `--empower`.',
  ],
  theme: [
    'Take the colors, and the marks for title and prompt, from this theme. `tint0ctl themes` shows all of them; see THEMES in tint0.toml(5).',
  ],
  tint: [
    'How the terminal is tinted. `rewrite` adds the background to what the command writes, so that the scrollback shows later what ran as whom; `dynamic` changes the default background of the terminal while the command runs; `auto` is the default: rewriting, but where that would leave holes (in tmux and kitty, say); `off`: not at all.',
  ],
  'no-tint': ['Leave the background as it is. The same as `--tint=off`.'],
  title: [
    'Title of the window. `{command}`, `{user}` and `{host}` stand for what they say. Empty: titles are left alone. The default is `{command} on {host}`. Titles that the command sets are kept, behind the mark.',
  ],
  'title-mark': [
    'What titles begin with, instead of a dot that is red for root, yellow for other users, and violet for `--empower`. Empty: nothing.',
  ],
  'no-title': ['Leave the title of the window as it is.'],
  'no-prompt-mark': ['Do not set the variable `SHELL_PROMPT_PREFIX`.'],
  plain: [
    'Leave the terminal as it is: the same as `--no-tint --no-title --no-prompt-mark`. It is given back after the command all the same.',
  ],
  filter: [
    '`strict` keeps from the terminal what a hostile command can use against you: access to the clipboard, reports of the title, transfer of files, printing, and the like. `none` is the default.',
  ],
  config: [
    'Read this file instead of your own configuration. Empty: read none. That of /etc is read in any case. See tint0.toml(5).',
  ],
  backend: [
    'Who starts the command. `system`: the manager of the system, by a transient unit, if polkit allows it. `user`: your own manager; the command runs as you, and no password is needed. `local`: nobody else; the command runs as you, or as anybody if you are root. `auto` is the default: `system` where systemd runs, else `local`.',
  ],
  property: [
    'Set a property of the transient unit, written as in a unit file; see systemd.exec(5), systemd.resource-control(5) and systemd.kill(5). May be given several times.',
  ],
  unit: ['Name of the transient unit, instead of one that tells the command; see AUTHORIZATION.'],
  description: [
    'Description of the transient unit, instead of the command line, which all users can read there.',
  ],
  slice: ['Run the unit in this slice, instead of `user.slice`.'],
  'slice-inherit': [
    'Run the unit in the slice that tint0 itself runs in; with `--slice=`, in that below it.',
  ],
  nice: ['Run the command with this nice level, from -20 (goes first) to 19 (gives way).'],
  lightweight: [
    'Whether the session goes without a manager of its user, which is quicker to start. `yes`, `no`, or `auto`; see `--lightweight=` of run0(1).',
  ],
  sandbox: [
    'Take things away from the command that it does not need; several with commas between, or given several times.',
  ],
  'dry-run': [
    'Start nothing; show the unit that would be started, as a unit file, and the call that would start it. What only a call can pass stands there in comments.',
  ],
  pty: [
    'Give the command a terminal for all of its streams. Otherwise what is a file or a pipe of yours is handed over as it is, and only what is a terminal goes through one.',
  ],
  pipe: ['Go without the tint, and without a title; files and pipes are handed over as they are.'],
  'exit-by-signal': [
    'If a signal killed the command, die by the same one, instead of ending with 128+<n>. So ^C ends a loop of your shell, too.',
  ],
  json: [
    'Append one line of JSON that tells how the session went: to this file, or to a descriptor that you opened, as in `tint0 --json=3 make 3>report.json`. With `--dry-run`: what would be started.',
  ],
  'no-ask-password': [
    'Do not ask for a password. Where polkit wants one, fail with status 126, and start nothing.',
  ],
  auth: [
    'Who asks for a password. `tty` is tint0 itself, on this terminal, wherever the standard streams go. `gui` is the window of your session. `pkttyagent` is the text agent of polkit. `none` asks nobody, as `--no-ask-password` does. `auto`, the default, is the window in a local graphical session that has one, else the terminal.',
  ],
  prompt: [
    'Ask for the password with this text instead of “Password for %p: ”. `%p` is the user whose password is asked for, `%u` you, `%U` the user that the command will run as, `%h` and `%H` this machine, short and in full, `%%` a percent sign. Other questions, such as that for a one-time password, stay as they are.',
  ],
  'password-feedback': [
    'What is seen of a password while it is typed: nothing (`none`), an `asterisk` for each character, or a `dot`. Tab switches it.',
  ],
  'password-timeout': [
    'Wait for each answer no longer than so many minutes (default: 5), such as 0.5; 0 waits for ever.',
  ],
  bell: ['Ring the bell of the terminal when something is asked.'],
  stdin: [
    'Read the answers from standard input, a line each, and say the questions on standard error. What follows is the command’s. Where no password is wanted no line is read. A line that can be no password, too long or with a NUL in it, is refused whole. If standard input is the terminal, it is as without this option.',
  ],
  askpass: [
    'Have a program ask: the one in $SUDO_ASKPASS, an absolute path. It gets the question as its argument, and writes the answer as a line; if it fails there is none. It runs as you.',
  ],
  validate: [
    'Run no command; only authorize, and end with 0 if you are authorized, with 126 if that is refused, and with 130 if you cancel it by ^C. With `--no-ask-password` it tells by 0 or 1 whether a command would run without a password, and says nothing.',
  ],
  'reset-timestamp': [
    'Forget what polkit keeps for this shell. With a command or `--validate`: forget it, and go on, so that a password is asked for. What is granted then for a command is not kept, as far as polkit lets it be forgotten.',
  ],
  'remove-timestamp': ['Forget all that polkit keeps for your session.'],
  'no-pager': ['Show the help as it is, not through a pager, however long it is.'],
  help: ['Show a short help, and exit.'],
  version: ['Show the version, and exit.'],
}
