// The same runs in a pane of a real tmux, whose own words tell how it is afterwards: a shell in it starts tint0, and goes on.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env, pause, tint0 } from '../session/subject.ts'
import { type Ending, isSudden } from './endings.ts'
import { marked, pidsOf } from './line.ts'
import { writeProgram } from './mess.ts'
import type { Result } from './run.ts'
import type { Setting } from './window.ts'

const scratch = mkdtempSync(join(tmpdir(), 'tint0-tmux-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
const checkout = dirname(dirname(tint0))
let runs = 0

/** What tmux tells of a pane; those that a version does not know are empty before and after. */
const told = [
  ...['alternate_on', 'mouse_any_flag', 'mouse_standard_flag', 'mouse_button_flag', 'mouse_all_flag'],
  ...['mouse_sgr_flag', 'mouse_utf8_flag', 'cursor_flag', 'insert_flag', 'keypad_cursor_flag', 'keypad_flag'],
  ...['origin_flag', 'wrap_flag', 'scroll_region_upper', 'scroll_region_lower', 'pane_title', 'pane_in_mode'],
  ...['pane_key_mode', 'bracket_paste_flag', 'synchronized_output_flag', 'cursor_shape'],
]

/** Longest wait for anything, in milliseconds. */
const longest = 15_000

/** The functions of the shell in the pane: each writes what it finds out into a file. */
const shellrc = (own: boolean) => `
PS1='mine '
${own ? "printf '\\033]11;#101418\\033\\\\'" : ''}
settings() { stty -g >"$1.new"; mv "$1.new" "$1"; }
ask() {
  local old=$(stty -g) answer=
  stty raw -echo min 0 time 3
  printf '\\033]11;?\\033\\\\'
  answer=$(dd bs=100 count=1 2>/dev/null | od -An -c | tr -d ' \\n')
  stty "$old"
  printf '%s' "$answer" >"$1.new"; mv "$1.new" "$1"
}
`

interface Pane {
  tmux(...words: string[]): Promise<string>
  type(text: string): Promise<void>
  /** What a function of the shell finds out. */
  found(by: 'settings' | 'ask'): Promise<string>
  close(): Promise<void>
}

const openPane = async (name: string, own: boolean): Promise<Pane> => {
  const rc = join(scratch, `${name}-rc`)
  writeFileSync(rc, shellrc(own))
  const variables = { ...env, LANG: 'C.UTF-8', SHELL: '/bin/bash', TMUX_TMPDIR: scratch }
  const tmux = (...words: string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile(
        'tmux',
        ['-L', name, '-f', '/dev/null', ...words],
        { env: variables, cwd: '/tmp' },
        (error, out) => (error ? reject(error) : resolve(out)),
      )
    })
  await tmux('new-session', '-d', '-x', '80', '-y', '24', `bash --rcfile ${rc} -i`)
  await tmux('select-pane', '-T', 'as before')
  const type = async (text: string) => {
    await tmux('send-keys', '-l', `${text}\r`)
  }
  let asked = 0
  return {
    tmux,
    type,
    found: async (by) => {
      const file = join(scratch, `${name}-${by}-${++asked}`)
      await type(` ${by} ${file}`)
      await until(`what ${by} finds out`, () => existsSync(file))
      return readFileSync(file, 'utf8').trim()
    },
    close: async () => {
      await tmux('kill-server').catch(() => {})
    },
  }
}

const until = async (what: string, found: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + longest; Date.now() < end; await pause(20)) if (await found()) return
  throw new Error(`${what} did not come`)
}

/** The row that the cursor is in. */
const rowOf = async ({ tmux }: Pane): Promise<string> => {
  const row = Number(await tmux('display', '-p', '#{cursor_y}'))
  return (await tmux('capture-pane', '-p')).split('\n')[row] ?? ''
}

const isPrompt = async (pane: Pane) => /mine *$/.test(await rowOf(pane))

interface Looks {
  readonly flags: string
  readonly settings: string
  readonly background: string
}

const looksOf = async (pane: Pane): Promise<Looks> => {
  const settings = await pane.found('settings')
  const background = await pane.found('ask')
  await pane.type(' clear')
  await until('an empty pane', async () => /^mine *\n*$/.test(await pane.tmux('capture-pane', '-p')))
  return { flags: await flagsOf(pane), settings, background }
}

const flagsOf = async ({ tmux }: Pane): Promise<string> =>
  (await tmux('display', '-p', told.map((name) => `${name}=#{${name}}`).join(' '))).trim()

/** How long it took, in milliseconds; tmux itself is asked, which takes some of them. */
const restored = async (pane: Pane, { flags }: Looks, began: number): Promise<number | undefined> => {
  for (;;) {
    const same = (await flagsOf(pane)) === flags
    const passed = performance.now() - began
    if (same) return passed
    if (passed > 3000) return undefined
  }
}

