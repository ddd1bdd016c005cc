// An assignment, as unit files have it, becomes what a transient unit is made of. Which properties there are, and of which
// type, is the manager's to say, so that a newer one's can be set, too; forms.ts has a row a type, exceptions.ts what the
// type does not tell, reserved.ts what is not the user's to set.
import { failed } from '../errors.ts'
import { closest } from '../suggest.ts'
import { exceptions, usec } from './exceptions.ts'
import type { Form, Row } from './form.ts'
import { bySignature, time } from './forms.ts'
import { checkReserved } from './reserved.ts'
import type { Signatures } from './signatures.ts'

/** The rows for NAME=VALUE. Throws a Tint0Error for a name that the manager does not know, or a value that is none. */
export const propertyRows = (assignment: string, signatures: Signatures): readonly Row[] => {
  const at = assignment.indexOf('=')
  const [name, value] = [assignment.slice(0, at), assignment.slice(at + 1)]
  checkReserved(name)
  const found = formOf(name, signatures) ?? unknown(name, signatures)
  const rows = found.form.rows(found.known, value, name)
  if (!rows) throw failed('--property', `'${assignment}' is not understood`, `write ${found.form.wants}`)
  return rows
}

interface Found {
  /** What the manager calls it. */
  readonly known: string
  readonly form: Form
}

const formOf = (name: string, signatures: Signatures): Found | undefined => {
  const [, rename, own] = exceptions.find(([pattern]) => pattern.test(name)) ?? []
  const known = [rename?.(name) ?? name, usec(name)].find((one) => signatures.has(one))
  if (known === undefined || isInternal(name)) return undefined
  const form = own ?? (known === name ? bySignature[signatures.get(known) ?? ''] : time)
  return form && { known, form }
}

const isInternal = (name: string): boolean => name.endsWith('USec')

const unknown = (name: string, signatures: Signatures): never => {
  const names = [...signatures.keys()].map((known) => known.replace(/USec$/, 'Sec'))
  const like = closest(name, names, name.length < 6 ? 1 : 2)
  throw failed(
    '--property',
    `there is no property '${name}'`,
    like
      ? `did you mean ${like}?`
      : 'see systemd.exec(5), systemd.service(5) and systemd.resource-control(5)',
  )
}
