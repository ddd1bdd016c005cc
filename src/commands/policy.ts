// tint0ctl policy: what polkit would answer, and rules that would have it answer otherwise. Loaded late. Nothing is ever installed.
import { namesOfGroup } from '../backend/account.ts'
import type { Chosen } from '../cli/chosen.ts'
import { failed } from '../errors.ts'
import { type Grant, grants, suggestion } from '../polkit/suggestion.ts'
import { openTerminal } from '../terminal/tty.ts'
import { jsonText } from '../ui/finding.ts'
import { version } from '../version.ts'
import { policyFacts } from './policy-facts.ts'
import { policyLines } from './policy-lines.ts'

/** What is to be printed. */
export const policy = async ({ action, switches, values }: Chosen): Promise<string> => {
  if (action === 'suggest')
    return suggestion({
      ...groupOf(values.get('group')),
      ...grantOf(switches),
      local: switches.has('local'),
      version,
    })
  const facts = await policyFacts()
  return switches.has('json') ? jsonText({ version, ...facts }) : policyLines(facts, width())
}

/** Of a terminal, where it is read. */
const width = (): number | undefined => {
  const terminal = openTerminal(false)
  const { columns } = terminal.size()
  terminal.close()
  return terminal.isTerminal.output && columns > 0 ? columns : undefined
}

const grantOf = (switches: ReadonlySet<string>): { readonly grant: Grant; readonly keeps: boolean } => {
  const keeps = switches.has('keep')
  const [grant, other] = grants.filter((name) => switches.has(name))
  if (other !== undefined) throw failed(`--${other}`, `does not go with --${grant}`, 'choose one of them')
  if (grant === undefined && !keeps)
    throw failed(
      'policy suggest',
      'wants to know what to grant',
      'it is one of --no-password, --self, --keep, --root-password; an administrator’s password each time is what polkit wants anyway',
    )
  if (keeps && grant !== undefined && grant !== 'self')
    throw failed('--keep', `does not go with --${grant}`, 'only with --self, or alone')
  return { grant: grant ?? 'admin', keeps }
}

/** Rules know groups by name; one that is not here may be elsewhere. */
const groupOf = (group: string | undefined): { readonly group: string; readonly isThere: boolean } => {
  if (group === undefined)
    throw failed('policy suggest', 'wants to know for whom', 'name a group, such as --group=wheel')
  const [name] = namesOfGroup(group)
  return { group: name ?? group, isThere: name !== undefined }
}
