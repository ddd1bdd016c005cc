// What a stream costs at most: bytes for each byte of a program, and what a hostile program can make it remember.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payload } from '../../bench/payloads.ts'
import { createStream, unadorned } from '../../src/stream/stream.ts'
import { heldBytes } from './heap.ts'
import { bytes, rewriting } from './judge.ts'

const options = { ...rewriting, titleMark: '🔴 ', title: 'x' }

const ratios = [
  ['plain', 1.02],
  ['ls', 1.5],
  ['sgr', 2],
] as const
for (const [kind, most] of ratios)
  test(`of text as '${kind}' makes it, at most ${most} bytes come out for each that goes in`, (context) => {
    const size = 1_000_000
    const input = payload(kind, size)
    const stream = createStream(options)
    let out = stream.open().length + stream.paint().length
    for (let at = 0; at < size; at += 4096) out += stream.push(input.subarray(at, at + 4096)).length
    out += stream.close().length
    context.diagnostic(`${kind}: ${(out / size).toFixed(3)} bytes out for each byte in`)
    assert.ok(out / size <= most, `${out / size}`)
  })

/** Pieces of what a hostile program writes to be remembered for ever, each other than the ones before. */
const floods: readonly (readonly [what: string, count: number, piece: (i: number) => string])[] = [
  ['colors of the palette', 100_000, (i) => `\x1b]4;${i};#123456\x07`],
  ['colors of the palette, in lists', 300, (i) => `\x1b]4;${list(300, (j) => `${i * 300 + j};red`)}\x07`],
  [
    'colors of the palette, with zeros before',
    20_000,
    (i) => `\x1b]4;${'0'.repeat(i % 200)}${i % 256};red\x07`,
  ],
  ['special colors', 100_000, (i) => `\x1b]5;${i};#123456\x07`],
  ['names of colors', 100_000, (i) => `\x1b]21;name${i}=red\x07`],
  ['long names of colors', 10_000, (i) => `\x1b]21;${'n'.repeat(3000)}${i}=red\x07`],
  ['contexts', 100_000, (i) => `\x1b]3008;start=${`${i}`.padStart(64, 'c')}\x1b\\`],
  ['private modes', 100_000, (i) => `\x1b[?${20_000 + i}h`],
  ['private modes, in lists', 300, (i) => `\x1b[?${list(300, (j) => 10_000 + i * 300 + j)}h`],
  ['saved private modes', 100_000, (i) => `\x1b[?${20_000 + i}s`],
  ['modes', 100_000, (i) => `\x1b[${1000 + i}h`],
  ['character sets', 100_000, (i) => `\x1b(${'!'.repeat(i % 9)}${String.fromCharCode(0x40 + (i % 60))}`],
  ['pushes of keyboards', 1_000_000, () => '\x1b[>1u'],
  ['pushes of renditions', 100_000, (i) => `\x1b[48;5;${i % 256}m\x1b[#{`],
]
const list = (length: number, item: (i: number) => unknown) =>
  Array.from({ length }, (_, i) => item(i)).join(';')

for (const [what, count, piece] of floods)
  test(`${count} ${what} cost next to nothing at the end, and what matters is given back all the same`, () => {
    const stream = createStream({ ...unadorned, background: '#000000' })
    stream.open()
    const before = heldBytes()
    for (let i = 0; i < count; i += 100) {
      stream.push(bytes(Array.from({ length: Math.min(100, count - i) }, (_, j) => piece(i + j)).join('')))
      if (i % 10_000 === 0) stream.lastWill()
    }
    const grown = heldBytes() - before
    assert.ok(grown < 1_500_000, `${grown} bytes are held`)
    stream.push(bytes('\x1b[?1000h\x1b[?25l\x1b]11;#123\x07\x1b]4;7;red\x07'))
    const will = stream.lastWill() ?? ''
    assert.ok(will.length < 32_768, `${will.length} bytes if we were killed`)
    assert.ok(stream.originals().size < 512)
    const last = Buffer.from(stream.close()).toString()
    assert.ok(last.length < 32_768, `${last.length} bytes`)
    for (const undone of ['\x1b[?1000l', '\x1b[?25h', '\x1b]111\x1b\\']) assert.ok(last.includes(undone))
    assert.ok(
      last.split('\x1b]104;')[1]?.split('\x1b')[0]?.split(';').includes('7'),
      'a color of the palette',
    )
  })
