// Who wins: each place against each, what undoes what between them, and what is locked.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OptionName } from '../../src/cli/options.ts'
import { parse } from '../../src/cli/parse.ts'
import { readRequest } from '../../src/cli/request.ts'
import { themedBy } from '../../src/commands/themed.ts'
import { wrongValues } from '../../src/config/check.ts'
import { asWritten, type Configuration, configurable, type Layer, settle } from '../../src/config/config.ts'
import { understand } from '../../src/config/understand.ts'
import { environmentLayer, firmLayer, variableOf } from '../../src/config/variables.ts'
import { failureIn, failureOf } from '../failure.ts'

interface Said {
  /** Text of the files. */
  readonly system?: string
  readonly own?: string
  readonly env?: Readonly<Record<string, string>>
  readonly words?: readonly string[]
}

const configured = ({ system = '', own = '', env = {} }: Said): Configuration => {
  const read = (text: string, isSystem: boolean) => {
    const { source, problems } = understand(text, isSystem ? '/etc/c' : '/home/c', isSystem)
    assert.deepEqual(problems, [])
    return source
  }
  return {
    files: [read(system, true), read(own, false)],
    environment: environmentLayer(env),
    firm: firmLayer(env),
  }
}

const settled = (said: Said): Layer => settle(parse(said.words ?? []), configured(said), () => true)

const valuesOf = (said: Said): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...settled(said)].map(([name, { values }]) => [name, values]))

/** From the weakest to the strongest, each setting one key. */
const places: readonly (readonly [
  place: string,
  said: (name: string, value: string) => Said,
  origin: string,
])[] = [
  ['/etc', (name, value) => ({ system: `${name} = "${value}"\n` }), '/etc/c:1'],
  [
    'a rule in /etc',
    (name, value) => ({ system: `[[rule]]\nuser = "*"\n${name} = "${value}"\n` }),
    '/etc/c:3',
  ],
  ['the user’s file', (name, value) => ({ own: `${name} = "${value}"\n` }), '/home/c:1'],
  [
    'a rule of the user',
    (name, value) => ({ own: `[[rule]]\nuser = "*"\n${name} = "${value}"\n` }),
    '/home/c:3',
  ],
  ['the environment', (name, value) => ({ env: { [`TINT0_${name.toUpperCase()}`]: value } }), 'TINT0_TITLE'],
  ['the command line', (name, value) => ({ words: [`--${name}=${value}`] }), '--title'],
  ['a lock', (name, value) => ({ system: `[locked]\n${name} = "${value}"\n` }), '/etc/c:2'],
]

const joined = (one: Said, other: Said): Said => ({
  system: `${one.system ?? ''}${other.system ?? ''}`,
  own: `${one.own ?? ''}${other.own ?? ''}`,
  env: { ...one.env, ...other.env },
  words: [...(one.words ?? []), ...(other.words ?? [])],
})

for (const [i, [weaker, says]] of places.entries())
  for (const [stronger, saysToo, origin] of places.slice(i + 1))
    test(`${stronger} wins over ${weaker}`, () => {
      const both = joined(says('title', 'weak'), saysToo('title', 'strong'))
      if (weaker === 'the command line' && stronger === 'a lock') {
        assert.deepEqual(
          failureOf(() => settled(both)),
          { subject: '--title', problem: 'is locked by /etc/c:2', hint: 'leave it out', status: 125 },
        )
        return
      }
      const title = settled(both).get('title')
      assert.deepEqual(title?.values, ['strong'])
      assert.equal(title?.origin.replace(/:\d+$/, ''), origin.replace(/:\d+$/, ''))
    })

test('of several values all count, the weakest first; but what is locked stands alone', () => {
  const said = {
    system: 'setenv = "A=1"\n',
    own: 'setenv = ["B=2", "C=3"]\n',
    env: { TINT0_SETENV: 'D=4' },
    words: ['--setenv=E=5'],
  }
  assert.deepEqual(valuesOf(said).setenv, ['A=1', 'B=2', 'C=3', 'D=4', 'E=5'])
  assert.deepEqual(
    valuesOf({ ...said, system: 'setenv = "A=1"\n[locked]\nsetenv = []\n', words: [] }).setenv,
    [],
  )
})

