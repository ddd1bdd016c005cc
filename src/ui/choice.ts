// What a picker shows and decides, without a screen: themes, what they look like, and what a key does. Pure, so a test can press
// the keys.
import type { Role } from '../color/color.ts'
import type { SchemeName } from '../theme/theme.ts'

export interface Choice {
  /** '' for none of the themes. */
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly license: string
}

/** A theme on a background, for a role. */
export interface Look {
  readonly scheme: SchemeName
  /** The background that it stands on, #rrggbb, and how that is known. */
  readonly background: string
  readonly known: 'asked' | 'assumed'
  /** SGR parameters for all that is on it, one function each; none where it is the terminal's own. */
  readonly base: readonly string[]
  /** SGR parameters for the tint; undefined: there is none. */
  readonly tint: string | undefined
  /** As #rrggbb, where that is known. */
  readonly color: string | undefined
  /** WCAG 2's contrast of text on it. */
  readonly contrast: number | undefined
  readonly titleMark: string
  readonly promptMark: string
}

export interface Picker {
  readonly choices: readonly Choice[]
  /** The one that is configured. */
  readonly current: string
  /** Whether colors may be shown; and why not, or why there is no tint. */
  readonly colored: boolean
  readonly untinted: string | undefined
  /** `other`: not on the terminal's own background, but on one of the other scheme. */
  look(id: string, role: Role, other: boolean): Look
}

export interface State {
  readonly query: string
  /** Whether the query is being typed. */
  readonly typing: boolean
  /** Which of those that are found. */
  readonly at: number
  readonly role: Role
  readonly other: boolean
  readonly end: 'chosen' | 'left' | 'interrupted' | 'stopped' | undefined
}

export const begin = ({ choices, current }: Picker): State => ({
  query: '',
  typing: false,
  at: Math.max(
    0,
    choices.findIndex(({ id }) => id === current),
  ),
  role: 'root',
  other: false,
  end: undefined,
})

/** What the query finds: its words in any order, in the name or what is said of it. */
export const found = ({ choices }: Picker, { query }: Pick<State, 'query'>): readonly Choice[] => {
  const words = query.toLowerCase().split(' ')
  return choices.filter(({ id, name, summary }) => {
    const text = `${id} ${name} ${summary}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export type Key =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backspace'
  | 'interrupt'
  | 'stop'
  | { readonly text: string }

const nextRole: Readonly<Record<Role, Role>> = { root: 'user', user: 'empower', empower: 'root' }

/** What a key makes of the state; `page` is how many are seen at once. */
export const press = (picker: Picker, state: State, key: Key, page: number): State => {
  const last = Math.max(0, found(picker, state).length - 1)
  const to = (at: number): State => ({ ...state, at: Math.max(0, Math.min(last, at)) })
  const search = (query: string): State => ({ ...state, query, at: 0 })
  if (typeof key === 'object')
    return state.typing ? search(state.query + key.text) : command(state, key.text, to)
  switch (key) {
    case 'up':
      return to(state.at - 1)
    case 'down':
      return to(state.at + 1)
    case 'pageUp':
      return to(state.at - page)
    case 'pageDown':
      return to(state.at + page)
    case 'home':
      return to(0)
    case 'end':
      return to(last)
    case 'tab':
      return { ...state, role: nextRole[state.role] }
    case 'backspace':
      return state.typing ? search([...state.query].slice(0, -1).join('')) : state
    case 'enter':
      if (state.typing) return { ...state, typing: false }
      return found(picker, state).length > 0 ? { ...state, end: 'chosen' } : state
    case 'escape':
      return state.typing || state.query !== ''
        ? { ...again(picker, state), query: '', typing: false }
        : { ...state, end: 'left' }
    case 'interrupt':
      return { ...state, end: 'interrupted' }
    case 'stop':
      return { ...state, end: 'stopped' }
  }
}

/** The same one, among all. */
const again = (picker: Picker, state: State): State => {
  const chosen = found(picker, state)[state.at]
  return { ...state, at: Math.max(0, picker.choices.indexOf(chosen ?? (picker.choices[0] as Choice))) }
}

const command = (state: State, letter: string, to: (at: number) => State): State => {
  switch (letter) {
    case 'j':
      return to(state.at + 1)
    case 'k':
      return to(state.at - 1)
    case 'g':
      return to(0)
    case 'G':
      return to(Number.POSITIVE_INFINITY)
    case '/':
      return { ...state, typing: true, query: '', at: 0 }
    case 'd':
      return { ...state, other: !state.other }
    case 'r':
      return { ...state, role: nextRole[state.role] }
    case 'q':
      return { ...state, end: 'left' }
    default:
      return state
  }
}
