// The rules that tint0ctl policy suggest prints, on real polkit: what is said of each is true of a member of the group, and of nobody
// else; and tint0ctl policy show says which of them is in force. They change who administrators are, so nothing else runs meanwhile.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { manageUnits } from '../../src/polkit/authority.ts'
import { endAll } from '../pty-process.ts'
import { tint0 } from '../session/subject.ts'
import { textOf, timeout } from './left.ts'
import { answer, as, asked, login, passwords } from './login.ts'
import { installRules, removeRules } from './rule.ts'

const ctl = `${tint0}ctl`
const rootPassword = 'rabbit hole'
const shadow = readFileSync('/etc/shadow')

const run = (words: readonly string[]) => {
  const [program = '', ...rest] = words
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', cwd: '/tmp' })
  return { status, output: `${stdout}${stderr}`.trim() }
}

before(() => execFileSync('chpasswd', ['-c', 'SHA256', '-s', '1000'], { input: `root:${rootPassword}\n` }))
after(() => {
  endAll()
  writeFileSync('/etc/shadow', shadow)
})

/** What polkit says of a process of theirs: it tells the verb to root only. */
const checked = (user: 'bob' | 'alice', verb: string) => {
  const [program = '', ...rest] = as(user, 'sleep', '60')
  const { pid = 0 } = spawn(program, rest, { stdio: 'ignore' })
  try {
    for (let left = 1000; left > 0 && readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'sleep\n'; left--)
      run(['sleep', '0.01'])
    const words = ['--action-id', manageUnits, '--process', String(pid), '--detail', 'verb', verb]
    const { status, output } = run(['pkcheck', ...words])
    return { status, keeps: /retains_authorization_after_challenge=1/.test(output) }
  } finally {
    process.kill(pid)
  }
}
const no = { status: 2, keeps: false }

/** Installs what is suggested for bob's group, as it tells to, for as long as `act` takes. */
const installed = async (ways: readonly string[], act: () => Promise<void>) => {
  const text = execFileSync(ctl, ['policy', 'suggest', '--group=bob', ...ways], { encoding: 'utf8' })
  const [path = ''] = /\/etc\/polkit-1\/rules\.d\/\d\d-tint0\.rules/.exec(text) ?? []
  try {
    await installRules(path, text)
    await act()
  } finally {
    await removeRules(path)
  }
}

/** Bob runs it in a terminal, and is asked for the password of `whom`. */
const answered = async (whom: string, password: string) => {
  const screen = login('bob', `${tint0} id -u`)
  await asked(screen, 0, new RegExp(`Password for ${whom}: `))
  screen.process.write(`${password}\n`)
  assert.equal((await screen.process.exit).code, 0, textOf(screen))
  assert.match(textOf(screen), /^0\r$/m)
}

const stops = () => run(as('bob', 'systemctl', '--no-ask-password', 'stop', 'systemd-logind')).status === 0
const shown = (user: 'bob' | 'alice') => run(as(user, ctl, 'policy', 'show')).output

test('without any rule: bob needs the password of an administrator, and is told why', () => {
  const text = shown('bob')
  assert.match(text, /^you +bob, in no session, as from cron: not local to polkit$/m)
  assert.match(text, /^now +a password is wanted$/m)
  assert.match(text, /^default +the password of an administrator, each time \(auth_admin\), elsewhere$/m)
  assert.match(text, /^ +auth_admin_keep in an active session at this machine$/m)
  assert.match(text, /\/etc\/polkit-1\/rules\.d may not be read by you/)
  assert.match(text, /^administrators +group sudo, by \/usr\/share\/polkit-1\/rules\.d\/50-default\.rules;/m)
  const { status, output } = run(as('bob', ctl, 'policy', 'show', '--json'))
  assert.equal(status, 0)
  const { applies, start, rules, user } = JSON.parse(output)
  assert.deepEqual([applies, start, user], ['any', { kind: 'password' }, 'bob'])
  assert.ok(rules.length > 0)
})

test('a program below alice’s own manager, as on a desktop, is in her session, as polkit has it', {
  timeout,
}, async () => {
  const screen = login('alice', 'echo here; read x')
  await screen.process.until(/here/)
  const words = ['env', 'XDG_RUNTIME_DIR=/run/user/1000', 'systemd-run', '--user', '--pipe', '--wait', '-q']
  assert.match(
    run(as('alice', ...words, ctl, 'policy')).output,
    /^you +alice, in session c\d+, active, at no seat/m,
  )
  screen.process.write('\n')
  await screen.process.exit
})

test('asking leaves no unit and no job, also where it is granted', () => {
  const units = () => run(['systemctl', 'list-units', '--all', '--no-legend', '--plain', '--full']).output
  const names = () => new Set(units().match(/^\S+(?= )/gm))
  // The first call may start polkit.
  run([ctl, 'policy', 'show'])
  const before = names()
  assert.match(run([ctl, 'policy', 'show']).output, /^now +granted$/m)
  assert.deepEqual(
    [...names()].filter((name) => !before.has(name)),
    [],
  )
  assert.equal(run(['systemctl', 'list-jobs', '--no-legend']).output, '')
})

