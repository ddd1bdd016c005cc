// A session on terminals of few colors, or none: an entry of the palette comes as they have it, and what they have no use for does
// not come at all.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { runOnScreen } from '../screen.ts'
import { env, tint0 } from '../session/subject.ts'

after(endAll)

const cases: readonly (readonly [term: string, written: RegExp])[] = [
  ['linux', /^here\r\n$/],
  ['vt100', /^here\r\n$/],
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
  ['xterm', /\x1b\[101m\x1b\[Jhere/],
  ['rxvt-256color', /\x1b\[48;5;9m\x1b\[Jhere/],
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
]
for (const [term, written] of cases)
  test(`${term} gets palette:9 as ${written.source}`, async () => {
    const { process } = runOnScreen(
      [`${tint0}ctl`, 'tint', '--background=palette:9', 'sh', '-c', 'echo here'],
      { env: { ...env, TERM: term, COLORTERM: '' }, background: 'rgb:1010/1010/1010', cwd: '/tmp' },
    )
    assert.equal((await process.exit).code, 0)
    assert.match(process.output().toString(), written)
  })
