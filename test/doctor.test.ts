// What tint0ctl doctor makes of facts that are made up here, and how the program itself says it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Facts, findingsOf } from '../src/commands/findings.ts'
import { capabilitiesOf } from '../src/terminal/capabilities.ts'
import type { Probe } from '../src/terminal/probe.ts'
import type { Tmux } from '../src/terminal/tmux.ts'
import { type Finding, jsonOf, linesOf } from '../src/ui/finding.ts'
import { endAll, spawnOnPty } from './pty-process.ts'
import { runOnScreen } from './screen.ts'
import { env, scratch, tint0 } from './session/subject.ts'
import { good, goodStanding, goodTmux } from './ui/facts.ts'

after(endAll)

/** The finding of this subject, of good facts but for what is changed. */
const finding = (subject: string, change: (facts: Facts) => Facts = (facts) => facts): Finding => {
  const found = findingsOf(change(good)).find((one) => one.subject === subject)
  assert.ok(found, `there is nothing about ${subject}`)
  return found
}

const machine = (change: Partial<Facts['machine']>) => (facts: Facts) => ({
  ...facts,
  machine: { ...facts.machine, ...change },
})
const terminal = (change: Partial<Facts['terminal']>) => (facts: Facts) => ({
  ...facts,
  terminal: { ...facts.terminal, ...change },
})
const inTmux = (change: Partial<Tmux>) =>
  terminal({
    capabilities: capabilitiesOf({ TERM: 'tmux-256color', TMUX: 'x' }, 84),
    tmux: { ...goodTmux, ...change },
  })

test('where all is well every finding is good, and none has a way out', () => {
  for (const { verdict, hint, subject } of [...findingsOf(good), ...findingsOf(inTmux({})(good))])
    assert.deepEqual([verdict, hint], ['good', undefined], subject)
})

test('what could be better has a way out, but for a color that the terminal does not tell', () => {
  const worst: Facts = {
    machine: {
      systemd: { booted: false, version: undefined },
      bus: { kind: 'missing', problem: 'there is none' },
      polkit: undefined,
      helper: { kind: 'missing' },
      hasDesktop: false,
      container: 'docker',
      noNewPrivileges: true,
    },
    terminal: {
      isTerminal: true,
      term: 'linux',
      colorTerm: undefined,
      noColor: true,
      capabilities: capabilitiesOf({ TERM: 'linux', NO_COLOR: '1' }),
      probe: 'another program has it',
      size: { rows: 0, columns: 0, width: 0, height: 0 },
      tmux: { version: '3.3a', trueColor: false, outside: 'xterm', setsTitles: false, passthrough: 'all' },
    },
    own: {
      version: '1',
      node: 'v18.0.0',
      files: ['/etc/tint0/config.toml'],
      problem: { text: '/etc/tint0/config.toml: is wrong', hint: undefined },
      theme: undefined,
    },
  }
  const bad = findingsOf(worst).filter(({ verdict }) => verdict !== 'good')
  assert.deepEqual(
    bad.map(({ subject }) => subject),
    [
      ...[
        'systemd',
        'system bus',
        'polkit',
        'helper',
        'session',
        'policy',
        'password',
        'container',
        'privileges',
        'terminal',
        'size',
      ],
      ...['colors', 'background', 'text color', 'title', 'tint', 'tmux', 'tmux colors', 'tmux titles'],
      ...['tmux bypass', 'Node', 'configuration'],
    ],
  )
  assert.deepEqual(
    bad.filter(({ hint }) => hint === undefined).map(({ subject }) => subject),
    ['password', 'text color', 'title'],
  )
})

test('without polkit, and without the bus, it says what to install, and that commands run here anyway', () => {
  const polkit = finding('polkit', machine({ polkit: undefined }))
  assert.equal(polkit.verdict, 'missing')
  assert.match(polkit.hint ?? '', /^install polkitd/)
  const bus = finding('system bus', machine({ bus: { kind: 'missing', problem: 'cannot be reached' } }))
  assert.deepEqual([bus.verdict, bus.text], ['missing', 'cannot be reached'])
  assert.match(bus.hint ?? '', /--backend=local/)
})

test('NoNewPrivs is told with what cannot work', () => {
  const { verdict, text } = finding('privileges', machine({ noNewPrivileges: true }))
  assert.equal(verdict, 'could be better')
  assert.match(text, /NoNewPrivs.*sudo/)
})