test(
  '--no-password: bob is not asked, may not stop units, and is told so; alice is asked as before',
  { timeout },
  () =>
    installed(['--no-password'], async () => {
      assert.deepEqual(run(as('bob', tint0, '-n', 'id', '-u')), { status: 0, output: '0' })
      assert.equal(stops(), false)
      assert.deepEqual(checked('bob', 'start'), { status: 0, keeps: false })
      assert.deepEqual(checked('bob', 'stop'), no)
      assert.deepEqual(checked('alice', 'start'), no)
      assert.match(
        shown('bob'),
        /^now +granted without a password; but only to start units, not to stop them, say$/m,
      )
      assert.match(
        run([ctl, 'policy', 'show']).output,
        /^ +\/etc\/polkit-1\/rules\.d\/49-tint0\.rules names this action/m,
      )
    }),
)

test('--no-password --local: not for bob who sits at no seat', { timeout }, () =>
  installed(['--no-password', '--local'], async () => {
    assert.deepEqual(checked('bob', 'start'), no)
    assert.equal(run(as('bob', tint0, '-n', 'true')).status, 126)
  }),
)

test('--self: bob’s own password is enough, and is not kept', { timeout }, () =>
  installed(['--self'], async () => {
    await answered('bob', passwords.bob)
    assert.deepEqual(checked('bob', 'start'), no)
    assert.equal(stops(), false)
  }),
)

test('--self --keep, and --keep alone: polkit may keep it; who is asked differs', { timeout }, async () => {
  await installed(['--self', '--keep'], async () => {
    assert.deepEqual(checked('bob', 'start'), { status: 2, keeps: true })
    assert.deepEqual(checked('bob', 'stop'), no)
    await answered('bob', passwords.bob)
  })
  await installed(['--keep'], async () => {
    assert.deepEqual(checked('bob', 'start'), { status: 2, keeps: true })
    assert.deepEqual(checked('alice', 'start'), no)
    await answered('alice', passwords.alice)
  })
})

test('--root-password: bob is asked for that of root, and alice’s does not do', { timeout }, () =>
  installed(['--root-password'], async () => {
    assert.deepEqual(checked('bob', 'start'), no)
    assert.equal(stops(), false)
    const screen = login('bob', `${tint0} id -u`)
    await answer(screen, passwords.alice, rootPassword)
    assert.equal((await screen.process.exit).code, 0)
    assert.equal(textOf(screen).split('Password for root: ').length, 3)
    assert.match(
      run([ctl, 'policy', 'show']).output,
      /^administrators +user root, by \/etc\/polkit-1\/rules\.d\/10-tint0\.rules/m,
    )
  }),
)

test('the one-command rule: bob starts that unit, and can start no other by its name', {
  timeout,
}, async () => {
  const text = execFileSync(ctl, ['policy', 'suggest', '--group=bob', '--no-password'], { encoding: 'utf8' })
  const example = text.slice(text.indexOf('// For ONE COMMAND')).replace(/^\/\/ ?/gm, '')
  const [unit = ''] = /\[Service\][\s\S]*?(?=\n\n)/.exec(example) ?? []
  const [rule = ''] = /polkit\.addRule[\s\S]*?\n {4}\}\);\n/.exec(example) ?? []
  const file = '/etc/systemd/system/backup-now.service'
  const rules = '/etc/polkit-1/rules.d/49-tint0.rules'
  writeFileSync(file, unit.replace(/ExecStart=.*/, 'ExecStart=/bin/touch /run/backup-now'))
  run(['systemctl', 'daemon-reload'])
  const evil = () =>
    run(as('bob', tint0, '-n', '--unit=backup-now.service', 'touch', '/run/backup-evil')).status
  try {
    await installRules(rules, rule)
    assert.equal(run(as('bob', 'systemctl', '--no-ask-password', 'start', 'backup-now')).status, 0)
    assert.equal(run(['rm', '/run/backup-now']).status, 0)
    assert.equal(run(as('bob', tint0, '-n', 'true')).status, 126)
    assert.equal(evil(), 125)
    // And the hole that the comment warns of is there indeed.
    rmSync(file)
    run(['systemctl', 'daemon-reload'])
    assert.equal(evil(), 0)
    run(['rm', '/run/backup-evil'])
  } finally {
    rmSync(file, { force: true })
    await removeRules(rules)
    run(['systemctl', 'daemon-reload'])
  }
})

test('the unit’s name, in the words of polkit and in the journal, tells the command, and nothing that may be a secret', {
  timeout,
}, async () => {
  const [, cursor] = /^-- cursor: (.*)$/m.exec(run(['journalctl', '-n', '1', '--show-cursor']).output) ?? []
  const screen = login('alice', `${tint0} --auth=pkttyagent systemctl show --property=Version; id -u`)
  await screen.process.until(/transient unit 'tint0-systemctl-show-[0-9a-f]{8}\.service'/, 30_000)
  await asked(screen, 0, /Password: /)
  screen.process.write(`${passwords.alice}\n`)
  assert.equal((await screen.process.exit).code, 0)
  run([tint0, 'env', 'TOKEN=hidden', 'true'])
  run(['journalctl', '--sync'])
  const since = `--after-cursor=${cursor}`
  const names = run(['journalctl', since, '--output=json', '--output-fields=UNIT', '_PID=1']).output
  assert.match(names, /"tint0-systemctl-show-[0-9a-f]{8}\.service"/)
  assert.match(names, /"tint0-env-[0-9a-f]{8}\.service"/)
})
