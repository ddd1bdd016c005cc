// What the terminal shows while a command runs, and after it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnOnPty } from '../pty-process.ts'
import { env, type Subject, scratch } from './subject.ts'

/** Declares them for one backend. */
export const lookClaims = ({ backend, claim, raw, show, words }: Subject): void => {
  claim(
    'the whole area is tinted from the background of the terminal, and the title has the dot',
    async () => {
      const screen = show(['sh', '-c', 'printf "a\\tb\\n\\033[31mred\\033[0m\\n"; echo ready; read x'], {
        background: 'rgb:1e1e/1e1e/1e1e',
      })
      await screen.process.until(/ready\r\n/)
      await screen.settled()
      const cells = screen.cells()
      const colors = new Set(cells.flat().map(({ background }) => background))
      assert.equal(colors.size, 1, [...colors].join(' '))
      assert.match(String([...colors][0]), /^#4[0-9a-f]1[0-9a-f]1[0-9a-f]$/)
      assert.match(screen.title(), /^🔴 sh -c .* on /)
      screen.process.write('\n')
      assert.equal((await screen.process.exit).code, 0)
      await screen.settled()
      assert.equal(screen.title(), 'as before')
      const { cursorY } = screen.terminal.buffer.active
      assert.ok(
        screen
          .cells()
          .slice(cursorY + 1)
          .flat()
          .every(({ background }) => background === undefined),
        'below the cursor all is as before',
      )
    },
  )

  claim('on a light terminal the tint is light', async () => {
    const screen = show(['sh', '-c', 'echo ready; read x'], { background: 'rgb:ffff/ffff/ffff' })
    await screen.process.until(/ready\r\n/)
    await screen.settled()
    assert.match(String(screen.cells()[5]?.[5]?.background), /^#f/)
    screen.process.write('\n')
    await screen.process.exit
  })

  claim('titles that a program sets get the dot', async () => {
    const screen = show(['sh', '-c', 'printf "\\033]0;one\\007\\033]2;two\\033\\\\"; sleep 0.1'])
    await screen.process.exit
    await screen.settled()
    assert.deepEqual(screen.titles.slice(2, 4), ['🔴 one', '🔴 two'])
    assert.equal(screen.title(), 'as before')
  })

  claim(
    'a terminal that answers nothing but DA1 is not waited for, and what was typed meanwhile reaches the command',
    async () => {
      const screen = show(['sh', '-c', 'read x; echo "got $x"'])
      screen.process.write('typed ahead\n')
      await screen.process.until(/got typed ahead/)
      assert.equal((await screen.process.exit).code, 0)
    },
  )

  claim('a terminal that answers nothing at all only delays the start', async () => {
    const process = spawnOnPty(words('sh', '-c', 'read x; echo "got $x"'), { env, cwd: '/tmp' })
    process.write('typed ahead\n')
    await process.until(/got typed ahead/)
    assert.equal((await process.exit).code, 0)
  })

  for (const [name, value] of [
    ['NO_COLOR', '1'],
    ['TERM', 'dumb'],
  ] as const)
    claim(`with ${name}=${value} nothing of ours is in the stream`, async () => {
      const process = raw(['printf', 'plain'], { env: { ...env, [name]: value } })
      await process.exit
      assert.equal(process.output().toString(), 'plain')
    })

  claim(
    'with output that goes elsewhere nothing of ours is in the stream, and line ends are as they were written',
    async () => {
      const file = join(scratch, `out-${backend}`)
      const process = spawnOnPty(['sh', '-c', `exec "$@" >${file}`, 'sh', ...words('printf', 'a\\nb\\n')], {
        env,
        cwd: '/tmp',
      })
      assert.equal((await process.exit).code, 0)
      assert.equal(readFileSync(file, 'utf8'), 'a\nb\n')
      assert.equal(process.output().toString(), '')
    },
  )

  claim('with NO_COLOR, too, the modes that a program leaves on are undone', async () => {
    const script = 'printf "\\033[?1049h\\033[?1000h\\033[?25l"; kill -9 $$'
    const screen = show(['sh', '-c', script], { env: { ...env, NO_COLOR: '1' } })
    assert.equal((await screen.process.exit).code, 137)
    await screen.settled()
    assert.equal(screen.terminal.buffer.active.type, 'normal')
    assert.equal(screen.terminal.modes.mouseTrackingMode, 'none')
    // Then the last question, for what the terminal may still answer.
    assert.ok(screen.process.output().toString().endsWith('\x1b[?25h\x1b[c'))
  })

  claim(
    'a color of the user is given back, also after a command that changes it and ends at once',
    async () => {
      const process = spawnOnPty(words('printf', '\\033]4;1;red\\007'), { env, cwd: '/tmp' })
      let answered = 0
      process.onData(() => {
        const asked = process.output().toString()
        const questions = [...asked.matchAll(/\]11;\?|\]4;1;\?|\[c/g)].map(([question]) => question)
        for (const question of questions.slice(answered)) {
          // Later than the command takes to end.
          if (question === ']4;1;?' && !asked.includes('\x1b]104;1\x1b\\')) return
          answered++
          if (question === ']11;?') process.write('\x1b]11;rgb:0000/0000/0000\x1b\\')
          if (question === ']4;1;?') process.write('\x1b]4;1;rgb:aaaa/bbbb/cccc\x1b\\')
          if (question === '[c') process.write('\x1b[?62;c')
        }
      })
      assert.equal((await process.exit).code, 0)
      const end = process.output().toString()
      assert.ok(
        end.lastIndexOf('\x1b]4;1;#aabbcc\x1b\\') > end.indexOf('\x1b]104;1\x1b\\'),
        JSON.stringify(end),
      )
    },
  )

  claim('an answer of the terminal that comes late is not typed into the command', async () => {
    const process = spawnOnPty(words('sh', '-c', 'echo ready; read x; echo "got <$x>"'), { env, cwd: '/tmp' })
    await process.until(/ready/)
    process.write('\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;c')
    process.write('hello\n')
    await process.until(/got <hello>/)
    assert.equal((await process.exit).code, 0)
  })
}