test('why a password is asked for each time is told with the way out of the first reason', () => {
  const polkit = { ...goodStanding, version: '126', tellsProcess: false }
  const { verdict, text, hint, values } = finding('password', machine({ polkit }))
  assert.equal(verdict, 'could be better')
  assert.match(text, /^is asked for each time: polkit before 127 [^;]*; the bus does not/)
  assert.match(hint ?? '', /update polkit/)
  assert.ok(Array.isArray(values?.reasons) && values.reasons.length === 2)
})

test('where polkit grants, or refuses, or has kept a password, no reason is looked for', () => {
  const says = (granted: boolean, details: Readonly<Record<string, string>> = {}) =>
    finding(
      'password',
      machine({
        polkit: { ...goodStanding, version: '126', answer: { granted, challenge: false, details } },
      }),
    )
  assert.match(says(true).text, /polkit grants it$/)
  assert.match(says(true, { 'polkit.temporary_authorization_id': 'tmpauthz0' }).text, /is kept/)
  assert.deepEqual(
    [says(false).verdict, says(false).text],
    ['could be better', 'would not help: a rule of polkit’s says no'],
  )
})

test('what the policy says here is what polkit says, or follows from the session where that is older', () => {
  const here = (change: Partial<typeof goodStanding>) =>
    finding('policy', machine({ polkit: { ...goodStanding, ...change } })).values?.here
  assert.equal(here({}), 'auth_admin_keep')
  const answer = { granted: false, challenge: true, details: { 'polkit.result': 'auth_self' } }
  assert.equal(here({ answer }), 'auth_self')
  const policy = { any: 'no', inactive: 'auth_admin', active: 'auth_admin_keep' } as const
  const session = { id: '1', active: true, local: true, remote: false, graphical: false }
  for (const [change, implicit] of [
    [{}, 'auth_admin_keep'],
    [{ active: false }, 'auth_admin'],
    [{ local: false }, 'no'],
  ] as const)
    assert.equal(here({ answer: undefined, policy, session: { ...session, ...change } }), implicit)
  assert.equal(here({ answer: undefined, policy, session: undefined }), 'no')
})

test('each way to reach the helper, and what to do where there is none', () => {
  for (const [helper, verdict, text] of [
    [{ kind: 'socket', path: '/run/s' }, 'good', /\/run\/s/],
    [{ kind: 'program', path: '/usr/h' }, 'good', /set-user-ID/],
    [{ kind: 'powerless', path: '/usr/h' }, 'missing', /no set-user-ID bit/],
    [{ kind: 'missing' }, 'missing', /not found/],
  ] as const) {
    const found = finding('helper', machine({ helper }))
    assert.equal(found.verdict, verdict)
    assert.match(found.text, text)
    assert.equal(found.hint === undefined, verdict === 'good')
  }
  const desktop = finding('helper', machine({ helper: { kind: 'missing' }, hasDesktop: true }))
  assert.equal(desktop.verdict, 'could be better')
})

test('tmux: each option that could be better comes with its line for ~/.tmux.conf', () => {
  for (const [subject, change, line] of [
    ['tmux colors', { trueColor: false }, "set -as terminal-features ',xterm-256color:RGB'"],
    ['tmux titles', { setsTitles: false }, 'set -g set-titles on'],
    ['tmux bypass', { passthrough: 'on' }, 'set -g allow-passthrough off'],
  ] as const) {
    const { verdict, hint } = finding(subject, inTmux(change))
    assert.deepEqual([verdict, hint], ['could be better', `in ~/.tmux.conf: ${line}`])
  }
  assert.match(finding('tmux', inTmux({ version: '3.3a' })).hint ?? '', /3\.4/)
})

test('a terminal that has more colors than its name says is told to be named', () => {
  const capabilities = capabilitiesOf({ TERM: 'rxvt-256color' })
  const says = finding('colors', terminal({ capabilities, colorTerm: undefined }))
  assert.equal(says.verdict, 'could be better')
  assert.match(says.text, /^256 colors \(by its name\), but it says that it has true color$/)
  assert.match(says.hint ?? '', /COLORTERM=truecolor/)
})

test('a terminal that says nothing, or was not asked, is assumed to be dark', () => {
  const silent: Probe = {
    answers: false,
    version: undefined,
    device: undefined,
    background: undefined,
    foreground: undefined,
    trueColor: undefined,
  }
  for (const probe of [silent, 'another program has it']) {
    const found = finding('background', terminal({ probe }))
    assert.match(found.text, /black is assumed/)
    assert.equal(finding('terminal', terminal({ probe })).verdict, 'could be better')
  }
})

