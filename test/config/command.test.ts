// tint0ctl config, and sessions with a configuration: the built programs, with a home of their own.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getuid } from 'node:process'
import { after, test } from 'node:test'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { plainText, tint0 } from '../session/subject.ts'

const top = mkdtempSync(join(tmpdir(), 'tint0-config-test-'))
after(() => {
  endAll()
  rmSync(top, { recursive: true })
})
let count = 0

/** A home with this configuration in it. */
const home = (text?: string | Buffer) => {
  const HOME = join(top, String(count++))
  const file = join(HOME, '.config/tint0/config.toml')
  const TMPDIR = join(HOME, 'tmp')
  mkdirSync(TMPDIR, { recursive: true })
  if (text !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const env = { PATH: process.env.PATH, HOME, TMPDIR, TERM: 'xterm-256color' }
  const run = (program: string, words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync(program, words, {
      env: { ...env, ...more },
      encoding: 'utf8',
      input: '',
      cwd: HOME,
    })
    return { status, stdout, stderr }
  }
  return {
    file,
    env,
    TMPDIR,
    /** A session that runs nothing much, as whoever runs the tests. */
    session: (...words: string[]) =>
      run(tint0, ['--backend=local', '-u', String(getuid?.()), ...words, 'true']),
    tint0: (words: readonly string[], more?: Readonly<Record<string, string>>) => run(tint0, words, more),
    ctl: (words: readonly string[], more?: Readonly<Record<string, string>>) =>
      run(`${tint0}ctl`, words, more),
  }
}

const refusal = (stderr: string, pattern: RegExp) => {
  assert.match(stderr, /^tint0(ctl)?: [^\n]+; [^\n]+\n$/)
  assert.match(stderr, pattern)
}

test('a broken file stops a session in one line, and everything else goes on', () => {
  const { session, tint0, ctl, file } = home('background = red\n')
  const { status, stderr } = session()
  assert.equal(status, 125)
  assert.equal(
    stderr,
    `tint0: ${file}:1: is no TOML: invalid value; text stands in quotes: name = "text" (--config= goes without it)\n`,
  )
  assert.deepEqual(session('--config='), { status: 0, stdout: '', stderr: '' })
  assert.equal(tint0(['--backend=local', 'true'], { TINT0_CONFIG: '' }).status, 0)
  assert.equal(tint0(['--help']).status, 0)
  assert.equal(tint0(['--version']).status, 0)
  assert.equal(ctl(['config', 'path']).stdout, `/etc/tint0/config.toml\n${file}\n`)
  assert.equal(ctl(['doctor']).status, 0)
  assert.equal(ctl(['config', 'schema']).status, 0)
})

test('another file can be read instead, by option or variable; it must be there, and a variable names it in full', () => {
  const { session, tint0, file, env } = home('x = 1\n')
  const other = join(env.HOME, 'other.toml')
  writeFileSync(other, 'y = 1\n')
  assert.match(session(`--config=${other}`).stderr, /other\.toml:1: y: is no key/)
  assert.match(session('--config=other.toml').stderr, /other\.toml:1: y: is no key/)
  assert.match(tint0(['true'], { TINT0_CONFIG: other }).stderr, /other\.toml:1: y: is no key/)
  assert.match(tint0(['--config=', 'true'], { TINT0_CONFIG: other }).stderr, /^(?!.*other)/)
  refusal(
    tint0(['true'], { TINT0_CONFIG: 'other.toml' }).stderr,
    /TINT0_CONFIG: other\.toml is no absolute path/,
  )
  refusal(session('--config=/no/such').stderr, /\/no\/such: does not exist/)
  const elsewhere = join(env.HOME, 'xdg')
  mkdirSync(join(elsewhere, 'tint0'), { recursive: true })
  writeFileSync(join(elsewhere, 'tint0/config.toml'), 'z = 1\n')
  assert.match(
    tint0(['true'], { XDG_CONFIG_HOME: elsewhere }).stderr,
    /xdg\/tint0\/config\.toml:1: z: is no key/,
  )
  // A relative one is none, so that no file of the current folder is read.
  assert.match(tint0(['true'], { XDG_CONFIG_HOME: 'xdg' }).stderr, /\.config\/tint0\/config\.toml:1: x/)
  assert.ok(existsSync(file))
})

type Unfit = readonly [what: string, make: (file: string) => void, pattern: RegExp]

const unfit: readonly Unfit[] = [
  [
    'that others can write',
    (file) => chmodSync(file, 0o666),
    /config\.toml: can be written by others; chmod go-w/,
  ],
  [
    'in a folder that others can write',
    (file) => chmodSync(dirname(file), 0o777),
    /\/tint0: can be written by others; chmod go-w/,
  ],
  [
    'that is a FIFO',
    (file) => {
      rmSync(file)
      spawnSync('mkfifo', [file])
    },
    /is no regular file/,
  ],
  [
    'that is a folder',
    (file) => {
      rmSync(file)
      mkdirSync(file)
    },
    /is a folder/,
  ],
  ['that is no UTF-8', (file) => writeFileSync(file, Buffer.from([0x23, 0xff])), /is not UTF-8/],
  [
    'of more than 256 KiB',
    (file) => writeFileSync(file, '#'.repeat(256 * 1024 + 1)),
    /is larger than 256 KiB/,
  ],
  ...(getuid?.() === 0
    ? [['of somebody else', (file: string) => chownSync(file, 1, 1), /belongs to user 1/] as const]
    : []),
]

for (const [what, make, pattern] of unfit)
  test(`a file ${what} is refused, with the way to go on without it`, () => {
    const { session, file } = home('')
    make(file)
    const { status, stderr } = session()
    assert.equal(status, 125)
    refusal(stderr, pattern)
    assert.match(stderr, /\(--config= goes without it\)\n$/)
    assert.equal(session('--config=').status, 0)
  })

test('what is configured is what a session does', () => {
  const { tint0 } = home('setenv = ["A=file", "B=file"]\n')
  const { stdout } = tint0(['--backend=local', '--setenv=B=mine', 'sh', '-c', 'echo $A $B'])
  assert.equal(stdout, 'file mine\n')
})

test('config shows every value, where it comes from, and what it overrules; and all that is wrong', () => {
  const { ctl, file } = home(
    'theme = "no-such"\nbackground = "magneta"\nnice = 99\n\n[[rule]]\nuser = "a\\u001b"\ntitle = "x{"\ntint = "x"\n',
  )
  const env = {
    TINT0_BACKGROUND: 'red',
    SYSTEMD_TINT_BACKGROUND: '0',
    TINT0_SETENV: 'A=1',
    TINT0_FILTER: 'x',
  }
  const { status, stdout, stderr } = ctl(['config'], env)
  assert.equal(status, 125)
  assert.match(stdout, new RegExp(`^/etc/tint0/config\\.toml.*\\n${file}\\n\\n`))
  assert.match(
    stdout,
    new RegExp(`\\nbackground +"red" +TINT0_BACKGROUND\\n +"magneta" +${file}:2 \\(overruled\\)\\n`),
  )
  assert.match(stdout, /\nno-tint +true +SYSTEMD_TINT_BACKGROUND\n/)
  assert.match(stdout, /\nsetenv +\["A=1"\] +TINT0_SETENV\n/)
  assert.match(stdout, /\nslice +- +default\n/)
  assert.match(
    stdout,
    new RegExp(
      `\\nwhere user is "a\\\\u001b": +${file}:5\\n {2}tint +"x" +${file}:8\\n {2}title +"x\\{" +${file}:7\\n`,
    ),
  )
  const lines = stderr.trimEnd().split('\n')
  for (const [i, pattern] of [
    /:1: .*no-such/,
    /:2: background: 'magneta' is no color; did you mean magenta\?/,
    /:3: nice: '99' is no nice level/,
    /:8: tint: 'x' is none/,
  ].entries())
    assert.match(lines[i] ?? '', pattern)
  assert.match(stderr, /TINT0_FILTER: 'x' is none/)
  assert.equal(lines.length, 5)
  assert.deepEqual(ctl(['config', 'show'], env).stdout, stdout)
  const both = home('slice = "a"\nlightweight = true\n').ctl(['config'])
  assert.equal(both.status, 125)
  assert.match(both.stderr, /:2: lightweight: has no meaning in a slice of your choice/)
  const good = home('title = "x"\n').ctl(['config'])
  assert.equal(good.status, 0)
  assert.equal(good.stderr, '')
})

test('the names of files are shown, not sent to the terminal', () => {
  const { ctl, env } = home()
  const TINT0_CONFIG = `${env.HOME}/a\x1b[2J.toml`
  const shown = `${env.HOME}/a\\x1b[2J.toml\n`
  assert.equal(ctl(['config', 'path'], { TINT0_CONFIG }).stdout, `/etc/tint0/config.toml\n${shown}`)
  assert.equal(ctl(['config', 'init'], { TINT0_CONFIG }).stdout, shown)
})

test('config shows what it can where a file or a variable cannot be read', () => {
  const { ctl, file } = home('title = "x"\n')
  chmodSync(file, 0o602)
  const { status, stdout, stderr } = ctl(['config'], { TINT0_PLAIN: 'maybe' })
  assert.equal(status, 125)
  assert.match(stdout, /\ntitle +- +default\n/)
  assert.match(stderr, /can be written by others[\s\S]*TINT0_PLAIN: 'maybe' is neither yes nor no/)
})

test('init makes a file and its schema for the user alone, and never writes over one', () => {
  const { ctl, file } = home()
  assert.deepEqual(ctl(['config', 'init']), { status: 0, stdout: `${file}\n`, stderr: '' })
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700)
  assert.match(readFileSync(file, 'utf8'), /^#:schema \.\/config\.schema\.json\n/)
  assert.equal(
    readFileSync(join(dirname(file), 'config.schema.json'), 'utf8'),
    ctl(['config', 'schema']).stdout,
  )
  assert.equal(ctl(['config']).status, 0)
  writeFileSync(file, 'plain = true\n')
  const { status, stderr } = ctl(['config', 'init'])
  assert.equal(status, 125)
  refusal(stderr, /is there already; tint0ctl config edit opens it/)
  assert.equal(readFileSync(file, 'utf8'), 'plain = true\n')
})

/** An editor that writes these texts, one each time it is called, and notes what it was called with. */
const editorOf = (HOME: string, ...texts: readonly string[]): string => {
  texts.forEach((text, i) => {
    writeFileSync(join(HOME, `text ${i}`), text)
  })
  const script = join(HOME, 'my editor')
  writeFileSync(
    script,
    `#!/bin/sh\ncd "${HOME}"\ni=$(cat turn 2>/dev/null || echo 0)\nls -ld "$2" >>seen; ls -ld "$(dirname "$2")" >>seen\necho "$1 $#" >>seen\n` +
      `cat "$2" >"saw $i"\n[ -e "text $i" ] && cat "text $i" >"$2"\necho $((i+1)) >turn\n`,
  )
  chmodSync(script, 0o755)
  return `"${script}" -w`
}

const edit = (given: ReturnType<typeof home>, EDITOR: string, more: Readonly<Record<string, string>> = {}) =>
  spawnOnPty([`${tint0}ctl`, 'config', 'edit'], {
    env: { ...given.env, EDITOR, ...more },
    cwd: given.env.HOME,
  })

test('edit opens a copy that nobody else sees, in the editor with its arguments, and saves what is right', async () => {
  const given = home('plain = true\n')
  chmodSync(given.file, 0o640)
  const pty = edit(given, editorOf(given.env.HOME, '# new\nplain = false\n'))
  assert.deepEqual(await pty.exit, { code: 0, signal: null })
  assert.equal(readFileSync(given.file, 'utf8'), '# new\nplain = false\n')
  assert.equal(statSync(given.file).mode & 0o777, 0o640)
  assert.equal(readFileSync(join(given.env.HOME, 'saw 0'), 'utf8'), 'plain = true\n')
  assert.match(readFileSync(join(given.env.HOME, 'seen'), 'utf8'), /^-rw------- .*\ndrwx------ .*\n-w 2\n$/)
  assert.deepEqual(readdirSync(given.TMPDIR), [])
  assert.deepEqual(readdirSync(dirname(given.file)), ['config.toml'])
})

test('what is wrong is told, and edited again until it is right', async () => {
  const given = home('plain = true\n')
  const pty = edit(
    given,
    editorOf(given.env.HOME, 'plain = 1\ntheme = "X"\n', 'tint = "x"\n', 'tint = "off"\n'),
  )
  await pty.until(/What now\?/)
  const first = plainText(pty.output())
  assert.match(first, /config\.toml:1: plain: is neither true nor false; [^\n]*\r?\n/)
  assert.match(first, /config\.toml:2: theme: 'X' is no name of a theme/)
  pty.write('what\n')
  await pty.until(/What now\?[\s\S]*What now\?/)
  pty.write('e\n')
  await pty.until(/:1: tint: 'x' is none[\s\S]*What now\?/)
  pty.write('e\n')
  assert.equal((await pty.exit).code, 0)
  assert.equal(readFileSync(given.file, 'utf8'), 'tint = "off"\n')
  assert.equal(readFileSync(join(given.env.HOME, 'saw 1'), 'utf8'), 'plain = 1\ntheme = "X"\n')
})

for (const [answer, after, what] of [
  ['x\n', 'plain = true\n', 'x changes nothing'],
  ['\x04', 'plain = true\n', 'neither does the end of the input'],
  ['\x03', 'plain = true\n', 'neither does ^C'],
  ['Q\n', 'x = 1\n', 'Q saves it all the same'],
] as const)
  test(`of what is wrong, ${what}`, async () => {
    const given = home('plain = true\n')
    const pty = edit(given, editorOf(given.env.HOME, 'x = 1\n'))
    await pty.until(/What now\?[^\n]*: /)
    pty.write(answer)
    assert.deepEqual(await pty.exit, { code: 0, signal: null })
    assert.equal(readFileSync(given.file, 'utf8'), after)
    assert.deepEqual(readdirSync(given.TMPDIR), [])
  })

test('edit begins with the text of init where there is no file, and makes none where nothing was written', async () => {
  const given = home()
  const looked = edit(given, editorOf(given.env.HOME))
  assert.equal((await looked.exit).code, 0)
  assert.match(plainText(looked.output()), /nothing is changed/)
  assert.ok(!existsSync(given.file))
  assert.match(readFileSync(join(given.env.HOME, 'saw 0'), 'utf8'), /^#:schema .*\n[\s\S]*# background = ""/)
  const pty = edit(given, 'false', { VISUAL: editorOf(given.env.HOME, '', 'plain = true\n') })
  assert.equal((await pty.exit).code, 0)
  assert.equal(readFileSync(given.file, 'utf8'), 'plain = true\n')
  assert.equal(statSync(given.file).mode & 0o777, 0o600)
})

test('an editor that fails changes nothing, and says so; without a terminal there is none', async () => {
  const given = home('plain = true\n')
  const pty = edit(given, 'sh -c \'echo x = 1 >"$1"; exit 3\' --')
  assert.equal((await pty.exit).code, 125)
  assert.match(plainText(pty.output()), /ended with status 3; nothing is changed/)
  assert.equal(readFileSync(given.file, 'utf8'), 'plain = true\n')
  assert.deepEqual(readdirSync(given.TMPDIR), [])
  const { status, stderr } = given.ctl(['config', 'edit'])
  assert.equal(status, 125)
  refusal(stderr, /config edit: needs a terminal; edit the file itself/)
})

test('a file that another has changed meanwhile stays, and so does what was written', async () => {
  const given = home('plain = true\n')
  const pty = edit(given, `sh -c 'echo "title = \\"other\\"" >${given.file}; echo plain = false >"$1"' --`)
  assert.equal((await pty.exit).code, 125)
  const [, kept = ''] =
    /was changed by another meanwhile; yours is kept as (\S+)/.exec(plainText(pty.output())) ?? []
  assert.equal(readFileSync(given.file, 'utf8'), 'title = "other"\n')
  assert.equal(readFileSync(kept, 'utf8'), 'plain = false\n')
})

test('without a configuration nothing that reads one is loaded, and the programs are free of it', () => {
  const { env } = home()
  const trace = spawnSync(
    process.execPath,
    [
      '-e',
      `
    const fs = require('node:fs'), read = fs.readFileSync
    fs.readFileSync = (path, ...rest) => { if (/bundle/.test(String(path))) fs.writeSync(2, path + '\\n'); return read(path, ...rest) }
    process.argv.splice(1, 0, '${join(dirname(tint0), '../dist/tint0.cjs')}')
    require('node:module').runMain()`,
      '--',
      '--backend=local',
      '-u',
      String(getuid?.()),
      'true',
    ],
    { env, encoding: 'utf8' },
  )
  assert.match(trace.stderr, /tint0\.bundle\.cjs/)
  assert.doesNotMatch(trace.stderr, /config-file/)
  for (const program of ['tint0', 'tint0ctl']) {
    const bundle = readFileSync(join(dirname(tint0), `../dist/${program}.bundle.cjs`), 'latin1')
    assert.doesNotMatch(bundle, /Invalid TOML document|strict_object/)
  }
})
