// THE table of what completions offer as the value of an option, and of an action of tint0ctl. Words come from the arrays that the
// values are checked by; what only the machine knows (users, themes) each shell finds when it is asked.

import { syntaxes } from '../color/syntaxes.ts'
import { feedbacks } from '../prompt/prompt.ts'
import { authWays } from './auth.ts'
import { filterChoices, tintChoices } from './look.ts'
import type { OptionRow } from './option.ts'
import type { options } from './options.ts'
import { backendChoices } from './request.ts'
import { presetNames } from './sandbox.ts'

/** Found by the shell. */
export const sources = [
  'users',
  'groups',
  'directories',
  'files',
  'variables',
  'themes',
  'containers',
  'slices',
] as const
export type Source = (typeof sources)[number]

export type Offer =
  | { readonly kind: 'found'; readonly source: Source }
  /** `listed`: several with commas between; `open`: something must follow them. */
  | {
      readonly kind: 'words'
      readonly words: readonly string[]
      readonly listed?: true
      readonly open?: true
    }
  /** The text is up to you. */
  | { readonly kind: 'nothing' }

const found = (source: Source): Offer => ({ kind: 'found', source })
const words = (list: readonly string[]): Offer => ({ kind: 'words', words: list })
const nothing: Offer = { kind: 'nothing' }

/** Some that people think of; any CSS color will do. */
const names = 'red orange gold green teal blue navy purple magenta maroon brown gray'.split(' ')

const examples = syntaxes.map(({ example }) => example).filter((example) => example !== '')

/** Those of systemd.exec(5) and systemd.resource-control(5) that one types; any other will do. */
const properties =
  `CPUQuota CPUWeight IOWeight IPAddressAllow IPAddressDeny InaccessiblePaths LimitCORE LimitNOFILE MemoryHigh
  MemoryMax MemorySwapMax NoNewPrivileges OOMScoreAdjust PrivateDevices PrivateNetwork PrivateTmp ProtectHome ProtectSystem
  ReadOnlyPaths ReadWritePaths RuntimeMaxSec SupplementaryGroups TasksMax UMask`.split(/\s+/)

type Row = (typeof options)[number]

export const offers: Readonly<Record<Extract<Row, { readonly value: string }>['name'], Offer>> = {
  user: found('users'),
  group: found('groups'),
  chdir: found('directories'),
  setenv: found('variables'),
  area: nothing,
  'shell-prompt-prefix': nothing,
  machine: found('containers'),
  background: words([...new Set([...names, ...examples])]),
  theme: found('themes'),
  tint: words(tintChoices),
  title: nothing,
  'title-mark': nothing,
  filter: words(filterChoices),
  config: found('files'),
  backend: words(backendChoices),
  property: { kind: 'words', words: properties.map((name) => `${name}=`), open: true },
  unit: nothing,
  description: nothing,
  slice: found('slices'),
  nice: words(['-10', '-5', '5', '10', '19']),
  lightweight: words(['yes', 'no', 'auto']),
  sandbox: { kind: 'words', words: presetNames, listed: true },
  json: found('files'),
  auth: words(authWays),
  prompt: nothing,
  'password-feedback': words(feedbacks),
  'password-timeout': words(['0', '1', '5', '15']),
}

/** What may stand behind an action or an option of tint0ctl, by what its row calls it. */
export const actionOffers = { NAME: found('themes'), FILE: found('files'), GROUP: found('groups') } as const

/** The offer for an option's value; undefined for a switch. */
export const offerOf = ({ name, value }: OptionRow): Offer | undefined =>
  value === undefined ? undefined : (offers as Readonly<Record<string, Offer>>)[name]