test('text of others cannot act on the terminal, in lines or in JSON', () => {
  const evil = 'a\x1b]0;x\x07\x9b31m\u202eb\u{e0001}'
  const findings = findingsOf(
    terminal({ probe: { ...(good.terminal.probe as Probe), version: evil }, term: evil })(good),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
  assert.doesNotMatch(linesOf(findings), /[\x00-\x09\x0b-\x1f\x7f-\x9f]|\p{Cf}/u)
  const json = jsonOf('1', findings)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  assert.doesNotMatch(json, /[\x00-\x09\x0b-\x1f\x7f-\x9f]|\p{Cf}/u)
  assert.deepEqual(JSON.parse(json), { version: '1', findings: JSON.parse(JSON.stringify(findings)) })
})

test('the program: lines where standard output is no terminal, JSON if that is wanted; status 0 with any findings', () => {
  const run = (...words: string[]) => {
    const { stdout, stderr, status } = spawnSync(`${tint0}ctl`, ['doctor', ...words], {
      env: { PATH: process.env.PATH, HOME: '/nonexistent', TERM: 'xterm' },
      encoding: 'utf8',
    })
    assert.deepEqual([stderr, status], ['', 0])
    return stdout
  }
  const lines = run()
  assert.match(lines, /^[✓◦✗] systemd {8}\S/)
  assert.match(lines, /^✗ terminal {7}xterm, there is none to ask; run this in a terminal/m)
  for (const line of lines.trimEnd().split('\n')) assert.match(line, /^[✓◦✗] [\w ]+ {2}\S/)
  const { findings } = JSON.parse(run('--json'))
  const colors = findings.find(({ subject }: Finding) => subject === 'colors')
  assert.deepEqual([colors.verdict, colors.values.bits], ['could be better', 4])
  assert.equal(findings.length, lines.trimEnd().split('\n').length)
})

test('the program asks the terminal: its answers are in the table, and none is left for the shell', async () => {
  const screen = runOnScreen(
    ['bash', '-c', `${tint0}ctl doctor; echo "status $?"; read -t 0.5 -n 1 left; echo "left '$left'"`],
    { env: { ...env, HOME: '/nonexistent' }, background: 'rgb:1e1e/1e1e/2e2e', rows: 60 },
  )
  await screen.process.until(/left '.*'/)
  await screen.settled()
  assert.match(screen.text(), /background +#1e1e2e \(OSC 11\)/)
  assert.match(screen.text(), /status 0\nleft ''/)
  assert.doesNotMatch(screen.text(), /^.*rgb:/m)
  assert.equal(screen.process.echoes(), true)
})

test('the program: a terminal that answers nothing is waited for, but not for long', async () => {
  const pty = spawnOnPty([`${tint0}ctl`, 'doctor', '--json'], { env: { ...env, HOME: '/nonexistent' } })
  const { code } = await pty.exit
  assert.equal(code, 0)
  assert.match(pty.output().toString(), /"answers": false/)
  assert.equal(pty.echoes(), true)
})

test('the program: which configuration is read, what is wrong with it, and which theme it chooses', () => {
  const folder = mkdtempSync(join(scratch, 'doctor-'))
  const file = join(folder, 'config.toml')
  const run = (text: string, more: Readonly<Record<string, string>> = {}) => {
    writeFileSync(file, text, { mode: 0o600 })
    const { stdout, status } = spawnSync(`${tint0}ctl`, ['doctor'], {
      env: { PATH: process.env.PATH, TINT0_CONFIG: file, ...more },
      encoding: 'utf8',
    })
    assert.equal(status, 0)
    return stdout.replaceAll(file, 'FILE')
  }
  const good = run('# mine\ntheme = "nord"\n')
  assert.match(good, /^✓ configuration {2}FILE$/m)
  assert.match(good, /^✓ theme {10}nord \(FILE:2\)$/m)
  const wrong = run('theem = "nord"\n')
  assert.match(wrong, /^◦ configuration {2}FILE:1: theem: is no key; did you mean theme\?/m)
  assert.match(
    run('theme = "nord"\n', { TINT0_THEME: 'nope' }),
    /^◦ configuration {2}TINT0_THEME: theme nope: does not exist; (did you mean|see tint0ctl themes)/m,
  )
  assert.match(
    run('background = "nocolor"\n'),
    /^◦ configuration {2}FILE:1: background: 'nocolor' is no color/m,
  )
  // What is overruled stops nobody.
  assert.match(run('background = "nocolor"\n', { TINT0_BACKGROUND: 'red' }), /^✓ configuration {2}FILE$/m)
})
