// The keys of the picker, pressed without a screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { begin, found, type Key, type Picker, press, type State } from '../../src/ui/choice.ts'
import { keysOf } from '../../src/ui/keys.ts'
import { look } from './look.ts'

const names = ['no theme', 'Amber', 'Berry', 'Cobalt', 'Dracula', 'Ember']
const picker: Picker = {
  choices: names.map((name, i) => ({
    id: i === 0 ? '' : name.toLowerCase(),
    name,
    summary: i === 2 ? 'very red' : '',
    license: '',
  })),
  current: 'cobalt',
  colored: true,
  untinted: undefined,
  look: () => look,
}

const text = (letters: string): Key[] => [...letters].map((one) => ({ text: one }))
const after = (...keys: Key[]): State => keys.reduce((now, key) => press(picker, now, key, 3), begin(picker))
const nameAfter = (...keys: Key[]) => {
  const state = after(...keys)
  return found(picker, state)[state.at]?.name
}

test('it begins at the theme that is configured; arrows and letters move, and stop at the ends', () => {
  assert.equal(nameAfter(), 'Cobalt')
  assert.equal(nameAfter('down'), 'Dracula')
  assert.equal(nameAfter(...text('jj')), 'Ember')
  assert.equal(nameAfter('down', 'down', 'down', 'down'), 'Ember')
  assert.equal(nameAfter(...text('k'), 'up'), 'Amber')
  assert.equal(nameAfter('home'), 'no theme')
  assert.equal(nameAfter('home', 'up'), 'no theme')
  assert.equal(nameAfter('end'), 'Ember')
  assert.equal(nameAfter('pageUp'), 'no theme')
  assert.equal(nameAfter('home', 'pageDown'), 'Cobalt')
})

test('a search finds words in any order, in names and in what is said of a theme; letters are no commands meanwhile', () => {
  assert.equal(nameAfter(...text('/ember')), 'Ember')
  assert.equal(nameAfter(...text('/red ber')), 'Berry')
  assert.deepEqual(
    found(picker, after(...text('/ber'))).map(({ name }) => name),
    ['Amber', 'Berry', 'Ember'],
  )
  assert.equal(after(...text('/qdr')).end, undefined)
  assert.equal(nameAfter(...text('/berx'), 'backspace', 'enter', ...text('jj')), 'Ember')
})

test('Esc ends a search with the same theme among all, and leaves only after that', () => {
  const state = after(...text('/ember'), 'escape')
  assert.deepEqual([state.query, state.typing, state.end], ['', false, undefined])
  assert.equal(nameAfter(...text('/ember'), 'escape'), 'Ember')
  assert.equal(after(...text('/ember'), 'enter', 'escape').query, '')
  assert.equal(after('escape').end, 'left')
})

test('Enter chooses what is there, and nothing where nothing is found', () => {
  assert.equal(after('enter').end, 'chosen')
  assert.equal(after(...text('/nothing'), 'enter', 'enter').end, undefined)
  assert.equal(after(...text('q')).end, 'left')
  assert.equal(after('interrupt').end, 'interrupted')
  assert.equal(after(...text('/x'), 'interrupt').end, 'interrupted')
})

test('d switches the background, r and Tab the role, all around', () => {
  assert.deepEqual([after(...text('d')).other, after(...text('dd')).other], [true, false])
  assert.deepEqual(
    [after(...text('r')).role, after('tab', 'tab').role, after(...text('rr'), 'tab').role],
    ['user', 'empower', 'root'],
  )
})

test('whatever is pressed, one that is found is chosen, or none is found', () => {
  const key = fc.oneof(
    fc.constantFrom<Key>(
      'up',
      'down',
      'pageUp',
      'pageDown',
      'home',
      'end',
      'tab',
      'backspace',
      'escape',
      'enter',
    ),
    fc.constantFrom(...'jkgGdr/aber '.split('')).map((one): Key => ({ text: one })),
  )
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
      const state = after(...keys)
      const list = found(picker, state)
      assert.ok(list.length === 0 || list[state.at] !== undefined)
    }),
  )
})

const ink = (flags: object = {}) => flags as Parameters<typeof keysOf>[1]

test('keys that come at once are one after the other, and answers that come late are none', () => {
  assert.deepEqual(keysOf('jj\r', ink()), [{ text: 'j' }, { text: 'j' }, 'enter'])
  assert.deepEqual(keysOf('', ink({ downArrow: true })), ['down'])
  assert.deepEqual(keysOf('c', ink({ ctrl: true })), ['interrupt'])
  assert.deepEqual(keysOf('q', ink({ meta: true })), [])
  for (const answer of [
    '11;rgb:1e1e/1e1e/2e2e',
    '10;rgb:ff/ff/ff',
    '>|tmux 3.5a',
    '1+r524742=38',
    '[?62;22c',
  ])
    assert.deepEqual(keysOf(answer, ink()), [], answer)
})
