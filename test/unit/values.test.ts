import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ports, prefixes } from '../../src/unit/address.ts'
import { capability, exitStatus, signal, systemCallError } from '../../src/unit/names.ts'
import { cpus, integer, mode, scale, share, size } from '../../src/unit/numbers.ts'
import { bindPaths } from '../../src/unit/paths.ts'
import { infinity, microseconds, nanoseconds } from '../../src/unit/time.ts'
import { firstWord, unescaped, words } from '../../src/unit/words.ts'

type Case = readonly [text: string, value: unknown]

/** Declares a test for what each text is read as. */
const reads = (claim: string, read: (text: string) => unknown, cases: readonly Case[]): void => {
  test(claim, () => {
    for (const [text, value] of cases) assert.deepEqual(read(text), value, JSON.stringify(text))
  })
}

reads('times have units, fractions and an infinity', microseconds, [
  ['90', 90_000_000n],
  ['1h 30min', 5_400_000_000n],
  ['12.34 .56', 12_900_000n],
  ['3us 4µs 5μs', 12n],
  ['1M1m', 2_629_860_000_000n],
  [' infinity ', infinity],
  ...['', '-5', '1.s', '.', '+', '12.34.56', '5 parsecs', '0x5', '5s3x', '600000y', '1ns'].map(
    (text): Case => [text, undefined],
  ),
])
reads('nanoseconds are times, too', nanoseconds, [
  ['100', 100n],
  ['1.5us 2ns', 1502n],
])
reads('sizes have suffixes, the greater ones first', (text) => size(text, 1024), [
  ['1.5G', 1_610_612_736n],
  ['1G 512M', 1_610_612_736n],
  ['10.M', 10_485_760n],
  ['7', 7n],
  ...['', '1x', '5 6', '1M 1G', '-1', '0x10', '17179869184G'].map((text): Case => [text, undefined]),
])
reads('numbers have the prefixes of C', (text) => integer(text, -99n, 99n), [
  ['0x10', 16n],
  ['010', 8n],
  ['0b11', 3n],
  ['+5', 5n],
  ['-0o17', -15n],
  ...['', '0x', '08', '5 ', '1K', '100', '1.0', '٣'].map((text): Case => [text, undefined]),
])
reads('shares are of a whole', share, [
  ['20%', 2000],
  ['20.5%', 2050],
  ['12.5\u2030', 125],
  ['1255\u2031', 1255],
  ...['20', '20.555%', '1.5\u2031', '-1%', '%', '20 %'].map((text): Case => [text, undefined]),
])
reads('a share of a whole is rounded, and no more than it', scale, [
  ['10%', 429_496_730],
  ['33%', 1_417_339_207],
  ['100%', 0xffffffff],
  ['101%', undefined],
])
reads('modes are octal', mode, [
  ['0750', 0o750],
  ['8', undefined],
  ['10000', undefined],
  ['', undefined],
])
reads('sets of CPUs are bits', (text) => cpus(text)?.toString('hex'), [
  ['', ''],
  ['0-1,3 5', '2b00000000000000'],
  ['64', `${'0'.repeat(16)}0100000000000000`],
  ['1-0', undefined],
  ['x', undefined],
])
reads('signals have names and numbers', signal, [
  ['SIGINT', 2],
  ['INT', 2],
  ['RTMIN+3', 37],
  ['SIGRTMAX-2', 62],
  ...['0', '65', 'int', 'RTMIN-1', 'RTMIN+40', 'constructor', ''].map((text): Case => [text, undefined]),
])
reads('so have errors', systemCallError, [
  ['EPERM', 1],
  ['ENOMSG', 42],
  ['ENOTSUP', 95],
  ['EHWPOISON', 133],
  ['kill', 0x7ffffffe],
  ['EBOGUS', undefined],
])
reads('and exit statuses', exitStatus, [
  ['TEMPFAIL', 75],
  ['EXEC', 203],
  ['BPF', 244],
  ['256', undefined],
])
reads('and capabilities', capability, [
  ['CAP_CHOWN', 0],
  ['sys_admin', 21],
  ['cap_checkpoint_restore', 40],
  ['all', undefined],
])
const shown = (text: string) => prefixes(text)?.map(([, bytes, bits]) => `${bytes.toString('hex')}/${bits}`)
reads('addresses are those of both versions', shown, [
  ['10.1.2.3', ['0a010203/32']],
  ['localhost', ['7f000000/8', `${'0'.repeat(31)}1/128`]],
  ['::ffff:1.2.3.4/96 fe80::/10', ['00000000000000000000ffff01020304/96', `fe80${'0'.repeat(28)}/10`]],
  ['1:2:3:4:5:6:7::', ['00010002000300040005000600070000/128']],
  ...['1.2.3', '01.2.3.4', '1.2.3.4/33', '1::2::3', ':::', '::1%lo', '1:2:3:4:5:6:7:8:9', '10.0.0.0/'].map(
    (text): Case => [text, undefined],
  ),
])
reads('ports may have a family, a protocol, and an end', ports, [
  ['tcp:80', [0, 6, 1, 80]],
  ['ipv6:udp:80-90', [10, 17, 11, 80]],
  ['any', [0, 0, 0, 0]],
  ['ipv4', [2, 0, 0, 0]],
  ...['tcp:', '90-80', 'tcp:ipv4:80', '65536', ''].map((text): Case => [text, undefined]),
])
reads('bind paths have a destination and an option', bindPaths, [
  ['/a', [['/a', '/a', false, 16384n]]],
  [
    '-/a:/b:norbind  "/c d":/e',
    [
      ['/a', '/b', true, 0n],
      ['/c d', '/e', false, 16384n],
    ],
  ],
  ['/a:/b:bogus', undefined],
  ['', []],
])
reads('words are quoted as in unit files', (text) => words(text, { unquote: true, escapes: 'c' }), [
  ['a "b c"\'d e\'f', ['a', 'b cd ef']],
  ['\\x41\\303\\251\\u00e9\\s""', ['Aéé ']],
  ['"" a', ['', 'a']],
  ...['"a', '\\q', 'a\\', '\\xff', '\\000', '\\ud800'].map((text): Case => [text, undefined]),
])
reads('what is escaped may be any byte', (text) => unescaped(text)?.toString('hex'), [
  ['a\\x41\\000\\377', '614100ff'],
  ['\\400', undefined],
  ['é', 'c3a9'],
])
reads('a separator may count each time', (text) => firstWord(text, { separators: ':', each: true }), [
  ['a::b', { word: 'a', rest: ':b' }],
  [':b', { word: '', rest: 'b' }],
])

test('any words come back out of their quotes, and no text makes the reading fail otherwise than by undefined', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0'))), (list) => {
      const text = list.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join(' ')
      assert.deepEqual(words(text, { unquote: true, escapes: 'c' }), list)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const read of [microseconds, prefixes, ports, bindPaths, cpus, signal]) read(text)
      words(text, { unquote: true, escapes: 'c' })
    }),
  )
})
