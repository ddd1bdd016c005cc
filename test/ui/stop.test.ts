// The picker as a job of a shell: ^Z and fg do what they do to an editor; and terminals that are too small for it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { runOnScreen, untilShown } from '../screen.ts'
import { pause, scratch, env as shellEnv } from '../session/subject.ts'
import { copyTo } from './copy.ts'

after(endAll)

const program = copyTo(join(scratch, 'stopped'), fileURLToPath(new URL('../..', import.meta.url)))
const env = { ...shellEnv, TINT0_CONFIG: undefined, HOME: mkdtempSync(join(scratch, 'home-')), PS1: '> ' }

const ways: Readonly<Record<string, string | NodeJS.Signals>> = {
  '^Z': '\x1a',
  'a key and ^Z at once': 'k\x1a',
  SIGTSTP: 'SIGTSTP',
  SIGSTOP: 'SIGSTOP',
}
/** Says whether the settings of the terminal are what they were, in words that are not those of the line itself. */
const compare = 'echo "$([ "$(stty -g)" = "$before" ] && echo un)changed"'

for (const [name, way] of Object.entries(ways))
  test(`${name}: the shell has its screen and its settings, and fg brings back the picker where it was`, async () => {
    const screen = runOnScreen(['bash', '--norc', '--noprofile', '-i'], {
      env,
      background: 'rgb:1010/1010/1010',
    })
    const type = (text: string) => screen.process.write(text)
    const shown = (what: RegExp) => untilShown(screen, String(what), () => what.test(screen.text()))
    type(`before=$(stty -g); ${program} themes pick\n`)
    await shown(/❯ no theme/)
    type('/gray\rjjjjj')
    await shown(/6\/22/)
    if (way.startsWith('SIG')) spawnSync('pkill', [`-${way}`, '-P', String(screen.process.pid)])
    else type(way)
    await screen.process.until(/Stopped/)
    if (way !== 'SIGSTOP') {
      await shown(/Stopped/)
      assert.equal(screen.terminal.buffer.active.type, 'normal')
      assert.doesNotMatch(screen.text(), /❯/)
    }
    type(`${compare}\n`)
    await shown(/^unchanged$/m)
    type('fg\n')
    await shown(way === 'k\x1a' ? /^Themes · for root .* 5\/22/ : /^Themes · for root .* 6\/22/)
    assert.equal(screen.terminal.buffer.active.type, 'alternate')
    type('\t')
    await shown(/^Themes · for user/)
    type('q')
    await untilShown(screen, 'the end', () => screen.terminal.buffer.active.type === 'normal')
    type(`echo "$((40 + 2))$(stty -g | cmp -s - <(echo "$before") && echo " as before")"\n`)
    await shown(/^42 as before$/m)
  })

test('no terminal is too small to be left again', async () => {
  await Promise.all(
    (
      [
        [1, 1],
        [20, 5],
        [0, 0],
        [2, 2],
      ] as const
    ).map(async ([columns, rows]) => {
      const pty = spawnOnPty([program, 'themes', 'pick'], { env, columns, rows })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is what is looked for
      pty.onData((chunk) => /\x1b\[c/.test(chunk.toString()) && pty.write('\x1b[?62;22c'))
      await pty.until(/\[\?1049h/)
      for (const keys of ['jG', '/gray\r', 'rd', 'q']) {
        pty.write(keys)
        await pause(100)
      }
      assert.equal((await pty.exit).code, 0, `${columns}×${rows}`)
      assert.doesNotMatch(pty.output().toString(), /Error/)
      assert.equal(pty.echoes(), true)
    }),
  )
})
