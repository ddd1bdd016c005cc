// tint0ctl tint and filter: the relay and the rewriter without anybody becoming somebody else.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, test } from 'node:test'
import { endAll } from './pty-process.ts'
import { runOnScreen } from './screen.ts'
import { env, tint0 } from './session/subject.ts'

const ctl = `${tint0}ctl`
after(endAll)

const filter = (input: string, ...words: string[]) =>
  spawnSync(ctl, ['filter', '--background=#401010', ...words], { input, env: { PATH: process.env.PATH } })

test('tint: the command runs as the caller, in the caller’s environment and folder, with tint and mark', async () => {
  const screen = runOnScreen(
    [ctl, 'tint', '--background=#401010', 'sh', '-c', 'echo $MINE $PWD $SUDO_UID; read x; exit 3'],
    {
      env: { ...env, MINE: 'here', SUDO_UID: 'kept' },
      cwd: '/usr',
    },
  )
  await screen.process.until(/here \/usr kept/)
  await screen.settled()
  assert.deepEqual(
    new Set(
      screen
        .cells()
        .flat()
        .map(({ background }) => background),
    ),
    new Set(['#401010']),
  )
  assert.match(screen.title(), /^🔴 sh -c/)
  screen.process.write('\n')
  assert.equal((await screen.process.exit).code, 3)
})

test('tint: the command is found by the caller’s own path, and a missing one is 127', () => {
  const found = spawnSync(ctl, ['tint', 'uname'], { env: { PATH: process.env.PATH } })
  assert.equal(found.stdout.toString(), 'Linux\n')
  const kept = { PATH: process.env.PATH, NODE_OPTIONS: "--title='a b'" }
  const own = spawnSync(ctl, ['tint', 'sh', '-c', 'echo "$NODE_OPTIONS"; env | grep -c KEPT'], { env: kept })
  assert.equal(own.stdout.toString(), "--title='a b'\n0\n")
  const missing = spawnSync(ctl, ['tint', 'no-such-thing'], { env: { PATH: process.env.PATH } })
  assert.equal(missing.status, 127)
  assert.match(missing.stderr.toString(), /^tint0ctl: no-such-thing: command not found; /)
})

test('filter: a stream comes out tinted, titles marked, and given back at the end', () => {
  const { stdout, status } = filter('a\x1b[0mb\x1b]0;t\x07\x1b[?25l')
  assert.equal(status, 0)
  assert.equal(
    stdout.toString(),
    '\x1b[48;2;64;16;16m\x1b[Ja\x1b[0m\x1b[48;2;64;16;16mb\x1b]0;🔴 t\x07\x1b[?25l\x1b[?25h\x1b[0m\x1b[J',
  )
})

test('filter: the tint and the titles can be left out, and what harms, too', () => {
  const words = ['--tint=off', '--title=', '--filter=strict']
  assert.equal(filter('a\x1b]52;c;eA==\x07\x1b]0;t\x07b', ...words).stdout.toString(), 'a\x1b]0;t\x07b')
})

test('filter: a dynamic tint, if that is asked for; with NO_COLOR none, if none is asked for', () => {
  assert.equal(filter('a', '--tint=dynamic').stdout.toString(), '\x1b]11;#401010\x1b\\a\x1b]111\x1b\\')
  const { stdout } = spawnSync(ctl, ['filter'], {
    input: 'a\x1b]0;t\x07',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  })
  assert.equal(stdout.toString(), 'a\x1b]0;t\x07')
})

test('filter: a signal ends it with the terminal given back', () => {
  const script = `{ echo foo; sleep 3; } | ${ctl} filter --background=#401010 & sleep 1; pkill -INT -f 'ctl[.]cjs filter'; wait $!; echo $?`
  const { stdout } = spawnSync('bash', ['-mc', script], { env: { PATH: process.env.PATH } })
  assert.equal(stdout.toString(), '\x1b[48;2;64;16;16m\x1b[Jfoo\n\x1b[0m\x1b[J130\n')
})

test('filter: 50 MB go through, and a reader that leaves ends it', () => {
  const script = `head -c 50000000 /dev/zero | ${ctl} filter --tint=off | wc -c; yes | ${ctl} filter --tint=off | head -n 1`
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { env: { PATH: process.env.PATH } })
  assert.equal(stdout.toString(), '50000000\ny\n')
  assert.equal(stderr.toString(), '')
})

test('what is no option or no command gets one line, and 125', () => {
  for (const words of [
    ['tint', '--user=root', 'id'],
    ['filter', 'x'],
    ['doctor', 'x'],
    ['nothing'],
    ['config', '--system'],
    ['config', 'path', '--system'],
    ['config', '--system', 'schema'],
    ['filter', '--title=mine'],
    ['tint', '--title={x}', 'id'],
  ]) {
    const { status, stderr } = spawnSync(ctl, words, { env: { PATH: process.env.PATH } })
    assert.equal(status, 125, words.join(' '))
    assert.match(stderr.toString(), /^tint0ctl: [^\n]+; [^\n]+\n$/, words.join(' '))
  }
})

test('help comes wherever it is asked for, and nothing else is done; behind a command that is run, it is that command’s', () => {
  const run = (...words: string[]) =>
    spawnSync(ctl, words, { env: { PATH: process.env.PATH } }).stdout.toString()
  const help = run('--help')
  assert.match(help, /^Usage: tint0ctl COMMAND/)
  for (const words of [
    ['themes', 'show', '--help'],
    ['themes', 'show', 'nord', '-h'],
    ['config', 'edit', '--system', '--help'],
  ])
    assert.equal(run(...words), help, words.join(' '))
  assert.equal(run('tint', 'printf', '%s', '-h'), '-h')
})
