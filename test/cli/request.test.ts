import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backendChoices, readRequest, type SessionRequest } from '../../src/cli/request.ts'
import { failureIn } from '../failure.ts'

/** The session that was asked for. */
const session = async (...words: string[]): Promise<SessionRequest> => {
  const request = await readRequest(words)
  if (request.kind !== 'session') throw new Error(request.kind)
  return request
}

test('without words, a shell is asked for: as root, here, with the default tint', async () => {
  assert.deepEqual(await readRequest([]), {
    kind: 'session',
    user: undefined,
    group: undefined,
    directory: undefined,
    machine: undefined,
    environment: [],
    look: {
      background: { kind: 'auto' },
      theme: undefined,
      tint: undefined,
      title: undefined,
      titleMark: undefined,
      strict: false,
    },
    backend: 'auto',
    unit: undefined,
    description: undefined,
    auth: {
      way: 'auto',
      source: 'terminal',
      prompt: undefined,
      feedback: 'none',
      timeout: 300_000,
      bell: false,
      forgets: false,
    },
    streams: 'auto',
    viaShell: false,
    promptPrefix: undefined,
    setting: {
      sandbox: [],
      properties: [],
      slice: undefined,
      inheritsSlice: false,
      nice: undefined,
      lightweight: undefined,
      area: undefined,
      empower: false,
      sameRoot: false,
    },
    dryRun: false,
    report: undefined,
    exitBySignal: false,
    inherits: false,
    command: [],
  })
})

test('help goes before all else, and version before the command', async () => {
  assert.deepEqual(await readRequest(['--help']), { kind: 'help', pager: true })
  assert.deepEqual(await readRequest(['--help', '--no-pager']), { kind: 'help', pager: false })
  assert.deepEqual(await readRequest(['-V', 'id']), { kind: 'version' })
  assert.deepEqual(await readRequest(['-V', '-h', '--user=-1', 'id']), { kind: 'help', pager: true })
  assert.equal((await readRequest(['id', '--help'])).kind, 'session')
})

test('the words of the command are kept as they are', async () => {
  const words = ['printf', '%s\n', '', '--', '-u', '\x1b[31m', 'é', '$HOME']
  assert.deepEqual((await session('--', ...words)).command, words)
})

/** The ways to write a good value, and what it is understood as. */
const good = {
  user: [
    ['root', 'root'],
    ['_apt', '_apt'],
    ['systemd-network', 'systemd-network'],
    ['first.last', 'first.last'],
    ['machine$', 'machine$'],
    ['Élodie', 'Élodie'],
    ['0', '0'],
    ['01000', '1000'],
    ['65534', '65534'],
    ['65536', '65536'],
    ['4294967294', '4294967294'],
  ],
  unit: [
    ['a', 'a.service'],
    ['a.service', 'a.service'],
    ['a@b', 'a@b.service'],
    ['x:y_z-1.2', 'x:y_z-1.2.service'],
    ['dev-disk-by\\x2dlabel', 'dev-disk-by\\x2dlabel.service'],
    ['a'.repeat(247), `${'a'.repeat(247)}.service`],
  ],
  chdir: [
    ['/', '/'],
    ['~', '~'],
    ['..', '..'],
    ['a b', 'a b'],
  ],
  machine: [
    ['.host', undefined],
    ['box', 'box'],
    ['debian-13.x_y', 'debian-13.x_y'],
  ],
} as const

for (const [written, understood] of good.user) {
  test(`--user=${written} is an account`, async () => {
    assert.equal((await session(`--user=${written}`)).user, understood)
  })
  test(`--group=${written} is a group`, async () => {
    assert.equal((await session('-g', written)).group, understood)
  })
}
for (const [written, understood] of good.unit)
  test(`--unit=${written.slice(0, 30)} is the service ${understood.slice(-20)}`, async () => {
    assert.equal((await session(`--unit=${written}`)).unit, understood)
  })
for (const [written, understood] of good.chdir)
  test(`--chdir=${written} is a directory`, async () => {
    assert.equal((await session('-D', written)).directory, understood)
  })

for (const [written, understood] of good.machine)
  test(`--machine=${written} is ${understood ?? 'this machine'}`, async () => {
    assert.equal((await session(`--machine=${written}`)).machine, understood)
  })

/** What is no account: numbers that mean "none" (CVE-2019-14287), and what would be read as something else. */
const noAccount = [
  '',
  '-1',
  '4294967295',
  '4294967296',
  '65535',
  '00000000000',
  '99999999999999999999',
  '0x0',
  '1e3',
  '+0',
  '1.0',
  '٣',
  '#0',
  ' root',
  'root ',
  'root\n',
  'root\nroot',
  'ro:ot',
  'a/b',
  '.',
  '..',
  '-root',
  '$',
  'a$b',
  'ro\u202eot',
  'ro\x1b[mot',
  'ro\0ot',
  'a'.repeat(300),
]

