// The judge: a terminal like xterm that notes by itself what programs leave on, and answers what it is asked. It knows nothing
// of src/stream's tables: what it tells is made of xterm.js and of handlers here. After xterm's ctlseqs and kitty's protocols.
import xterm from '@xterm/headless'
import { colorNumbers, createPalette } from './palette.ts'

export interface JudgeTerminal {
  readonly xterm: InstanceType<typeof xterm.Terminal>
  /** Resolves when the terminal has taken it in. */
  write(bytes: string | Uint8Array): Promise<void>
  /** All that is not as in a terminal that was just opened, one entry each. */
  state(): Readonly<Record<string, string>>
  /** What the next text would look like: its cells, as text, with what is odd about them. */
  probe(): Promise<string>
  /** Whether it reports each movement of the mouse. */
  reportsMouse(): boolean
}

type Params = readonly (number | number[])[]

/** DEC private modes that are on in a terminal that was just opened. */
const normallyOn = [7, 8, 25]
/** The cursor that is saved, and screens: those are seen in the buffer. */
const untracked = [47, 1047, 1048, 1049]

export const createJudgeTerminal = (answer: (text: string) => void): JudgeTerminal => {
  const terminal = new xterm.Terminal({
    cols: 80,
    rows: 24,
    allowProposedApi: true,
    scrollback: 1000,
    windowOptions: { pushTitle: true, popTitle: true, getWinSizeChars: true },
  })
  const palette = createPalette(answer)
  const state = new Map<string, string>()
  const saved = new Map<number, boolean>()
  const keyboards = {
    normal: { flags: 0, stack: [] as number[] },
    alternate: { flags: 0, stack: [] as number[] },
  }
  let title = ''
  let printing = false
  const put = (key: string, value: string) => {
    if (value === '') state.delete(key)
    else state.set(key, value)
  }
  const isOn = (mode: number) => state.has(`?${mode}`) !== normallyOn.includes(mode)
  const setMode = (mode: number, on: boolean) => {
    if (!untracked.includes(mode)) put(`?${mode}`, on === normallyOn.includes(mode) ? '' : on ? 'on' : 'off')
    if (mode === 69 && !on) put('columns', '')
    if (mode === 1004 && on) answer('\x1b[I')
    if (mode === 2048 && on) answer('\x1b[48;24;80;432;720t')
  }
  const keyboard = () => keyboards[terminal.buffer.active.type]
  const first = (params: Params, otherwise = 0) => Number(params[0] ?? otherwise)
  const all = (params: Params) => params.map(Number)

  /** What a function does to what is noted; xterm.js sees it afterwards, too. */
  const csi = (id: string, act: (params: Params) => void) => {
    const [, prefix = '', intermediates = '', final = ''] = /^([<=>?]?)([ -/]*)(.)$/.exec(id) ?? []
    terminal.parser.registerCsiHandler(
      { final, ...(prefix ? { prefix } : {}), ...(intermediates ? { intermediates } : {}) },
      (params) => {
        const was = printing
        // What goes to the printer is neither shown nor obeyed, but for what ends it.
        if (!was || id === 'i') act(params)
        return was
      },
    )
  }
  const osc = (number: number, act: (text: string) => void) => {
    terminal.parser.registerOscHandler(number, (text) => {
      if (!printing) act(text)
      return printing
    })
  }
  const esc = (id: string, act: () => void) => {
    const [intermediates, final] = id.length > 1 ? [id[0], id.slice(1)] : [undefined, id]
    terminal.parser.registerEscHandler({ final, ...(intermediates ? { intermediates } : {}) }, () => {
      if (!printing) act()
      return printing
    })
  }

  csi('?h', (params) => {
    for (const mode of all(params)) setMode(mode, true)
  })
  csi('?l', (params) => {
    for (const mode of all(params)) setMode(mode, false)
  })
  csi('?s', (params) => {
    for (const mode of all(params)) saved.set(mode, isOn(mode))
  })
  csi('?r', (params) => {
    for (const mode of all(params)) setMode(mode, saved.get(mode) ?? normallyOn.includes(mode))
  })
  csi('h', (params) => {
    for (const mode of all(params)) put(`ansi ${mode}`, mode === 12 ? '' : 'on')
  })
  csi('l', (params) => {
    for (const mode of all(params)) put(`ansi ${mode}`, mode === 12 ? 'off' : '')
  })
  csi('r', (params) => {
    const [top = 0, bottom = 0] = all(params)
    put('margins', top <= 1 && (bottom === 0 || bottom >= terminal.rows) ? '' : `${top};${bottom}`)
  })
  csi('s', (params) => {
    if (isOn(69)) put('columns', all(params).some(Boolean) ? all(params).join(';') : '')
  })
  csi(' q', (params) => put('shape', first(params) === 0 ? '' : `${first(params)}`))
  csi('"q', (params) => put('protection', first(params) === 1 ? 'on' : ''))
  csi('$}', (params) => put('status line', first(params) === 0 ? '' : 'on'))
  csi('>m', (params) => {
    const [what = 0, value] = all(params)
    put(`modify ${what}`, value ? `${value}` : '')
  })
  csi('>n', (params) => put(`modify ${first(params)}`, 'disabled'))
  csi('i', (params) => {
    if (first(params) === 5) printing = true
    if (first(params) === 4) printing = false
  })
  csi('?i', (params) => put('auto print', first(params) === 5 ? 'on' : ''))
  csi('>u', (params) => {
    keyboard().stack.push(keyboard().flags)
    keyboard().flags = first(params)
  })
  csi('<u', (params) => {
    for (let left = first(params, 1) || 1; left > 0; left--) keyboard().flags = keyboard().stack.pop() ?? 0
  })
  csi('=u', (params) => {
    keyboard().flags = first(params)
  })
  csi('?u', () => answer(`\x1b[?${keyboard().flags}u`))
  csi('>q', () => answer('\x1bP>|judge(1)\x1b\\'))
  csi('!p', () => {
    for (const key of ['?1', '?6', '?7', '?25', 'margins', 'keypad', 'ansi 4', 'protection'])
      state.delete(key)
  })
  for (const slot of ['(', ')', '*', '+'])
    for (const set of ['0', 'A', 'B'])
      esc(`${slot}${set}`, () => put(`charset ${slot}`, set === 'B' ? '' : set))
  esc('=', () => put('keypad', 'application'))
  esc('>', () => put('keypad', ''))
  esc('c', () => {
    state.clear()
    Object.assign(keyboards, { normal: { flags: 0, stack: [] }, alternate: { flags: 0, stack: [] } })
  })
  osc(8, (text) => put('link', text.endsWith(';') ? '' : text))
  osc(9, (text) => {
    if (text.startsWith('4;')) put('progress', text.startsWith('4;0') ? '' : text)
  })
  osc(22, (text) => put('pointer', text))
  osc(3008, (text) => {
    const [, verb, id] = /^(start|end)=([^;]*)/.exec(text) ?? []
    if (verb) put(`context ${id}`, verb === 'start' ? 'open' : '')
  })
  for (const number of colorNumbers) osc(number, (text) => palette.osc(number, text))
  terminal.onTitleChange((text) => {
    title = text
  })
  terminal.onData(answer)

  let written = Promise.resolve()
  const write = (bytes: string | Uint8Array): Promise<void> => {
    written = written.then(() => new Promise((resolve) => terminal.write(bytes, resolve)))
    return written
  }
  return {
    xterm: terminal,
    write,
    reportsMouse: () => isOn(1003) && isOn(1006),
    state: () => ({
      ...Object.fromEntries(state),
      ...Object.fromEntries([...palette.changed()].map(([key, color]) => [`color ${key}`, color])),
      ...Object.fromEntries(
        Object.entries(keyboards)
          .filter(([, { flags, stack }]) => flags !== 0 || stack.length > 0)
          .map(([screen, { flags, stack }]) => [`keyboard ${screen}`, `${[...stack, flags]}`]),
      ),
      ...(terminal.buffer.active.type === 'normal' ? {} : { screen: 'alternate' }),
      ...(printing ? { printer: 'on' } : {}),
      title,
    }),
    probe: async () => {
      await write('\r\nqx')
      const { cursorY, baseY } = terminal.buffer.active
      const line = terminal.buffer.active.getLine(baseY + cursorY)
      const cells = [0, 1].map((x) => line?.getCell(x))
      return cells
        .map((cell) =>
          cell?.isAttributeDefault() ? cell.getChars() : `${cell?.getChars()}(${cell?.getBgColor()})`,
        )
        .join('')
    },
  }
}
