// How a session ends, as an exit status and, where it must, one line.
import assert from 'node:assert/strict'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnOnPty } from '../pty-process.ts'
import { env, firstStatus, plainText, type Subject, scratch } from './subject.ts'

/** Declares them for one backend. */
export const endClaims = ({ backend, claim, raw, show, words }: Subject): void => {
  const statuses: readonly (readonly [script: string, status: number])[] = [
    ['exit 0', 0],
    ['exit 7', 7],
    ['exit 203', 203],
    ['kill -TERM $$', 143],
    ['kill -HUP $$', 129],
    ['kill -INT $$', 130],
    ['kill -KILL $$', 137],
    ['kill -SEGV $$', 139],
  ]
  for (const [script, status] of statuses)
    claim(`sh -c '${script}' gives ${status}`, async () => {
      const screen = show(['sh', '-c', script])
      assert.deepEqual(await screen.process.exit, { code: status, signal: null })
    })

  const refusals: readonly (readonly [
    title: string,
    words: string[],
    status: number,
    line: RegExp,
    env?: NodeJS.ProcessEnv,
  ])[] = [
    ['a command that is not there', ['nosuch-command'], 127, /^tint0: nosuch-command: command not found/],
    ['a file that is not there', ['/no/such/file'], 127, /^tint0: \/no\/such\/file: no such file/],
    ['a file that is no program', ['/etc/passwd'], 126, /^tint0: \/etc\/passwd: is no program/],
    ['a directory as a command', ['/etc'], 126, /^tint0: \/etc: is no program/],
    ['a directory that is not there', ['-D', '/nonexistent', 'true'], 125, /^tint0: \/nonexistent: /],
    [
      'a user that is not there',
      ['-u', 'nobody-such', 'true'],
      125,
      /^tint0: user nobody-such: does not exist/,
    ],
    ['a group that is not there', ['-g', 'no-such-group', 'true'], 125, /no-such-group/],
    ['an unknown option', ['--nonsense', 'true'], 125, /^tint0: --nonsense: is no option/],
    ['an ambiguous option', ['--u', 'true'], 125, /^tint0: --u: may be --user or --unit/],
    ['an option without its value', ['-u'], 125, /^tint0: -u: wants a value/],
    ['a bad color', ['--background=mangenta', 'true'], 125, /'mangenta' is no color; did you mean magenta\?/],
    ['SGR parameters that set no background', ['--background=31', 'true'], 125, /'31' sets no background/],
    ['a bad user number', ['-u', '-1', 'true'], 125, /^tint0: --user: '-1'/],
    ['the user number that means none', ['-u', '4294967295', 'true'], 125, /^tint0: --user: '4294967295'/],
    ['a bad unit name', ['--unit=a b', 'true'], 125, /^tint0: --unit: 'a b'/],
    ['a bad backend', ['--backend=cloud', 'true'], 125, /^tint0: --backend: 'cloud'/],
    ['a bad variable', ['--setenv=1A=b', 'true'], 125, /^tint0: --setenv: '1A=b'/],
    ['a TERM with a slash', ['true'], 125, /^tint0: TERM: '..\/x' is no name/, { ...env, TERM: '../x' }],
    ['an empty command', ['--', ''], 125, /^tint0: command: is empty/],
  ]
  for (const [title, rest, status, line, environment] of refusals)
    claim(`${title} gets one line and ${status}`, async () => {
      const process = raw(rest, { env: environment ?? env })
      assert.deepEqual(await process.exit, { code: status, signal: null })
      const text = plainText(process.output())
      assert.match(text, line)
      assert.equal(text.trimEnd().split('\n').length, 1, text)
    })

  const lines: readonly (readonly [title: string, shell: string, status: number, output: RegExp])[] = [
    ['output to a full device', '"$@" >/dev/full', 1, /^\S*echo: write error: No space left on device\r\n$/],
    [
      'an argument that is not UTF-8',
      '"$@" "$(printf "\\377")"',
      125,
      /^tint0: arguments: one is not UTF-8.*\r\n$/,
    ],
    [
      'help on a full device',
      '"$@" 2>&1; "$1" --help >/dev/full',
      125,
      /tint0: standard output: no space left on device\r\n$/,
    ],
    [
      'a directory that is gone',
      'd=$(mktemp -d); cd "$d"; rmdir "$d"; "$@"',
      125,
      /tint0: current directory: does not exist any more.*\r\n$/,
    ],
  ]
  for (const [title, shell, status, output] of lines)
    claim(`${title} gets one line and ${status}`, async () => {
      const process = spawnOnPty(['sh', '-c', shell, 'sh', ...words('echo', 'text')], { env, cwd: '/tmp' })
      assert.equal((await process.exit).code, status)
      assert.match(process.output().toString(), output)
    })

  claim('a relative command is the one that the caller sees, wherever it will run', async () => {
    writeFileSync(join(scratch, 'here'), '#!/bin/sh\necho here, in $(pwd)\n')
    chmodSync(join(scratch, 'here'), 0o755)
    for (const [rest, directory] of [
      [['-u', 'root'], '/root'],
      [['-D', '/var'], '/var'],
    ] as const) {
      const process = spawnOnPty(words('--background=', ...rest, './here'), { env, cwd: scratch })
      assert.equal((await process.exit).code, 0)
      assert.match(plainText(process.output()), new RegExp(`^here, in ${directory}\r\n$`))
    }
  })

  claim('a script whose interpreter is not there gets one line and 126', async () => {
    writeFileSync(join(scratch, 'script'), '#!/no/such/interpreter\n')
    chmodSync(join(scratch, 'script'), 0o755)
    const process = raw([join(scratch, 'script')])
    assert.equal((await process.exit).code, 126)
    assert.match(plainText(process.output()), /^tint0: [^\n]*\/script: [^\n]*interpreter[^\n]*\r\n$/)
  })

  for (const [title, text, line] of [
    [
      'a script whose interpreter is not there',
      '#!/no/such/interpreter\n',
      /^tint0: [^\n]*\/fed: [^\n]*interpreter[^\n]*$/,
    ],
    ['a text that is no script', 'echo it ran\n', /^tint0: [^\n]*\/fed: is no program[^\n]*$/],
  ] as const)
    claim(`${title} gets one line and 126 also where the input is piped`, async () => {
      writeFileSync(join(scratch, 'fed'), text)
      chmodSync(join(scratch, 'fed'), 0o755)
      const process = spawnOnPty(
        [
          'bash',
          '-c',
          `echo x | "$@"; exit ${firstStatus.replace('0', '1')}`,
          'bash',
          ...words('--background=', join(scratch, 'fed')),
        ],
        { env, cwd: '/tmp' },
      )
      assert.equal((await process.exit).code, 126)
      assert.match(plainText(process.output()).trim(), line)
    })

  // With twice as many systemd itself needs half a minute, in which it does nothing else: it looks at each against all others.
  const many = backend === 'local' ? 200_000 : 100_000
  claim(`${many} arguments run, or get one line`, async () => {
    const process = spawnOnPty(
      [
        'bash',
        '-c',
        `"$@" $(yes | head -${many}) | tail -c 300; exit ${firstStatus}`,
        'bash',
        ...words('echo'),
      ],
      { env, cwd: '/tmp' },
    )
    const { code } = await process.exit
    assert.ok(code === 0 || code === 125 || code === 126, `${code}: ${process.output()}`)
    if (code !== 0)
      assert.equal(process.output().toString().trimEnd().split('\n').length, 1, process.output().toString())
  })
}
