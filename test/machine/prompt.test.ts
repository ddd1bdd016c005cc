// The mark before the prompt of bash, zsh and fish, by the lines of tint0ctl shell-init.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { after, test } from 'node:test'
import { shellInit } from '../../src/cli/shell-init.ts'
import { endPanes, startPane } from '../words/prompts.ts'

after(endPanes)

/** How each shell is told its prompt, in the startup file and later. */
const shells = {
  bash: { plain: "PS1='P> '", other: "PS1='Q> '", status: "PS1='$?> '" },
  zsh: { plain: "PROMPT='P> '", other: "PROMPT='Q> '", status: "PROMPT='%?> '" },
  fish: {
    plain: "set -g fish_greeting; function fish_prompt; echo -n 'P> '; end",
    other: "function fish_prompt; echo -n 'Q> '; end",
    status: "function fish_prompt; echo -n $status'> '; end",
  },
} as const

for (const name of ['bash', 'zsh', 'fish'] as const) {
  const { plain, other, status } = shells[name]

  test(`${name}: the mark stands once before the prompt, also before one that is set later, and the line can be edited`, async () => {
    const pane = startPane(name, '🦸 ', plain)
    await pane.until(/^🦸 P>$/)
    pane.enter(other)
    await pane.until(/^🦸 Q>$/)
    pane.enter(status)
    await pane.until(/^🦸 0>$/)
    pane.enter('false')
    await pane.until(/^🦸 1>$/)
    const long = 'echo 0123456789 0123456789 0123456789'
    pane.keys('-l', long)
    await pane.until(/9$/)
    assert.equal(pane.column(), '🦸 1> '.length + long.length, 'two cells for the mark, as in UTF-16')
    pane.keys('C-a')
    pane.keys('-l', 'Xy')
    await pane.until(/Xyecho/)
    assert.equal(pane.text().split('\n').at(-1), `🦸 1> Xy${long}`)
    assert.equal(pane.column(), '🦸 1> Xy'.length)
    pane.keys('C-e')
    pane.keys('-l', ' and_on_over_the_end_of_the_row')
    await pane.until(/row$/)
    pane.keys('C-a')
    pane.keys('-l', 'Z')
    await pane.until(/row$/)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const rows = pane.text().split('\n').slice(-2)
    assert.equal(rows.join(''), `🦸 1> ZXy${long} and_on_over_the_end_of_the_row`)
    pane.end()
  })

  test(`${name}: without $SHELL_PROMPT_PREFIX the prompt is as it was`, async () => {
    const pane = startPane(name, undefined, plain)
    await pane.until(/^P>$/)
    pane.enter(other)
    await pane.until(/^Q>$/)
    pane.end()
  })

  test(`${name}: a mark that looks like a command, or like a part of a prompt, is shown and not run`, async () => {
    const more = name === 'zsh' ? '; setopt prompt_subst' : ''
    const mark = '$(touch pwned) %n \\u `touch pwned` '
    const pane = startPane(name, mark, plain + more)
    await pane.until(/^\$\(touch pwned\) %n \\u `touch pwned` P>$/)
    pane.enter(other)
    await pane.until(/^\$\(touch pwned\) %n \\u `touch pwned` Q>$/)
    assert.ok(!readdirSync(pane.home).includes('pwned'))
    pane.end()
  })
}

test('bash: a login shell, where systemd puts the mark, has it once', async () => {
  const pane = startPane('login bash', '🦸 ', '')
  await pane.until(/^🦸 [^🦸]*[#$]$/u)
  pane.enter("PS1='P> '")
  await pane.until(/^🦸 P>$/)
  pane.end()
})

test('bash: what others do before each prompt goes on', async () => {
  const pane = startPane(
    'bash',
    '🦸 ',
    "PS1='P> '; PROMPT_COMMAND='seen=$((seen + 1));'",
    'PROMPT_COMMAND="set_by=other;$PROMPT_COMMAND"',
  )
  await pane.until(/^🦸 P>$/)
  pane.enter('PS1="$seen $set_by> "')
  await pane.until(/^🦸 1 other>$/)
  pane.end()
})

test('zsh: a prompt without substitution, and one whose mark has a percent sign', async () => {
  const pane = startPane('zsh', '100% ', "PROMPT='P> '")
  await pane.until(/^100% P>$/)
  pane.enter("setopt prompt_subst; PROMPT='$((1 + 1))> '")
  await pane.until(/^100% 2>$/)
  pane.end()
})

test('the shell that tint0 starts has the mark of whom it runs as', async () => {
  const pane = startPane('bash', undefined, "PS1='P> '")
  await pane.until(/^P>$/)
  pane.enter('PATH=/opt/node/bin:$PATH /src/bin/tint0 bash --rcfile ~/.bashrc -i')
  await pane.until(/^🦸 P>$/)
  pane.enter('exit')
  await pane.until(/^P>$/)
  pane.enter('PATH=/opt/node/bin:$PATH /src/bin/tint0 -u alice --no-prompt-mark bash --norc -i')
  await pane.until(/^bash-[0-9.]+\$$/)
  pane.end()
})

test('powerlevel10k: the segment comes first, once, and has a text only where there is a mark', () => {
  // No powerlevel10k is here: its function is a stand-in that tells what it was called with.
  const script = `p10k() { print -r -- "$*" }; POWERLEVEL9K_LEFT_PROMPT_ELEMENTS=(dir vcs)
${shellInit.powerlevel10k}${shellInit.powerlevel10k}
print -r -- $POWERLEVEL9K_LEFT_PROMPT_ELEMENTS; prompt_tint0; SHELL_PROMPT_PREFIX='100% '; prompt_tint0`
  assert.equal(
    execFileSync('zsh', ['-fc', script], { encoding: 'utf8' }),
    'tint0 dir vcs\nsegment -t 100%%\n',
  )
})

for (const [name, init] of [
  ['bash', 'eval "$(starship init bash)"'],
  ['zsh', 'eval "$(starship init zsh)"'],
  ['fish', 'set -g fish_greeting; starship init fish | source'],
] as const)
  test(`starship in ${name}: the mark comes first, and is shown and not run`, async () => {
    const plain = `add_newline = false\n${shellInit.starship}`
    const lines = plain
      .replace('$all', '$status$character')
      .concat('[status]\ndisabled = false\nformat = "$status"\n')
    for (const mark of ['🦸 ', '$(touch pwned) `touch pwned` %n \\u ']) {
      // As root's bash shows a dollar sign that starship has escaped.
      const shown = mark.replace(/[()\\]/g, '\\$&').replace('$', '[$#]')
      const pane = startPane(name, mark, init, '', '', { '.config/starship.toml': lines })
      await pane.until(new RegExp(`^${shown}❯$`))
      pane.enter('false')
      await pane.until(new RegExp(`^${shown}1❯$`))
      assert.ok(!readdirSync(pane.home).includes('pwned'))
      pane.end()
    }
    const pane = startPane(name, undefined, init, '', '', { '.config/starship.toml': lines })
    await pane.until(/^❯$/)
    pane.end()
  })
