// THE table of what --filter=strict drops: what a hostile program can use against the terminal, and so against the user who
// is root in it. To drop more, add a row. None of it is needed to show text.
import { type ControlFunction, numbers } from './sequence.ts'

interface Row {
  /** Of the function, as scanner.ts calls it. */
  readonly name: string
  /** First parameters; without them, all. */
  readonly only?: readonly number[]
  readonly why: string
}

export const dropped: readonly Row[] = [
  { name: 'OSC 52', why: 'reads and writes the clipboard' },
  { name: 'OSC 5522', why: "kitty's clipboard, the same" },
  { name: 't', only: [20, 21], why: 'types the title, which the program chose, back to whoever reads next' },
  { name: 'DCS $q', why: 'DECRQSS: invalid ones were typed back (CVE-2008-2383)' },
  { name: 'DCS +q', why: 'XTGETTCAP: typed back, like DECRQSS' },
  { name: 'DCS +p', why: 'XTSETTCAP: changes what the terminal is taken for' },
  { name: 'DCS |', why: 'DECUDK: redefines keys' },
  { name: 'DCS !z', why: 'DECDMAC: defines a macro, to act later' },
  { name: '*z', why: 'DECINVM: invokes a macro' },
  { name: 'DCS p', why: "ReGIS, and tmux's control mode, in which iTerm2 types commands" },
  { name: 'DCS {', why: 'DECDLD: redefines what letters look like' },
  { name: '*y', why: 'DECRQCRA: reads the screen by its checksums' },
  { name: 'OSC 50', why: 'fonts: the name was typed back (CVE-2022-45063)' },
  { name: 'OSC 1337', why: "iTerm2's: file transfer, clipboard, key labels" },
  { name: 'OSC 5113', why: "kitty's file transfer" },
  { name: 'APC G', why: "kitty's graphics: may read files, and types errors back" },
  { name: 'DCS tmux;', why: 'reaches around tmux, with any of these in it' },
  { name: 'DCS @', why: "kitty's remote control: does what it is told" },
  { name: 'OSC 46', why: 'the name of a file that xterm logs to' },
  { name: 'OSC 51', why: 'calls functions of vim and Emacs, where they are the terminal' },
  { name: 'i', why: 'prints, or sends all output to a printer' },
  { name: '?i', why: 'prints' },
  { name: 'ESC %@', why: 'leaves UTF-8: then bytes that are text here can be any of these' },
  { name: 'C1 string', why: 'some terminals take U+0090, U+009D and the like for any of these' },
  { name: 'too long', why: 'may be any of these: its end is not waited for (only its ESC is dropped)' },
]

const byName: ReadonlyMap<string, Row> = new Map(dropped.map((row) => [row.name, row]))

/** Whether the strict filter drops it. */
export const isDropped = ({ name, parameters }: ControlFunction): boolean => {
  const row = byName.get(name)
  return row !== undefined && (row.only?.includes(numbers(parameters)[0] ?? 0) ?? true)
}