test('of two rules that apply the later one wins', () => {
  const own = '[[rule]]\nuser = "*"\ntitle = "a"\n[[rule]]\nhost = "*"\ntitle = "b"\n'
  assert.deepEqual(valuesOf({ own }).title, ['b'])
})

test('every key has its variable, and every one is read', () => {
  for (const row of configurable) {
    const value = row.value === undefined ? 'yes' : 'x'
    const layer = environmentLayer({ [variableOf(row)]: value })
    for (const name of row.means ?? [row.name])
      assert.deepEqual(layer.get(name as OptionName)?.values, [value])
  }
  assert.equal(environmentLayer({ TINT0_PLAIN: '' }).size, 0)
  assert.equal(failureOf(() => environmentLayer({ TINT0_PLAIN: 'maybe' })).subject, 'TINT0_PLAIN')
})

test('an empty variable is none, but where nothing is a value', () => {
  const env = Object.fromEntries(configurable.map((row) => [variableOf(row), '']))
  assert.deepEqual([...environmentLayer(env).keys()].sort(), [
    'background',
    'prompt',
    'shell-prompt-prefix',
    'theme',
    'title',
    'title-mark',
  ])
})

test('run0’s variable for the prompt is a prefix in its place: weaker than ours and a lock, and checked like the option', async () => {
  const env = { SYSTEMD_RUN_SHELL_PROMPT_PREFIX: 'x ' }
  const prefix = async (said: Said) => (await reading(said)).promptPrefix
  assert.equal(await prefix({ env, system: 'shell-prompt-prefix = "y"\n' }), 'x ')
  assert.equal(await prefix({ env: { SYSTEMD_RUN_SHELL_PROMPT_PREFIX: '' } }), '')
  assert.equal(await prefix({ env: { ...env, TINT0_SHELL_PROMPT_PREFIX: 'z' } }), 'z')
  assert.equal(await prefix({ env: { ...env, TINT0_SHELL_PROMPT_PREFIX: '' } }), '')
  assert.equal(await prefix({ env, words: ['--shell-prompt-prefix=w'] }), 'w')
  assert.equal(await prefix({ env, system: '[locked]\nshell-prompt-prefix = "l"\n' }), 'l')
  assert.equal(await prefix({ env, system: '[locked]\nno-prompt-mark = true\n' }), '')
  assert.deepEqual(await failureIn(reading({ env: { SYSTEMD_RUN_SHELL_PROMPT_PREFIX: 'a\x1b[2J' } })), {
    subject: 'SYSTEMD_RUN_SHELL_PROMPT_PREFIX',
    problem: 'holds a control character',
    hint: 'use text, such as "root "',
    status: 125,
  })
})

type Undoing = readonly [claim: string, said: Said, values: Readonly<Record<string, readonly string[]>>]

