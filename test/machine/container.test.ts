// --machine=NAME, on a real container inside the test machine: the same claims about tint0 and about real run0.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { createMachine } from '../../src/backend/machine.ts'
import { connectBus } from '../../src/bus/connect.ts'
import { getTermios } from '../../src/libc.ts'
import { backendContract } from '../backend/contract.ts'
import { endAll } from '../pty-process.ts'
import type { Screen, ScreenOptions } from '../screen.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { bootContainer, type Container } from './container.ts'
import { answer, login, passwords, withoutSession } from './login.ts'

const output = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()

let box: Container
before(
  async () => {
    box = await bootContainer('box')
  },
  { timeout: 90_000 },
)
after(() => {
  endAll()
  box?.stop()
})

interface Column {
  readonly name: string
  readonly words: string
  /** What a start that failed ends with, by the step of systemd.exec(5), or by what is wrong. */
  readonly status: Readonly<Record<'unknown' | 'missing' | 'user' | 'directory' | 'notAllowed', number>>
  readonly units: string
}

const columns: readonly Column[] = [
  {
    name: 'run0',
    words: 'run0 --background=',
    status: { unknown: 1, missing: 203, user: 217, directory: 200, notAllowed: 1 },
    units: 'run-p*.service',
  },
  {
    name: 'tint0',
    words: `${tint0} --background=`,
    status: { unknown: 125, missing: 127, user: 125, directory: 125, notAllowed: 126 },
    units: 'tint0-*.service',
  },
]

/** Runs a command line as root, who has no session, with $M for the words that enter the container. */
const enter = ({ words }: Column, command: string, options: ScreenOptions = {}): Screen =>
  withoutSession('root', command.replaceAll('$M', `${words} --machine=box`), options)

const result = async (screen: Screen) => {
  const { code } = await screen.process.exit
  return { code, lines: plainText(screen.process.output()).trim().split('\r\n') }
}

/** What is left of such a command in the container: units, and processes. */
const left = ({ units }: Column, command: string) =>
  box.output(
    `systemctl list-units '${units}' --all --no-legend --plain | grep -F '${command}'; pgrep -fx '${command}' || true`,
  )

