// A command line of a unit (systemd.service(5), "Command lines"): prefixes, a path, arguments.
import type { Form } from './form.ts'
import { words } from './words.ts'

const prefixes = {
  '-': 'ignore-failure',
  ':': 'no-env-expand',
  '+': 'privileged',
  '!': 'no-setuid',
  '!!': 'ambient',
} as const

/** The order in which the manager names them. */
const order = ['ignore-failure', 'privileged', 'no-setuid', 'no-env-expand', 'ambient'] as const

/** Properties have two forms, the one with "Ex" at its end knows more flags; it is taken where it is needed. */
export const commandLine: Form = {
  wants: 'a command such as -/bin/rm -f "/tmp/a file"',
  rows: (name, value) => {
    const { flags, ownName, rest } = prefixed(value)
    const parts = words(rest, { unquote: true, escapes: 'c' })
    if (!parts) return undefined
    const [path, ...behind] = parts
    const argv = ownName ? behind : parts
    const isExtended = name.endsWith('Ex') || flags.some((flag) => flag !== 'ignore-failure')
    const signature = isExtended ? 'a(sasas)' : 'a(sasb)'
    const full = isExtended ? `${name.replace(/Ex$/, '')}Ex` : name
    if (path === undefined) return [[full, signature, []]]
    if (argv.length === 0) return undefined
    return [[full, signature, [[path, argv, isExtended ? flags : flags.length > 0]]]]
  },
}

const prefixed = (value: string) => {
  const found = new Set<string>()
  let ownName = false
  let rest = value
  for (;;) {
    const [sign = ''] = /^(!!|[-:+!@])/.exec(rest) ?? []
    const flag = prefixes[sign as keyof typeof prefixes]
    const exclusive = ['privileged', 'no-setuid', 'ambient']
    if (sign === '' || (sign === '@' && ownName) || found.has(flag)) break
    if (exclusive.includes(flag) && exclusive.some((other) => found.has(other))) break
    if (sign === '@') ownName = true
    else found.add(flag)
    rest = rest.slice(sign.length)
  }
  return { flags: order.filter((flag) => found.has(flag)), ownName, rest }
}