type Refusal = readonly [words: readonly string[], subject: string, problem: RegExp]
const refusals: readonly Refusal[] = [
  ...noAccount.flatMap((text): Refusal[] => {
    const subject = text.includes('\0') ? 'arguments' : undefined
    return [
      [[`--user=${text}`], subject ?? '--user', /account|NUL/],
      [[`--group=${text}`], subject ?? '--group', /account|NUL/],
    ]
  }),
  [['--chdir='], '--chdir', /empty/],
  [['-D', ''], '--chdir', /empty/],
  [['--machine=alice@box'], '--machine', /'alice@box' names a user, too/],
  [['--machine=@.host'], '--machine', /names a user/],
  [['--machine='], '--machine', /'' is no name/],
  [['--machine=a b'], '--machine', /'a b' is no name/],
  [['--machine=../a'], '--machine', /no name/],
  [['--machine=a..b'], '--machine', /no name/],
  [['--machine=-a'], '--machine', /no name/],
  [[`--machine=${'a'.repeat(65)}`], '--machine', /no name/],
  [['--machine=box', '--backend=local'], '--machine', /manager of the container/],
  [['--machine=box', '--backend=user'], '--machine', /manager of the container/],
  [['--setenv='], '--setenv', /begin with a variable's name/],
  [['--setenv==x'], '--setenv', /'=x'/],
  [['--setenv=1A=x'], '--setenv', /'1A=x'/],
  [['--setenv=A B=x'], '--setenv', /'A B=x'/],
  [['--setenv=A-B'], '--setenv', /'A-B'/],
  [['--setenv=É=x'], '--setenv', /'É=x'/],
  [['--setenv=A\n=x'], '--setenv', /begin/],
  [['--setenv=GOOD=1', '--setenv=-'], '--setenv', /'-'/],
  [['--backend=systemd'], '--backend', /'systemd' is none/],
  [['--backend='], '--backend', /'' is none/],
  [['--backend=System'], '--backend', /'System' is none/],
  [['--unit='], '--unit', /no name of a service/],
  [['--unit=.service'], '--unit', /no name/],
  [['--unit=@a'], '--unit', /no name/],
  [['--unit=a/b'], '--unit', /no name/],
  [['--unit=a b'], '--unit', /no name/],
  [['--unit=a\n'], '--unit', /no name/],
  [['--unit=é'], '--unit', /no name/],
  [[`--unit=${'a'.repeat(248)}`], '--unit', /no name/],
  [[`--unit=${'a'.repeat(248)}.service`], '--unit', /no name/],
  [['--background=rde'], '--background', /'rde' is no color/],
  [['--background=31'], '--background', /'31' sets no background/],
  [[''], 'command', /empty/],
  [['--', '', 'x'], 'command', /empty/],
  [['echo', 'a\0b'], 'arguments', /NUL/],
  [['--description=\0'], 'arguments', /NUL/],
  [['--setenv=A=\0'], 'arguments', /NUL/],
]
for (const [words, subject, problem] of refusals)
  test(`${JSON.stringify(words).slice(0, 60)} is refused`, async () => {
    const failure = await failureIn(readRequest(words))
    assert.equal(failure.status, 125)
    assert.equal(failure.subject, subject)
    assert.match(failure.problem, problem)
    assert.ok(failure.hint)
  })

test('of an option that may be given once, the last counts; a bad one before it does not', async () => {
  assert.equal((await session('-ualice', '-u', 'bob')).user, 'bob')
  assert.equal((await session('--backend=nonsense', '--backend=local')).backend, 'local')
  assert.equal((await failureIn(readRequest(['--user=bob', '--user=-1']))).subject, '--user')
})

test('variables add up, in order, with whatever value', async () => {
  const words = ['A=1', 'B', '_c9=', 'A=a=b c\n\x1b', 'D=é']
  assert.deepEqual((await session(...words.map((word) => `--setenv=${word}`))).environment, words)
})

test('every backend can be chosen by its name', async () => {
  assert.deepEqual([...backendChoices].sort(), ['auto', 'local', 'system', 'user'])
  for (const name of backendChoices) assert.equal((await session(`--backend=${name}`)).backend, name)
})

test('backgrounds are understood, and an empty one is none', async () => {
  assert.deepEqual((await session('--background=')).look.background, { kind: 'none' })
  assert.deepEqual((await session('--background=#102030')).look.background, {
    kind: 'rgb',
    rgb: { r: 16, g: 32, b: 48 },
  })
  assert.deepEqual((await session('--background=48;5;52')).look.background, {
    kind: 'sgr',
    parameters: '48;5;52',
  })
})

test('a description is taken as it is, also an empty one', async () => {
  assert.equal((await session('--description=')).description, '')
  assert.equal((await session('--description', 'a\nb')).description, 'a\nb')
})

test('--no-ask-password switches the asking off', async () => {
  assert.equal((await session('--no-ask-password')).auth.way, 'none')
})

test('to validate and to forget are asked for instead of a command; -k goes with one, too', async () => {
  const kind = async (...words: string[]) => {
    const request = await readRequest(words)
    switch (request.kind) {
      case 'validate':
        return ['validate', request.auth.way, request.auth.forgets]
      case 'forget':
        return ['forget', request.all]
      case 'session':
        return ['session', request.auth.forgets, ...request.command]
      default:
        return [request.kind]
    }
  }
  for (const [words, expected] of [
    [['-v'], ['validate', 'auto', false]],
    [['-nv'], ['validate', 'none', false]],
    [
      ['--validate', '--non-interactive'],
      ['validate', 'none', false],
    ],
    [['-kv'], ['validate', 'auto', true]],
    [['-k'], ['forget', false]],
    [['-nk'], ['forget', false]],
    [['-K'], ['forget', true]],
    [['-kK'], ['forget', true]],
    [
      ['-k', 'id', '-u'],
      ['session', true, 'id', '-u'],
    ],
    [['-ki'], ['session', true]],
    [
      ['-n', 'id'],
      ['session', false, 'id'],
    ],
  ] as const)
    assert.deepEqual(await kind(...words), expected, words.join(' '))
})

test('to validate, or to forget all, goes with no command', async () => {
  for (const [words, subject] of [
    [['-v', 'id'], '--validate'],
    [['-nv', 'id'], '--validate'],
    [['-K', 'id'], '--remove-timestamp'],
    [['-kK', '--', 'id'], '--remove-timestamp'],
  ] as const) {
    const { subject: about, problem, status } = await failureIn(readRequest(words))
    assert.deepEqual([about, problem, status], [subject, 'does not go with a command, such as id', 125])
  }
})
