import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { createStream, type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { bytes, render, rewriting, tint, tinted } from './judge.ts'

const plain = unadorned
const tinting = rewriting

/** All that comes out for input cut into pieces of `size`. */
const through = (input: Uint8Array, options: StreamOptions = tinting, size = input.length || 1): Buffer => {
  const stream = createStream(options)
  const parts: Buffer[] = []
  for (let at = 0; at < input.length; at += size)
    parts.push(Buffer.from(stream.push(input.subarray(at, at + size))))
  return Buffer.concat(parts)
}

/** A whole session: opened, fed, closed. */
const session = (input: Uint8Array, options: StreamOptions = tinting): Buffer => {
  const stream = createStream(options)
  return bytes(stream.open(), Buffer.from(stream.push(input)), stream.close())
}

interface Vector {
  readonly id: string
  readonly note: string
  readonly in: string
  readonly out: readonly string[]
  readonly title?: true
  readonly escK?: true
}
const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../fixtures/streams/vectors.json', import.meta.url), 'utf8'),
)

for (const { id, note, in: input, out, title, escK } of vectors)
  test(`vector ${id}${note ? `: ${note}` : ''}`, async () => {
    const options = { ...tinting, titleMark: title || escK ? '🔴 ' : undefined, escK: escK === true }
    const whole = Buffer.from(input, 'hex')
    for (const size of [whole.length || 1, 1, 2, 3]) {
      const seen = through(whole, options, size)
      if (title || escK) {
        // The tint may still be owed at the end; titles are judged to the byte.
        const owed = bytes(seen, `\x1b[${tint}m`).toString('hex')
        assert.ok(
          out.includes(seen.toString('hex')) || out.includes(owed),
          `in pieces of ${size}: ${JSON.stringify(seen.toString())}`,
        )
        continue
      }
      // The tint is put off until it is needed, so not the bytes but what follows them is compared: an X.
      const stream = createStream(options)
      const parts: Buffer[] = []
      for (const chunk of [...pieces(whole, size), Buffer.from('X')])
        parts.push(Buffer.from(stream.push(chunk)))
      const shown = await render(bytes(...parts))
      const wanted = await Promise.all(out.map((hex) => render(bytes(Buffer.from(hex, 'hex'), 'X'))))
      assert.ok(
        wanted.some((want) => same(shown, want)),
        `in pieces of ${size}: ${JSON.stringify(bytes(...parts).toString())}`,
      )
    }
  })

const pieces = (input: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(input.length / size) }, (_, i) => input.subarray(i * size, (i + 1) * size))

/** The X and all else is alike, but for what the end of the stream gives back. */
const same = (a: Awaited<ReturnType<typeof render>>, b: Awaited<ReturnType<typeof render>>): boolean =>
  JSON.stringify(withText(a)) === JSON.stringify(withText(b))

const withText = ({ cells }: Awaited<ReturnType<typeof render>>) =>
  cells.map((row) => row.filter(({ char }) => char.trim() !== ''))

const sequences = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({
      unit: fc.constantFrom(...'abcXYZ 0;[m~é漢🔴', 'e\u0301'),
      minLength: 1,
      maxLength: 8,
    }),
  },
  fc.constantFrom('\r\n', '\n', '\r', '\t', '\b'),
  fc
    .array(
      fc.constantFrom(
        '',
        '0',
        '1',
        '7',
        '27',
        '31',
        '39',
        '41',
        '44',
        '49',
        '100',
        '107',
        '38;5;1',
        '38;5;0',
        '48;5;22',
        '48;2;1;2;3',
        '38;2;0;49;0',
        '48:2::9:8:7',
        '48:5:17',
      ),
      { minLength: 0, maxLength: 4 },
    )
    .map((parameters) => `\x1b[${parameters.join(';')}m`),
  fc.constantFrom(
    '\x1b[J',
    '\x1b[1J',
    '\x1b[2J',
    '\x1b[K',
    '\x1b[1K',
    '\x1b[2K',
    '\x1b[3X',
    '\x1b[2@',
    '\x1b[2P',
  ),
  fc.constantFrom('\x1b[2L', '\x1b[M', '\x1b[S', '\x1bM', '\x1bD', '\x1bE', '\x1b[3;6r', '\x1b[r'),
  fc.constantFrom(
    '\x1b7',
    '\x1b8',
    '\x1b[s',
    '\x1b[u',
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1bc',
    '\x1b[!p',
    '\x1b[?25l',
  ),
  fc
    .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 40 }))
    .map(([y, x]) => `\x1b[${y};${x}H`),
  fc.constantFrom(
    '\x1b]0;title\x07',
    '\x1b]8;;http://a/\x1b\\',
    '\x1bP1;2qabc\x1b\\',
    '\x1b(B',
    '\x1b=',
    '\x1b[6n',
    '\x1b[?2004h',
  ),
)
const programs = fc
  .array(sequences, { maxLength: 40, size: 'max' })
  .map((parts) => Buffer.from(parts.join('')))

