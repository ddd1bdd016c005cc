// What holds for any stream, tried on many: TINT0_RUNS of them (100000 in a thorough run). A failure prints its seed and the
// smallest stream that fails.
import assert from 'node:assert/strict'
import { env } from 'node:process'
import { test } from 'node:test'
import fc from 'fast-check'
import { createStream, type Stream, type StreamOptions, unadorned } from '../../src/stream/stream.ts'
import { rewriting } from './judge.ts'
import { streams } from './tokens.ts'

const numRuns = Number(env.TINT0_RUNS ?? 20_000)

/** Told of in the report, so that a run can be repeated. */
const seed = Number(env.TINT0_SEED ?? Date.now() % 2 ** 31)

const dynamic: StreamOptions = {
  ...unadorned,
  tint: { kind: 'dynamic', color: '#401010' },
  background: '#000000',
}
const all: readonly StreamOptions[] = [
  { ...rewriting, titleMark: '🔴 ', title: 'x', escK: true, background: '#000000', nameAfter: () => 'n' },
  { ...rewriting, strict: true },
  dynamic,
]

const append = (out: Buffer, filled: number, more: Uint8Array): number => {
  out.set(more, filled)
  return filled + more.length
}
const outs = [Buffer.alloc(65536), Buffer.alloc(65536)] as const

/** As the sources do: every chunk comes in the same buffer, so that nothing of the one before is left. */
const reused = Buffer.alloc(65536)
const delivered = (bytes: Uint8Array): Buffer => {
  reused.fill(0x55)
  reused.set(bytes)
  return reused.subarray(0, bytes.length)
}

/** A whole session, with the stream in pieces up to each of `ends`. */
const session = (input: Buffer, options: StreamOptions, ends: readonly number[], out: Buffer): Buffer => {
  const stream: Stream = createStream(options)
  let filled = append(out, 0, stream.open())
  filled = append(out, filled, stream.paint())
  let at = 0
  for (const end of [...ends, input.length]) {
    if (end > at) filled = append(out, filled, stream.push(delivered(input.subarray(at, end))))
    at = Math.max(at, end)
  }
  return out.subarray(0, append(out, filled, stream.close()))
}

test(`where a stream is cut makes no difference (${numRuns} streams)`, (context) => {
  context.diagnostic(`seed ${seed}`)
  fc.assert(
    fc.property(streams, fc.nat(), fc.nat({ max: all.length - 1 }), (input, random, which) => {
      const options = all[which] ?? dynamic
      const whole = session(input, options, [], outs[0])
      const check = (ends: readonly number[]) => {
        const cut = session(input, options, ends, outs[1])
        if (!whole.equals(cut))
          assert.equal(cut.toString('latin1'), whole.toString('latin1'), `cut at ${ends}`)
      }
      if (input.length <= 12) for (let at = 1; at < input.length; at++) check([at])
      else check([random % input.length])
      check(Array.from(input, (_, i) => i))
    }),
    { numRuns, seed },
  )
})

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control functions are what is looked for
/** What may be added: SGRs that set a background, erasures behind them, questions for colors, the other tint. */
const ours =
  /\x1b\[(?:4[0-8]|10[0-7])[0-9;:]*m|\x1b\[2?J|\x1b\](?:4;\d+|1\d);\?\x1b\\|\x1b\]11;#401010\x1b\\/y
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/** The bytes of `out` that are the program's, up to where `out` has something that is neither; -1 where all is in order. */
const firstStranger = (out: string, input: string): number => {
  let at = 0
  for (let i = 0; i < out.length; ) {
    ours.lastIndex = i
    const added = out.charCodeAt(i) === 0x1b ? ours.exec(out)?.[0] : undefined
    if (added !== undefined && !input.startsWith(added, at)) i += added.length
    else if (out[i] === input[at]) {
      i++
      at++
    } else return i
  }
  return at === input.length ? -1 : out.length
}

test(`every byte of a program goes through, in order, and what is added is ours (${numRuns} streams)`, (context) => {
  context.diagnostic(`seed ${seed}`)
  fc.assert(
    fc.property(streams, fc.boolean(), (program, rewrites) => {
      const stream = createStream(rewrites ? { ...rewriting, background: '#000000' } : dynamic)
      // Whatever is unfinished ends with it.
      const input = `${program.toString('latin1')}\x18X`
      const out = Buffer.from(stream.push(Buffer.from(input, 'latin1'))).toString('latin1')
      const stranger = firstStranger(out, input)
      assert.ok(stranger < 0, `at ${stranger} of ${JSON.stringify(out)} for ${JSON.stringify(input)}`)
    }),
    { numRuns, seed },
  )
})

test('line feeds and shifts count in their turn, and not inside of strings', () => {
  const endOf = (text: string) => session(Buffer.from(text), rewriting, [], outs[0]).toString().slice(-12)
  assert.ok(endOf('\x1b[2A\r\n\r\n').endsWith('\x1b[0m\x1b[J'), 'below the last line nothing stands')
  assert.ok(!endOf('\r\n\r\n\x1b[2A').endsWith('\x1b[J'), 'two lines stand below')
  assert.ok(!endOf('\x1b[2A\x1bPq\n\n\x1b\\').endsWith('\x1b[J'), 'an image moves nothing that we know of')
  assert.ok(endOf('\x1bc\x0e').includes('\x0f'))
  assert.ok(!endOf('\x0e\x1bc').includes('\x0f'))
})
