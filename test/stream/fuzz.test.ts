// Ten million bytes of what no program writes: taken without an exception, with little held back, and nothing kept.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { test } from 'node:test'
import { createStream, type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { heldBytes } from './heap.ts'
import { rewriting } from './judge.ts'

const total = 10_000_000
const seed = Number(env.TINT0_SEED ?? Date.now() % 2 ** 31)
/** Beginnings of functions wait for their end up to 4 KiB. */
const mostHeld = 4.2 * 1024

/** A number from 0 to below `limit`; the same for the same seed. */
const randomFrom = (start: number) => {
  let state = start | 1
  return (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}
type Random = ReturnType<typeof randomFrom>

const vectors: readonly Buffer[] = JSON.parse(
  readFileSync(new URL('../fixtures/streams/vectors.json', import.meta.url), 'utf8'),
).map(({ in: hex }: { in: string }) => Buffer.from(hex, 'hex'))

/** What programs write, to be mutated. */
const real: readonly Buffer[] = [
  '\x1b[0;1;31mred\x1b[0m \x1b[48;2;1;2;3mblue\x1b[49m\x1b[38;5;200;48:2::1:2:3m\x1b[m\r\n',
  '\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\x1b[2J\x1b[1;24r\x1b[m\x1b[H\x1b[?25l\x1b[24;1H\x1b[K\x1b[?1049l\x1b[23;0;0t',
  '\x1b]0;title\x07\x1b]2;title\x1b\\\x1bkname\x1b\\\x1b]4;1;red;2;?\x07\x1b]11;?\x1b\\\x1b]10;#fff;#000\x07\x1b]111\x07',
  '\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\\x1b_Gf=100;AAAA\x1b\\\x1bPq#0~\n~\x1b\\',
  '\x1b[>1u\x1b[<u\x1b[=5u\x1b[>4;2m\x1b[?2026h\x1b[?1000;1006h\x1b[c\x1b[6n\x1b[?2004h\x1b[5 q\x1b[!p\x1bc\x1b7\x1b8\x0e',
  '\x1b]8;;http://a/\x1b\\l\xc3\xa9\xc2\x9b31m\x1b]8;;\x1b\\\x1b]3008;start=a\x1b\\\x1b]21;background=red\x07\x1b]1337;File=:AA\x07',
].map((text) => Buffer.from(text, 'latin1'))

/** A piece in which a few bytes are changed, lost, doubled or cut off. */
const mutated = (piece: Buffer, random: Random): Buffer => {
  const copy = Buffer.from(piece)
  for (let times = random(4); times > 0 && copy.length > 0; times--)
    copy[random(copy.length)] = random(3) === 0 ? random(256) : (special[random(special.length)] ?? 0)
  return copy.subarray(
    random(4) === 0 ? random(copy.length) : 0,
    copy.length - (random(4) === 0 ? random(copy.length) : 0),
  )
}
const special = Buffer.from('\x1b\x1b\x1b[]P_^Xk\\\x07\x18\x1a\xc2\x9b\x9c0;:?>m', 'latin1')

const heads = [
  '',
  '',
  '\x1b]52;',
  '\x1b]777;',
  '\x1b]4;',
  '\x1b[',
  '\x1bPq',
  '\x1bP',
  '\x1b_',
  '\x1b(',
  '\x1b]',
]

const kinds: Readonly<Record<string, (random: Random) => Buffer>> = {
  'random bytes': (random) => Buffer.from(Array.from({ length: 200 }, () => random(256))),
  'what programs write, mutated': (random) => mutated(real[random(real.length)] ?? Buffer.alloc(0), random),
  'the vectors, mutated': (random) => mutated(vectors[random(vectors.length)] ?? Buffer.alloc(0), random),
  'runs of one byte, often in a function that does not end': (random) =>
    Buffer.concat([
      Buffer.from(heads[random(heads.length)] ?? '', 'latin1'),
      Buffer.alloc(random(6000), special[random(special.length)] ?? 0),
    ]),
}

/** Ten million bytes in all, in blocks that are used a few times with other cuts. */
const blockSize = 250_000
const share = total / Object.keys(kinds).length

const ways: Readonly<Record<string, StreamOptions>> = {
  plain: unadorned,
  strict: { ...unadorned, strict: true },
  tinted: { ...rewriting, background: '#000000' },
  full: {
    ...rewriting,
    titleMark: '🔴 ',
    title: '\x07',
    escK: true,
    background: '#000000',
    nameAfter: () => 'n',
  },
}

for (const [kind, make] of Object.entries(kinds))
  test(`${share} bytes of ${kind} are taken, with at most 4.2 KiB held back, and nothing is kept`, (context) => {
    context.diagnostic(`seed ${seed}`)
    const random = randomFrom(seed)
    const block = Buffer.alloc(blockSize)
    const streams = Object.entries(ways).map(([way, options]) => ({
      way,
      stream: createStream(options),
      out: 0,
    }))
    for (const { stream } of streams) stream.open()
    let before = 0
    let pushed = 0
    while (pushed < share) {
      for (let filled = 0; filled < blockSize; ) filled += make(random).copy(block, filled)
      for (let at = 0; at < blockSize; ) {
        const chunk = block.subarray(at, at + 1 + random(random(8) === 0 ? 70_000 : 300))
        at += chunk.length
        pushed += chunk.length
        for (const one of streams) {
          one.out += one.stream.push(chunk).length
          one.stream.answered(chunk)
          if (one.way === 'plain')
            assert.ok(pushed - one.out <= mostHeld && one.out <= pushed, `${pushed - one.out} held`)
          if (one.way === 'tinted') assert.ok(pushed - one.out <= mostHeld, `${pushed - one.out} held`)
        }
      }
      // Behind the first half all is compiled and every buffer has its size.
      if (before === 0 && pushed > share / 2) before = heldBytes()
    }
    const grown = heldBytes() - before
    context.diagnostic(`${grown} bytes more in memory`)
    assert.ok(grown < 2_000_000, `${grown} bytes more`)
    for (const { stream } of streams) {
      assert.ok((stream.lastWill() ?? '').length < 40_000)
      assert.ok(stream.close().length < 40_000)
    }
  })
