// A private tmux server, and panes whose terminals take bytes as they are, as if a program wrote them; capture-pane tells what
// has become of them. Commands go over one client in control mode: starting a client for each takes too long.
import { spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Resize } from './recording.ts'

export interface Tmux {
  /** A pane in a window of its own. */
  openPane(size: Resize): Promise<Pane>
  stop(): void
}

export interface Pane {
  /** Resolves when tmux has read it all, as far as it can be asked at this place of the stream. */
  feed(bytes: Uint8Array): Promise<void>
  resize(size: Resize): Promise<void>
  /** Cursor, modes and such in one line, and then the rows, with their SGR. */
  shown(): Promise<readonly [state: string, ...rows: string[]]>
  close(): Promise<void>
}

const settings = ['status off', 'default-terminal tmux-256color', 'history-limit 500']

const state = [
  ...['cursor_x', 'cursor_y', 'cursor_flag', 'alternate_on', 'insert_flag', 'keypad_flag', 'origin_flag'],
  ...['keypad_cursor_flag', 'mouse_any_flag', 'wrap_flag', 'scroll_region_upper', 'scroll_region_lower'],
]
  .map((name) => `#{${name}}`)
  .join(' ')

export const startTmux = async (name: string): Promise<Tmux> => {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: '/' }
  const server = ['-u', '-L', name, '-f', '/dev/null']
  const client = spawn('tmux', [...server, '-C', 'new-session', '-x', '80', '-y', '24', 'cat'], { env })
  const waiting: { resolve(lines: string[]): void; reject(error: Error): void }[] = []
  let block: string[] | undefined
  createInterface(client.stdout).on('line', (line) => {
    if (block === undefined) {
      if (line.startsWith('%begin ')) block = []
    } else if (/^%(end|error) \d+ \d+ \d+$/.test(line)) {
      const answer = waiting.shift()
      if (line.startsWith('%end')) answer?.resolve(block)
      else answer?.reject(new Error(`tmux: ${block.join(' ')}`))
      block = undefined
    } else block.push(line)
  })
  client.once('exit', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('tmux has ended'))
  })
  const answered = () =>
    new Promise<string[]>((resolve, reject) => {
      waiting.push({ resolve, reject })
    })
  const run = (...words: string[]): Promise<string[]> => {
    client.stdin.write(`${words.map((word) => `'${word}'`).join(' ')}\n`)
    return answered()
  }
  // The first answer is that of new-session itself.
  await answered()
  await run('refresh-client', '-f', 'no-output')
  for (const setting of settings) await run('set-option', '-g', ...setting.split(' '))

  const openPane = async (size: Resize): Promise<Pane> => {
    const format = '#{pane_id} #{pane_tty}'
    const [opened = ''] = await run('new-window', '-d', '-P', '-F', format, program)
    const [pane = '', path = ''] = opened.split(' ')
    const told = async (what: string) => (await run('display-message', '-p', '-t', pane, what))[0] ?? ''
    const titled = async (title: string) => {
      while ((await told('#{pane_title}')) !== title) await pause(1)
    }
    const resize = async ({ columns, rows }: Resize) => {
      await run('resize-window', '-t', pane, '-x', String(columns), '-y', String(rows))
    }
    await resize(size)
    await titled('ready')
    const terminal = openSync(path, 'w')
    let marks = 0
    return {
      resize,
      feed: async (bytes) => {
        for (let at = 0; at < bytes.length; ) {
          at += writeSync(terminal, bytes, at, Math.min(bytes.length - at, 2048))
        }
        if (!isAtRest(bytes)) return pause(100)
        const mark = `fed ${++marks}`
        writeSync(terminal, `\x1b]2;${mark}\x1b\\`)
        await titled(mark)
      },
      shown: async () => {
        const [first, rows] = await Promise.all([
          told(state),
          run('capture-pane', '-p', '-e', '-N', '-t', pane),
        ])
        return [first, ...rows]
      },
      close: async () => {
        closeSync(terminal)
        await run('kill-pane', '-t', pane)
      },
    }
  }
  return { openPane, stop: () => client.stdin.end('kill-server\n') }
}

/** What a pane runs: nothing, with a terminal that changes no byte. */
const program = 'stty raw -echo; printf "\\033]2;ready\\007"; exec sleep infinity'

/** Whether a function may begin behind the bytes: they do not end within one, nor within a character. */
const isAtRest = (bytes: Uint8Array): boolean => {
  const end = Buffer.from(bytes.subarray(-4096)).toString()
  const last = end.slice(end.lastIndexOf('\x1b') + 1)
  if (end.endsWith('\ufffd')) return false
  return !end.includes('\x1b') || whole.test(last)
}

/** What begins with an escape, up to its end: a string, a control sequence, or another escape sequence. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what ends strings
const whole = /^(?:[\]PX^_k][\s\S]*\x07|\[[ -?]*[@-~]|[ -/]*[0-OQ-WYZ\\`-jl-~])/

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
