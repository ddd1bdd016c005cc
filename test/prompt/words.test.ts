// Keys, lines, the escapes of a prompt, and what is said before it: what is shown, and what is understood.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { introductionOf } from '../../src/commands/introduction.ts'
import { createEditor, newSecret } from '../../src/prompt/editor.ts'
import { filledPrompt } from '../../src/prompt/escapes.ts'
import { createKeys } from '../../src/prompt/keys.ts'
import { createLine } from '../../src/prompt/line.ts'
import { createSheet } from '../../src/prompt/sheet.ts'
import { createTyping } from '../../src/prompt/typing.ts'

const keysOf = (bytes: Iterable<number>) => {
  const keys = createKeys()
  return [...bytes].map((byte) => keys.take(byte)).filter((key) => key !== undefined)
}

test('without an ESC every byte is itself', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const plain = bytes.filter((byte) => byte !== 0x1b)
      assert.deepEqual(keysOf(plain), [...plain])
    }),
  )
})

test('any sequence with parameters is no key, and what comes behind it is', () => {
  const parameters = fc.array(fc.integer({ min: 0x30, max: 0x3f }), { maxLength: 12 })
  const final = fc.integer({ min: 0x40, max: 0x7e })
  fc.assert(
    fc.property(parameters, final, (middle, end) => {
      fc.pre(middle.length > 0 || !'ABM['.includes(String.fromCharCode(end)))
      assert.deepEqual(keysOf([0x1b, 0x5b, ...middle, end, 0x78]), [0x78])
    }),
  )
})

test('Enter, ^U, ^D and backspace are themselves wherever they come', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom(10, 13, 0x15, 4, 8), (bytes, key) => {
      assert.equal(keysOf([...bytes, key]).at(-1), key)
    }),
  )
})

test('nothing but ESC and what begins with it is waited for', () => {
  const keys = createKeys()
  assert.equal(keys.patience, undefined)
  keys.take(0x1b)
  assert.ok((keys.patience ?? 0) > 0)
  keys.settle()
  assert.equal(keys.patience, undefined)
  assert.equal(keys.take(0x5b), 0x5b)
})

/** What a terminal of one row shows. */
const rowOf = (written: string): string => {
  const row: string[] = []
  let at = 0
  for (const char of written)
    if (char === '\b') at--
    else row[at++] = char
  return row.join('').trimEnd()
}

test('however it is edited and switched, as many marks are seen as there are characters', () => {
  const steps = fc.array(fc.constantFrom('x', 'é', '🦸', '\x7f', '\x15', '\t'), { maxLength: 40 })
  fc.assert(
    fc.property(steps, fc.constantFrom('none', 'asterisk', 'dot'), (typed, feedback) => {
      const question = { text: 'Password:', echo: false, others: [] }
      const line = createLine(question, { feedback, columns: 80, unicode: true })
      const editor = createEditor(511, { erase: 0x7f, kill: 0x15, word: 0x17, end: 4 })
      let written = line.open()
      const typing = createTyping(question, editor, line, (text) => {
        written += text
      })
      for (const key of typed) typing.take(Buffer.from(key))
      const isSeen = (feedback !== 'none') !== (typed.filter((key) => key === '\t').length % 2 === 1)
      const mark = feedback === 'dot' ? '•' : '*'
      const marks = isSeen ? mark.repeat(editor.length()) : ''
      assert.equal(rowOf(written.replaceAll('\x07', '')), `Password:${marks}`)
    }),
  )
})

test('marks end where the row does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 90 }), (columns, length) => {
      const question = { text: 'x'.repeat(length), echo: false, others: [] }
      const line = createLine(question, { feedback: 'asterisk', columns, unicode: true })
      const editor = createEditor(511, { erase: 0x7f, kill: 0x15, word: 0x17, end: 4 })
      line.open()
      for (let left = 100; left > 0; left--) editor.type(0x78)
      assert.ok((length % columns) + line.show(editor).length < columns + (columns === 1 ? 1 : 0))
    }),
  )
})

test('a line is ended once', () => {
  const line = createLine(
    { text: 'Password: ', echo: false, others: ['root', 'bob'] },
    { feedback: 'none', columns: 80, unicode: false },
  )
  assert.equal(line.end(), '')
  assert.equal(line.open(), '(up, down: root, bob) Password: ')
  assert.deepEqual([line.end('timed out'), line.end()], [' timed out\n', ''])
})

test('the escapes of a prompt are those of sudo(8): others stay, and what they stand for is not read again', () => {
  const facts = { asked: 'alice', caller: 'bob', target: '%p', hostname: 'here.example.org' }
  const rows: readonly (readonly [string, string])[] = [
    ['%p for %u as %U: ', 'alice for bob as %p: '],
    ['%h %H', 'here here.example.org'],
    ['100%% %x %', '100% %x %'],
    ['%%p', '%p'],
    ['%%%p', '%alice'],
    ['', ''],
  ]
  for (const [text, filled] of rows) assert.equal(filledPrompt(text, facts), filled, text)
})

