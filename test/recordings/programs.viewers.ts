// Programs that show something: pagers, listings in color, comparisons, searches.
import { control, down, enter, resize, resizeBack, tab, watch } from './keys.ts'
import type { Program } from './programs.ts'

const pager = [
  ' ',
  'j',
  'j',
  'k',
  'b',
  'd',
  resize,
  '/line\r',
  'n',
  'G',
  'k',
  'g',
  resizeBack,
  ' ',
  '-S\r',
  'q',
]

/** Lines that come, and nothing that takes keys: the shell waits between them, and the size changes meanwhile. */
const lines = (name: string, ...commands: string[]): Program => ({
  name,
  command: ['sh', '-c', commands.join('; read line; ')],
  steps: [enter, resize, enter, resizeBack, enter],
  bytes: 30_000,
})

export const viewers: readonly Program[] = [
  { name: 'less', command: ['less', 'sample.c'], steps: pager },
  { name: 'less-numbers', command: ['less', '-N', '-M', '-J', '--mouse', 'notes.md'], steps: pager },
  { name: 'less-noinit', command: ['less', '-X', '-F', 'sample.c'], steps: pager },
  {
    name: 'more',
    command: ['more', '/usr/share/common-licenses/GPL-3'],
    steps: [' ', enter, resize, ' ', resizeBack, '/part\r', 'b', 'q'],
  },
  { name: 'man', command: ['man', 'man'], quiet: 300, steps: pager },
  {
    name: 'man-color',
    command: ['man', 'less'],
    quiet: 300,
    env: {
      LESS_TERMCAP_us: '\x1b[4;33m',
      LESS_TERMCAP_ue: '\x1b[0m',
      LESS_TERMCAP_so: '\x1b[44;97m',
      LESS_TERMCAP_se: '\x1b[0m',
    },
    steps: pager,
  },
  { name: 'git-log', command: ['git', 'log', '-p', '--color'], steps: pager },
  {
    name: 'git-log-words',
    command: ['git', 'log', '-p', '--color-words', '--graph', '--ws-error-highlight=all'],
    steps: pager,
  },
  {
    name: 'git-delta',
    command: ['git', '-c', 'core.pager=delta --side-by-side --line-numbers', 'log', '-p'],
    quiet: 300,
    steps: pager,
  },
  { name: 'bat', command: ['batcat', '--paging=always', 'sample.c'], quiet: 300, steps: pager },
  {
    name: 'bat-highlight',
    command: ['batcat', '--paging=always', '--theme=Dracula', '-H', '5:9', '-n', 'sample.c'],
    quiet: 300,
    steps: pager,
  },
  {
    name: 'glow',
    command: ['sh', '-c', 'CLICOLOR_FORCE=1 glow -s dark notes.md | less -R'],
    bytes: 250_000,
    quiet: 400,
    steps: pager,
  },
  lines(
    'ls',
    'ls -C --color=always /root/tree /usr/bin | head -60',
    'ls -la --color /root/tree',
    'ls -x --color /etc',
    'ls --hyperlink --color /root/tree',
  ),
  lines(
    'eza',
    'eza -la --color=always /root/tree',
    'eza --tree --color=always /root/tree',
    'eza --grid --color=always /etc',
    'true',
  ),
  lines(
    'grep',
    'grep -n --color=always line sample.c',
    'GREP_COLORS="mt=30;43:ln=37;44" grep -n -C2 --color=always argv sample.c',
    'GREP_COLORS=ne grep --color=always -r of .',
    'true',
  ),
  lines(
    'ripgrep',
    'rg --color=always line',
    'rg --color=always --colors match:bg:yellow --colors match:fg:black -C1 argv',
    'rg --color=always -l of',
    'true',
  ),
  lines(
    'diff',
    'diff --color=always -u sample.c other.c',
    'diff --color=always -y -W $(tput cols) sample.c other.c',
    'git diff --color=always',
    'true',
  ),
  lines(
    'dmesg',
    'dmesg --color=always -F kernel.log',
    'dmesg --color=always -x -F kernel.log',
    'dmesg --color=always -H -P -F kernel.log',
    'true',
  ),
  lines(
    'backgrounds',
    'for i in 0 1 2 3 4 5 6 7; do printf "\\033[4%dm color \\033[K\\n" $i; done; printf "\\033[m"',
    'for i in $(seq 16 51); do printf "\\033[48;5;%dm %3s " $i $i; done; printf "\\033[49m\\n"',
    'for i in $(seq 0 5 250); do printf "\\033[48;2;$i;0;99m "; done; printf "\\033[0m\\n"',
    'tput setab 4; tput clear; echo cleared; tput op; tput ed; tput sgr0; echo',
  ),
  {
    name: 'w3m',
    command: ['w3m', 'page.html'],
    steps: ['jjj', tab, tab, resize, enter, 'x', 'B', resizeBack, 'H', ' ', 'q', 'y'],
  },
  {
    name: 'lynx',
    command: ['lynx', 'page.html'],
    steps: [down, down, resize, ' ', '=', 'o', resizeBack, 'q', 'y'],
  },
  {
    name: 'elinks',
    command: ['elinks', 'page.html'],
    quiet: 300,
    steps: [down, down, resize, '\x1b', down, enter, resizeBack, control('c'), 'q', enter],
  },
  {
    name: 'watch',
    command: [
      'watch',
      '--color',
      '--differences',
      '-n',
      '0.3',
      'date +%N; ls --color=always /root/tree; tail -c 99 /proc/uptime',
    ],
    steps: [watch(900), resize, watch(900), resizeBack, watch(700), 'q'],
    first: 900,
  },
]
