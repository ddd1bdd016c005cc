// Presets of a sandbox act, with a terminal and with signals; and a dry run shows what a session is.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { presetNames, presetProperties } from '../../src/cli/sandbox.ts'
import { endAll } from '../pty-process.ts'
import { env, plainText, subjectOn, tint0 } from '../session/subject.ts'

const { raw } = subjectOn('system')
const timeout = 120_000
after(endAll)

/** On a terminal: resolves to what is written there and to the status. */
const onTerminal = async (words: readonly string[], cwd = '/tmp') => {
  const process = raw(['--title=', ...words], { cwd })
  const { code } = await process.exit
  return { code, text: plainText(process.output()).replaceAll('\r', '') }
}

/** Tries to write a file in each folder, and names those where it could; then the terminal, and the directory. */
const writing = `for d in /etc / /usr /var/tmp /tmp /run /run/lock /root /home/alice /sys/fs/cgroup /dev/shm
do f=$d/tint0-test; (: >$f) 2>/dev/null && echo "wrote $d" && rm -f $f
done; (echo 1 >/proc/sys/kernel/panic) 2>/dev/null && echo wrote sysctl; tty; pwd`

test('readonly: nothing can be written but below /dev; the terminal is one', { timeout }, async () => {
  const { text } = await onTerminal(['--sandbox=readonly', 'sh', '-c', writing], '/home/alice')
  assert.match(text, /^wrote \/dev\/shm\n\/dev\/pts\/\d+\n\/home\/alice\n$/)
})

/** What the sockets of each family say. (The machine may have no network of its own: systemd goes on without.) */
const connecting = `const net = require('node:net')
for (const host of ['127.0.0.1', '::1']) net.connect(9, host).on('error', ({ code }) => console.log(code))
net.connect('/run/dbus/system_bus_socket').on('connect', function () { console.log('unix'); this.end() })`

test('no-network: there are no sockets but those in the file system', { timeout }, async () => {
  const without = await onTerminal(['node', '-e', connecting])
  assert.match(without.text, /ECONNREFUSED/)
  const { text } = await onTerminal(['--sandbox=no-network', 'node', '-e', connecting])
  assert.deepEqual(text.trim().split('\n').sort(), ['EAFNOSUPPORT', 'EAFNOSUPPORT', 'unix'])
})

test('private: another /tmp, no homes, no devices, nobody else', { timeout }, async () => {
  writeFileSync('/tmp/tint0-mine', '')
  const looking = `ls -A /tmp /home /root; ls /dev/fuse /dev/kmsg /dev/loop-control /proc/1/root/home; tty; pwd
    touch /tmp/tint0-theirs && echo wrote`
  const { text } = await onTerminal(
    ['--sandbox=private', 'sh', '-c', `(${looking}) 2>/dev/null`],
    '/home/alice',
  )
  assert.match(text, /^\/home:\n\n\/root:\n\n\/tmp:\n\/dev\/pts\/\d+\n\/\nwrote\n$/)
  assert.throws(() => readFileSync('/tmp/tint0-theirs'))
  const bob = await onTerminal(['--user=bob', '--sandbox=private', 'sh', '-c', 'ps -e -o user= | sort -u'])
  assert.equal(bob.text, 'bob\n')
})

