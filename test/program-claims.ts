// What a session promises of the screens of real programs, which must be installed: for the test machine, on any backend.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import xterm from '@xterm/headless'
import { type Backend, env, pause, scratch, tint0 } from './claims.ts'
import { endAll } from './pty-process.ts'
import { type Cell, cellsOf, runOnScreen } from './screen.ts'

const tint = { parameters: '48;2;64;16;16', color: '#401010' }
const bar = '/src/test/fixtures/children/progress.sh'
const text = '/usr/share/common-licenses/GPL-3'

/** What is run, and what is typed into it. */
const programs: readonly (readonly [name: string, command: string, keys: readonly string[]])[] = [
  [
    'vim with a color scheme',
    `vim -u NONE -N +'syntax on' +'set number hlsearch' +'colorscheme blue' ${text}`,
    ['/the\r', '10j', ':vsplit\r', '5G'],
  ],
  ['vim without one', `vim -u NONE -N +'syntax on' ${text}`, ['20j', 'ihello', '\x1b', ':split\r']],
  ['less', `less ${text}`, [' ', '/free\r', 'jj', 'G', 'kkk']],
  ['htop', 'htop -d 100', ['\x1b[B', '\x1b[B']],
  ['a progress bar with its own background', `sh ${bar}`, []],
]

/** Declares the claims for one backend. */
export const programClaims = (backend: Backend): void => {
  after(endAll)
  for (const [name, command, keys] of programs)
    test(`${backend}: the screen of ${name} is the untinted one, with the tint where its background was the default`, async () => {
      const log = join(scratch, `${name.replaceAll(' ', '-')}-${backend}.log`)
      // script(1) notes, inside, what the program itself wrote: the untinted screen is made of that.
      const words = [
        tint0,
        `--backend=${backend}`,
        `--background=${tint.parameters}`,
        'script',
        '-qf',
        '-c',
        command,
        log,
      ]
      const screen = runOnScreen(words, { env, cwd: '/tmp' })
      await pause(1000)
      for (const key of keys) {
        screen.process.write(key)
        await pause(250)
      }
      await pause(500)
      await screen.settled()
      const shown = screen.cells()
      const untinted = await rendered(readFileSync(log))
      const tinted = untinted.map((row) =>
        row.map((cell) => ({ ...cell, background: cell.background ?? tint.color })),
      )
      screen.process.kill('SIGTERM')
      await screen.process.exit
      assert.ok(
        untinted.flat().filter(({ char }) => char.trim() !== '').length > 30,
        'there was something to see',
      )
      assert.deepEqual(blank(shown), blank(tinted))
    })
}

/** The screen that bytes make, without the line that script(1) begins its log with. */
const rendered = async (log: Uint8Array): Promise<Cell[][]> => {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(log.subarray(log.indexOf(0x0a) + 1), resolve))
  return cellsOf(terminal)
}

/** A cell that was erased looks like a space. */
const blank = (rows: readonly (readonly Cell[])[]) =>
  rows.map((row) => row.map((cell) => ({ ...cell, char: cell.char === ' ' ? '' : cell.char })))
