// Completions in bash, zsh and fish.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { cases } from '../words/completions.ts'
import { type ShellName, startShell, wasRun } from '../words/shells.ts'

after(endAll)

const bin = '/src/bin'
const ways: readonly (readonly [title: string, shell: ShellName, more: string])[] = [
  ['bash', 'bash', 'source /usr/share/bash-completion/bash_completion; source <(tint0ctl completions bash)'],
  ['zsh', 'zsh', 'autoload -Uz compinit; compinit -u -D; source <(tint0ctl completions zsh)'],
  ['fish', 'fish', 'tint0ctl completions fish | source'],
]

for (const [title, name, more] of ways)
  test(`${title}: Tab completes options, their values, the command and its own arguments`, async () => {
    const shell = await startShell(name, more, bin)
    const wrong: string[] = []
    for (const { what, keys, line, but } of cases) {
      const got = await shell.after(`${keys}\t`).catch((error: Error) => error.message)
      const expected = but?.[name] ?? line
      if (got !== expected)
        wrong.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`)
    }
    for (const keys of ['tint0 --theme=', 'tint0 --config=', 'tint0 --config=x', 'tint0 cat x'])
      await shell.after(`${keys}\t\t`)
    assert.ok(!wasRun(shell.home), 'the name of a file was run')
    assert.deepEqual(wrong, [])
    await shell.end()
  })

test('zsh: the file is a function of the folder where it stands, for both programs', async () => {
  const more = 'tint0ctl completions zsh >_tint0; fpath=(~ $fpath); autoload -Uz compinit; compinit -u -D'
  const shell = await startShell('zsh', more, bin)
  assert.equal(await shell.after('tint0ctl compl\t'), 'tint0ctl completions ')
  assert.equal(await shell.after('tint0 --user=ali\t'), 'tint0 --user=alice ')
  assert.equal(await shell.after('tint0ctl tint --tint=dy\t'), 'tint0ctl tint --tint=dynamic ')
  await shell.end()
})

test('bash without bash-completion: options and their values, and files behind the command', async () => {
  const shell = await startShell('bash', 'source <(tint0ctl completions bash)', bin)
  for (const { what, keys, line } of cases.filter(({ theirs }) => !theirs))
    assert.equal(await shell.after(`${keys}\t`), line, what)
  assert.equal(await shell.after('tint0 -u bob cat file\t'), 'tint0 -u bob cat file\\ one ')
  await shell.end()
})

test('bash whose words are not cut at =, or at nothing but blanks', async () => {
  const shell = await startShell('bash', 'source <(tint0ctl completions bash); COMP_WORDBREAKS=" "', bin)
  assert.equal(await shell.after('tint0 --user=ali\t'), 'tint0 --user=alice ')
  assert.equal(await shell.after('tint0 --config=file\t'), 'tint0 --config=file\\ one ')
  assert.equal(await shell.after('tint0 --chdir=fol\t'), 'tint0 --chdir=folder/')
  assert.equal(await shell.after('tint0 --background=#3c\t'), 'tint0 --background=#3c1414 ')
  await shell.end()
})

test('bash: letters that bash cuts words at, quotes, abbreviations, and values with blanks', async () => {
  const shell = await startShell('bash', 'source <(tint0ctl completions bash)', bin)
  assert.equal(await shell.after('tint0 --user="ali\t'), 'tint0 --user="alice" ')
  assert.equal(await shell.after('tint0 --us ali\t'), 'tint0 --us alice ')
  assert.equal(
    await shell.after('tint0 --title "a b" --setenv=A=b:c --empo\t'),
    'tint0 --title "a b" --setenv=A=b:c --empower ',
  )
  assert.equal(await shell.after('FOO=1 true; tint0 --empo\t'), 'FOO=1 true; tint0 --empower ')
  assert.equal(await shell.after('tint0 --background=#3c\t'), 'tint0 --background=\\#3c1414 ')
  await shell.end()
})

test('fish: words with a command in them, which is not run', async () => {
  const shell = await startShell('fish', 'tint0ctl completions fish | source', bin)
  const begin = 'tint0 --user=(touch pwned) systemctl'
  assert.equal(await shell.after(`${begin} --no-pag\t`), `${begin} --no-pager `)
  assert.equal(
    await shell.after('tint0 -u(touch pwned) --tint=dy\t'),
    'tint0 -u(touch pwned) --tint=dynamic ',
  )
  assert.ok(!wasRun(shell.home))
  await shell.end()
})