test('all together: a shell takes keys, ^C acts, and the command gets signals', { timeout }, async () => {
  const all = presetNames.map((name) => `--sandbox=${name}`)
  const shell = raw(['--title=', ...all, 'sh'])
  await shell.until(/#/)
  shell.write('stty size; touch /tmp/a && echo x$((1+1))x; touch /x\r')
  await shell.until(/x2x/)
  await shell.until(/Read-only/)
  shell.write('sleep 60\r')
  await new Promise((resolve) => setTimeout(resolve, 500))
  shell.write('\x03')
  shell.write('exit 7\r')
  assert.equal((await shell.exit).code, 7)
  const trapping = `trap 'echo got; exit 9' TERM; echo on; while :; do sleep 0.1; done`
  const sleeping = raw(['--title=', ...all, 'sh', '-c', trapping])
  await sleeping.until(/on/)
  sleeping.kill('SIGTERM')
  assert.equal((await sleeping.exit).code, 9)
})

test('presets act on the own manager, too', { timeout }, () => {
  const asAlice = (...words: string[]) => {
    const { stdout, stderr } = spawnSync(
      'setpriv',
      [
        ...['--reuid=alice', '--regid=alice', '--init-groups', 'env', 'XDG_RUNTIME_DIR=/run/user/1000'],
        ...[tint0, '--backend=user', ...words],
      ],
      { encoding: 'utf8', env: { ...env, HOME: '/home/alice' }, cwd: '/home/alice', input: '' },
    )
    return stderr + stdout
  }
  assert.equal(asAlice('--sandbox=private', 'sh', '-c', 'ls -A /home /tmp; pwd'), '/home:\n\n/tmp:\n/\n')
  assert.match(asAlice('--sandbox=no-network', 'sh', '-c', 'cut -d: -f1 /proc/net/dev'), /\n *lo\n$/)
})

const name = 'tint0-shown.service'
const file = `/run/systemd/system/${name}`
const systemctl = (...words: string[]) => execFileSync('systemctl', words, { encoding: 'utf8' })

/** What a dry run shows, as a file for systemd. */
const shown = (words: readonly string[]) => {
  const { stdout, stderr, status } = spawnSync(tint0, ['--dry-run', '--pty', `--unit=${name}`, ...words], {
    encoding: 'utf8',
    env,
    cwd: '/tmp',
  })
  assert.deepEqual([status, stderr], [0, ''])
  const [unit = '', call = ''] = stdout.split(/^(?=busctl )/m)
  return { unit, call }
}

/** Properties that files and calls must agree on. */
const compared = [
  ...['Description', 'CollectMode', 'Type', 'Slice', 'Nice', 'User', 'Group', 'WorkingDirectory', 'PAMName'],
  ...['LogExtraFields', 'Environment', 'IgnoreSIGPIPE', 'SendSIGHUP', 'AmbientCapabilities', 'ReadOnlyPaths'],
  ...presetProperties(presetNames).map((text) => text.slice(0, text.indexOf('='))),
]
const properties = () =>
  systemctl('show', name, ...compared.map((property) => `--property=${property}`)).replace(
    // Addresses are told in any order.
    /^(IPAddressDeny=)(.*)$/m,
    (_, head, list) => head + list.split(' ').sort().join(' '),
  )

const shows: Readonly<Record<string, readonly string[]>> = {
  'another user in a place of its own, with capabilities and hard text': [
    ...['--user=bob', '--group=daemon', '--chdir=/usr/share', '--nice=7', '--slice=tint0-a', '--empower'],
    ...['--setenv=A=b  "c" \\ %n $HOME\t\u202e', '--description=50% of %n, "$x" \\ and 7%'],
  ],
  presets: presetNames.map((preset) => `--sandbox=${preset}`),
}
for (const [title, options] of Object.entries(shows))
  test(`a dry run shows the unit that a session is: ${title}`, { timeout }, async () => {
    const words = ['', 'a b', '"\\', ';', '$HOME', '%n', 'é\u202e', "it's\n\t"]
    const command = ['sh', '-c', 'printf "<%s>\\n" "$@" | od -c; sleep 30', 'x', ...words]
    const { unit, call } = shown([...options, ...command])
    const session = raw([`--unit=${name}`, '--title=', ...options, ...command])
    await session.until(/\n\d{7}\r\n/)
    const transient = properties()
    const said = plainText(session.output()).replaceAll('\r', '')
    systemctl('stop', name)
    await session.exit
    writeFileSync(file, unit.replace(/^Type=exec$/m, '$&\nStandardOutput=file:/run/tint0-said'))
    try {
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
      assert.equal(status, 0, stderr)
      assert.ok(!stderr.includes(name), stderr)
      systemctl('daemon-reload')
      systemctl('start', name)
      assert.equal(properties(), transient)
      execFileSync('sh', [
        '-c',
        'for i in 1 2 3 4 5 6 7 8 9; do [ -s /run/tint0-said ] && break; sleep 0.2; done',
      ])
      assert.equal(readFileSync('/run/tint0-said', 'utf8'), said)
    } finally {
      spawnSync('systemctl', ['stop', name])
      for (const path of [file, '/run/tint0-said']) rmSync(path, { force: true })
    }
    for (const line of [...unit.split('\n'), ...call.split('\n')]) assert.doesNotMatch(line, /\p{Cc}|\p{Cf}/u)
    assert.match(call, /^busctl --system call .* \\\n .*StartTransientUnit \\\n/)
  })