/** One run in a pane of its own. */
export const runInTmux = async (ending: Ending, setting: Setting): Promise<Result> => {
  const mark = `tmux-${process.pid}-${++runs}-x`
  const { mess, tint, asks, own } = setting
  const program = writeProgram({ folder: scratch, mark, mess, last: ending.last, asks })
  const pane = await openPane(mark, own)
  try {
    await until('the prompt', () => isPrompt(pane))
    const before = await looksOf(pane)
    await pane.type(commandOf(ending, program, mark, tint))
    const place = ending.place
    const pid = () => pidsOf(mark).find(({ command }) => /^tint0 |\/tint0\.cjs/.test(command))?.pid
    if (place?.when !== 'start') {
      await until('the program', () => existsSync(program.ready))
      await pause(200)
    }
    const own0 = pid()
    writeFileSync(program.go, '')
    if (place?.when === 'swing') await pane.tmux('resize-window', '-x', '81', '-y', '24')
    await pause(30)
    const began = performance.now()
    await act(ending, pane, own0)
    // What is planted may be passed by, in a pane that is quieter than a terminal with a mouse.
    for (let left = 100; place && left > 0 && pid() !== undefined; left--) await pause(20)
    if (place && pid()) kill(pid() ?? 0, 'SIGTERM')
    await until('the end of tint0', () => pid() === undefined)
    const latency = isSudden(ending) ? await restored(pane, before, began) : undefined
    await until('the shell', () => isPrompt(pane).catch(() => false)).catch(() => {})
    return {
      violations: await violations(pane, ending, before, mark),
      latency,
    }
  } catch (error) {
    const shown = await pane.tmux('capture-pane', '-p').catch(() => '')
    return {
      violations: [`it could not be tried: ${(error as Error).message}: ${shown.trim().slice(-300)}`],
      latency: 0,
    }
  } finally {
    await pane.close()
  }
}

const commandOf = (
  ending: Ending,
  program: ReturnType<typeof writeProgram>,
  mark: string,
  tint: string,
): string => {
  const { place, memory } = ending
  const moment = place?.when === 'start' ? '' : place?.when === 'ending' ? program.ending : program.go
  const plant = `${process.execPath} ${memory ? '--max-old-space-size=40' : ''} --require ${join(checkout, 'test/fixtures/plant.cjs')} ${join(checkout, 'dist/tint0.cjs')}`
  const variables = [
    ...(place ? [`PLANT_PLACE=${place.name}`, `PLANT_CALL=${place.call ?? 1}`] : []),
    ...(memory ? ['PLANT_MEMORY=1'] : []),
    `PLANT_FILE=${moment}`,
    `PLANT_DONE=${join(scratch, `${mark}-done`)}`,
  ]
  const words = place || memory ? `${variables.join(' ')} ${plant}` : tint0
  return ` ${words} --backend=local --tint=${tint} ${program.argv.join(' ')}; echo $? >${join(scratch, `${mark}-status`)}`
}

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {}
}

const act = async ({ act: what }: Ending, pane: Pane, pid = 0): Promise<void> => {
  if (!what) return
  if ('type' in what) await pane.tmux('send-keys', 'C-c')
  else if ('signal' in what && pid > 0) kill(what.group ? -pid : pid, what.signal)
}

const violations = async (pane: Pane, ending: Ending, before: Looks, mark: string): Promise<string[]> => {
  const found: string[] = []
  // What the program did not read stands before the prompt, echoed while it ran. After a sudden death the shell may have prompted
  // on the alternate screen.
  const row = await rowOf(pane)
  const helpless = isSudden(ending) || ending.place?.caught === true
  if (!/mine *$/.test(row) && !helpless) found.push(`typed into the shell: ${JSON.stringify(row)}`)
  // Whatever was typed there is let go.
  await pane.tmux('send-keys', 'C-c')
  const statusFile = join(scratch, `${mark}-status`)
  const status = existsSync(statusFile) ? readFileSync(statusFile, 'utf8').trim() : 'none'
  const expected = { SIGKILL: 137, SIGABRT: 134, SIGSEGV: 139 }[String(ending.status)] ?? ending.status
  const thrown = !ending.place || existsSync(join(scratch, `${mark}-done`))
  if (thrown && expected !== undefined && status !== 'none' && status !== `${expected}`)
    found.push(`status: ${status}`)
  const after = await looksOf(pane)
  for (const key of ['settings', 'background'] as const)
    if (after[key] !== before[key]) found.push(`${key}: ${after[key]}, not ${before[key]}`)
  const [now, then] = [after, before].map(({ flags }) => flags.split(' '))
  found.push(...(now ?? []).filter((flag) => !then?.includes(flag)))
  const looks = await pane.tmux('capture-pane', '-p', '-e')
  if (looks.includes('\x1b[')) found.push(`not plain: ${JSON.stringify(looks.trimEnd())}`)
  if (marked(mark).some((command) => command.includes('program'))) await pause(1000)
  const left = marked(mark).filter((command) => command.includes('program'))
  if (left.length > 0) found.push(`still there: ${left.join(', ')}`)
  return found
}
