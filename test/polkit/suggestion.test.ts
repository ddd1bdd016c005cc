// The rules that tint0ctl policy suggest writes, run as polkit runs them: as a program that is asked.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContext, Script } from 'node:vm'
import fc from 'fast-check'
import { manageUnits } from '../../src/polkit/authority.ts'
import { type Suggestion, suggestion } from '../../src/polkit/suggestion.ts'

const wheel: Suggestion = {
  group: 'wheel',
  isThere: true,
  grant: 'no-password',
  keeps: false,
  local: false,
  version: '1',
}

interface Asked {
  readonly id?: string
  /** '': none. */
  readonly verb?: string
  readonly groups?: readonly string[]
  readonly local?: boolean
  readonly active?: boolean
}

interface Subject {
  readonly local: boolean
  readonly active: boolean
  isInGroup(name: string): boolean
}

type RuleOf = (action: { id: string; lookup(key: string): string | undefined }, subject: Subject) => unknown

/** What a file answers: by its rules, and by those about administrators. */
const answers = (text: string, asked: Asked): { readonly result: unknown; readonly admins: unknown } => {
  const { id = manageUnits, verb = 'start', groups = ['wheel'], local = true, active = true } = asked
  const rules: RuleOf[] = []
  const adminRules: RuleOf[] = []
  const names = ['NO', 'YES', 'AUTH_SELF', 'AUTH_SELF_KEEP', 'AUTH_ADMIN', 'AUTH_ADMIN_KEEP']
  const polkit = {
    Result: Object.fromEntries(names.map((name) => [name, name])),
    addRule: (rule: RuleOf) => rules.push(rule),
    addAdminRule: (rule: RuleOf) => adminRules.push(rule),
  }
  new Script(text).runInContext(createContext({ polkit }))
  const action = { id, lookup: (key: string) => (key === 'verb' && verb !== '' ? verb : undefined) }
  const subject = { local, active, isInGroup: (name: string) => groups.includes(name) }
  const first = (some: readonly RuleOf[]) =>
    some.map((rule) => rule(action, subject)).find((answer) => answer !== undefined)
  return { result: first(rules), admins: first(adminRules) }
}

const results: readonly (readonly [Partial<Suggestion>, string])[] = [
  [{ grant: 'no-password' }, 'YES'],
  [{ grant: 'self' }, 'AUTH_SELF'],
  [{ grant: 'self', keeps: true }, 'AUTH_SELF_KEEP'],
  [{ grant: 'admin', keeps: true }, 'AUTH_ADMIN_KEEP'],
]
for (const [wanted, result] of results)
  test(`${wanted.grant}${wanted.keeps ? ', kept' : ''}: ${result} to members who start a unit, and nothing to others, or about anything else`, () => {
    const text = suggestion({ ...wheel, ...wanted })
    assert.equal(answers(text, {}).result, result)
    assert.equal(answers(text, { verb: 'stop' }).result, undefined)
    // Who is not root can ask only so whether it is kept.
    assert.equal(answers(text, { verb: '' }).result, wanted.keeps ? result : undefined)
    assert.equal(answers(text, { groups: ['users'] }).result, undefined)
    assert.equal(answers(text, { id: 'org.freedesktop.policykit.exec' }).result, undefined)
    assert.equal(answers(text, {}).admins, undefined)
  })

test('root-password: members are asked for that of root, whatever it is about; others as before', () => {
  const text = suggestion({ ...wheel, grant: 'root-password' })
  assert.deepEqual([...(answers(text, { id: 'x' }).admins as string[])], ['unix-user:root'])
  assert.equal(answers(text, { groups: [] }).admins, undefined)
  assert.equal(answers(text, {}).result, undefined)
})

test('local: only who sits at this machine, in an active session', () => {
  for (const grant of ['no-password', 'root-password'] as const) {
    const text = suggestion({ ...wheel, grant, local: true })
    const told = (asked: Asked) => Object.values(answers(text, asked)).find((answer) => answer !== undefined)
    assert.ok(told({}))
    assert.equal(told({ local: false }), undefined)
    assert.equal(told({ active: false }), undefined)
  }
})

const group = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '")) return polkit.Result.YES; ((("',
    "'",
    '\\',
    '\\")) //',
    'a\nb',
    '*/ polkit.addRule(evil) /*',
    '\u2028polkit.x()',
    '\r',
    '</script>',
    'é',
    '\ud800',
    '',
  ),
)
const anything = fc.record({
  group,
  isThere: fc.boolean(),
  grant: fc.constantFrom('no-password', 'self', 'root-password', 'admin'),
  keeps: fc.boolean(),
  local: fc.boolean(),
  version: fc.constant('1'),
}) satisfies fc.Arbitrary<Suggestion>

test('whatever the group is called, the rule means that group and no other, and the file is one that polkit reads', () => {
  fc.assert(
    fc.property(anything, (wanted) => {
      const text = suggestion(wanted)
      const told = (asked: Asked) => Object.values(answers(text, asked)).some((one) => one !== undefined)
      assert.ok(told({ groups: [wanted.group] }))
      assert.ok(!told({ groups: ['wheel', `${wanted.group}x`].filter((name) => name !== wanted.group) }))
      // Comments are that, and lines; what is not is ES5 in ASCII.
      assert.match(text, /^(\/\/[^\p{Cc}\u2028\u2029]*\n|[ -~]*\n)+$/u)
      const code = text.replace(/^\/\/.*$/gm, '').replace(/"(\\.|[^"\\])*"/g, '""')
      assert.doesNotMatch(code, /=>|`|\b(let|const|class)\b/)
      assert.equal(code.match(/polkit\.add(Admin)?Rule\(/g)?.length, 1)
    }),
    { numRuns: 100 },
  )
})

test('what is dangerous is told: every unit, all variables, all actions, an unknown group; and how to undo it', () => {
  const text = (wanted: Partial<Suggestion>) => suggestion({ ...wheel, ...wanted })
  assert.match(text({}), /WITHOUT A PASSWORD/)
  assert.match(text({}), /EVERY unit/)
  assert.match(text({}), /While that file is there[\s\S]*remove the rule FIRST/)
  assert.doesNotMatch(text({}), /KEEP|no group/)
  assert.match(text({ grant: 'self', keeps: true }), /without a verb[\s\S]*ALL of the action/)
  assert.match(text({ grant: 'root-password' }), /ALL ACTIONS of polkit/)
  assert.match(text({ isThere: false }), /no group "wheel"/)
  for (const { grant } of results.map(([one]) => one))
    assert.match(text({ ...(grant && { grant }) }), /tint0 rm \/etc\/polkit-1\/rules\.d\/49-tint0\.rules\n$/)
})
