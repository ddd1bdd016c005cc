// What a session promises on any backend, with a reference terminal as judge. `session.test.ts` tries it on `local`,
// `machine/session.test.ts` on `system`.
import { after } from 'node:test'
import { endAll } from '../pty-process.ts'
import { byteClaims } from './bytes.ts'
import { contextClaims } from './context.ts'
import { endClaims } from './ends.ts'
import { lookClaims } from './look.ts'
import { reportClaims } from './reports.ts'
import { signalClaims } from './signals.ts'
import { type Backend, subjectOn } from './subject.ts'

/** Declares them for one backend. */
export const sessionClaims = (backend: Backend): void => {
  const subject = subjectOn(backend)
  endClaims(subject)
  contextClaims(subject)
  lookClaims(subject)
  signalClaims(subject)
  reportClaims(subject)
  byteClaims(subject)
  after(endAll)
}
