// Asks the terminal all that a report about it wants: its name and version, its colors, whether it has 24 bits of color. After
// xterm's ctlseqs (OSC 10 and 11, XTVERSION, XTGETTCAP, DA2) and the VT510 manual (DA1). Two rounds, each written at once, with
// DA1 last: which of the questions are safe is known only when the terminal has said whether it is GNU screen.
import type { Rgb } from '../color/color.ts'
import { signalCharacter } from '../libc.ts'
import { type Capabilities, kinds } from './capabilities.ts'
import { withoutAnswers } from './fence.ts'
import { bytesOf, colorOf, textOf } from './replies.ts'
import type { Terminal } from './terminal.ts'

export interface Probe {
  /** Whether DA1 was answered, which every terminal does. */
  readonly answers: boolean
  /** As XTVERSION has it: 'tmux 3.5a', 'XTerm(379)'. */
  readonly version: string | undefined
  /** The parameters of DA2: what kind of terminal, and its version in its own way. */
  readonly device: readonly number[] | undefined
  readonly background: Rgb | undefined
  readonly foreground: Rgb | undefined
  /** Whether XTGETTCAP says that it has RGB; undefined: no answer. */
  readonly trueColor: boolean | undefined
}

type Name = 'version' | 'device' | 'background' | 'foreground' | 'trueColor' | 'attributes'

interface Question {
  readonly name: Name
  readonly text: string
  /** Its whole answer, at the beginning of what was read; its first group is what it says. */
  readonly whole: RegExp
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const questions = {
  device: { name: 'device', text: '\x1b[>c', whole: /^\x1b\[>([0-9;]*)c/ },
  background: {
    name: 'background',
    text: '\x1b]11;?\x1b\\',
    whole: /^\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)/,
  },
  foreground: {
    name: 'foreground',
    text: '\x1b]10;?\x1b\\',
    whole: /^\x1b\]10;([^\x07\x1b]*)(?:\x07|\x1b\\)/,
  },
  version: { name: 'version', text: '\x1b[>q', whole: /^\x1bP>\|([^\x07\x1b]*)\x1b\\/ },
  // 524742 is RGB.
  trueColor: { name: 'trueColor', text: '\x1bP+q524742\x1b\\', whole: /^\x1bP([01])\+r[^\x07\x1b]*\x1b\\/ },
  attributes: { name: 'attributes', text: '\x1b[c', whole: /^\x1b\[\?([0-9;]*)c/ },
} as const satisfies Readonly<Record<Name, Question>>

/** What may still become an answer. */
const begun = /^\x1b(?:\](?:1(?:[01](?:;[^\x07\x1b]*\x1b?)?)?)?|P[^\x07\x1b]*\x1b?|\[(?:[?>][0-9;]*)?)?$/
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/** Longest answer that is waited for the end of. */
const longest = 512

export interface ProbeReader {
  push(chunk: Uint8Array): void
  /** What the answer to a question says; the latest one, if it came twice. */
  said(name: Name): string | undefined
  /** How often DA1 was answered. */
  rounds(): number
  /** All that was no answer, in order. */
  typed(): Uint8Array
}

/** Picks the answers out of what is typed meanwhile; strict: what is no answer, to the last byte, was typed. */
export const createProbeReader = (): ProbeReader => {
  const said = new Map<Name, string>()
  let unread = ''
  let typed = ''
  let rounds = 0
  /** The length of the answer that is next, whose meaning is noted. */
  const answer = (): number | undefined => {
    for (const { name, whole } of Object.values(questions)) {
      const found = whole.exec(unread)
      if (!found) continue
      said.set(name, found[1] ?? '')
      if (name === 'attributes') rounds++
      return found[0].length
    }
    return undefined
  }
  return {
    push: (chunk) => {
      unread += textOf(chunk)
      while (unread !== '') {
        const length = answer()
        if (length === undefined && unread.length < longest && begun.test(unread)) return
        if (length === undefined) typed += unread.slice(0, 1)
        unread = unread.slice(length ?? 1)
      }
    },
    said: (name) => said.get(name),
    rounds: () => rounds,
    typed: () => bytesOf(`${typed}${unread}`),
  }
}

/**
 * What may be asked when it is known what terminal this is. screen hands strings on to the terminal outside, whose answers come
 * after its own DA1; and a terminal without titles may print what it does not know.
 */
const safe = (kind: number | undefined, { hasTitle, inScreen }: Capabilities): readonly Question[] =>
  !hasTitle || kind === kinds.screen || (kind === undefined && inScreen)
    ? []
    : [questions.background, questions.foreground, questions.version, questions.trueColor]

/** No byte; 0 is what termios(3) has for no character. */
const none = -1

export interface Patience {
  /** The longest wait for a round. */
  bound(): Promise<void>
  /** That for answers which did not come within it: they are for nobody. */
  late(): Promise<void>
  /** ^C was typed, which makes no signal meanwhile; or the terminal was hung up. */
  ended(by: 'SIGINT' | 'SIGHUP'): void
}

/**
 * Asks, in raw mode. What was typed meanwhile is put back, as far as the kernel allows. The terminal's input cannot be used afterwards.
 */
export const probeTerminal = async (
  terminal: Terminal,
  capabilities: Capabilities,
  { bound, late, ended }: Patience,
): Promise<Probe> => {
  const reader = createProbeReader()
  let hear: () => void = () => {}
  let asked = 0
  const isOver = () => reader.rounds() >= asked
  /** Resolves to whether all that was asked is answered, when it is, or that time is over. */
  const answered = async (time: Promise<void>): Promise<boolean> => {
    const all = new Promise<void>((resolve) => {
      hear = () => isOver() && resolve()
      hear()
    })
    await Promise.race([all, time])
    return isOver()
  }
  const round = (about: readonly Question[]): Promise<boolean> => {
    asked++
    const texts = [...about, questions.attributes].map(({ text }) => text)
    terminal.output.write(bytesOf(texts.join('')))
    return answered(bound())
  }
  const interrupt = (terminal.termios && signalCharacter(terminal.termios, 'SIGINT')) || none
  terminal.raw()
  try {
    terminal.input.start(
      (chunk) => {
        reader.push(chunk)
        if (chunk.includes(interrupt)) ended('SIGINT')
        hear()
      },
      () => ended('SIGHUP'),
    )
    const answers = await round([questions.device])
    if (answers) await round(safe(numbers(reader.said('device'))?.[0], capabilities))
    const probe: Probe = {
      answers,
      version: reader.said('version') || undefined,
      device: numbers(reader.said('device')),
      background: colorOf(reader.said('background') ?? ''),
      foreground: colorOf(reader.said('foreground') ?? ''),
      trueColor: { 0: false, 1: true }[reader.said('trueColor') ?? ''],
    }
    const isComplete = isOver() || (await answered(late()))
    terminal.input.stop()
    if (isComplete) terminal.unread(reader.typed())
    else {
      terminal.readNow((byte) => {
        reader.push(Uint8Array.of(byte))
        return false
      }, 1)
      terminal.unread(bytesOf(withoutAnswers(textOf(reader.typed()))))
    }
    return probe
  } finally {
    terminal.restore()
  }
}

const numbers = (text: string | undefined): readonly number[] | undefined => text?.split(';').map(Number)
