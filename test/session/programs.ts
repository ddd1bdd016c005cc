// What a session promises of the screens of real programs, which must be installed: for the test machine, on any backend.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import xterm from '@xterm/headless'
import { endAll } from '../pty-process.ts'
import { type Cell, cellsOf, runOnScreen, type Screen } from '../screen.ts'
import { type Backend, env, pause, scratch, tint0 } from './subject.ts'

const tint = { parameters: '48;2;64;16;16', color: '#401010' }
const bar = '/src/test/fixtures/children/progress.sh'
const text = '/usr/share/common-licenses/GPL-3'

/** What is run, and what is typed into it. */
const programs: readonly (readonly [name: string, command: string, keys: readonly string[]])[] = [
  [
    'vim with a color scheme',
    `vim -n -u NONE -N +'syntax on' +'set number hlsearch' +'colorscheme blue' ${text}`,
    ['/the\r', '10j', ':vsplit\r', '5G'],
  ],
  ['vim without one', `vim -n -u NONE -N +'syntax on' ${text}`, ['20j', 'ihello', '\x1b', ':split\r']],
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
      await quiet(screen, 1)
      for (const key of keys) {
        const before = screen.process.output().length
        screen.process.write(key)
        await quiet(screen, before + 1)
      }
      const differences = async () => {
        const untinted = await rendered(readFileSync(log))
        assert.ok(
          untinted.flat().filter(({ char }) => char.trim() !== '').length > 30,
          'there was something to see',
        )
        return wrong(screen.cells(), untinted)
      }
      // The log may be ahead of the screen on a slow machine; what is wrong stays wrong.
      let found = await differences()
      for (let left = 5; left > 0 && found.length > 0; left--) {
        await quiet(screen, 1)
        found = await differences()
      }
      screen.process.kill('SIGTERM')
      await screen.process.exit
      assert.deepEqual(found, [])
    })
}

/** Resolves when there are `length` bytes of output and no more have come for a while, however slow the machine is. */
const quiet = async ({ process, settled }: Screen, length: number): Promise<void> => {
  for (let left = 100, last = 0, calm = 0; left > 0 && calm < 4; left--) {
    const now = process.output().length
    calm = now >= length && now === last ? calm + 1 : 0
    last = now
    await pause(100)
  }
  assert.ok(process.output().length >= length, 'the program answers a key with output')
  await settled()
}

/** The screen that bytes make, without the line that script(1) begins its log with. */
const rendered = async (log: Uint8Array): Promise<Cell[][]> => {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(log.subarray(log.indexOf(0x0a) + 1), resolve))
  return cellsOf(terminal)
}

/** The cells that are neither as in the untinted screen nor, where that has the default background, tinted. */
const wrong = (shown: readonly (readonly Cell[])[], untinted: readonly (readonly Cell[])[]): string[] =>
  shown.flatMap((row, y) =>
    row.flatMap((cell, x) => {
      const plain = untinted[y]?.[x]
      const expected = { ...plain, background: plain?.background ?? tint.color }
      const [is, should] = [cell, expected].map((one) => JSON.stringify({ ...one, char: one.char?.trim() }))
      return is === should ? [] : [`${y},${x}: ${is}, and should be ${should}`]
    }),
  )
