// What tint0ctl auth says of facts that are made up here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeptEntry, type KeptFacts, keptJson, keptText } from '../../src/commands/kept.ts'

const entry: KeptEntry = {
  id: 'tmpauthz3',
  action: 'org.freedesktop.systemd1.manage-units',
  user: 'alice',
  holder: undefined,
  pid: 4711,
  command: 'bash',
  terminal: 'pts/3',
  since: 1000,
  until: 1300,
}
const facts: KeptFacts = { version: '127', session: '2', kept: [entry], standing: 'kept', reasons: [] }

const says = (change: Partial<KeptEntry>, now = 1100) =>
  keptText({ ...facts, kept: [{ ...entry, ...change }] }, now)

test('what is kept is told with whom it was given to, since when, and how long still', () => {
  assert.equal(
    says({}),
    'org.freedesktop.systemd1.manage-units: given to bash (4711) on pts/3 of alice, 1 min 40 s ago, for 3 min 20 s still\n',
  )
  assert.match(says({}, 1300.4), /5 min 0 s ago, for 0 s still$/m)
  assert.match(says({}, 999), /, 0 s ago, for 5 min 1 s still$/m)
})

test('what polkit does not tell is not made up', () => {
  assert.match(
    says({ command: undefined, terminal: undefined }),
    /to process 4711 of alice, which has ended, 1 min/,
  )
  assert.match(says({ terminal: undefined, user: undefined }), /to bash \(4711\), 1 min/)
  assert.equal(
    says({
      pid: undefined,
      command: undefined,
      terminal: undefined,
      user: undefined,
      since: undefined,
      until: undefined,
    }),
    'org.freedesktop.systemd1.manage-units: given to this shell, for how long is not told\n',
  )
})

test('what was given to no process is not said to be this shell’s', () => {
  const none = { pid: undefined, command: undefined, terminal: undefined }
  assert.match(says({ ...none, holder: 'session 2' }), /: given to session 2 of alice, 1 min 40 s ago/)
})

test('the name of a process cannot act on the terminal', () => {
  assert.equal(says({ command: 'a\x1b[31m\nb' }).split('\n').length, 2)
  assert.equal(says({ command: 'a\x1b[31mb' }).includes('\x1b'), false)
  const odd = 'a\x9b31m\u202eb\n'
  const text = keptJson({ ...facts, kept: [{ ...entry, command: odd }] }, 1100)
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u)
  assert.equal(JSON.parse(text).kept[0].command, odd)
})

test('where nothing is kept, it says why nothing can be, or that something may', () => {
  const empty = (change: Partial<KeptFacts>) =>
    keptText({ ...facts, kept: [], standing: 'asks', ...change }, 0)
  const reasons = [
    { text: 'polkit is old', hint: 'update it' },
    { text: 'there is no terminal', hint: 'run it in one' },
  ]
  assert.equal(
    empty({ reasons }),
    'nothing is kept\nnothing can be: polkit is old; update it\nnothing can be: there is no terminal; run it in one\n',
  )
  assert.match(
    empty({}),
    /^nothing is kept\nwhat is granted next is kept for some minutes, for this shell\n$/,
  )
  assert.match(empty({ standing: 'granted', reasons }), /^nothing is kept\nnothing needs to be: [^\n]*\n$/)
  assert.match(empty({ standing: 'refuses', reasons }), /^nothing is kept\nnothing can be: a rule [^\n]*\n$/)
  assert.match(empty({ standing: undefined, version: undefined }), /\npolkit does not answer; /)
})

test('programs get the same as JSON, with null for what is not known', () => {
  const { since, until, ...rest } = entry
  const known = { ...rest, holder: null }
  assert.deepEqual(JSON.parse(keptJson(facts, 1100)), {
    polkit: '127',
    session: '2',
    standing: 'kept',
    kept: [{ ...known, since, until, secondsLeft: 200 }],
    reasons: [],
  })
  const bare = JSON.parse(
    keptJson({ ...facts, session: undefined, kept: [{ ...entry, until: undefined, pid: undefined }] }, 0),
  )
  assert.deepEqual(
    [bare.session, bare.kept[0].until, bare.kept[0].secondsLeft, bare.kept[0].pid],
    [null, null, null, null],
  )
})
