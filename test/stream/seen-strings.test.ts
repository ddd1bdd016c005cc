// What the scanner sees in a stream: strings, titles among them. Each row is tried whole, cut in two, and byte by byte.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimSeen, seenIn } from './recorder.ts'

claimSeen([
  [
    'an OSC ends with BEL, ST, CAN, SUB, or another function; a lone 9C does not end it',
    [
      ['\x1b]4;1;red\x07X', 'control OSC 4: 1;red | text X'],
      ['\x1b]4;1;red\x1b\\X', 'control OSC 4: 1;red | text X'],
      ['\x1b]4;1;red\x18X', 'control of no interest | text X'],
      ['\x1b]4;1;red\x1aX', 'control of no interest | text X'],
      ['\x1b]4;1;red\x1b[0mX', 'control OSC 4: 1;red | sgr 0 | text X'],
      ['\x1b]4;1;r\x9cX\x07', 'control OSC 4: 1;r<9C>X'],
      ['\x1b]4;1;red', 'held <ESC>]4;1;red'],
      ['\x1b]4;1;red\x1b', 'held <ESC>]4;1;red<ESC>'],
      ['\x1b]8;;http://a/\x1b\\link', 'control OSC 8: ;http://a/ | text link'],
      ['\x1b]111\x07', 'control OSC 111'],
      ['\x1b]\x07X', 'control OSC  | text X'],
      ['\x1b]4;1\nX\x07', 'control OSC 4: 1<LF>X'],
    ],
  ],
  [
    'the number of an OSC is read as terminals read it: leading zeros and C0 do not hide it',
    [
      ['\x1b]004;1;red\x07', 'control OSC 4: 1;red'],
      ['\x1b]\x005\n2;c;x\x07', 'control OSC 52: c;x'],
      ['\x1b]\x012;one\x07', 'title ended by BEL one'],
      [`\x1b]${'0'.repeat(300)}52;c;x\x07X`, 'control OSC 52 | inside ;c;x | end <BEL> | text X'],
    ],
  ],
  [
    'a title is 0, 1, 2, l, 30, or ESC k, and is told of whole',
    [
      ['\x1b]0;one\x07X', 'title ended by BEL one | text X'],
      ['\x1b]1;one\x1b\\X', 'title ended by ST one | text X'],
      ['\x1b]2;one\x07X', 'title ended by BEL one | text X'],
      ['\x1b]02;one\x07', 'title ended by BEL one'],
      ['\x1b]30;one\x07', 'title ended by BEL one'],
      ['\x1b]lone\x1b\\', 'title ended by ST one'],
      ['\x1b];one\x07X', 'title ended by BEL one | text X'],
      ['\x1bkone\x1b\\X', 'title ended by ST one | text X'],
      ['\x1bkone\x07X', 'title ended by BEL one | text X'],
      ['\x1b]2;on\ne\x07X', 'title ended by BEL on<LF>e | text X'],
      ['\x1b]2;\x07X', 'title ended by BEL | text X'],
      ['\x1b]2;one\x18X', 'title ended by CAN one | text <CAN>X'],
      ['\x1b]2;one\x1aX', 'title ended by CAN one | text <SUB>X'],
      ['\x1b]2;one\x1b[0mX', 'title ended by ESC one | sgr 0 | text X'],
      ['\x1b]2;one', 'held <ESC>]2;one'],
      ['\x1b]2;o\x1b', 'held <ESC>]2;o<ESC>'],
      ['\x1b]2\x07X', 'control OSC 2 | text X'],
      ['\x1b]3;one\x07', 'control OSC 3: one'],
      ['\x1b]Lone\x1b\\', 'control OSC : one'],
    ],
  ],
  [
    'the head of a DCS or an APC tells what it is; parameters and C0 in it do not hide that',
    [
      ['\x1bP$qm\x1b\\X', 'control DCS $q | inside m | end <ESC>\\ | text X'],
      ['\x1bP+q544e\x1b\\X', 'control DCS +q | inside 544e | end <ESC>\\ | text X'],
      ['\x1bP0;1;8q#0~\n~\x1b\\X', 'control DCS q | inside #0~<LF>~ | end <ESC>\\ | text X'],
      ['\x1bP|17/61\x1b\\', 'control DCS | | inside 17/61 | end <ESC>\\'],
      ['\x1bP1;1!zab\x1b\\', 'control DCS !z | inside ab | end <ESC>\\'],
      ['\x1bP=1s\x1b\\', 'control DCS s | end <ESC>\\'],
      ['\x1bP\x00$\n\x7fqm\x1b\\X', 'control DCS $q | inside m | end <ESC>\\ | text X'],
      [`\x1bP${'1;'.repeat(40)}$qm\x1b\\X`, 'control DCS $q | inside m | end <ESC>\\ | text X'],
      ['\x1bP\x1b\\X', 'control DCS | end <ESC>\\ | text X'],
      ['\x1bP1;2', 'held <ESC>P1;2'],
      ['\x1b_Gf=100;AAAA\x1b\\X', 'control APC G | inside f=100;AAAA | end <ESC>\\ | text X'],
      ['\x1b_\x1b\\X', 'control APC | end <ESC>\\ | text X'],
    ],
  ],
  [
    'a string ends with ST, CAN, SUB or another function, and nothing else in it acts',
    [
      ['\x1bPq\x07\n\x9c\x1b\\X', 'control DCS q | inside <BEL><LF><9C> | end <ESC>\\ | text X'],
      ['\x1bPq~\x18X', 'control DCS q | inside ~ | end <CAN> | text X'],
      ['\x1bPq~\x1aX', 'control DCS q | inside ~ | end <SUB> | text X'],
      ['\x1bPq~\x1b[0mX', 'control DCS q | inside ~ | end | sgr 0 | text X'],
      ['\x1b_Ga\x07\nb\x1b\\X', 'control APC G | inside a<BEL><LF>b | end <ESC>\\ | text X'],
      ['\x1b_G\x18X', 'control APC G | end <CAN> | text X'],
      ['\x1b_Ga\x1b[0mX', 'control APC G | inside a | end | sgr 0 | text X'],
      ['\x1b^p\nm\x1b\\X', 'control PM | inside p<LF>m | end <ESC>\\ | text X'],
      ['\x1b^p\x18X', 'control PM | inside p | end <CAN> | text X'],
      ['\x1b^p\x1b[0mX', 'control PM | inside p | end | sgr 0 | text X'],
      ['\x1bXs\nos\x1b\\X', 'control SOS | inside s<LF>os | end <ESC>\\ | text X'],
      ['\x1bXs\x1aX', 'control SOS | inside s | end <SUB> | text X'],
      ['\x1bX\x1b[0mX', 'control SOS | end | sgr 0 | text X'],
      ['\x1bPq~~~', 'control DCS q | inside ~~~'],
      ['\x1b^endless', 'control PM | inside endless'],
      ['\x1b_x\x1b', 'control APC x | held <ESC>'],
    ],
  ],
  [
    'what goes through tmux has its ESC doubled, and is one string',
    [
      [
        '\x1bPtmux;\x1b\x1b[0m\x1b\x1b]0;t\x07\x1b\\X',
        'control DCS tmux; | inside <ESC><ESC>[0m<ESC><ESC>]0;t<BEL> | end <ESC>\\ | text X',
      ],
      ['\x1bPtmux;\x1b\x1b\x1b[0mX', 'control DCS tmux; | inside <ESC><ESC> | end | sgr 0 | text X'],
      ['\x1bP1\x00tmux;x\x1b\\X', 'control DCS tmux; | inside x | end <ESC>\\ | text X'],
      ['\x1bPtmuX\x1b\\X', 'control DCS t | inside muX | end <ESC>\\ | text X'],
      ['\x1bPtm', 'held <ESC>Ptm'],
      ['\x1bPtm\x1b\\X', 'control DCS t | inside m | end <ESC>\\ | text X'],
    ],
  ],
  [
    'what is longer than the bound is told of by its beginning',
    [
      [
        `\x1b]52;c;${'A'.repeat(5000)}\x07X`,
        'control OSC 52: c;AAAAAAAAAA… (259) | inside ;c;AAAAAAAAAAAAAAAAA… (5003) | end <BEL> | text X',
      ],
      [
        `\x1b]1337;File=:${'A'.repeat(5000)}`,
        'control OSC 1337: File=:AAAA… (259) | inside ;File=:AAAAAAAAAAAAA… (5007)',
      ],
      [
        `\x1b]4;${'1;x;'.repeat(2000)}\x07X`,
        'control OSC 4: 1;x;1;x;1;x;1… (4099) | inside ;1;x;1;x;1;x;1;x;1;x… (8001) | end <BEL> | text X',
      ],
      [`\x1b[${'0;'.repeat(3000)}mX`, 'control too long | text [0;0;0;0;0;0;0;0;0;0… (6003)'],
      [`\x1bP${'0;'.repeat(3000)}qX`, 'control too long | text P0;0;0;0;0;0;0;0;0;0… (6003)'],
      [`\x1b]${'0'.repeat(5000)}52;c;x\x07X`, 'control too long | text ]0000000000000000000… (5009)'],
      ['\x1b]2;tttttttttt\x07X', 'title ended by BEL tttttttttt | text X'],
      [`\x1b]2;${'t'.repeat(4000)}\x07X`, 'title ended by BEL tttttttttttttttttttt… (4000) | text X'],
      [`\x1b]2;${'t'.repeat(4090)}\x07X`, 'title ended by BEL tttttttttttttttttttt… (4090) | text X'],
      [
        `\x1b]2;${'t'.repeat(4091)}\x07X`,
        'title ended by later tttttttttttttttttttt… (4091) | end <BEL> | text X',
      ],
      [
        `\x1b]0;${'t'.repeat(5000)}\x1b\\X`,
        'title ended by later tttttttttttttttttttt… (4091) | inside a title tttttttttttttttttttt… (909) | end <ESC>\\ | text X',
      ],
      [
        `\x1bk${'t'.repeat(5000)}\x1b[0mX`,
        'title ended by later tttttttttttttttttttt… (4093) | inside a title tttttttttttttttttttt… (907) | end | sgr 0 | text X',
      ],
      [
        `\x1b]2;${'t'.repeat(100000)}\x18X`,
        'title ended by later tttttttttttttttttttt… (4091) | inside a title tttttttttttttttttttt… (95909) | end <CAN> | text X',
      ],
      [
        `\x1b]2;${'t'.repeat(100000)}`,
        'title ended by later tttttttttttttttttttt… (4091) | inside a title tttttttttttttttttttt… (95909)',
      ],
    ],
  ],
])

test('where ESC k sets no name and titles are left alone, they are strings as others', () => {
  const plain = { titles: false, escK: false }
  const of = (input: string) => seenIn([Buffer.from(input, 'latin1')], plain).join(' | ')
  assert.equal(of('\x1b]2;one\x07X'), 'control OSC 2: one | text X')
  assert.equal(of('\x1bkone\x1b\\X'), 'control ESC k | text one | control ESC \\ | text X')
})
