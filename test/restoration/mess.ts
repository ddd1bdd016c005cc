// What the program of a run leaves on, and how it goes on and ends: a script, made for each run.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What it has changed before it ends. */
export type Mess = 'silence' | 'nothing' | 'all' | 'printer' | 'frames'

/** ESC is written as in printf(1). */
const onMain = [
  '\x1b[>1u', // kitty's keyboard
  '\x1b[=5u',
  '\x1b]4;1;#123456\x07',
  '\x1b]4;250;rgb:11/22/33;3;#abcdef\x1b\\',
  '\x1b]10;#aaaaaa;#002200\x07',
  '\x1b]12;#ff00ff\x07',
  '\x1b]2;a title of the program\x07',
  '\x1b]9;4;1;50\x07',
  '\x1b]3008;start=some-context\x1b\\',
]

const onAlternate = [
  '\x1b[?1049h',
  '\x1b[>5u\x1b[>7u',
  ...[1, 5, 12, 45, 66, 1000, 1002, 1003, 1006, 1004, 2004, 2026, 2027, 2031, 2048].map(
    (mode) => `\x1b[?${mode}h`,
  ),
  '\x1b[?7;25l',
  '\x1b=',
  '\x1b[4h\x1b[20h',
  '\x1b[?69h\x1b[3;40s',
  '\x1b[5;10r\x1b[?6h',
  '\x1b(0\x1b)0\x1b*0\x0e',
  '\x1b[>4;2m',
  '\x1b[5 q',
  '\x1b[1"q',
  '\x1b]22;crosshair\x1b\\',
  '\x1b[1;7;38;5;3;48;5;4m',
  '\x1b]8;id=1;http://example.org/\x1b\\a link',
]

/** A frame as full-screen programs draw it, many a second. */
const frame = (number: number): string =>
  [
    `\x1b[?2026h\x1b[?25l\x1b[${(number % 20) + 1};1H\x1b[1;4${number % 8}mframe ${number}\x1b[K`,
    `\x1b[3${number % 8};48;5;${number}mlong text to be drawn\x1b[0m\x1b]8;;http://example.org/${number}\x1b\\`,
    `link\x1b]8;;\x1b\\\x1b(0lqqk\x1b(B\x1b[2;10r\x1b[r\x1b[?25h\x1b[?2026l`,
  ].join('')

const texts: Readonly<Record<Mess, string>> = {
  silence: '',
  nothing: 'some text\r\n',
  all: [...onMain, ...onAlternate].join(''),
  printer: [...onMain, ...onAlternate, '\x1b[5i'].join(''),
  frames: '\x1b[?1049h\x1b[?1h\x1b=\x1b[?1003;1006h',
}

/** No terminal knows this: it tells the test that all before it has come. */
export const isOn = '\x1b]7777;all is on\x07'

/** Questions that are not waited for: the answers come when nobody is there any more. */
const questions = '\x1b[c\x1b[6n\x1b]11;?\x1b\\\x1b]4;1;?\x1b\\\x1b[?u\x1b[>q\x1b[?2026$p'

/** How it ends. */
export type Last = 'exits' | 'waits' | 'is killed' | 'draws on'

export interface Program {
  readonly argv: readonly string[]
  /** Is there once all is on. */
  readonly ready: string
  /** Made by the test: then it ends, where it ends by itself. */
  readonly go: string
  /** Is there when the program is about to end. */
  readonly ending: string
}

export interface ProgramOptions {
  readonly folder: string
  /** A text that is in the command line of all that it starts. */
  readonly mark: string
  readonly mess: Mess
  readonly last: Last
  /** Whether it asks questions before it ends. */
  readonly asks: boolean
}

export const writeProgram = ({ folder, mark, mess, last, asks }: ProgramOptions): Program => {
  const path = (name: string) => join(folder, `${mark}-${name}`)
  const [ready, go, ending] = [path('ready'), path('go'), path('ending')]
  // What goes to a printer is no drawing.
  const drawn = mess === 'printer' && last === 'draws on' ? 'all' : mess
  writeFileSync(path('mess'), mess === 'silence' ? '' : `${texts[drawn]}${isOn}`)
  writeFileSync(path('frames'), Array.from({ length: 40 }, (_, number) => frame(number)).join(''))
  writeFileSync(path('questions'), asks ? questions : '')
  const draw = `cat ${path('frames')}; sleep 0.02`
  const step = mess === 'frames' ? draw : 'sleep 0.02'
  const ends = {
    exits: 'exit 3',
    'is killed': 'kill -KILL $$',
    waits: '',
    'draws on': `while :; do ${draw}; done`,
  }[last]
  const script = [
    `cat ${path('mess')}; : >${ready}`,
    `while [ ! -e ${go} ]; do ${step}; done`,
    `: >${ending}; cat ${path('questions')}`,
    ends,
    'while :; do sleep 0.2; done',
  ].join('\n')
  writeFileSync(path('program'), script)
  return { argv: ['/bin/sh', path('program')], ready, go, ending }
}
