// Chooses a theme on a sample: a list, and what a session would look like with the one that is chosen in it. Whether it is drawn
// in two panes or in one depends on the room. The keys are choice.ts's, the terminal screen.ts's.
import { Box, Text, useInput } from 'ink'
import { useEffect, useState } from 'react'
import { show } from '../errors.ts'
import { begin, type Choice, found, type Look, type Picker, press, type State } from './choice.ts'
import { keysOf } from './keys.ts'
import { before, bold, dim, inverse, sample } from './sample.ts'
import { type Around, onScreen, type Way } from './screen.tsx'

/** The theme that was chosen ('' for none), or how it was left. */
type Picked =
  | { readonly kind: 'chosen'; readonly id: string }
  | { readonly kind: 'left' }
  | { readonly kind: 'ended'; readonly signal: NodeJS.Signals }

/** Where it is stopped, it goes on from where it was. */
export const pickTheme = async (picker: Picker, around: Around): Promise<Picked> => {
  let kept = begin(picker)
  const keep = (state: State) => {
    kept = state
  }
  return onScreen<Picked>(
    (size, way) => <Screen {...{ picker, keep, ...size, ...way }} kept={kept} />,
    (signal) => ({ kind: 'ended', signal }),
    around,
  )
}

interface Size {
  readonly columns: number
  readonly rows: number
}

interface ScreenProps extends Size, Way<Picked> {
  readonly picker: Picker
  readonly kept: State
  keep(state: State): void
}

const Screen = ({ picker, kept, keep, columns, rows, end, stop }: ScreenProps) => {
  const [state, setState] = useState(kept)
  const list = found(picker, state)
  const chosen = list[state.at]
  const room = layout(columns, rows)
  // From what it is by then: several keys may come before it is drawn again.
  useInput((input, key) =>
    setState((now) =>
      keysOf(input, key).reduce((then, one) => (then.end ? then : press(picker, then, one, room.list)), now),
    ),
  )
  useEffect(() => {
    keep({ ...state, end: undefined })
    if (state.end === 'stopped') stop()
    else if (state.end === 'interrupted') end({ kind: 'ended', signal: 'SIGINT' })
    else if (state.end === 'left') end({ kind: 'left' })
    else if (state.end === 'chosen') end({ kind: 'chosen', id: chosen?.id ?? '' })
  }, [state, chosen, keep, end, stop])
  const look = picker.look(chosen?.id ?? picker.current, state.role, state.other)
  const { wide, left, right } = room
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines width={columns} lines={[heading(state, look, list.length, columns)]} />
      <Box flexDirection={wide ? 'row' : 'column'}>
        <List choices={list} at={state.at} count={room.list} width={left} current={picker.current} />
        {wide && <Box width={1} />}
        {chosen ? (
          <Sample
            {...{ picker, look, state, chosen }}
            width={right}
            count={room.sample}
            details={room.details}
          />
        ) : (
          <Lines width={right} lines={[dim('no theme is called so')]} />
        )}
      </Box>
      <Box flexGrow={1} />
      <Lines width={columns} lines={[foot(state, look, columns)]} />
    </Box>
  )
}

/** How many lines and columns each part gets; the last line of the screen stays free. */
const layout = (columns: number, rows: number) => {
  const body = Math.max(2, rows - 2)
  if (columns < 60) {
    const list = Math.max(1, Math.floor(body / 2))
    const sampled = body - list
    return { wide: false, left: columns, right: columns, list, sample: sampled, details: sampled > 3 ? 1 : 0 }
  }
  const left = Math.max(20, Math.min(36, Math.floor(columns * 0.3)))
  const details = body >= 16 ? 4 : body > 6 ? 1 : 0
  return { wide: true, left, right: columns - left - 1, list: body, sample: body, details }
}

/** Lines that are cut where their pane ends. */
const Lines = ({ lines, width }: { readonly lines: readonly string[]; readonly width: number }) => (
  <Box width={width} height={lines.length} flexShrink={0} overflow="hidden">
    <Box width={Math.max(1, ...lines.map(({ length }) => length))} flexShrink={0}>
      <Text>{lines.join('\n')}</Text>
    </Box>
  </Box>
)

const heading = ({ role, other, at }: State, look: Look, count: number, columns: number): string => {
  const how = other ? 'not yours' : look.known === 'asked' ? 'yours' : 'assumed'
  const place = `${count === 0 ? 0 : at + 1}/${count}`
  const on = `${look.scheme} ${look.background}`
  return columns < 60
    ? `${bold(role)} · ${on} · ${place}`
    : `${bold('Themes')} · for ${bold(role)} · on ${on} (${how}) · ${place}`
}

const foot = ({ typing, query }: State, { scheme }: Look, columns: number): string => {
  if (typing) return `/${show(query)}${inverse(' ')}  ${dim('Enter: done  Esc: all')}`
  const to = scheme === 'dark' ? 'light' : 'dark'
  return dim(
    columns < 72
      ? `↑↓ / find  d ${to}  r role  Enter  q`
      : `↑↓ move   / search   d ${to}   r role   Enter choose   q leave`,
  )
}

const List = ({
  choices,
  at,
  count,
  width,
  current,
}: {
  readonly choices: readonly Choice[]
  readonly at: number
  readonly count: number
  readonly width: number
  readonly current: string
}) => {
  const first = Math.max(0, Math.min(at - Math.floor(count / 2), choices.length - count))
  const lines = choices.slice(first, first + count).map(({ id, name }, i) => {
    const text = `${first + i === at ? '❯' : ' '} ${show(name)}${id === current ? ' •' : ''}`
    return first + i === at ? bold(text) : text
  })
  return (
    <Box width={width} height={count} flexShrink={0}>
      <Lines width={width} lines={lines} />
    </Box>
  )
}

interface SampleProps {
  readonly picker: Picker
  readonly look: Look
  readonly state: State
  readonly chosen: Choice
  readonly width: number
  readonly count: number
  readonly details: number
}

const Sample = ({ picker, look, state, chosen, width, count, details }: SampleProps) => {
  const told = aboutIt(picker, look, chosen).slice(0, picker.colored ? details : Math.max(1, details))
  const room = picker.colored ? count - told.length : 0
  const lead = room > 2 ? [painted(before(), look.base, width)] : []
  const lines = sample(look, state.role, room - lead.length)
  const tinted = look.tint === undefined ? look.base : [...look.base, look.tint]
  const session = Array.from({ length: room - lead.length }, (_, i) => painted(lines[i] ?? '', tinted, width))
  return <Lines width={width} lines={[...lead, ...session, ...told]} />
}

/** With its colors to the end of the line. */
const painted = (text: string, parameters: readonly string[], width: number): string =>
  `${parameters.map((one) => `\x1b[${one}m`).join('')}${text}${' '.repeat(width)}\x1b[0m`

/** In words, the most telling first. */
const aboutIt = (picker: Picker, look: Look, { name, summary, license }: Choice): readonly string[] => {
  const color = look.color ?? look.tint ?? (picker.untinted ? '' : 'no tint')
  const why = picker.untinted && `${color ? ', ' : ''}${picker.untinted}`
  const contrast = look.contrast === undefined ? '' : `, contrast ${look.contrast.toFixed(1)}`
  return [
    dim(`${color}${contrast}${why ?? ''}`),
    `${bold(show(name))}${license ? dim(` · ${show(license)}`) : ''}`,
    dim(show(summary)),
    dim(`title: ${show(look.titleMark)}ls on host`),
  ]
}
