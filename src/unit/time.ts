// Time spans as systemd.time(7) writes them: 90, 1min 30s, 1.5h, infinity.

export const infinity = 2n ** 64n - 1n

/** Units in nanoseconds; of those that begin alike the longer one stands first. */
const units: readonly (readonly [names: readonly string[], nanoseconds: bigint])[] = [
  [['seconds', 'second', 'sec'], 1_000_000_000n],
  [['minutes', 'minute', 'min'], 60_000_000_000n],
  [['months', 'month', 'M'], 2_629_800_000_000_000n],
  [['msec', 'ms'], 1_000_000n],
  [['s'], 1_000_000_000n],
  [['m'], 60_000_000_000n],
  [['hours', 'hour', 'hr', 'h'], 3_600_000_000_000n],
  [['days', 'day', 'd'], 86_400_000_000_000n],
  [['weeks', 'week', 'w'], 604_800_000_000_000n],
  [['years', 'year', 'y'], 31_557_600_000_000_000n],
  [['usec', 'us', 'µs', 'μs'], 1000n],
  [['nsec', 'ns'], 1n],
]

const unitAt = (text: string): { readonly name: string; readonly nanoseconds: bigint } | undefined => {
  for (const [names, nanoseconds] of units) {
    const name = names.find((one) => text.startsWith(one))
    if (name !== undefined) return { name, nanoseconds }
  }
  return undefined
}

/** A span in units of `grain` nanoseconds; a number alone counts `plain` nanoseconds. Undefined for what is none. */
const span = (text: string, plain: bigint, grain: bigint): bigint | undefined => {
  let rest = text.trim()
  if (rest === 'infinity') return infinity
  if (rest === '') return undefined
  let sum = 0n
  while (rest !== '') {
    const [number, whole = '', fraction] = /^\+?(\d*)(?:\.(\d+))?/.exec(rest) ?? []
    if (!number || number === '+') return undefined
    const behind = rest.slice(number.length)
    const unit = unitAt(behind.trimStart())
    if (!unit && behind !== '' && !/^\s/.test(behind)) return undefined
    const multiplier = (unit?.nanoseconds ?? plain) / grain
    if (multiplier === 0n) return undefined
    sum += BigInt(whole || '0') * multiplier
    if (fraction) sum += (BigInt(fraction) * multiplier) / 10n ** BigInt(fraction.length)
    rest = (unit ? behind.trimStart().slice(unit.name.length) : behind).trimStart()
  }
  return sum < infinity ? sum : undefined
}

/** In microseconds; a number alone is seconds. */
export const microseconds = (text: string): bigint | undefined => span(text, 1_000_000_000n, 1000n)

/** In microseconds, which a number alone is, too. */
export const plainMicroseconds = (text: string): bigint | undefined => span(text, 1000n, 1000n)

/** In nanoseconds, which a number alone is, too. */
export const nanoseconds = (text: string): bigint | undefined => span(text, 1n, 1n)
