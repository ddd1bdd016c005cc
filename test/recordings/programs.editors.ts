// Editors: insertions and deletions of lines, scrolling in margins, popups, color schemes with backgrounds of their own.
import { control, down, end, enter, esc, f10, pageDown, resize, resizeBack, right, up } from './keys.ts'
import type { Program, Step } from './programs.ts'

/** What both kinds of vi are put through. */
const vi: readonly Step[] = [
  ...['jjj', control('d'), control('e'), 'dd', 'p', 'u', 'Onew text\x1b', 'Vjj'],
  ...[esc, ':set number\r', '/line\r', resize, 'n', ':split\r', control('f'), ':only\r', 'G', resizeBack],
  ...['yyp', ':vsplit\r', ':help\r', ':qa!\r'],
]

const inVim = (name: string, ...options: string[]): Program => ({
  name,
  command: ['vim', '-u', 'NONE', '-i', 'NONE', '-n', ...options, 'sample.c'],
  steps: vi,
})

const inNeovim = (name: string, env: Record<string, string>, ...options: string[]): Program => ({
  name,
  command: ['nvim', '--clean', '-n', '-i', 'NONE', ...options, 'sample.c'],
  env,
  steps: vi,
  quiet: 250,
})

const emacs: readonly Step[] = [
  ...[control('n').repeat(5), control('v'), control('k').repeat(2), control('_'), '\x1b>', control('x'), '2'],
  ...[resize, '\x1b<', `${control('s')}line`, enter, control('@'), control('n').repeat(3), resizeBack],
  ...[
    '\x1bxmenu-bar-open\r',
    control('g'),
    `${control('x')}b\r`,
    `${control('x')}${control('c')}`,
    'n',
    'yes\r',
  ],
]

export const editors: readonly Program[] = [
  inVim('vim'),
  inVim(
    'vim-desert',
    '-N',
    '--cmd',
    'set termguicolors',
    '-c',
    'syntax on | colorscheme desert | set hlsearch',
  ),
  inVim('vim-256', '-N', '-c', 'syntax on | colorscheme industry | set cursorline hlsearch laststatus=2'),
  inVim('vim-nobce', '-N', '--cmd', 'set t_ut= ', '-c', 'syntax on | set cursorline colorcolumn=40'),
  inNeovim('nvim', { COLORTERM: 'truecolor' }),
  inNeovim('nvim-plain', { COLORTERM: '' }, '-c', 'syntax off | hi clear Normal | set notermguicolors'),
  inNeovim('nvim-habamax', { COLORTERM: 'truecolor' }, '-c', 'colorscheme habamax | set cursorline'),
  inNeovim('nvim-vim', { COLORTERM: '' }, '-c', 'colorscheme vim | set notermguicolors cursorline list'),
  {
    name: 'nano',
    command: ['nano', '-l', 'sample.c'],
    steps: [
      ...[
        down.repeat(4),
        pageDown,
        control('k'),
        control('u'),
        'typed ',
        control('w'),
        `line${enter}`,
        resize,
      ],
      ...[control('g'), control('x'), '\x1ba', down.repeat(3), resizeBack, pageDown, control('x'), 'n'],
    ],
  },
  {
    name: 'micro',
    command: ['micro', 'sample.c'],
    quiet: 250,
    steps: [
      ...[
        down.repeat(4),
        pageDown,
        control('k'),
        control('z'),
        'typed ',
        resize,
        control('f'),
        `line${enter}`,
      ],
      ...[
        control('e'),
        `vsplit notes.md${enter}`,
        down.repeat(3),
        resizeBack,
        control('q'),
        control('q'),
        'n',
      ],
    ],
  },
  {
    name: 'micro-simple',
    command: ['micro', '-colorscheme', 'simple', 'notes.md'],
    quiet: 250,
    steps: [
      down.repeat(14),
      resize,
      end,
      'typed',
      '\x1b[1;2A',
      control('e'),
      'help',
      enter,
      resizeBack,
      control('q'),
    ],
  },
  {
    name: 'emacs',
    command: ['emacs', '-nw', '-Q', 'sample.c'],
    quiet: 400,
    steps: emacs,
  },
  {
    name: 'emacs-theme',
    command: ['emacs', '-nw', '-Q', '--eval', "(load-theme 'wombat t)", 'sample.c'],
    quiet: 400,
    steps: emacs,
  },
  {
    name: 'joe',
    command: ['joe', 'sample.c'],
    steps: [
      ...[down.repeat(5), control('v'), control('y'), control('_'), `${control('k')}h`, resize, control('v')],
      ...[
        `${control('k')}b`,
        down.repeat(3),
        `${control('k')}k`,
        resizeBack,
        `${control('k')}o`,
        up,
        `${control('c')}y`,
      ],
    ],
  },
  {
    name: 'jed',
    command: ['jed', 'sample.c'],
    steps: [
      ...[down.repeat(5), control('v'), control('k'), `${control('x')}2`, resize, down.repeat(9), f10, right],
      ...[esc, control('g'), resizeBack, `${control('x')}${control('c')}`, 'n', 'y'],
    ],
  },
  {
    name: 'ne',
    command: ['ne', 'sample.c'],
    steps: [
      ...[down.repeat(5), pageDown, control('y'), 'typed ', resize, down.repeat(4), f10, right, down, esc],
      ...[resizeBack, control('q'), 'y'],
    ],
  },
  {
    name: 'kakoune',
    command: [
      'kak',
      '-n',
      '-e',
      'source /usr/share/kak/rc/filetype/c-family.kak; colorscheme default',
      'sample.c',
    ],
    quiet: 250,
    steps: [
      'jjjj',
      'x',
      'd',
      'u',
      resize,
      'otyped\x1b',
      '/line\r',
      'n',
      ':echo hello\r',
      'gg',
      resizeBack,
      'G',
      ':q!\r',
    ],
  },
]