test('where a stream is cut into chunks makes no difference', () => {
  fc.assert(
    fc.property(
      fc.oneof(programs, fc.uint8Array({ maxLength: 300 })),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (input, size, marks) => {
        const options = { ...tinting, titleMark: marks ? '🔴 ' : undefined }
        const finished = (size: number) => {
          const stream = createStream(options)
          const parts = pieces(input, size).map((piece) => Buffer.from(stream.push(piece)))
          return bytes(...parts, stream.close()).toString('hex')
        }
        assert.equal(finished(size), finished(input.length || 1))
      },
    ),
    { numRuns: 400 },
  )
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
const ours = /^(\x1b\[48;[0-9;:]*m|\x1b\[(4[0-7]|10[0-7])m|\x1b\[48:[0-9:]*m|\x1b\[2?J)/

test('every byte of the program goes through, in order; what is added are SGRs and erasures of ours', () => {
  fc.assert(
    fc.property(fc.oneof(programs, fc.uint8Array({ maxLength: 300 })), (input) => {
      const stream = createStream(tinting)
      const out = Buffer.from(stream.push(input)).toString('latin1')
      const asked = Buffer.from(input).toString('latin1')
      let at = 0
      for (let i = 0; i < out.length; ) {
        const insertion = ours.exec(out.slice(i))?.[0]
        if (out[i] === asked[at] && !(insertion && !asked.startsWith(insertion, at))) {
          i++
          at++
        } else {
          assert.ok(insertion, `${JSON.stringify(out.slice(i, i + 30))} is neither the program's nor ours`)
          i += insertion.length
        }
      }
      assert.ok(input.length - at <= 4100)
      if (input.indexOf(0x1b) < 0 && input.indexOf(0xc2) < 0) assert.equal(at, input.length)
    }),
    { numRuns: 400 },
  )
})

test('any bytes whatever are taken without an exception, and few are held back', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(0x1b, 0x5b, 0x5d, 0x6d, 0x3b, 0x30, 0x9b, 0xc2, 0x18, 0x07, 0x50),
          fc.integer({ min: 0, max: 255 }),
        ),
        { maxLength: 400 },
      ),
      (input) => {
        const stream = createStream({ ...tinting, titleMark: '🔴 ', title: '\x07\x1b]', escK: true })
        stream.open()
        stream.push(Uint8Array.from(input))
        stream.close()
      },
    ),
    { numRuns: 1000 },
  )
  for (const head of ['\x1b[', '\x1b]52;', '\x1bP', '\x1b_G', '\x1b(']) {
    const out = through(bytes(head, '0'.repeat(20_000)), { ...tinting, titleMark: 'x', escK: true })
    assert.ok(out.length > 15_000, `${JSON.stringify(head)} holds back too much`)
  }
})

test('the screen of a program is the untinted one, cell by cell, with the tint where the background was the default', async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (input) => {
      const stream = createStream(tinting)
      stream.open()
      const open = stream.paint()
      const shown = await render(bytes('\x1b[H', open, Buffer.from(stream.push(input))))
      const without = await render(bytes('\x1b[H', input))
      assert.deepEqual(shown.cursor, without.cursor)
      assert.deepEqual(shown.cells, tinted(without.cells))
    }),
    { numRuns: 300 },
  )
})

