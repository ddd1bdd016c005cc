// Resource limits (systemd.exec(5), "Process properties"): SOFT:HARD, or one for both, in the unit of each.
import type { Form } from './form.ts'
import { integer, size } from './numbers.ts'
import { infinity, microseconds, plainMicroseconds } from './time.ts'

const bytes = (text: string) => size(text, 1024)

/** What counts something else than things. */
const units: Readonly<Record<string, (text: string) => bigint | undefined>> = {
  ...{ LimitFSIZE: bytes, LimitDATA: bytes, LimitSTACK: bytes, LimitCORE: bytes },
  ...{ LimitRSS: bytes, LimitAS: bytes, LimitMEMLOCK: bytes, LimitMSGQUEUE: bytes },
  LimitCPU: (text) => {
    const time = microseconds(text)
    return time === undefined || time === infinity ? time : (time + 999_999n) / 1_000_000n
  },
  LimitRTTIME: plainMicroseconds,
  // As getrlimit(2) has it: 20 less the nice value, which has a sign.
  LimitNICE: (text) => {
    if (!/^[+-]/.test(text)) return integer(text, 0n, 40n)
    const nice = integer(text, -20n, 19n)
    return nice === undefined ? undefined : 20n - nice
  },
}

export const resourceLimit: Form = {
  wants: 'a limit such as 1024, 512:1024, or infinity',
  rows: (name, value) => {
    const read = (text: string) => (text === 'infinity' ? infinity : (units[name] ?? integer)(text))
    const [first = '', second = first, ...more] = value.split(':')
    const [soft, hard] = [read(first), read(second || first)]
    if (soft === undefined || hard === undefined || soft > hard || more.length > 0) return undefined
    return [
      [name, 't', hard],
      [`${name}Soft`, 't', soft],
    ]
  },
}
