// An Ink screen on the terminal's other screen, so that what the shell showed comes back. However it ends (a key, a signal, a bug)
// the terminal is as it was: the screen, the cursor, its settings.
import process from 'node:process'
import { render } from 'ink'
import type { ReactNode } from 'react'

interface Size {
  readonly columns: number
  readonly rows: number
}

const enter = '\x1b[?1049h\x1b[H\x1b[2J'
const leave = '\x1b[?25h\x1b[?1049l'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Resolves to what `draw` ends it with, or to what `ended` makes of a signal. The screen is drawn anew in each size; its last line
 * stays free.
 */
export const onScreen = async <T,>(
  draw: (size: Size, end: (result: T) => void) => ReactNode,
  ended: (signal: NodeJS.Signals) => T,
  onBug: (restore: () => void) => void,
): Promise<T> => {
  const { stdout, stdin } = process
  return new Promise<T>((resolve, reject) => {
    let over = false
    const finish = (settle: () => void) => {
      if (over) return
      over = true
      stdout.off('resize', redraw)
      for (const signal of signals) process.off(signal, interrupt)
      instance.unmount()
      stdout.write(leave)
      settle()
    }
    const end = (result: T) => finish(() => resolve(result))
    const interrupt = (signal: NodeJS.Signals) => end(ended(signal))
    const drawn = () => draw({ columns: stdout.columns || 80, rows: (stdout.rows || 24) - 1 }, end)
    // Before Ink hears of the new size: it would take a frame of the old one for too large, and erase what was scrolled away.
    const redraw = () => instance.rerender(drawn())
    stdout.on('resize', redraw)
    for (const signal of signals) process.on(signal, interrupt)
    onBug(() => {
      stdout.write(leave)
      if (stdin.isTTY) stdin.setRawMode(false)
    })
    stdout.write(enter)
    const instance = render(drawn(), {
      stdout: keepingScrollback(stdout),
      stdin,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    instance.waitUntilExit().catch((error) => finish(() => reject(error)))
  })
}

/** Ink clears with ED 3 now and then, which would take what the user can scroll back to. */
const keepingScrollback = (stream: NodeJS.WriteStream): NodeJS.WriteStream =>
  new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write')
        return (text: string, ...rest: []) =>
          target.write(typeof text === 'string' ? text.replaceAll('\x1b[3J', '') : text, ...rest)
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