test('a line that a program writes is an answer whole, or none', () => {
  const taken = (text: string) => {
    const sheet = createSheet(5)
    for (const byte of Buffer.from(text)) {
      const end = sheet.take(byte)
      if (end) return end === 'unfit' ? end : end.kind === 'answer' ? end.secret.toString() : end.kind
    }
    const end = sheet.end()
    return end.kind === 'answer' ? end.secret.toString() : end.kind
  }
  const rows: readonly (readonly [string, string])[] = [
    ['ab\ncd', 'ab'],
    ['\n', ''],
    ['', 'closed'],
    ['ab', 'ab'],
    ['abcde\n', 'abcde'],
    ['abcdef\n', 'unfit'],
    ['a\0\n', 'unfit'],
    ['a\r\n', 'a'],
    ['a\r\r\n', 'a\r'],
    ['\r\n', ''],
  ]
  for (const [text, answer] of rows) assert.equal(taken(text), answer, JSON.stringify(text))
})

test('of a line that was an answer, or could be none, or was given up, nothing is left in its memory', () => {
  for (const [text, ends] of [
    ['ab\n', () => {}],
    ['ab\0', () => {}],
    ['abcdef', () => {}],
    ['ab', (sheet) => sheet.end()],
    ['ab', (sheet) => sheet.wipe()],
  ] as readonly (readonly [string, (sheet: ReturnType<typeof createSheet>) => unknown])[]) {
    const bytes = newSecret(5)
    const sheet = createSheet(5, bytes)
    for (const byte of Buffer.from(text)) sheet.take(byte)
    ends(sheet)
    assert.ok(
      bytes.every((byte) => byte === 0),
      JSON.stringify(text),
    )
  }
})

test('ESC alone is none, and swallows nothing that comes later', () => {
  const question = { text: 'Password:', echo: false, others: [] }
  const line = createLine(question, { feedback: 'none', columns: 80, unicode: true })
  const editor = createEditor(511, { erase: 0x7f, kill: 0x15, word: 0x17, end: 4 })
  const typing = createTyping(question, editor, line, () => {})
  for (const [bytes, patience] of [
    ['wonder\x1b', 'waits'],
    ['l\x1b[', 'waits'],
    ['and', undefined],
  ] as const) {
    typing.take(Buffer.from(bytes))
    assert.equal(typing.patience === undefined, patience === undefined)
    typing.settle()
  }
  assert.equal(editor.text(), 'wonderland')
})

const launch = (argv: readonly string[], directory = '/tmp') =>
  ({
    path: argv[0] ?? '',
    argv,
    user: undefined,
    directory,
    unit: 'tint0-id-742cdab7.service',
    caller: { name: 'bob' },
  }) as unknown as Parameters<typeof introductionOf>[0]

test('what is said before tells who wants what as whom and where, and whose word it is', () => {
  assert.equal(
    introductionOf(launch(['/usr/bin/id', '-u', 'a b']), 80, true),
    [
      'bob wants to run as root, in /tmp:',
      "  /usr/bin/id -u 'a b'",
      '(so says tint0; polkit sees only tint0-id-742cdab7.service)',
    ].join('\n'),
  )
  assert.match(introductionOf(launch(['-bash'], '~'), 80, true), /root, at home:\n {2}a shell: -bash\n/)
})

test('whatever the command is, nothing of it acts, its beginning and its end are seen, and it fits', () => {
  const word = fc.string({ unit: 'binary', maxLength: 3000 })
  fc.assert(
    fc.property(
      word,
      word,
      fc.integer({ min: 20, max: 200 }),
      fc.boolean(),
      (one, other, columns, unicode) => {
        const text = introductionOf(launch(['/bin/first', one, 'last'], `/${other}`), columns, unicode)
        const lines = text.split('\n')
        assert.equal(lines.length, 3)
        assert.doesNotMatch(lines.join(''), /[\p{Cc}\p{Cf}]/u)
        assert.match(lines[1] ?? '', /^ {2}\/bin\/fir.* last$/s)
        assert.ok([...(lines[1] ?? '')].length <= 6 * columns + 30)
        if (one.length > 6 * columns)
          assert.match(lines[1] ?? '', unicode ? /… \d+ more …/ : /\.\.\. \d+ more \.\.\./)
      },
    ),
    { numRuns: 60 },
  )
})

test('how much is left out of a long command is said truly', () => {
  const command = launch(['/bin/echo', 'x'.repeat(5000)])
  const [, line = ''] = introductionOf(command, 80, true).split('\n')
  const [, left = ''] = /… (\d+) more …/.exec(line) ?? []
  assert.equal(line.replace(/ … \d+ more … /, '').length - 2 + Number(left), '/bin/echo '.length + 5000)
})