const golden: readonly (readonly [claim: string, input: string, output: string])[] = [
  ['a reset followed by a background costs nothing', '\x1b[0m\x1b[44mX', '\x1b[0m\x1b[44mX'],
  [
    'a reset is paid for once, before the text',
    '\x1b[0m\x1b[1m\x1b[31mX',
    `\x1b[0m\x1b[1m\x1b[31m\x1b[${tint}mX`,
  ],
  ['a line feed does not paint over the background of a program', '\x1b[44mA\nB\r\nC', '\x1b[44mA\nB\r\nC'],
  ['bright backgrounds are backgrounds', '\x1b[0;30;102mX', '\x1b[0;30;102mX'],
  ['keyboard settings of vim are not touched', '\x1b[>4;2mX', `\x1b[>4;2m\x1b[${tint}mX`],
  ['a sixel image goes through whole', '\x1bPq~\n~\x1b\\X', '\x1bPq~\n~\x1b\\X'],
  ['a full reset tints the empty screen again', '\x1bcX', `\x1bc\x1b[${tint}m\x1b[JX`],
  ['the alternate screen is tinted as it opens', '\x1b[?1049hX', `\x1b[?1049h\x1b[${tint}m\x1b[2JX`],
  [
    'what DECSC saved comes back',
    '\x1b[41m\x1b7\x1b[0mX\x1b8Y',
    `\x1b[41m\x1b7\x1b[0m\x1b[${tint}mX\x1b8\x1b[41mY`,
  ],
  ['plain text is handed on as it is', 'plain\r\n\ttext é漢\x07', 'plain\r\n\ttext é漢\x07'],
]
for (const [claim, input, output] of golden)
  test(claim, () => {
    assert.equal(through(Buffer.from(input)).toString(), output)
  })

test('a function that is longer than the bound is text, in one piece or in many', () => {
  for (const length of [4090, 4091, 4092, 4093, 4094, 4095, 4096, 4097, 5000])
    for (const [begin, filler, end] of [
      ['\x1b[', '0', 'm'],
      ['\x1b]2;', 'x', '\x07'],
      ['\x1b]2;', 'x', '\x1b\\'],
      ['\x1b', '\n', 'c'],
    ] as const) {
      const input = Buffer.from(`${begin}${filler.repeat(length)}${end}X`)
      const whole = session(input, { ...tinting, titleMark: '🔴 ' }).toString()
      const stream = createStream({ ...tinting, titleMark: '🔴 ' })
      const out = [stream.open(), ...pieces(input, 64).map((piece) => Buffer.from(stream.push(piece)))]
      assert.equal(bytes(...out, stream.close()).toString(), whole, `${begin} ${length}`)
    }
})

test('control characters inside an escape sequence execute, and it goes on', () => {
  assert.equal(through(Buffer.from('\x1b\n[0mX')).toString(), '\x1b\n[0m\x1b[48;2;64;16;16mX')
  assert.equal(through(Buffer.from('\x1b\x7f[mX')).toString(), '\x1b\x7f[m\x1b[48;2;64;16;16mX')
})

test('a background that is asserted again executes nothing a second time', () => {
  assert.equal(through(Buffer.from('\x1b[4\n4m\x1b7\x1b[0m\x1b8X')).toString().match(/\n/g)?.length, 1)
})

test('colors that a program set are given back, also after a full reset, and when it set several at once', () => {
  const end = (text: string) => session(Buffer.from(text), plain).toString().slice(text.length)
  assert.equal(end('\x1b]11;#f00\x07\x1bc'), '\x1b]111\x1b\\')
  assert.equal(end('\x1b]10;#f00;#0f0\x07'), '\x1b]110\x1b\\\x1b]111\x1b\\')
  assert.equal(end('\x1b]10;?;?\x07'), '')
})

test('an SGR that the program has reset itself is not reset again', () => {
  assert.equal(session(Buffer.from('\x1b[31mred\x1b[0m\n'), plain).toString(), '\x1b[31mred\x1b[0m\n')
  assert.equal(session(Buffer.from('\x1b[31mred'), plain).toString(), '\x1b[31mred\x1b[0m')
  for (const text of ['\x1b[31m\x1b7\x1b[0m\x1b8', '\x1b[31m\x1b[#{\x1b[0m\x1b[#}', '\x1b[0:4m'])
    assert.equal(session(Buffer.from(text), plain).toString(), `${text}\x1b[0m`)
})

test('a chunk without control functions is handed on without a copy', () => {
  const chunk = Buffer.from('some plain text\r\n')
  assert.equal(createStream(tinting).push(chunk), chunk)
})

test('a session that changed nothing gives nothing back', () => {
  assert.equal(session(Buffer.from('text\n'), plain).toString(), 'text\n')
})

test('the title is saved, set and given back, and what it holds cannot act', () => {
  const out = session(Buffer.from('x'), {
    ...plain,
    titleMark: '🔴 ',
    title: 'evil\x1b]0;\x07\n\u202etitle on host',
  }).toString()
  assert.equal(out, '\x1b[22;0t\x1b]2;🔴 evil]0;title on host\x1b\\x\x1b[23;0t')
})

