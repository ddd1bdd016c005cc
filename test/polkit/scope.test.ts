// For whom our agent answers: the session only where polkit will keep what is granted, and our process in any case.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bus, BusError, type Call } from '../../src/bus/bus.ts'
import { variant } from '../../src/bus/value.ts'
import { scopesOf } from '../../src/polkit/scope.ts'

interface World {
  readonly version: string
  readonly retains: boolean
  readonly session: string | undefined
  readonly type?: string
}

/** A bus with a polkit and a logind that say this, and on which our process is number 4711. */
const busOf = ({ version, retains, session, type = 'tty' }: World): Bus => {
  const answers: Readonly<Record<string, (call: Call) => readonly unknown[]>> = {
    GetConnectionUnixProcessID: () => [4711],
    CheckAuthorization: () => [
      [false, true, retains ? { 'polkit.retains_authorization_after_challenge': '1' } : {}],
    ],
    GetSessionByPID: () => {
      if (session === undefined) throw new BusError('org.freedesktop.login1.NoSessionForPID', 'none')
      return [`/session/${session}`]
    },
    Get: ({ body }) => {
      const values: Readonly<Record<string, string | undefined>> = { BackendVersion: version, Type: type }
      return [variant('s', values[String(body?.[1])] ?? session)]
    },
  }
  return {
    name: ':1.1',
    passesDescriptors: true,
    call: async (call) => answers[call.member]?.(call) ?? assert.fail(call.member),
    listen: () => {},
    serve: () => () => {},
    closed: new Promise(() => {}),
    close: () => {},
  }
}

const ours = {
  subject: ['unix-process', { pid: variant('u', 4711), 'start-time': variant('t', 0n) }],
}
const all = { version: '128', retains: true, session: 'c1' }

test('where polkit will keep it, it is our session’s, for us alone', async () => {
  assert.deepEqual(await scopesOf(busOf(all)), [
    { subject: ['unix-session', { 'session-id': variant('s', 'c1') }], only: 4711 },
    ours,
  ])
})

for (const [title, world] of [
  ['polkit before 127 keeps nothing for others', { ...all, version: '126' }],
  ['polkit 0.105 does not, either', { ...all, version: '0.105' }],
  ['the policy keeps nothing', { ...all, retains: false }],
  ['the session is graphical, and may have a window', { ...all, type: 'wayland' }],
  ['there is no session', { ...all, session: undefined }],
] as const)
  test(`where ${title}, it is our process’s`, async () => {
    assert.deepEqual(await scopesOf(busOf(world)), [ours])
  })
