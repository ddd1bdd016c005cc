// What polkit's helper says, and what it could: g_strescape undone, and hostile lines that must not be taken for more than they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readHelperLine } from '../../src/polkit/protocol.ts'

const letters: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

/** As GLib's g_strescape writes a text: what is no printable ASCII in octal, of three digits. */
const escaped = (text: string): string =>
  [...Buffer.from(text)]
    .map(
      (byte) =>
        letters[byte] ??
        (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte)),
    )
    .join('')

const anyText = fc.string({ unit: 'binary' })

test('whatever text the helper has escaped comes out as it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.deepEqual(readHelperLine(`PAM_TEXT_INFO ${escaped(text)}`), { kind: 'info', text })
    }),
    { numRuns: 2000 },
  )
})

test('a text that is not escaped is taken as it is, but for backslashes', () => {
  fc.assert(
    fc.property(anyText, (given) => {
      const text = given.replaceAll('\\', '').replaceAll('\n', '')
      assert.deepEqual(readHelperLine(`PAM_ERROR_MSG ${text}`), { kind: 'error', text })
    }),
  )
})

const lines: readonly (readonly [line: string, read: ReturnType<typeof readHelperLine>])[] = [
  ['PAM_PROMPT_ECHO_OFF Password: ', { kind: 'prompt', text: 'Password: ', echo: false }],
  ['PAM_PROMPT_ECHO_ON Code: ', { kind: 'prompt', text: 'Code: ', echo: true }],
  ['PAM_PROMPT_ECHO_OFF', { kind: 'prompt', text: '', echo: false }],
  ['PAM_TEXT_INFO Gr\\303\\266\\303\\237e', { kind: 'info', text: 'Größe' }],
  ['PAM_TEXT_INFO a\\tb\\\\n\\"', { kind: 'info', text: 'a\tb\\n"' }],
  ['PAM_TEXT_INFO \\33[31m', { kind: 'info', text: '\x1b[31m' }],
  ['PAM_TEXT_INFO end\\', { kind: 'info', text: 'end\\' }],
  ['SUCCESS', { kind: 'success' }],
  ['FAILURE', { kind: 'failure' }],
]
for (const [line, read] of lines)
  test(`${JSON.stringify(line)} is read as ${read.kind}`, () => assert.deepEqual(readHelperLine(line), read))

const strangers = [
  ...['', ' ', 'success', 'SUCCESS!', ' SUCCESS', 'xSUCCESS', 'SUCCESS\r', 'PAM_TEXT_INFO\tx', '__proto__'],
  ...['CONSTRUCTOR', 'TO_STRING', 'PAM_PROMPT', 'polkit-agent-helper-1: pam_authenticate failed', '\0'],
]
for (const line of strangers)
  test(`${JSON.stringify(line)} is nothing of the protocol, and is kept whole`, () =>
    assert.deepEqual(readHelperLine(line), { kind: 'other', text: line }))

test('no line is an exception, and none is a verdict but the words for it', () => {
  const words = ['SUCCESS', 'FAILURE', 'PAM_', 'PAM_TEXT_INFO', 'PAM_PROMPT_ECHO_ON', '\\', '\\7', ' ', '\0']
  const line = fc.array(fc.oneof(fc.constantFrom(...words), anyText)).map((parts) => parts.join(''))
  fc.assert(
    fc.property(line, (text) => {
      const { kind } = readHelperLine(text)
      assert.equal(kind === 'success', /^SUCCESS($| )/.test(text))
      assert.equal(kind === 'failure', /^FAILURE($| )/.test(text))
    }),
    { numRuns: 2000 },
  )
})