for (const column of columns) {
  const claim = (text: string, body: () => Promise<void>) =>
    test(`${column.name}: ${text}`, { timeout: 60_000 }, body)

  claim('a command runs there as root, where the caller is, on a terminal of the container', async () => {
    const script = 'hostname; id -un; pwd; tty; stat -c %U $(tty); (tty) 0</dev/tty; exit 7'
    const { code, lines } = await result(enter(column, `cd /usr/lib; $M sh -c '${script}'`))
    assert.equal(code, 7)
    assert.deepEqual(lines.slice(0, 3), ['box', 'root', '/usr/lib'])
    assert.match(lines[3] ?? '', /^\/dev\/pts\/\d+$/)
    assert.deepEqual(lines.slice(4), ['root', '/dev/tty'])
  })

  claim('as another user it runs in the home and on a terminal of that user', async () => {
    const screen = enter(column, `$M -u alice sh -c 'id -un; pwd; stat -c %U $(tty)'`)
    assert.deepEqual((await result(screen)).lines, ['alice', '/home/alice', 'alice'])
  })

  claim('the shell is /bin/sh, whatever that of the caller', async () => {
    const screen = enter(column, '$M')
    await screen.process.until(/# $/)
    screen.process.write('echo "$0 $SHELL $SUDO_USER $TERM" on $(hostname)\n')
    await screen.process.until(/-(\/bin\/)?sh \/bin\/sh root xterm-256color on box\r\n/)
    screen.process.write('exit 3\n')
    assert.equal((await screen.process.exit).code, 3)
  })

  claim('it has the size of the terminal, and the changes of it', async () => {
    const screen = enter(
      column,
      `$M sh -c 'until stty size | grep -v "0 0"; do sleep 0.1; done; read x; stty size'`,
      {
        columns: 91,
        rows: 31,
      },
    )
    await screen.process.until(/31 91\r\n/)
    screen.process.resize(77, 22)
    await pause(300)
    screen.process.write('\n')
    await screen.process.until(/22 77\r\n/)
    assert.equal((await screen.process.exit).code, 0)
  })

  claim('^C is for the command', async () => {
    const screen = enter(
      column,
      `$M sh -c 'trap "echo caught; exit 5" INT; echo ready; while :; do sleep 0.1; done'`,
    )
    await screen.process.until(/ready\r\n/)
    await pause(300)
    screen.process.write('\x03')
    assert.equal((await screen.process.exit).code, 5)
    assert.match(plainText(screen.process.output()), /caught/)
  })

  claim('what is no terminal is passed in, and out', async () => {
    const script = `printf 'a\\003b' | $M sh -c 'od -An -c; test -t 0 || echo "no terminal"' | cat`
    const { code, lines } = await result(enter(column, script))
    assert.equal(code, 0)
    assert.deepEqual(
      lines.map((line) => line.trim()),
      ['a 003   b', 'no terminal'],
    )
  })

  claim('the unit is the same, and is gone with the terminal', async () => {
    const screen = enter(column, `$M sh -c 'echo ready; sleep 555'`)
    await screen.process.until(/ready\r\n/)
    const names =
      'PAMName,StandardInput,StandardOutput,StandardError,Slice,Type,WorkingDirectory,SendSIGHUP,CollectMode'
    const shown = box.output(
      `unit=$(systemctl list-units '${column.units}' --no-legend --plain | grep '0\\]' | cut -d' ' -f1)
       systemctl show -p ${names} $unit; journalctl -o verbose -u $unit | grep -ao -m1 ELEVATED_USER=.*`,
    )
    assert.deepEqual(
      shown
        .split('\n')
        .map((line) => line.trim())
        .sort(),
      [
        'CollectMode=inactive-or-failed',
        'ELEVATED_USER=root',
        'PAMName=systemd-run0',
        'SendSIGHUP=yes',
        'Slice=user.slice',
        'StandardError=inherit',
        'StandardInput=null',
        'StandardOutput=journal',
        'Type=exec',
        // Nobody asked for the directory; real run0 fails with a bare 200 where it is not there.
        `WorkingDirectory=${column.name === 'run0' ? '/' : '!/'}`,
      ],
    )
    screen.process.hangUp()
    await gone(column, 'sleep 555')
  })

  claim('what is killed leaves nothing in the container', async () => {
    const screen = enter(column, `exec $M sh -c 'echo ready; sleep 556'`)
    await screen.process.until(/ready\r\n/)
    assert.notEqual(left(column, 'sleep 556'), '')
    execFileSync('pkill', ['-9', '-s', String(screen.process.pid)])
    await screen.process.exit
    await gone(column, 'sleep 556')
  })

  const failures: readonly (readonly [
    why: keyof Column['status'],
    text: string,
    command: string,
    sentence: RegExp,
  ])[] = [
    [
      'unknown',
      'a machine that is not there',
      '$M --machine=nowhere true',
      /^tint0: machine nowhere: no such container is running; see machinectl list$/,
    ],
    [
      'missing',
      'a command that is not there',
      '$M nosuch',
      /^tint0: nosuch: not found there; check its name$/,
    ],
    [
      'user',
      'a user who is not there',
      '$M -u nobodyhere true',
      /^tint0: user nobodyhere: does not exist, or cannot be taken on in machine box; /,
    ],
    [
      'directory',
      'a directory that is not there',
      '$M -D /nosuch true',
      /^tint0: \/nosuch: cannot be made the working directory; /,
    ],
    [
      'notAllowed',
      'a caller who is not root',
      'setpriv --reuid=alice --regid=alice --init-groups $M true',
      /^tint0: machine box: only root may enter it; become root first: tint0 tint0 --machine=box$/,
    ],
  ]
  for (const [why, text, command, sentence] of failures)
    claim(`${text} ends with ${column.status[why]}`, async () => {
      const { code, lines } = await result(enter(column, command))
      assert.equal(code, column.status[why])
      if (column.name === 'tint0') {
        assert.equal(lines.length, 1)
        assert.match(lines[0] ?? '', sentence)
      }
    })
}

const gone = async (column: Column, command: string): Promise<void> => {
  for (let times = 50; times > 0 && left(column, command) !== ''; times--) await pause(100)
  assert.equal(left(column, command), '')
}

const ours = columns[1] as Column

test('what is here only is not looked for there, and what is there only is found', async () => {
  assert.deepEqual((await result(enter(ours, '$M /only-here 1'))).lines, ['only here, 1'])
  assert.deepEqual((await result(enter(ours, `echo | $M /only-here 2 | cat`))).lines, ['only here, 2'])
})

test('a container is tinted like root, and named in the title; the terminal is afterwards as before', async () => {
  const screen = withoutSession('root', `${tint0} --machine=box sh -c 'echo ready; read x'`, {
    background: 'rgb:1010/1010/1010',
  })
  const termios = screen.process.termios()?.toString('hex')
  await screen.process.until(/ready/)
  await screen.settled()
  assert.match(screen.title(), /^🔴 sh -c .* on box$/)
  await pause(200)
  await screen.settled()
  const shown = screen.cells().flat()
  assert.ok(shown.filter(({ background }) => background !== undefined).length > shown.length / 2)
  screen.process.write('\n')
  await screen.process.exit
  await screen.settled()
  assert.equal(screen.title(), 'as before')
  assert.equal(screen.process.termios()?.toString('hex'), termios)
})

test('100 KB come out of a container whole, and in order', async () => {
  const screen = enter(ours, `$M seq 20000`)
  const { lines } = await result(screen)
  assert.deepEqual(
    lines,
    Array.from({ length: 20_000 }, (_, i) => String(i + 1)),
  )
})

test('.host is this machine, also for those who are not root', async () => {
  const screen = login('alice', `${tint0} --background= --machine=.host hostname`)
  await answer(screen, passwords.alice)
  assert.equal((await screen.process.exit).code, 0)
  assert.match(plainText(screen.process.output()), /tint0test\r\n$/)
})

test('a descriptor that somebody else sends is not taken for the PTY', async () => {
  const bus = await connectBus('system')
  const [name] = output(`busctl list --no-legend | awk '$2 == ${process.pid} { print $1 }'`).split('\n')
  const nulls = () => output(`find /proc/${process.pid}/fd -lname /dev/null`).split('\n').length
  const before = nulls()
  // busctl(1) passes on descriptors that it was passed as by a socket unit. Nothing is read here meanwhile.
  const emit = `export LISTEN_PID=$$ LISTEN_FDS=1; exec busctl emit --destination=${name} /a some.where Some h 3 3</dev/null`
  execFileSync('setpriv', ['--reuid=bob', '--regid=bob', '--init-groups', 'sh', '-c', emit])
  const [master] = await bus.call({
    destination: 'org.freedesktop.machine1',
    path: '/org/freedesktop/machine1',
    interface: 'org.freedesktop.machine1.Manager',
    member: 'OpenMachinePTY',
    signature: 's',
    body: ['box'],
    receives: true,
  })
  assert.ok(getTermios(Number(master)), 'it is a terminal')
  assert.equal(nulls(), before, 'the other one is closed')
  closeSync(Number(master))
  bus.close()
})

backendContract('machine', () => createMachine('box'))

test('a session ends with the container, also with one that dies', async () => {
  const screen = enter(ours, `$M sh -c 'trap "" HUP TERM; echo ready; sleep 558'`)
  await screen.process.until(/ready\r\n/)
  execFileSync('machinectl', ['kill', '--kill-whom=leader', '--signal=KILL', 'box'])
  const { code, lines } = await result(screen)
  assert.equal(code, 125)
  assert.match(
    lines.at(-1) ?? '',
    /^tint0: sh: has ended while the bus or the manager was away: its status is not known; see journalctl --machine=box /,
  )
})