const undoing: readonly Undoing[] = [
  [
    '--plain=no undoes plain of a file',
    { own: 'plain = true\n', words: ['--plain=no'] },
    { 'no-tint': ['no'], 'no-title': ['no'], 'no-prompt-mark': ['no'] },
  ],
  [
    'a key of its own goes before plain, in any order',
    { own: 'plain = true\nno-title = false\n' },
    { 'no-tint': ['yes'], 'no-title': ['no'], 'no-prompt-mark': ['yes'] },
  ],
  [
    'a background undoes no-tint below it',
    { system: 'no-tint = true\n', own: 'background = "red"\n' },
    { background: ['red'] },
  ],
  [
    'a background undoes a tint that is off below it',
    { system: 'tint = "off"\n', own: 'background = "red"\n' },
    { background: ['red'] },
  ],
  [
    'a background leaves the way of the tint',
    { system: 'tint = "dynamic"\n', own: 'background = "red"\n' },
    { tint: ['dynamic'], background: ['red'] },
  ],
  [
    'a theme undoes a background below it',
    { system: 'background = "red"\n', words: ['--theme=nord'] },
    { theme: ['nord'] },
  ],
  [
    'a theme stays below a background, for its marks',
    { system: 'theme = "nord"\n', words: ['--background=red'] },
    { theme: ['nord'], background: ['red'] },
  ],
  [
    'no theme undoes nothing',
    { system: 'background = "red"\ntheme = "nord"\n', words: ['--theme='] },
    { background: ['red'], theme: [''] },
  ],
  [
    'a title undoes no-title, and plain only so far',
    { system: 'plain = true\n', own: 'title = "x"\n' },
    { 'no-tint': ['yes'], title: ['x'], 'no-prompt-mark': ['yes'] },
  ],
  [
    'a mark of the title undoes a title that is none',
    { system: 'title = ""\n', own: 'title-mark = "# "\n' },
    { 'title-mark': ['# '] },
  ],
  [
    'a prefix undoes no-prompt-mark',
    { system: 'no-prompt-mark = true\n', own: 'shell-prompt-prefix = "# "\n' },
    { 'shell-prompt-prefix': ['# '] },
  ],
  [
    '--no-tint=no undoes a background that is none',
    { own: 'background = ""\n', words: ['--no-tint=no'] },
    { 'no-tint': ['no'] },
  ],
  [
    'a rule undoes what stands above the rules',
    { own: 'no-tint = true\n[[rule]]\nuser = "*"\nbackground = "red"\n' },
    { background: ['red'] },
  ],
  [
    'run0’s variable holds against a background of the command line',
    { env: { SYSTEMD_TINT_BACKGROUND: '0' }, words: ['--background=red'] },
    { background: ['red'], 'no-tint': ['yes'] },
  ],
  [
    'run0’s other variable is for the title',
    { env: { SYSTEMD_ADJUST_TERMINAL_TITLE: 'off' }, words: ['--title=x'] },
    { title: ['x'], 'no-title': ['yes'] },
  ],
  ['run0’s variables say nothing where they say yes', { env: { SYSTEMD_TINT_BACKGROUND: '1' } }, {}],
]

for (const [claim, said, values] of undoing) test(claim, () => assert.deepEqual(valuesOf(said), values))

/** What is locked, and the words and other places that would undo it. */
const defeating: readonly (readonly [locked: string, words: readonly string[]])[] = [
  [
    'background = "red"',
    ['--background=blue', '--background=', '--plain', '--no-tint', '--tint=off', '--theme=nord'],
  ],
  [
    'theme = "nord"',
    ['--theme=x', '--theme=', '--background=red', '--background=', '--no-tint', '--plain', '--tint=off'],
  ],
  ['tint = "rewrite"', ['--tint=dynamic', '--tint=off', '--no-tint', '--plain', '--background=']],
  ['tint = "off"', ['--tint=rewrite', '--background=red', '--theme=nord']],
  ['background = ""', ['--background=red', '--theme=nord', '--tint=rewrite']],
  ['no-tint = true', ['--no-tint=no', '--background=red', '--theme=nord', '--tint=auto', '--plain=no']],
  ['no-tint = false', ['--no-tint', '--plain', '--tint=off', '--background=']],
  ['title = "x"', ['--title=y', '--title=', '--no-title', '--plain']],
  ['title-mark = "# "', ['--title-mark=', '--no-title', '--title=', '--plain']],
  ['shell-prompt-prefix = "# "', ['--shell-prompt-prefix=', '--plain']],
  [
    'plain = true',
    ['--background=red', '--title=x', '--no-tint=no', '--title-mark=x', '--shell-prompt-prefix=x'],
  ],
  ['filter = "strict"', ['--filter=none']],
  [
    'sandbox = "readonly"',
    [
      '--sandbox=private',
      '--property=ProtectSystem=no',
      '--property=ReadWritePaths=/etc',
      '--property=ExecStartPre=+sh',
      '--property=RuntimeDirectory=x',
    ],
  ],
  [
    'sandbox = "no-network"',
    ['--property=NetworkNamespacePath=/proc/1/ns/net', '--property=JoinsNamespaceOf=x.service'],
  ],
  ['nice = 5', ['--nice=0', '--property=Nice=0']],
  ['property = ["Nice=5"]', ['--nice=0', '--property=MemoryMax=1G']],
  ['property = ["ProtectSystem=full"]', ['--sandbox=readonly']],
  ['slice = "a"', ['--slice=b', '--property=Slice=b']],
  [
    'setenv = ["A=1"]',
    [
      '--setenv=B=1',
      '--property=Environment=A=2',
      '--property=UnsetEnvironment=A',
      '--property=EnvironmentFile=/x',
    ],
  ],
  ['property = ["Environment=A=1"]', ['--setenv=A=2']],
  [
    'shell-prompt-prefix = "# "',
    ['--setenv=SHELL_PROMPT_PREFIX=x', '--property=Environment=SHELL_PROMPT_PREFIX=x'],
  ],
  [
    'no-prompt-mark = true',
    [
      '--setenv=SHELL_PROMPT_PREFIX=x',
      '--property=Environment=A=1 SHELL_PROMPT_PREFIX=x',
      '--property=EnvironmentFile=/x',
      '--property=PassEnvironment=SHELL_PROMPT_PREFIX',
    ],
  ],
]