test('what follows a program that was cut off begins on a line of its own, if it has to', () => {
  const end = (text: string, cut: boolean) => {
    const stream = createStream(plain)
    stream.push(Buffer.from(text))
    return Buffer.from(stream.close(cut)).toString()
  }
  assert.equal(end('half a line', true), '\r\n')
  assert.equal(end('half a line', false), '')
  assert.equal(end('a line\r\n', true), '')
  assert.equal(end('', true), '')
  assert.equal(end('\x1b[?1049hx', true), '\x1b[?1049l')
})

test('what was painted is erased at the end only where nothing can stand below', () => {
  const end = (text: string) => {
    const stream = createStream(tinting)
    stream.open()
    stream.push(Buffer.from(text))
    return Buffer.from(stream.close()).toString()
  }
  for (const text of [
    'x\n',
    '\x1b[2A\x1b[2Bx',
    '\x1b[H\x1b[2Jx',
    '\x1b[5;5Hx\x1b[J',
    '\x1b[?1049h\x1b[H\x1b[?1049l',
    '\x1bc',
  ])
    assert.match(end(text), /\[J$/, JSON.stringify(text))
  for (const text of [
    '\x1b[2Ax',
    '\x1b[Hx',
    '\x1bMx',
    '\x1b7x\x1b8',
    '\x1b[3A\x1b[1Bx',
    '\x1b[Hx\x1b[1J',
    '\x1b[?1048hx\x1b[?1048l',
    'x\x1b[L',
    'x\x1b[5T',
    'x\x1b#8',
    '\x1b[3kx',
    '\x1b[?47hx\x1b[?47l',
  ])
    assert.match(end(text), /\[0m$/, JSON.stringify(text))
})

test('what ends a context that a program began holds no byte that could act', () => {
  const stream = createStream(plain)
  stream.push(Buffer.from('\x1b]3008;start=\x9c\x9bc\x1b\\\x1b]3008;start=good\x1b\\', 'latin1'))
  assert.equal(Buffer.from(stream.close()).toString(), '\x1b]3008;end=good\x1b\\')
})

test('a string that another terminal than ours takes for unfinished swallows nothing of the end', () => {
  for (const text of [
    '\x1bPabc\x1b[Adef',
    '\x1bPabc\x18',
    '\x1bPabc',
    '\x1b]777;never ends'.padEnd(400, 'x'),
  ]) {
    const stream = createStream({ ...plain, tint: { kind: 'dynamic', color: '#401010' } })
    stream.open()
    stream.push(Buffer.from(text))
    assert.equal(Buffer.from(stream.close()).toString(), '\x1b\\\x1b]111\x1b\\', JSON.stringify(text))
  }
})

test('a command that writes nothing changes nothing', () => {
  const stream = createStream(tinting)
  stream.open()
  assert.equal(stream.close().length, 0)
})

test('a stream can be closed twice, and the second time says nothing', () => {
  const stream = createStream(tinting)
  stream.open()
  stream.push(Buffer.from('\x1b[?1049h\x1b[?25l\x1b['))
  assert.equal(Buffer.from(stream.close()).toString(), '\x1b[?1049l\x1b[?25h\x1b[0m\x1b[J')
  assert.equal(stream.close().length, 0)
})

test('what would be written if we were killed has the colors in it as soon as they are known', () => {
  const stream = createStream({ ...plain, background: '#1e1e1e' })
  stream.open()
  stream.push(Buffer.from('\x1b]4;1;#123456\x07'))
  assert.equal(stream.lastWill()?.includes(']4;1;'), false)
  stream.answered(Buffer.from('\x1b]4;1;rgb:cccc/0000/4444\x1b\\'))
  assert.ok(stream.lastWill()?.includes('\x1b]104;1\x1b\\\x1b]4;1;#cc0044\x1b\\'), stream.lastWill())
})

test('what would be written if we were killed undoes also what the program has undone: that may not have arrived', () => {
  const stream = createStream(plain)
  stream.open()
  stream.push(Buffer.from('\x1b]8;;http://example.org/\x07\x1b[5 q\x1b[?25l\x1b(0'))
  const before = stream.lastWill() ?? ''
  stream.push(Buffer.from('x\x1b]8;;\x07\x1b[0 q\x1b[?25h\x1b(B'))
  assert.equal(stream.lastWill(), before)
  assert.ok(before.includes('\x1b]8;;\x1b\\') && before.includes('\x1b[0 q'), before)
})
