// Shells, line editors and multiplexers: prompts in color, completion below the prompt, screens within the screen.
import { control, down, enter, resize, resizeBack, tab, up } from './keys.ts'
import type { Program, Step } from './programs.ts'

const typed: readonly Step[] = [
  ...[`ls --color -C /root/tree${enter}`, 'ls /root/t', tab, tab, tab, enter, 'cat no\x7f\x7f', resize],
  ...['tes.md', control('a'), control('k'), up, enter, control('l'), 'false', enter, resizeBack],
  ...[`printf "\\033[41mred\\033[K\\033[0m\\n"${enter}`, control('r'), 'tree', control('c'), `exit${enter}`],
]

/** What is done in a multiplexer after its prefix key. */
const panes = (prefix: string, ...keys: readonly string[]): Step[] => keys.map((key) => `${prefix}${key}`)

export const shells: readonly Program[] = [
  {
    name: 'bash',
    command: ['bash', '--norc'],
    env: { PS1: '\\[\\e[1;37;44m\\] \\u@\\h \\[\\e[0;34;42m\\]\\[\\e[30m\\] \\w \\[\\e[0m\\] ' },
    steps: typed,
  },
  { name: 'zsh', command: ['zsh'], quiet: 800, steps: typed },
  { name: 'fish', command: ['fish'], quiet: 400, steps: typed },
  {
    name: 'python',
    command: ['python3', '-q'],
    quiet: 300,
    steps: [
      ...[`print("hello")${enter}`, `import os, sys${enter}`, 'os.', tab, tab, resize, control('u')],
      ...[
        `1/0${enter}`,
        up,
        up,
        enter,
        `def f(x):${enter}`,
        `return x${enter}`,
        enter,
        resizeBack,
        `exit()${enter}`,
      ],
    ],
  },
  {
    name: 'ipython',
    command: ['ipython3', '--no-banner', '--HistoryManager.enabled=False', '--colors=Linux'],
    quiet: 500,
    first: 8000,
    steps: [
      'import os\r',
      'os.pa',
      tab,
      down,
      resize,
      enter,
      '\x15',
      '1/0\r',
      '?print\r',
      resizeBack,
      'q',
      control('d'),
      'y\r',
    ],
  },
  {
    name: 'tmux',
    command: ['tmux', '-f', '/dev/null', 'new-session', 'bash --norc'],
    quiet: 400,
    steps: [
      ...[`ls --color -C /root/tree${enter}`, ...panes(control('b'), '%', '"')],
      ...[resize, `less sample.c${enter}`, ' ', ...panes(control('b'), 'z', 'z', '['), up.repeat(5), 'q'],
      ...[
        ...panes(control('b'), ':'),
        `set -g status-style bg=red${enter}`,
        ...panes(control('b'), 'w'),
        'q',
      ],
      ...[resizeBack, ...panes(control('b'), 't'), 'q', ...panes(control('b'), ':'), `kill-server${enter}`],
    ],
  },
  {
    name: 'tmux-vim',
    command: ['tmux', '-f', '/dev/null', 'new-session', 'vim -u NONE -N -c "syntax on" sample.c'],
    quiet: 400,
    steps: [
      control('d'),
      'dd',
      ...panes(control('b'), '%'),
      resize,
      'ls --color\r',
      resizeBack,
      ...panes(control('b'), 'd'),
    ],
  },
  {
    name: 'screen',
    command: [
      'sh',
      '-c',
      'echo "hardstatus alwayslastline \'%{= bw}%H %w\'" >~/.screenrc; exec screen bash --norc',
    ],
    quiet: 400,
    steps: [
      ...[
        `ls --color -C /root/tree${enter}`,
        ...panes(control('a'), 'S', '\t', 'c'),
        `less sample.c${enter}`,
        ' ',
      ],
      ...[resize, ...panes(control('a'), 'Q', '"'), enter, ...panes(control('a'), '['), up.repeat(3), '\x1b'],
      ...[resizeBack, ...panes(control('a'), '\\'), 'y'],
    ],
  },
  {
    name: 'screen-bce',
    command: [
      'sh',
      '-c',
      'printf "defbce on\\nterm screen-256color-bce\\nstartup_message off\\n" >~/.screenrc; exec screen bash --norc',
    ],
    quiet: 400,
    steps: [
      ...[
        `ls --color -C /root/tree${enter}`,
        `vim -u NONE -N -c "syntax on" sample.c${enter}`,
        control('d'),
        'dd',
      ],
      ...[resize, control('b'), resizeBack, ':q!\r', `exit${enter}`],
    ],
  },
]