for (const [locked, words] of defeating)
  for (const word of words)
    test(`${word} does not defeat the lock on ${locked}`, () => {
      const system = `[locked]\n${locked}\n`
      const { subject, problem } = failureOf(() => settled({ system, words: [word] }))
      assert.equal(subject, word.split('=')[0])
      assert.equal(problem, 'is locked by /etc/c:2')
      const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? []
      const row = configurable.find((one) => one.name === name)
      const text =
        row?.value === undefined ? `${name} = ${value !== 'no'}\n` : `${name} = ${JSON.stringify(value)}\n`
      const alone = valuesOf({ system })
      for (const said of [
        { system, own: text },
        { system: text + system },
        { system, env: { [variableOf({ name })]: value ?? 'yes' } },
      ]) {
        const rest = Object.entries(valuesOf(said)).filter(([one]) => !Object.hasOwn(alone, one))
        const kept = locked.split(' ')[0] ?? ''
        // What --plain does to all else is not locked.
        const others = rest.filter(([one]) => !word.startsWith('--plain') || one === switchFor[kept])
        assert.deepEqual(others, [])
        assert.deepEqual(
          Object.entries(valuesOf(said)).filter(([one]) => Object.hasOwn(alone, one)),
          Object.entries(alone),
        )
      }
    })

/** What takes the effect of a key away. */
const switchFor: Readonly<Record<string, string>> = {
  background: 'no-tint',
  theme: 'no-tint',
  tint: 'no-tint',
  title: 'no-title',
  'title-mark': 'no-title',
  'shell-prompt-prefix': 'no-prompt-mark',
}

const agreeing: readonly (readonly [locked: string, word: string])[] = [
  ['background = "red"', '--tint=dynamic'],
  ['background = "red"', '--title=x'],
  ['background = "red"', '--plain=no'],
  ['background = ""', '--no-tint'],
  ['background = ""', '--tint=off'],
  ['no-tint = false', '--background=red'],
  ['tint = "off"', '--no-tint'],
  ['theme = "nord"', '--tint=rewrite'],
  ['sandbox = "readonly"', '--property=MemoryMax=1G'],
  ['sandbox = []', '--property=ProtectSystem=full'],
  ['slice = "a"', '--property=MemoryMax=1G'],
  ['no-prompt-mark = true', '--setenv=A=1'],
  ['no-prompt-mark = true', '--property=Environment=A=1'],
  ['setenv = ["A=1"]', '--shell-prompt-prefix=x'],
]

test('what is locked may be said again, but for what adds to it', () => {
  const system = '[locked]\nfilter = "strict"\nsandbox = ["readonly", "private"]\n'
  assert.deepEqual(valuesOf({ system, words: ['--filter=strict'] }).filter, ['strict'])
  assert.match(failureOf(() => settled({ system, words: ['--filter=none'] })).problem, /^is locked by/)
  assert.match(failureOf(() => settled({ system, words: ['--sandbox=private'] })).problem, /^is locked by/)
})

test('--slice-inherit does not defeat the lock on a slice', () => {
  const { subject } = failureOf(() =>
    settled({ system: '[locked]\nslice = "a"\n', words: ['--slice-inherit'] }),
  )
  assert.equal(subject, '--slice-inherit')
})

