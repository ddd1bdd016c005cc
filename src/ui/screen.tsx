// An Ink screen on the terminal's other screen, so that what the shell showed comes back. However it ends (a key, a signal, a bug)
// or is stopped (^Z) the terminal is as it was: the screen, the cursor, its settings.
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

/** What a screen may do besides drawing. */
export interface Way<T> {
  /** It is over. */
  end(result: T): void
  /** As ^Z does in an editor: the shell has the terminal, until it brings us to the front again. */
  stop(): void
}

/** What the world is to a screen. */
export interface Around {
  /** Gets what gives the terminal back. */
  onBug(restore: () => void): void
  /** Stops us, and returns when we go on. */
  stopHere(): void
}

/**
 * Resolves to what `draw` ends it with, or to what `ended` makes of a signal. The screen is drawn anew in each size; its last line
 * stays free. After a stop it is a new one: what is to be kept must be kept outside.
 */
export const onScreen = async <T,>(
  draw: (size: Size, way: Way<T>) => ReactNode,
  ended: (signal: NodeJS.Signals) => T,
  { onBug, stopHere }: Around,
): Promise<T> => {
  const { stdout, stdin } = process
  return new Promise<T>((resolve, reject) => {
    let over = false
    const finish = (settle: () => void) => {
      if (over) return
      over = true
      listen('off')
      instance.unmount()
      stdout.write(leave)
      settle()
    }
    const end = (result: T) => finish(() => resolve(result))
    const interrupt = (signal: NodeJS.Signals) => end(ended(signal))
    const again = (between: () => void) => {
      if (over) return
      listen('off')
      instance.unmount()
      between()
      // First, for in the background we are stopped here until we are in front, and write nothing.
      stdin.setRawMode(true)
      instance = open()
      listen('on')
    }
    const stop = () =>
      again(() => {
        stdout.write(leave)
        stopHere()
      })
    /** Stopped by what cannot be caught, or not at all. */
    const goOn = () => again(() => {})
    // What asks for it is still being drawn.
    const way: Way<T> = { end, stop: () => void setImmediate(stop) }
    const drawn = () => draw({ columns: stdout.columns || 80, rows: (stdout.rows || 24) - 1 }, way)
    // Before Ink hears of the new size: it would take a frame of the old one for too large, and erase what was scrolled away.
    const redraw = () => instance.rerender(drawn())
    const listen = (on: 'on' | 'off') => {
      stdout[on]('resize', redraw)
      for (const signal of signals) process[on](signal, interrupt)
      process[on]('SIGTSTP', stop)
      process[on]('SIGCONT', goOn)
    }
    const open = () => {
      stdout.write(enter)
      const opened = render(drawn(), {
        stdout: keepingScrollback(stdout),
        stdin,
        exitOnCtrlC: false,
        patchConsole: false,
      })
      opened.waitUntilExit().catch((error) => finish(() => reject(error)))
      return opened
    }
    onBug(() => {
      stdout.write(leave)
      if (stdin.isTTY) stdin.setRawMode(false)
    })
    let instance = open()
    listen('on')
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
