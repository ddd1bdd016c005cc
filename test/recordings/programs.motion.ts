// What moves: progress bars, in one line or below a scrolling region, animations, games.
import { down, enter, resize, resizeBack, right, tab, up, watch } from './keys.ts'
import type { Program } from './programs.ts'

/** A bar as many scripts draw it: CR, and what there is over what there was. */
const bar = `import sys, time
for i in range(0, 101, 5):
    sys.stdout.write('\\r\\x1b[32m%3d%%\\x1b[0m [\\x1b[42m%s\\x1b[49m%s] ' % (i, ' ' * (i // 5), '.' * (20 - i // 5)))
    if i % 25 == 0: sys.stdout.write('\\x1b[K\\n\\x1b[7mstep %d\\x1b[27m done\\n' % (i // 25))
    sys.stdout.flush(); time.sleep(.05)
print('\\r\\x1b[2Kdone')`

export const motion: readonly Program[] = [
  {
    name: 'whiptail-gauge',
    command: [
      'sh',
      '-c',
      'for i in 0 20 40 60 80 100; do echo $i; sleep .1; done | whiptail --gauge Working 7 36 0; whiptail --yesno Sure? 8 30',
    ],
    steps: [resize, tab, resizeBack, enter],
  },
  {
    name: 'apt',
    command: [
      'apt-get',
      '-y',
      '-o',
      'Dpkg::Progress-Fancy=1',
      '-o',
      'Acquire::AllowInsecureRepositories=1',
      'install',
      '/root/sample.deb',
    ],
    first: 250,
    quiet: 100,
    steps: [resize, watch(300), resizeBack, watch(3000)],
  },
  {
    name: 'apt-bar',
    command: [
      'apt-get',
      '-y',
      '-o',
      'Dpkg::Progress-Fancy=1',
      'remove',
      'sl',
      'nudoku',
      'tty-clock',
      'cbonsai',
    ],
    first: 300,
    steps: [watch(300), resize, watch(600), resizeBack, watch(3000)],
  },
  {
    name: 'progress',
    command: ['python3', '-c', bar],
    first: 200,
    steps: [watch(150), resize, watch(200), resizeBack, watch(800)],
  },
  {
    name: 'pv',
    command: [
      'sh',
      '-c',
      'pv -L 400k -s 600k -f /dev/zero | head -c 600k >/dev/null; echo; pv -B 1 -L 9 -f -N name /root/project/other.c | head -c 9',
    ],
    first: 1200,
    steps: [watch(200), resize, watch(700), resizeBack, watch(1200)],
  },
  {
    name: 'cmatrix',
    command: ['cmatrix', '-b', '-u', '3'],
    first: 200,
    frames: 25,
    bytes: 80_000,
    steps: [watch(100), resize, watch(300), resizeBack, watch(200), 'q'],
  },
  {
    name: 'cbonsai',
    command: ['cbonsai', '-l', '-t', '0.01', '-s', '7', '-M', '30'],
    first: 300,
    frames: 130,
    steps: [watch(100), resize, watch(200), resizeBack, watch(100), 'q'],
  },
  {
    name: 'tty-clock',
    command: ['tty-clock', '-s', '-c', '-C', '4', '-B'],
    first: 600,
    frames: 12,
    steps: [watch(1000), resize, watch(1100), resizeBack, 'q'],
  },
  {
    name: 'sl',
    command: ['sl'],
    first: 250,
    frames: 90,
    steps: [watch(700), resize, watch(500), resizeBack, watch(300)],
  },
  { name: 'nudoku', command: ['nudoku', '-c'], steps: ['j', 'l', '5', resize, 'H', resizeBack, 'Q'] },
  {
    name: 'gum',
    command: ['gum', 'choose', 'One', 'Two', 'Three'],
    quiet: 300,
    steps: [down, down, resize, up, resizeBack, enter],
  },
  {
    name: 'gum-style',
    command: [
      'sh',
      '-c',
      'gum style --border double --background 212 --padding "1 4" Styled; gum confirm Sure?; gum input; gum spin -- sleep 1',
    ],
    quiet: 300,
    steps: [right, resize, enter, 'typed', resizeBack, enter, watch(600)],
  },
]