for (const [locked, word] of agreeing)
  test(`${word} goes with the lock on ${locked}`, () => {
    settled({ system: `[locked]\n${locked}\n`, words: [word] })
  })

test('run0’s variables do not defeat a lock', () => {
  const env = { SYSTEMD_TINT_BACKGROUND: '0', SYSTEMD_ADJUST_TERMINAL_TITLE: '0' }
  assert.deepEqual(valuesOf({ system: '[locked]\nbackground = "red"\ntitle = "x"\n', env }), {
    background: ['red'],
    title: ['x'],
  })
  assert.deepEqual(valuesOf({ system: '[locked]\ntheme = "x"\n', env }), {
    theme: ['x'],
    'no-title': ['yes'],
  })
})

const reading = async (said: Said) => {
  const request = await readRequest(said.words ?? [], async (written) =>
    asWritten(
      settle(written, configured(said), () => true),
      written.operands,
    ),
  )
  if (request.kind !== 'session') throw new Error(request.kind)
  return request
}

test('what is configured is what a session is asked for', async () => {
  const request = await reading({
    own: 'background = "red"\nno-title = true\nnice = 5\nlightweight = true\nsandbox = ["readonly", "private"]\nfilter = "strict"\n',
    words: ['id'],
  })
  assert.deepEqual(request.look.background, { kind: 'rgb', rgb: { r: 255, g: 0, b: 0 } })
  assert.equal(request.look.title, '')
  assert.equal(request.look.strict, true)
  assert.equal(request.setting.nice, 5)
  assert.equal(request.setting.lightweight, true)
  assert.deepEqual(request.setting.sandbox, ['readonly', 'private'])
  assert.deepEqual(request.command, ['id'])
})

test('a theme that is locked is not one of the user’s of the same name', async () => {
  const HOME = mkdtempSync(join(tmpdir(), 'tint0-locked-'))
  const themes = join(HOME, '.config/tint0/themes')
  mkdirSync(themes, { recursive: true })
  const colors = 'root = "red"\nuser = "green"\nempower = "blue"\n'
  writeFileSync(join(themes, 'nord.toml'), `name = "Mine"\n[dark]\n${colors}[light]\n${colors}`)
  const nameFor = async (system: string) => {
    const { look } = await reading({ system, words: ['id'] })
    return (await themedBy(look, { HOME })).colors?.name
  }
  for (const [system, name] of [
    ['theme = "nord"\n', 'Mine'],
    ['[locked]\ntheme = "nord"\n', 'Nord'],
    ['[locked]\nbackground = "theme:nord"\n', 'Nord'],
    ['[locked]\nno-title = true\n[[rule]]\nuser = "*"\ntheme = "nord"\n', 'Mine'],
  ] as const)
    assert.equal(await nameFor(system), name, system)
  writeFileSync(join(themes, 'mine.toml'), `name = "Mine"\n[dark]\n${colors}[light]\n${colors}`)
  const [wrong] = await wrongValues(
    configured({ system: '[locked]\ntheme = "mine"\n' }).files[0]?.locked ?? new Map(),
    {
      HOME,
    },
  )
  assert.match(wrong?.subject ?? '', /^\/etc\/c:2: theme mine$/)
  rmSync(HOME, { recursive: true })
})

test('a wrong value is told by its place, and how to go on without; one that is overruled stops nobody', async () => {
  const own = '\nbackground = "magneta"\n'
  assert.deepEqual(await failureIn(reading({ own })), {
    subject: '/home/c:2: background',
    problem: "'magneta' is no color",
    hint: 'did you mean magenta? (--config= goes without it)',
    status: 125,
  })
  const inEtc = await failureIn(reading({ system: own }))
  assert.equal(inEtc.subject, '/etc/c:2: background')
  assert.match(inEtc.hint ?? '', /\(tint0ctl config edit --system mends it\)$/)
  assert.equal((await failureIn(reading({ env: { TINT0_BACKGROUND: 'x' } }))).subject, 'TINT0_BACKGROUND')
  assert.equal((await failureIn(reading({ words: ['--background=x'] }))).subject, '--background')
  assert.deepEqual((await reading({ own, words: ['--background='] })).look.background, { kind: 'none' })
})
